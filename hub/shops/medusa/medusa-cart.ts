/** Throw-away carts: filled, delivered and priced by the shop as a guest's, without a person in them. */
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { MedusaClient, MedusaNo } from './medusa-client.ts'
import type { MedusaCounter } from './medusa-counter.ts'
import { CART_FIELDS, cartReply, type MedusaCartRecord } from './medusa-replies.ts'
import { majorToMinor } from './medusa-rules.ts'

export type FilledCart = { readonly cart: MedusaCartRecord; readonly refusedCodes: ShopQuote['refusedCodes'] }
type Refused = ShopTrouble | CartRefused
type Step = Promise<Result<MedusaCartRecord, ShopTrouble | MedusaNo>>

/** Order  delivery before codes: the shop forgets a code that changes nothing when it is entered. */
export const fillCart = async ({ lines, codes, delivery }: ShopCart, client: MedusaClient, { region, country, publishableKey, salesChannels }: MedusaCounter, metadata: object): Promise<Result<FilledCart, Refused>> => {
  const step = async (path: string, body: object): Step => {
    const said = await client.store({ method: 'POST', path: `/store/carts${path}?${CART_FIELDS}`, body, reply: cartReply, repeatable: false }, publishableKey)
    return said.ok ? ok(said.value.cart) : said
  }
  const made = await step('', {
    region_id: region.id,
    ...(salesChannels.length === 1 ? { sales_channel_id: salesChannels[0] } : {}),
    shipping_address: { country_code: country },
    items: lines.map(({ key, quantity }) => ({ variant_id: key, quantity })),
    metadata,
  })
  if (!made.ok) return err(refusedBy(made.error))
  const at = `/${made.value.id}`
  const delivered = delivery === null ? made : await step(`${at}/shipping-methods`, { option_id: delivery })
  if (!delivered.ok) return err(refusedBy(delivered.error))
  return codes.length === 0 ? ok({ cart: delivered.value, refusedCodes: [] }) : enterCodes(delivered.value, codes, (entered) => step(`${at}/promotions`, { promo_codes: entered }))
}

/** One that does not exist makes the shop refuse all that are entered with it. */
const enterCodes = async (before: MedusaCartRecord, codes: readonly string[], enter: (codes: readonly string[]) => Step): Promise<Result<FilledCart, Refused>> => {
  const together = await enter(codes)
  if (together.ok) return ok({ cart: together.value, refusedCodes: forgotten(codes, together.value) })
  if (together.error.type !== 'MedusaNo') return err(together.error)
  let cart = before
  const refused = new Map<string, string>()
  for (const code of codes) {
    const entered = await enter([code])
    if (entered.ok) cart = entered.value
    else if (entered.error.type === 'MedusaNo') refused.set(code, entered.error.message)
    else return err(entered.error)
  }
  const taken = codes.filter((code) => !refused.has(code))
  return ok({ cart, refusedCodes: [...[...refused].map(([code, why]) => ({ code, why })), ...forgotten(taken, cart)] })
}

const forgotten = (codes: readonly string[], { promotions }: MedusaCartRecord): ShopQuote['refusedCodes'] =>
  codes.filter((code) => !promotions?.some((one) => one.code === code)).map((code) => ({ code, why: 'it changes nothing in this cart' }))

const refusedBy = (error: ShopTrouble | MedusaNo): Refused => (error.type === 'MedusaNo' ? { type: 'CartRefused', why: error.message } : error)

/** Fractions of a cent stay in lines and tax; the total is rounded as the shop's payment does. */
export const quoteOf = ({ cart, refusedCodes }: FilledCart, { lines }: Pick<ShopCart, 'lines'>, { region }: MedusaCounter): ShopQuote => {
  const minor = (major: number): number => majorToMinor(major.toFixed(8), { currencyCode: region.currency_code, taxInclusive: true })
  const left = [...cart.items]
  const inOrder = lines.flatMap(({ key, quantity }) => {
    const at = left.findIndex((one) => one.variant_id === key && one.quantity === quantity)
    return at < 0 ? [] : left.splice(at, 1)
  })
  const given = [...cart.items, ...(cart.shipping_methods ?? [])].flatMap(({ adjustments }) => adjustments ?? [])
  const sums = new Map<string | null, number>()
  for (const { promotion_id: promotion, total } of given) sums.set(promotion, (sums.get(promotion) ?? 0) + total)
  return {
    lines: [...inOrder, ...left].map((one) => ({ key: one.variant_id, quantity: one.quantity, beforeMinor: minor(one.original_total), totalMinor: minor(one.total) })),
    discounts: [...sums].map(([promotion, total]) => ({ promotion, minor: minor(total) })),
    deliveryMinor: minor(cart.shipping_total),
    taxMinor: minor(cart.tax_total),
    totalMinor: Math.round(minor(cart.total)),
    refusedCodes,
  }
}
