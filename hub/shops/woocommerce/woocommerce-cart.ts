/** Throw-away carts: filled, delivered and priced by the shop's own Store interface as a guest's, with the shop's own address and no person in them. */
import * as v from 'valibot'
import type { ShopCart, ShopDiscount, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { normalCode } from './woocommerce-basket.ts'
import type { WooClient, WooNo } from './woocommerce-client.ts'
import { cartReply, type WooCartRecord } from './woocommerce-replies.ts'

export type FilledCart = { readonly cart: WooCartRecord; readonly token: string; readonly refusedCodes: ShopQuote['refusedCodes'] }

/** Where a guest of the store would have it delivered to. */
export type WooAddress = { readonly country: string; readonly state: string; readonly postcode: string; readonly city: string }

type Step = Promise<Result<WooCartRecord, ShopTrouble | WooNo>>
type Refused = ShopTrouble | CartRefused

/** Order  as a shopper does it: lines one by one, address, codes one by one, delivery. The free way of delivery is taken wherever the shop offers it. */
export const fillCart = async ({ lines, codes, delivery }: ShopCart, client: WooClient, address: WooAddress | null): Promise<Result<FilledCart, Refused>> => {
  const begun = await client.store({ method: 'GET', path: '/cart', token: null, reply: cartReply })
  if (!begun.ok) return err(refusedBy(begun.error))
  const { token } = begun.value
  if (token === null) return err({ type: 'Nonsense', why: 'it gives its carts no token (Cart-Token): it is too old, or a proxy takes the header away' })
  const step = async (path: string, body: object): Step => {
    const said = await client.store({ method: 'POST', path: `/cart${path}`, body, token, reply: cartReply })
    return said.ok ? ok(said.value.value) : said
  }
  let cart = begun.value.value
  for (const { key, quantity } of lines) {
    const added = await step('/add-item', { id: Number(key), quantity })
    if (!added.ok) return err(refusedBy(added.error))
    cart = added.value
  }
  if (address !== null) {
    const addressed = await step('/update-customer', { billing_address: address, shipping_address: address })
    if (!addressed.ok) return err(refusedBy(addressed.error))
    cart = addressed.value
  }
  const refusedCodes: { readonly code: string; readonly why: string }[] = []
  for (const code of codes) {
    const applied = await step('/apply-coupon', { code })
    if (applied.ok) cart = applied.value
    else if (applied.error.type === 'WooNo' && applied.error.code.includes('coupon')) refusedCodes.push({ code, why: plain(applied.error.message) })
    else return err(refusedBy(applied.error))
  }
  if (delivery === null) return ok({ cart, token, refusedCodes: [...refusedCodes, ...drivenOut(codes, cart, refusedCodes)] })
  const parcel = cart.shipping_rates[0]
  const wanted = parcel && cheapestOf(parcel.shipping_rates, delivery)
  if (!wanted) return err({ type: 'CartRefused', why: 'this way of delivery is not offered for it' })
  const chosen = await step('/select-shipping-rate', { package_id: parcel.package_id, rate_id: wanted.rate_id })
  return chosen.ok ? ok({ cart: chosen.value, token, refusedCodes: [...refusedCodes, ...drivenOut(codes, chosen.value, refusedCodes)] }) : err(refusedBy(chosen.error))
}

/** As the shop would forget it in two days by itself. */
export const emptyCart = async (client: WooClient, token: string): Promise<void> => {
  await client.store({ method: 'DELETE', path: '/cart/items', token, reply: v.unknown() })
}

type Rate = WooCartRecord['shipping_rates'][number]['shipping_rates'][number]
const isFree = (rate: Rate): boolean => rate.method_id === 'free_shipping'

/** Nobody pays for the way home where the shop offers it for nothing. */
const cheapestOf = (rates: readonly Rate[], wanted: string): Rate | undefined => {
  const rate = rates.find((one) => one.rate_id === wanted)
  if (!rate) return undefined
  return rate.method_id === 'local_pickup' ? rate : (rates.find(isFree) ?? rate)
}

/** Codes that were let in and had to leave for one that stands alone. */
const drivenOut = (codes: readonly string[], { coupons }: WooCartRecord, refused: ShopQuote['refusedCodes']): ShopQuote['refusedCodes'] =>
  codes.filter((code) => !refused.some((one) => one.code === code) && !coupons.some((one) => normalCode(one.code) === normalCode(code))).map((code) => ({ code, why: 'it left for a code that stands alone' }))

const refusedBy = (error: ShopTrouble | WooNo): Refused => (error.type === 'WooNo' ? { type: 'CartRefused', why: plain(error.message) } : error)

const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, '').replaceAll('&quot;', '"').replaceAll('&amp;', '&').slice(0, 200)

/** Whose a code is, and who pays for free delivery, as they were when the shop was last read. */
export type WooNames = { readonly ofCode: ReadonlyMap<string, string>; /** By code, in the shop's order. */ readonly freeByCode: ReadonlyMap<string, string>; readonly freeByAmount: string | null }

/** Shape  fees that plugins add are part of the total and of no line, so a basket with one differs. Without a chosen delivery that of the shop is not counted. */
export const quoteOf = ({ cart, refusedCodes }: FilledCart, { lines, delivery }: ShopCart, names: WooNames): ShopQuote => {
  const left = [...cart.items]
  const inOrder = lines.flatMap(({ key, quantity }) => {
    const at = left.findIndex((one) => String(one.id) === key && one.quantity === quantity)
    return at < 0 ? [] : left.splice(at, 1)
  })
  const { total_shipping: net, total_shipping_tax: tax, total_price: total, total_tax: taxes } = cart.totals
  const isDelivered = delivery !== null
  return {
    lines: [...inOrder, ...left].map(({ id, quantity, totals }) => ({ key: String(id), quantity, beforeMinor: totals.line_subtotal + totals.line_subtotal_tax, totalMinor: totals.line_total + totals.line_total_tax })),
    discounts: [...cart.coupons.map(({ code, totals }) => ({ promotion: names.ofCode.get(normalCode(code)) ?? null, minor: totals.total_discount + totals.total_discount_tax })), ...(isDelivered ? freeDelivery(cart, delivery, names) : [])],
    deliveryMinor: isDelivered ? net + tax : 0,
    taxMinor: isDelivered ? taxes : taxes - tax,
    totalMinor: isDelivered ? total : total - net - tax,
    refusedCodes,
  }
}

/** What the way home would have cost, where the shop gave it for nothing. */
const freeDelivery = ({ shipping_rates: parcels, coupons }: WooCartRecord, delivery: string, names: WooNames): readonly ShopDiscount[] => {
  const rates = parcels[0]?.shipping_rates ?? []
  const wanted = rates.find((one) => one.rate_id === delivery)
  if (!wanted || !rates.some((rate) => isFree(rate) && rate.selected && rate.rate_id !== delivery)) return []
  const entered = new Set(coupons.map(({ code }) => normalCode(code)))
  const byCode = [...names.freeByCode].find(([code]) => entered.has(code))?.[1]
  return [{ promotion: byCode ?? names.freeByAmount, minor: wanted.price + wanted.taxes }]
}
