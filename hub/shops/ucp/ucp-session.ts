/** Carts or checkouts of the shop, whichever it serves: filled to be priced and given up again, or to be opened on a phone. They hold no person. */
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution } from '#hub/ports/web-shop/shop-checkout.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { UcpClient, UcpNo } from './ucp-client.ts'
import { anyReply, sessionReply, type UcpSessionRecord } from './ucp-replies.ts'
import { REDUCTIONS } from './ucp-snapshot.ts'

export type SessionKind = { readonly path: '/carts' | '/checkout-sessions'; readonly takesCodes: boolean }
export type UcpBuyer = { readonly country: string; readonly currency: string }
type Refused = ShopTrouble | CartRefused
type Asked = Pick<ShopCart, 'lines' | 'codes'>

/** Shape  every line is in it with all its pieces, or it is refused. */
export const openSession = async ({ lines, codes }: Asked, kind: SessionKind, buyer: UcpBuyer, client: UcpClient, attribution: Attribution | null): Promise<Result<UcpSessionRecord, Refused>> => {
  const { path, takesCodes } = kind
  const body = {
    line_items: lines.map(({ key, quantity }) => ({ item: { id: key }, quantity })),
    context: { address_country: buyer.country, currency: buyer.currency },
    ...(takesCodes && codes.length > 0 && { discounts: { codes } }),
    attribution: attribution ? { utm_source: 'kiosk', utm_medium: attribution.store, utm_content: attribution.device, utm_id: attribution.handoff } : { utm_source: 'kiosk', utm_medium: 'quote' },
  }
  const said = await client.ask({ method: 'POST', path, body, reply: sessionReply })
  if (!said.ok) return err(refusedBy(said.error))
  const fault = faultOf(lines, said.value, buyer)
  if (fault === null) return said
  await closeSession(said.value.id, kind, client)
  return err(fault)
}

const faultOf = (asked: Asked['lines'], session: UcpSessionRecord, { currency }: UcpBuyer): Refused | null => {
  if (session.currency !== currency) return { type: 'Refused', why: `it sells in ${session.currency.slice(0, 3)} here` }
  return isWhole(asked, session) ? null : { type: 'CartRefused', why: session.messages.find(({ type }) => type === 'error')?.content.slice(0, 200) || 'it has fewer pieces of an article than asked for' }
}

const refusedBy = (error: ShopTrouble | UcpNo): Refused => (error.type === 'UcpNo' ? { type: 'CartRefused', why: error.message } : error)

const isWhole = (asked: Asked['lines'], { line_items: lines }: UcpSessionRecord): boolean => {
  const pieces = new Map<string, number>()
  for (const { key, quantity } of asked) pieces.set(key, (pieces.get(key) ?? 0) + quantity)
  for (const { item, quantity } of lines) pieces.set(item.id, (pieces.get(item.id) ?? 0) - quantity)
  return [...pieces.values()].every((left) => left === 0)
}

/** Given up whatever happened: nobody in the shop needs to see it. Trouble with that is none. */
export const closeSession = async (id: string, { path }: SessionKind, client: UcpClient): Promise<void> => {
  await client.ask({ method: 'POST', path: `${path}/${encodeURIComponent(id)}/cancel`, reply: anyReply })
}

/**
 * Errors  Refused for a shop whose prices are without tax. Nonsense for totals that do not add up.
 * Units   what the shop takes off is one sum under REDUCTIONS: nobody can compute it, so nobody needs to know more.
 */
export const quoteOf = ({ line_items: lines, totals, discounts, messages }: UcpSessionRecord, asked: Asked, { takesCodes }: SessionKind): Result<ShopQuote, ShopTrouble> => {
  const sum = (of: UcpSessionRecord['totals'], type: string): number => of.filter((one) => one.type === type).reduce((all, { amount }) => all + amount, 0)
  const total = totals.find(({ type }) => type === 'total')
  if (!total) return err({ type: 'Nonsense', why: 'a cart without a total' })
  const others = totals.filter(({ type }) => type !== 'total').reduce((all, { amount }) => all + amount, 0)
  const tax = sum(totals, 'tax')
  if (tax !== 0 && others === total.amount) return err({ type: 'Refused', why: 'its prices are without tax, which shoppers in a store must not be shown' })
  if (others - tax !== total.amount) return err({ type: 'Nonsense', why: `its totals do not add up: ${others - tax}, not ${total.amount}` })
  const off = -sum(totals, 'items_discount') - sum(totals, 'discount')
  const applied = discounts?.applied ?? []
  const took = (code: string): boolean => applied.some((one) => one.code?.toUpperCase() === code.toUpperCase())
  const whyNot = (i: number): string => messages.find(({ path }) => path === `$.discounts.codes[${i}]`)?.code || (takesCodes ? 'it changes nothing in this cart' : 'the shop takes codes in its checkout only')
  return ok({
    lines: lines.map(({ item, quantity, totals: of }) => ({ key: item.id, quantity, beforeMinor: sum(of, 'subtotal'), totalMinor: sum(of, 'total') })),
    discounts: off === 0 ? [] : [{ promotion: REDUCTIONS, minor: off }],
    deliveryMinor: sum(totals, 'fulfillment'),
    taxMinor: null,
    totalMinor: total.amount,
    refusedCodes: asked.codes.flatMap((code, i) => (took(code) ? [] : [{ code, why: whyNot(i) }])),
  })
}
