/**
 * Discounts of the shop as offers. Pure: what the Admin interface returned goes in, offers come out.
 * Source  documentation of version 2026-07. What it does not say to the cent is left to the checkout: a shop of this kind was never run here.
 */
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { NotComputable, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Condition, Effect, Filter, Offer } from '#shared/offers/offer.ts'
import { buyGetOf } from './shopify-buy-get.ts'
import { articlesIn, selectOf, type SoldArticle } from './shopify-items.ts'
import { normalCode, promotionId } from './shopify-ids.ts'
import type { ShopifyDiscountNode, ShopifyDiscountRecord, ShopifyMoney } from './shopify-queries.ts'
import { amountIn, percentIn } from './shopify-values.ts'

export type Why = { readonly why: string }
export type OfferSurroundings = { readonly currency: string; readonly articles: readonly SoldArticle[] }

/** Order  as the shop lists them: of discounts that exclude each other the shop takes what saves most, not what stands first. */
export const shopifyOffers = (discounts: readonly ShopifyDiscountNode[], around: OfferSurroundings): TranslatedOffers => {
  const offers: Offer[] = []
  const notComputable: NotComputable[] = []
  const titles = doubledTitles(discounts)
  for (const { id, discount } of discounts) {
    const offer = titles.has(id) ? { why: 'another automatic discount has the same title, and the cart of the shop names them by title alone' } : offerOf(id, discount, around)
    if ('why' in offer) notComputable.push({ offerId: promotionId(id), why: offer.why })
    else offers.push(offer)
  }
  return { offers, notComputable, warnings: [] }
}

/** Ids of automatic discounts that share their title with another one that may be in force. */
const doubledTitles = (discounts: readonly ShopifyDiscountNode[]): ReadonlySet<string> => {
  const living = discounts.filter(({ discount }) => discount.kind.startsWith('DiscountAutomatic') && discount.status !== 'EXPIRED')
  return new Set(living.filter((one) => living.some((other) => other !== one && other.discount.title === one.discount.title)).map(({ id }) => id))
}

const offerOf = (id: string, discount: ShopifyDiscountRecord, around: OfferSurroundings): Offer | Why => {
  const fault = faultOf(discount)
  if (fault !== null) return { why: fault }
  const promise = promiseOf(discount, around)
  if ('why' in promise) return promise
  const { combinesWith: combines, codes, title } = discount
  return {
    id: promotionId(id) as OfferId,
    name: title,
    enabled: discount.status !== 'EXPIRED',
    ...windowOf(discount),
    ...(codes ? { trigger: { type: 'code', codes: codes.nodes.map(({ code }) => normalCode(code)) } } : {}),
    combinesWith: { item: combines!.productDiscounts, order: combines!.orderDiscounts, shipping: combines!.shippingDiscounts },
    ...promise,
  }
}

export const windowOf = ({ startsAt, endsAt }: ShopifyDiscountRecord): Pick<Offer, 'window'> =>
  startsAt !== null || endsAt !== null ? { window: { ...(startsAt === null ? {} : { from: startsAt }), ...(endsAt === null ? {} : { until: endsAt }) } } : {}

/** What keeps any kind of discount from being computed by others than the shop. */
const faultOf = ({ kind, context, codes, combinesWith, ...discount }: ShopifyDiscountRecord): string | null => {
  if (/^Discount(Code|Automatic)App$/.test(kind)) return 'it belongs to an app of the shop, and nobody outside knows what that does'
  if (!/^Discount(Code|Automatic)(Basic|Bxgy|FreeShipping)$/.test(kind)) return `"${kind}" is a kind of discount that is not known here`
  if (kind.endsWith('FreeShipping')) return 'delivery is chosen and priced in the checkout of the shop'
  if (context?.kind === 'DiscountMarkets') return 'it holds in certain markets only, and the shop tells in its checkout which one that is'
  if (context?.kind !== 'DiscountBuyerSelectionAll') return 'it is for certain customers, whom the shop alone knows'
  if (discount.usageLimit !== null) return 'its uses are limited, and only the shop knows how many are left'
  if (discount.appliesOncePerCustomer) return 'each customer may use it once, and only the shop knows who did'
  if (discount.customerGets?.appliesOnOneTimePurchase === false) return 'it is for subscriptions only'
  if (!combinesWith) return 'it does not tell what it goes together with'
  if ((combinesWith.productDiscountsWithTagsOnSameCartLine ?? []).length > 0) return 'it may share a line with other discounts, in an order that the shop does not tell'
  if (codes && codes.pageInfo.hasNextPage) return 'it has more than ten codes'
  return codes && codes.nodes.length === 0 ? 'it has no code' : null
}

type Promised = Pick<Offer, 'when' | 'effects'>

const promiseOf = (discount: ShopifyDiscountRecord, around: OfferSurroundings): Promised | Why => {
  const { discountClasses: classes, kind } = discount
  if (kind.endsWith('Bxgy')) return classes.join() === 'PRODUCT' ? buyGetOf(discount, around) : { why: `a discount of the classes ${classes.join(' and ')}` }
  if (classes.join() === 'ORDER') return orderPromise(discount, around)
  return classes.join() === 'PRODUCT' ? productPromise(discount, around) : { why: `a discount of the classes ${classes.join(' and ') || 'none'}` }
}

/** Of the whole basket, on what articles cost after their own discounts. */
const orderPromise = (discount: ShopifyDiscountRecord, around: OfferSurroundings): Promised | Why => {
  const gets = discount.customerGets
  if (!gets || gets.items.kind !== 'AllDiscountItems') return { why: 'a discount of the whole basket on some articles only' }
  const value = gets.value.kind === 'DiscountPercentage' ? percentIn(gets.value) : gets.value.appliesOnEachItem === true ? { why: 'an amount on each article, as a discount of the whole basket' } : amountIn(gets.value, around)
  if ('why' in value) return value
  return withMinimum(discount, undefined, [{ type: 'orderDiscount', value }], around)
}

/** Of single articles, from their list prices. An amount that several articles share is split in a way that the shop does not tell. */
const productPromise = (discount: ShopifyDiscountRecord, around: OfferSurroundings): Promised | Why => {
  const gets = discount.customerGets
  if (!gets) return { why: 'it does not tell what it gives' }
  const select = selectOf(gets.items, around.articles)
  if ('why' in select) return select
  if (gets.value.kind === 'DiscountPercentage') {
    const value = percentIn(gets.value)
    return 'why' in value ? value : withMinimum(discount, select, [{ type: 'unitDiscount', value, select }], around)
  }
  const value = amountIn(gets.value, around)
  if ('why' in value) return value
  if (gets.value.appliesOnEachItem === true) return withMinimum(discount, select, [{ type: 'unitDiscount', value, select }], around)
  if (articlesIn(select, around.articles).length > 1) return { why: 'one amount for several articles: the shop does not tell how it splits its cents' }
  return withMinimum(discount, select, [{ type: 'lineDiscount', value, select }], around)
}

/** For a discount of articles only these count, for one of the basket what all cost after their own discounts. */
const withMinimum = ({ minimumRequirement: minimum }: ShopifyDiscountRecord, select: Filter | undefined, effects: readonly Effect[], around: OfferSurroundings): Promised | Why => {
  if (minimum === null) return { effects }
  const of = select ? { select } : {}
  if (minimum.kind === 'DiscountMinimumQuantity') {
    const value = Number(minimum.greaterThanOrEqualToQuantity)
    return Number.isSafeInteger(value) && value > 0 ? { when: { type: 'quantity', op: 'gte', value, ...of }, effects } : { why: 'its minimum quantity cannot be read' }
  }
  const amount = minimum.kind === 'DiscountMinimumSubtotal' ? minorIn(minimum.greaterThanOrEqualToSubtotal, around) : null
  if (amount === null) return { why: 'its minimum cannot be read, or is in another currency' }
  const when: Condition = { type: 'subtotal', op: 'gte', amountMinor: amount, ...(select ? { select, basis: 'initial' } : {}) }
  return { when, effects }
}

const minorIn = (money: ShopifyMoney | undefined, { currency }: OfferSurroundings): number | null => (money?.currencyCode === currency ? minorOf(money.amount) : null)
