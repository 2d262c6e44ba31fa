/**
 * Promotion rules and vouchers of the shop as offers. Pure: what the interface returned goes in, offers come out.
 * Source  version 3.20 to 3.23. Each rule is an offer of its own: of a promotion's rules the shop applies one.
 */
import { minorOf, percentOf } from '#hub/ports/web-shop/decimal.ts'
import type { NotComputable, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Condition, Effect, Filter, Offer, SimpleValue } from '#shared/offers/offer.ts'
import { conditionOf, groupId, isWhy, selectOf, type NamedArticle, type Why } from './saleor-predicates.ts'
import type { PromotionRecord, RuleRecord, VoucherRecord } from './saleor-queries.ts'

export type OfferWorld = { readonly channel: string; readonly articles: readonly NamedArticle[] }

/** One rule with the promotion that it belongs to. */
export type NamedRule = { readonly promotion: PromotionRecord; readonly rule: RuleRecord }

/** Rules and vouchers of this channel. */
export const rulesIn = (promotions: readonly PromotionRecord[], channel: string): readonly NamedRule[] =>
  promotions.flatMap((promotion) => (promotion.rules ?? []).filter(({ channels }) => channels?.some(({ slug }) => slug === channel)).map((rule) => ({ promotion, rule })))
export const vouchersIn = (vouchers: readonly VoucherRecord[], channel: string): readonly VoucherRecord[] => vouchers.filter(({ channelListings }) => channelListings?.some((one) => one.channel.slug === channel))

/** Order  as given; the shop takes the best of each kind, whatever their order. */
export const saleorOffers = (promotions: readonly PromotionRecord[], vouchers: readonly VoucherRecord[], world: OfferWorld): TranslatedOffers => {
  const offers: Offer[] = []
  const notComputable: NotComputable[] = []
  const keep = (id: string, offer: Offer | Why): void => {
    if (isWhy(offer)) notComputable.push({ offerId: id, why: offer.why })
    else offers.push(offer)
  }
  const rules = rulesIn(promotions, world.channel)
  // The best of all order rules applies, and what a gift is worth counts too.
  const hasGifts = rules.some(({ rule }) => rule.rewardType === 'GIFT')
  for (const named of rules) keep(named.rule.id, ruleOffer(named, hasGifts, world))
  for (const voucher of vouchersIn(vouchers, world.channel)) keep(voucher.id, voucherOffer(voucher, world))
  return { offers, notComputable, warnings: [] }
}

const ruleOffer = ({ promotion, rule }: NamedRule, hasGifts: boolean, world: OfferWorld): Offer | Why => {
  const terms = { id: rule.id as OfferId, name: ruleName({ promotion, rule }).slice(0, 200), ...windowOf(promotion) }
  const isOrder = promotion.type === 'ORDER'
  if (promotion.type !== 'CATALOGUE' && !isOrder) return { why: `promotion type "${promotion.type ?? ''}" is not known` }
  if (rule.rewardType === 'GIFT') return { why: 'which of its gifts is put in depends on what is in stock' }
  const value = valueOf(rule.rewardValueType, rule.rewardValue)
  if (isWhy(value)) return value
  if (!isOrder) {
    const select = selectOf(rule.cataloguePredicate, world.articles)
    return isWhy(select) ? select : { ...terms, stage: 'catalog', effects: [{ type: 'unitPrice', value, select }] }
  }
  if (rule.rewardType !== 'SUBTOTAL_DISCOUNT') return { why: `reward "${rule.rewardType ?? ''}" is not known` }
  if (hasGifts) return { why: 'the gift of another rule may take its place' }
  const when = conditionOf(rule.orderPredicate)
  return isWhy(when) ? when : { ...terms, when, effects: [{ type: 'orderDiscount', value }] }
}

export const ruleName = ({ promotion, rule }: NamedRule): string => (rule.name ? `${promotion.name}: ${rule.name}` : promotion.name)

const valueOf = (type: string | null, value: number | null): SimpleValue | Why => {
  if (value === null || (type !== 'PERCENTAGE' && type !== 'FIXED')) return { why: `value type "${type ?? ''}" is not known` }
  const read = type === 'PERCENTAGE' ? percentOf(value) : minorOf(value)
  if (read === null) return { why: type === 'PERCENTAGE' ? `${value} is no percentage` : `${value} has parts of a cent` }
  return typeof read === 'string' ? { percent: read } : { amountMinor: read }
}

/** Times of the shop have a zone; those of the house are in UTC. */
export const windowOf = ({ startDate, endDate }: { readonly startDate: string; readonly endDate: string | null }): Pick<Offer, 'window'> => ({
  window: { from: new Date(startDate).toISOString(), ...(endDate === null ? {} : { until: new Date(endDate).toISOString() }) },
})

export const codesOf = ({ codes }: VoucherRecord): readonly string[] => (codes?.edges ?? []).flatMap(({ node }) => (node.code && node.isActive !== false ? [node.code] : []))

const voucherOffer = (voucher: VoucherRecord, world: OfferWorld): Offer | Why => {
  const listing = voucher.channelListings?.find(({ channel }) => channel.slug === world.channel)
  const codes = codesOf(voucher)
  const fault = whyNot(voucher, codes)
  if (fault) return fault
  const value = valueOf(voucher.discountValueType, listing?.discountValue ?? null)
  if (isWhy(value)) return value
  const least = listing?.minSpent ? minorOf(listing.minSpent.amount) : 0
  if (least === null) return { why: 'its minimum has parts of a cent' }
  const made = effectOf(voucher, value, world)
  if (isWhy(made)) return made
  const of: readonly Condition[] = [
    ...(least > 0 ? [{ type: 'subtotal' as const, op: 'gte' as const, amountMinor: least, basis: 'initial' as const }] : []),
    ...((voucher.minCheckoutItemsQuantity ?? 0) > 0 ? [{ type: 'quantity' as const, op: 'gte' as const, value: voucher.minCheckoutItemsQuantity! }] : []),
    ...made.when,
  ]
  // A checkout has one voucher, whatever more is entered.
  return { id: voucher.id as OfferId, name: (voucher.name ?? codes[0]!).slice(0, 200), ...windowOf(voucher), exclusive: true, trigger: { type: 'code', codes }, ...(of.length > 0 ? { when: { type: 'all', of } } : {}), effects: [made.effect] }
}

const whyNot = (voucher: VoucherRecord, codes: readonly string[]): Why | null => {
  const { usageLimit, singleUse, applyOncePerCustomer, onlyForStaff } = voucher
  if (usageLimit !== null || singleUse || applyOncePerCustomer) return { why: 'its uses are limited, and the shop counts them' }
  if (onlyForStaff) return { why: 'it is for the staff of the shop' }
  if (codes.length === 0) return { why: 'none of its codes is active' }
  const isCut = [voucher.codes, voucher.categories, voucher.collections, voucher.products, voucher.variants].some((part) => part?.pageInfo.hasNextPage)
  return isCut ? { why: 'it has more codes or articles than are read' } : null
}

type Made = { readonly effect: Effect; readonly when: readonly Condition[] }

const effectOf = (voucher: VoucherRecord, value: SimpleValue, world: OfferWorld): Made | Why => {
  const { type, applyOncePerOrder, countries } = voucher
  switch (type) {
    case 'SHIPPING': {
      const here: readonly Condition[] = (countries ?? []).length > 0 ? [{ type: 'country', in: countries!.map(({ code }) => code) }] : []
      return { effect: { type: 'shippingDiscount', value }, when: [{ type: 'shippingMethod', in: ['home'] }, ...here] }
    }
    case 'ENTIRE_ORDER':
      return { effect: applyOncePerOrder ? { type: 'cheapest', value } : { type: 'orderDiscount', value }, when: [] }
    case 'SPECIFIC_PRODUCT': {
      const select = selectOfVoucher(voucher, world)
      const narrowed = select === null ? {} : { select }
      return { effect: { type: applyOncePerOrder ? 'cheapest' : 'unitDiscount', value, ...narrowed }, when: select === null ? [] : [{ type: 'contains', select }] }
    }
    default:
      return { why: `voucher type "${type}" is not known` }
  }
}

/** Without any list a voucher is for all articles. */
const selectOfVoucher = ({ categories, collections, products, variants }: VoucherRecord, { articles }: OfferWorld): Filter | null => {
  const ids = (part: VoucherRecord['products']): readonly string[] => (part?.edges ?? []).map(({ node }) => node.id)
  const taxons = [...ids(categories), ...ids(collections)].map(groupId)
  const [ofProducts, ofVariants] = [ids(products), ids(variants)]
  const skus = articles.filter(({ product, variant }) => ofProducts.includes(product) || ofVariants.includes(variant)).map(({ sku }) => sku)
  const ways: readonly Filter[] = [...(taxons.length > 0 ? [{ taxons, taxonMode: 'direct' as const }] : []), ...(ofProducts.length + ofVariants.length > 0 ? [{ skus }] : [])]
  return ways.length > 1 ? { any: ways } : (ways[0] ?? null)
}
