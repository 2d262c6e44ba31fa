/** Carts of the storefront: what a guest of the shop would pay, and the way into its checkout. They hold no person, and nobody in the shop sees them. */
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { ShopCart, ShopDiscount, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { ShopifyClient } from './shopify-client.ts'
import { normalCode, numberOf, promotionId, variantGid } from './shopify-ids.ts'
import { CREATE_CART, cartReply, type ShopifyCartRecord, type ShopifyDiscountNode, type ShopifyMoney } from './shopify-queries.ts'

export type MadeCart = { readonly record: ShopifyCartRecord; readonly refusedCodes: ShopQuote['refusedCodes'] }
type Attributes = { readonly [key: string]: string }
type Refused = ShopTrouble | CartRefused

/** A cart of the shop holds no more. */
const MAX_LINES = 250

/** Shape  every line is in it with all its pieces, or it is refused: a shop that has too few takes as many as it has. */
export const makeCart = async ({ lines, codes }: ShopCart, client: ShopifyClient, country: string, attributes: Attributes): Promise<Result<MadeCart, Refused>> => {
  if (lines.length > MAX_LINES) return refused(`a cart of the shop holds ${MAX_LINES} lines`)
  const input = {
    lines: lines.map(({ key, quantity }) => ({ merchandiseId: variantGid(key), quantity })),
    discountCodes: codes,
    buyerIdentity: { countryCode: country },
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
  }
  const said = await client.storefront({ query: CREATE_CART, variables: { input }, reply: cartReply, repeatable: false })
  if (!said.ok) return said
  const { cart, userErrors, warnings } = said.value.made
  if (userErrors[0]) return refused(userErrors[0].message.slice(0, 200))
  if (!cart) return err({ type: 'Nonsense', why: 'neither a cart nor an error' })
  if (cart.lines.pageInfo.hasNextPage) return err({ type: 'Nonsense', why: 'more lines than a cart holds' })
  const short = piecesApart(lines, cart)
  if (short !== null) return refused(warnings.find(({ code }) => code.startsWith('MERCHANDISE'))?.message.slice(0, 200) ?? short)
  const told = new Map(warnings.map(({ target, code }) => [normalCode(target), code]))
  const taken = new Set(cart.discountCodes.filter(({ applicable }) => applicable).map(({ code }) => normalCode(code)))
  return ok({ record: cart, refusedCodes: codes.filter((code) => !taken.has(normalCode(code))).map((code) => ({ code, why: told.get(normalCode(code)) ?? 'it does not hold for this cart' })) })
}

const refused = (why: string): Result<never, CartRefused> => err({ type: 'CartRefused', why })

/** Null where the cart holds what was asked for. */
const piecesApart = (asked: ShopCart['lines'], { lines }: ShopifyCartRecord): string | null => {
  const pieces = new Map<string, number>()
  for (const { key, quantity } of asked) pieces.set(key, (pieces.get(key) ?? 0) + quantity)
  for (const { merchandise, quantity } of lines.nodes) {
    const key = numberOf(merchandise.id ?? '') ?? ''
    pieces.set(key, (pieces.get(key) ?? 0) - quantity)
  }
  return [...pieces.values()].every((left) => left === 0) ? null : 'it has fewer pieces of an article than asked for'
}

/** Promotions by what a cart calls them: codes by themselves, automatic discounts by their title. */
export type PromotionNames = { readonly codes: ReadonlyMap<string, string>; readonly titles: ReadonlyMap<string, string> }

/** Of two with one title the first: both are left to the checkout. */
export const namesOf = (discounts: readonly ShopifyDiscountNode[]): PromotionNames => {
  const titles = new Map<string, string>()
  for (const { id, discount } of discounts) if (!discount.codes && discount.status !== 'EXPIRED' && !titles.has(discount.title)) titles.set(discount.title, promotionId(id))
  return { titles, codes: new Map(discounts.flatMap(({ id, discount }) => (discount.codes?.nodes ?? []).map(({ code }) => [normalCode(code), promotionId(id)] as const))) }
}

/** Errors  Nonsense for amounts that are none, or in another currency than the first. */
export const quoteOf = ({ record, refusedCodes }: MadeCart, asked: ShopCart['lines'], names: PromotionNames): Result<ShopQuote, ShopTrouble> => {
  const { currencyCode } = record.cost.totalAmount
  let odd = false
  const minor = (money: ShopifyMoney): number => {
    const amount = money.currencyCode === currencyCode ? minorOf(money.amount) : null
    if (amount === null) odd = true
    return amount ?? 0
  }
  const sums = new Map<string | null, number>()
  const lines = inOrder(record, asked).map(({ merchandise, quantity, cost, discountAllocations }) => {
    const beforeMinor = minor(cost.subtotalAmount)
    let off = 0
    for (const { discountedAmount, title, code } of discountAllocations) {
      const amount = minor(discountedAmount)
      const promotion = (code === undefined ? names.titles.get(title ?? '') : names.codes.get(normalCode(code))) ?? null
      sums.set(promotion, (sums.get(promotion) ?? 0) + amount)
      off += amount
    }
    return { key: numberOf(merchandise.id ?? '') ?? '', quantity, beforeMinor, totalMinor: beforeMinor - off }
  })
  const totalMinor = minor(record.cost.totalAmount)
  if (odd) return err({ type: 'Nonsense', why: 'an amount of the cart cannot be read' })
  const discounts = [...sums].map(([promotion, amount]): ShopDiscount => ({ promotion, minor: amount }))
  return ok({ lines, discounts, deliveryMinor: 0, taxMinor: null, totalMinor, refusedCodes })
}

/** Newest first or oldest first is the shop's matter. */
const inOrder = ({ lines }: ShopifyCartRecord, asked: ShopCart['lines']): ShopifyCartRecord['lines']['nodes'] => {
  const rank = new Map([...asked].reverse().map(({ key }, i) => [variantGid(key), asked.length - i]))
  return [...lines.nodes].sort((a, b) => (rank.get(a.merchandise.id ?? '') ?? 0) - (rank.get(b.merchandise.id ?? '') ?? 0))
}
