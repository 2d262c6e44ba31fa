/** A checkout of a guest: made, filled, read, and emptied again where it was only for the price. */
import * as v from 'valibot'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { SaleorClient } from './saleor-client.ts'
import type { SaleorCounter } from './saleor-read.ts'

const ERRORS = 'errors{field code message}'
const errors = v.array(v.object({ code: v.string(), message: v.nullable(v.string()) }))
const made = v.nullable(v.object({ id: v.string() }))

const CREATE = `mutation($input:CheckoutCreateInput!){done:checkoutCreate(input:$input){checkout{id} ${ERRORS}}}`
const createReply = v.object({ done: v.nullable(v.object({ checkout: made, errors })) })
const DELIVER = `mutation($id:ID!,$method:ID!){done:checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$method){${ERRORS}}}`
const CODE = `mutation($id:ID!,$code:String!){done:checkoutAddPromoCode(id:$id,promoCode:$code){${ERRORS}}}`
const TELL = `mutation($id:ID!,$input:[MetadataInput!]!){done:updateMetadata(id:$id,input:$input){${ERRORS}}}`
const EMPTY = `mutation($id:ID!,$lines:[ID!]!){done:checkoutLinesDelete(id:$id,linesIds:$lines){${ERRORS}}}`
const doneReply = v.object({ done: v.nullable(v.object({ errors })) })

/** Amounts are decimals; a ten-millionth is dust. */
const cents = v.pipe(v.number(), v.finite(), v.rawTransform(({ dataset, addIssue, NEVER }) => {
  const minor = minorOf(dataset.value.toFixed(6))
  if (minor !== null) return minor
  addIssue({ message: `${dataset.value} has parts of a cent` })
  return NEVER
}))
const money = v.object({ amount: cents })
const taxed = v.object({ gross: money, tax: money })
const READ = `query($id:ID!){checkout(id:$id){lines{id quantity isGift variant{id pricing{price{gross{amount}}}} undiscountedTotalPrice{amount} totalPrice{gross{amount} tax{amount}}} shippingPrice{gross{amount} tax{amount}} totalPrice{gross{amount} tax{amount}} discountName voucherCode deliveryMethod{... on ShippingMethod{id price{amount}}}}}`
const checkoutRecord = v.object({
  lines: v.array(v.object({ id: v.string(), quantity: v.number(), isGift: v.nullable(v.boolean()), variant: v.object({ id: v.string(), pricing: v.nullable(v.object({ price: v.nullable(v.object({ gross: money })) })) }), undiscountedTotalPrice: money, totalPrice: taxed })),
  shippingPrice: taxed,
  totalPrice: taxed,
  discountName: v.nullable(v.string()),
  voucherCode: v.nullable(v.string()),
  deliveryMethod: v.nullable(v.object({ price: v.optional(money) })),
})
const readReply = v.object({ checkout: v.nullable(checkoutRecord) })
export type CheckoutRecord = v.InferOutput<typeof checkoutRecord>

type Asked<T> = Promise<Result<T, ShopTrouble | CartRefused>>
export type OpenCheckout = { readonly id: string; readonly refusedCodes: ShopQuote['refusedCodes'] }

/** Which promotion a code or the name of a discount belongs to. */
export type Owners = { readonly byCode: ReadonlyMap<string, string>; readonly byName: ReadonlyMap<string, string> }

/** With its delivery, then with the first code that the shop takes: a further one would take its place. */
export const openCheckout = async ({ lines, codes, delivery }: ShopCart, client: SaleorClient, { channel }: SaleorCounter): Asked<OpenCheckout> => {
  const country = channel.defaultCountry.code
  const address = delivery === null ? {} : { shippingAddress: { country }, validationRules: { shippingAddress: { checkRequiredFields: false, checkFieldsFormat: false } } }
  const created = await client.ask({ query: CREATE, variables: { input: { channel: channel.slug, lines: lines.map(({ key, quantity }) => ({ variantId: key, quantity })), ...address } }, reply: createReply, repeatable: false })
  if (!created.ok) return created
  const id = created.value.done?.checkout?.id
  if (id === undefined) return err({ type: 'CartRefused', why: sentence(created.value.done?.errors ?? []) })
  if (delivery !== null) {
    const delivered = await client.ask({ query: DELIVER, variables: { id, method: delivery }, reply: doneReply, repeatable: true })
    if (!delivered.ok) return delivered
    if (delivered.value.done?.errors.length !== 0) return err({ type: 'CartRefused', why: sentence(delivered.value.done?.errors ?? []) })
  }
  const refusedCodes: { code: string; why: string }[] = []
  let isTaken = false
  for (const code of codes) {
    if (isTaken) {
      refusedCodes.push({ code, why: 'a checkout has one code' })
      continue
    }
    const entered = await client.ask({ query: CODE, variables: { id, code }, reply: doneReply, repeatable: true })
    if (!entered.ok) return entered
    const [refused] = entered.value.done?.errors ?? []
    if (refused) refusedCodes.push({ code, why: refused.code })
    else isTaken = true
  }
  return ok({ id, refusedCodes })
}

const sentence = (all: v.InferOutput<typeof errors>): string => all.map(({ code, message }) => message ?? code).join('; ').slice(0, 200) || 'it made no checkout'

/** What the order keeps of where it came from. */
export const tellOrigin = async (id: string, origin: { readonly [key: string]: string }, client: SaleorClient): Asked<null> => {
  const said = await client.ask({ query: TELL, variables: { id, input: Object.entries(origin).map(([key, value]) => ({ key, value })) }, reply: doneReply, repeatable: true })
  if (!said.ok) return said
  return said.value.done?.errors.length === 0 ? ok(null) : err({ type: 'CartRefused', why: sentence(said.value.done?.errors ?? []) })
}

export const quoteByCheckout = async (cart: ShopCart, client: SaleorClient, at: SaleorCounter, owners: Owners): Asked<ShopQuote> => {
  const opened = await openCheckout(cart, client, at)
  if (!opened.ok) return opened
  const { id, refusedCodes } = opened.value
  const read = await client.ask({ query: READ, variables: { id }, reply: readReply, repeatable: true })
  if (!read.ok) return read
  const { checkout } = read.value
  if (!checkout) return err({ type: 'Nonsense', why: 'the checkout is gone before it was read' })
  // An empty one is the shop's to clear; it cannot be deleted.
  await client.ask({ query: EMPTY, variables: { id, lines: checkout.lines.map((line) => line.id) }, reply: doneReply, repeatable: true })
  return quoteOf(checkout, cart, refusedCodes, owners)
}

/** Errors  CartRefused where the shop took articles out or fewer of them. */
export const quoteOf = (checkout: CheckoutRecord, { lines: wanted }: Pick<ShopCart, 'lines'>, refusedCodes: ShopQuote['refusedCodes'], owners: Owners): Result<ShopQuote, CartRefused> => {
  const [gifts, lines] = [checkout.lines.filter(({ isGift }) => isGift), checkout.lines.filter(({ isGift }) => !isGift)]
  const found = new Map(lines.map((line) => [line.variant.id, line]))
  if (lines.length !== wanted.length || wanted.some(({ key, quantity }) => found.get(key)?.quantity !== quantity)) return err({ type: 'CartRefused', why: 'it took articles out of the checkout' })
  const asked = checkout.deliveryMethod?.price?.amount ?? checkout.shippingPrice.gross.amount
  // What the catalogue takes off is in the price of an article; only the rest is told as a reduction of the cart.
  const ofItems = lines.reduce((sum, { quantity, variant, undiscountedTotalPrice, totalPrice }) => sum + (variant.pricing?.price ? variant.pricing.price.gross.amount * quantity : undiscountedTotalPrice.amount) - totalPrice.gross.amount, 0)
  const minor = ofItems + asked - checkout.shippingPrice.gross.amount + gifts.reduce((sum, { undiscountedTotalPrice }) => sum + undiscountedTotalPrice.amount, 0)
  const promotion = checkout.voucherCode === null ? owners.byName.get(checkout.discountName ?? '') : owners.byCode.get(checkout.voucherCode)
  return ok({
    lines: wanted.map(({ key, quantity }) => ({ key, quantity, beforeMinor: found.get(key)!.undiscountedTotalPrice.amount, totalMinor: found.get(key)!.totalPrice.gross.amount })),
    discounts: minor === 0 ? [] : [{ promotion: promotion ?? null, minor }],
    deliveryMinor: checkout.shippingPrice.gross.amount,
    taxMinor: checkout.totalPrice.tax.amount,
    totalMinor: checkout.totalPrice.gross.amount,
    refusedCodes,
  })
}
