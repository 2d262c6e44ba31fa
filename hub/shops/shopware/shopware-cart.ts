/** A cart of a visitor, filled, read and thrown away: what the shop charges a guest. */
import * as v from 'valibot'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { ShopwareClient, ShopwareNo, StoreVisit } from './shopware-client.ts'
import type { ShopwareCounter } from './shopware-read.ts'

/** Sums of the shop are binary fractions: a ten-millionth is dust, anything more is no cent. */
const DIGITS = 6
const amount = v.pipe(v.number(), v.finite(), v.rawTransform(({ dataset, addIssue, NEVER }) => {
  const minor = minorOf(dataset.value.toFixed(DIGITS))
  if (minor !== null) return minor
  addIssue({ message: `${dataset.value} has parts of a cent` })
  return NEVER
}))
const taxes = v.array(v.object({ tax: amount }))
const charge = v.object({ totalPrice: amount, calculatedTaxes: taxes })
const told = v.object({ message: v.optional(v.string(), ''), messageKey: v.optional(v.string(), '') })
const lineItem = v.object({
  type: v.string(),
  referencedId: v.optional(v.nullable(v.string()), null),
  quantity: v.number(),
  price: v.nullable(charge),
  payload: v.optional(v.union([v.looseObject({ promotionId: v.optional(v.nullable(v.string())), discountScope: v.optional(v.nullable(v.string())) }), v.array(v.unknown())])),
})
export const cartReply = v.object({
  price: v.object({ totalPrice: amount, positionPrice: amount, calculatedTaxes: taxes }),
  lineItems: v.array(lineItem),
  deliveries: v.array(v.object({ shippingCosts: charge })),
  /** A list only where it is empty. */
  errors: v.optional(v.union([v.array(told), v.record(v.string(), told)]), []),
})
export type CartRecord = v.InferOutput<typeof cartReply>
type LineItem = CartRecord['lineItems'][number]

const contextReply = v.object({})
const deletedReply = v.unknown()

type Asked<T> = Promise<Result<T, ShopTrouble | CartRefused>>

export const quoteByCart = async (cart: ShopCart, client: ShopwareClient, at: ShopwareCounter): Asked<ShopQuote> => {
  const visit = (contextToken: string | null): StoreVisit => ({ accessKey: at.channel.accessKey, contextToken })
  const chosen = cart.delivery === null ? null : await client.store({ method: 'PATCH', path: '/context', body: { shippingMethodId: cart.delivery }, reply: contextReply, repeatable: true }, visit(null))
  if (chosen && !chosen.ok) return err(refusal(chosen.error))
  const filled = await client.store({ method: 'POST', path: '/checkout/cart/line-item', body: { items: itemsOf(cart) }, reply: cartReply, repeatable: false }, visit(chosen?.value.contextToken ?? null))
  if (!filled.ok) return err(refusal(filled.error))
  // Nobody waits for what is thrown away.
  await client.store({ method: 'DELETE', path: '/checkout/cart', reply: deletedReply, repeatable: true }, visit(filled.value.contextToken))
  return quoteOf(filled.value.value, cart, at)
}

const refusal = (error: ShopTrouble | ShopwareNo): ShopTrouble | CartRefused => (error.type === 'ShopwareNo' ? { type: 'CartRefused', why: error.message } : error)

export const itemsOf = ({ lines, codes }: Pick<ShopCart, 'lines' | 'codes'>): readonly object[] => [
  ...lines.map(({ key, quantity }) => ({ type: 'product', id: key, referencedId: key, quantity })),
  ...codes.map((code) => ({ type: 'promotion', referencedId: code })),
]

/** Errors  CartRefused where the shop took articles out or fewer of them. */
export const quoteOf = (record: CartRecord, cart: Pick<ShopCart, 'lines' | 'codes' | 'delivery'>, { channel, totalMinor: interval }: ShopwareCounter): Result<ShopQuote, CartRefused> => {
  const errors = Array.isArray(record.errors) ? record.errors : Object.values(record.errors)
  const products = new Map(record.lineItems.filter(({ type }) => type === 'product').map((line) => [line.referencedId, line]))
  const missing = cart.lines.find(({ key, quantity }) => products.get(key)?.quantity !== quantity || products.get(key)?.price === null)
  if (missing || products.size !== cart.lines.length) return err({ type: 'CartRefused', why: errors.map(({ message, messageKey }) => message || messageKey).join('; ').slice(0, 200) || 'it took articles out of the cart' })
  // The shop always counts a delivery; where none is chosen it is left out again.
  const isDelivered = cart.delivery !== null
  const deliveries = isDelivered ? record.deliveries.map(({ shippingCosts }) => shippingCosts) : []
  const total = isDelivered ? record.price.totalPrice : Math.round(record.price.positionPrice / interval) * interval
  const tax = isDelivered ? taxSum(record.price.calculatedTaxes) : taxSum(record.lineItems.flatMap(({ price }) => price?.calculatedTaxes ?? []))
  return ok({
    lines: cart.lines.map(({ key, quantity }) => ({ key, quantity, beforeMinor: products.get(key)!.price!.totalPrice, totalMinor: products.get(key)!.price!.totalPrice })),
    discounts: discountsOf(record, isDelivered),
    deliveryMinor: deliveries.reduce((sum, { totalPrice }) => sum + totalPrice, 0),
    // Made once for the whole cart, it is another cent than by line, and told in the checkout only.
    taxMinor: channel.taxCalculationType === 'vertical' ? null : tax,
    totalMinor: total,
    refusedCodes: refusedCodes(record, cart.codes, errors),
  })
}

const taxSum = (all: readonly { readonly tax: number }[]): number => all.reduce((sum, { tax }) => sum + tax, 0)

const payloadOf = ({ payload }: LineItem): { readonly promotionId?: string | null | undefined; readonly discountScope?: string | null | undefined } => (payload === undefined || Array.isArray(payload) ? {} : payload)

/** A reduction of the delivery stands in the cart with nothing, and its amount beside the delivery, in the same order. */
const discountsOf = ({ lineItems, deliveries }: CartRecord, isDelivered: boolean): ShopQuote['discounts'] => {
  const promotions = lineItems.filter(({ type }) => type === 'promotion')
  const ofCart = promotions.filter((line) => payloadOf(line).discountScope !== 'delivery').map((line) => ({ promotion: payloadOf(line).promotionId ?? null, minor: -(line.price?.totalPrice ?? 0) }))
  if (!isDelivered) return ofCart
  const ofDelivery = promotions.filter((line) => payloadOf(line).discountScope === 'delivery')
  const reductions = deliveries.map(({ shippingCosts }) => shippingCosts.totalPrice).filter((minor) => minor < 0)
  const isClear = ofDelivery.length === reductions.length
  return [...ofCart, ...reductions.map((minor, i) => ({ promotion: isClear ? (payloadOf(ofDelivery[i]!).promotionId ?? null) : null, minor: -minor }))]
}

const refusedCodes = ({ lineItems }: CartRecord, codes: readonly string[], errors: readonly { readonly message: string; readonly messageKey: string }[]): ShopQuote['refusedCodes'] => {
  const taken = new Set(lineItems.filter(({ type }) => type === 'promotion').map(({ referencedId }) => referencedId?.toUpperCase()))
  return codes
    .filter((code) => !taken.has(code.toUpperCase()))
    .map((code) => ({ code, why: errors.find(({ message }) => message.toUpperCase().includes(code.toUpperCase()))?.messageKey || 'not eligible' }))
}
