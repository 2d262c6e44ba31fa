/**
 * Promotions of the shop as offers. Pure: what the Admin API returned goes in, offers come out.
 * Source  version 2.18; measured on a running shop: see decision 0013.
 */
import type { NotComputable, OfferWarning, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Condition, Effect, Offer, SimpleValue } from '#shared/offers/offer.ts'
import { conditionOf, filterOf, isUnsteady, majorToMinor, presenceOf } from './medusa-rules.ts'
import type { MedusaCampaign, MedusaPromotion, MedusaRegion } from './medusa-records.ts'

type Why = { readonly why: string }

/**
 * Shape  fixed values are of the region's currency.
 * Order  by the bare number of their value, highest first (15 € before 10 %), those of delivery at the end; the policies put buy-and-get first.
 */
export const medusaOffers = (promotions: readonly MedusaPromotion[], region: MedusaRegion): TranslatedOffers => {
  const offers: Offer[] = []
  const notComputable: NotComputable[] = []
  const warnings: OfferWarning[] = []
  for (const promotion of [...promotions].sort(inShopOrder)) {
    const offer = offerOf(promotion, region)
    if ('why' in offer) notComputable.push({ offerId: promotion.id, why: offer.why })
    else offers.push(offer)
    if (promotion.rules.some(isUnsteady)) warnings.push({ offerId: promotion.id, leave: true, what: 'a rule on a total that the promotion itself lowers: the shop takes it back when it calculates again' })
  }
  return { offers, notComputable, warnings }
}

const inShopOrder = (a: MedusaPromotion, b: MedusaPromotion): number => Number(isOfDelivery(a)) - Number(isOfDelivery(b)) || compareTurns(a, b)

/** Which of two promotions of one kind has its turn first; 0 where the shop does not say. Buy and get with more pieces comes first among equals. */
export const compareTurns = ({ type, application_method: a }: MedusaPromotion, { type: other, application_method: b }: MedusaPromotion): number =>
  b.value - a.value || (type === 'buyget' && other === 'buyget' ? (b.buy_rules_min_quantity ?? 0) - (a.buy_rules_min_quantity ?? 0) || (b.apply_to_quantity ?? 0) - (a.apply_to_quantity ?? 0) : 0)

export const isOfDelivery = (promotion: MedusaPromotion): boolean => promotion.type !== 'buyget' && promotion.application_method.target_type === 'shipping_methods'

const offerOf = (promotion: MedusaPromotion, region: MedusaRegion): Offer | Why => {
  const conditions = promotion.rules.map((rule) => conditionOf(rule, isOfDelivery(promotion), region))
  const faulty = conditions.find((one) => 'why' in one)
  if (faulty && 'why' in faulty) return faulty
  const effect = effectOf(promotion, region)
  if ('why' in effect) return effect
  const { target_rules: target, buy_rules: buy, currency_code: currency } = promotion.application_method
  const when: readonly Condition[] = [
    ...conditions.flatMap((one) => ('why' in one ? [] : [one])),
    ...(promotion.is_automatic ? presenceOf([...target, ...buy]) : []),
    // Of another currency than the cart's it never applies.
    ...(currency && currency !== region.currencyCode.toLowerCase() ? [{ type: 'never' } as const] : []),
  ]
  return {
    id: promotion.id as OfferId,
    name: promotion.code,
    enabled: promotion.status === 'active',
    ...(promotion.is_automatic ? {} : { trigger: { type: 'code', codes: [promotion.code] } }),
    ...campaignOf(promotion, region),
    ...(when.length > 0 ? { when: { type: 'all', of: when } } : {}),
    effects: [effect],
  }
}

const campaignOf = ({ campaign, limit, used }: MedusaPromotion, region: MedusaRegion): Pick<Offer, 'window' | 'limits'> => {
  const { starts_at: from, ends_at: until } = campaign ?? { starts_at: null, ends_at: null }
  const budget = budgetOf(campaign, region)
  return {
    ...(from || until ? { window: { ...(from ? { from } : {}), ...(until ? { until } : {}) } } : {}),
    ...(limit !== null || budget ? { limits: { ...(limit === null ? {} : { total: limit, used }), ...(budget ? { budget } : {}) } } : {}),
  }
}

const budgetOf = (campaign: MedusaCampaign | null, region: MedusaRegion): NonNullable<Offer['limits']>['budget'] => {
  const budget = campaign?.budget
  if (!budget || budget.limit === null) return undefined
  if (budget.type === 'usage') return { type: 'usage', limit: budget.limit, used: budget.used }
  return { type: 'spend', limitMinor: majorToMinor(budget.limit, region), usedMinor: majorToMinor(budget.used, region) }
}

/** Standard promotions say themselves whether they are of prices with tax; delivery and buy-and-get are always without. */
const effectOf = (promotion: MedusaPromotion, region: MedusaRegion): Effect | Why => {
  const { application_method: method } = promotion
  if (!Number.isFinite(method.value) || method.value < 0) return { why: `${String(method.value)} is no value` }
  const value: SimpleValue = method.type === 'percentage' ? { percent: String(method.value) } : { amountMinor: majorToMinor(method.value, region) }
  if (promotion.type === 'buyget') return buyGetOf(promotion, value, region)
  if (isOfDelivery(promotion)) return method.target_rules.length > 0 ? { why: 'rules on ways of delivery' } : { type: 'shippingDiscount', value, taxBasis: 'net' }
  const select = filterOf(method.target_rules, region, true)
  if ('why' in select) return select
  const taxBasis = promotion.is_tax_inclusive ? 'gross' : 'net'
  if (method.target_type === 'order' || method.allocation === 'across') return { type: 'orderDiscount', value, select, taxBasis }
  if (method.max_quantity === null) return { why: 'a reduction of single articles without a number of pieces' }
  const type = 'percent' in value ? 'lineDiscount' : 'unitDiscount'
  if (method.allocation === 'each') return { type, value, select, taxBasis, maxUnits: { count: method.max_quantity, per: 'line' } }
  if (method.allocation === 'once') return { type, value, select, taxBasis, maxUnits: { count: method.max_quantity, per: 'order', pick: 'cheapest' } }
  return { why: `allocation "${String(method.allocation)}" is not known` }
}

const buyGetOf = ({ application_method: method }: MedusaPromotion, value: SimpleValue, region: MedusaRegion): Effect | Why => {
  const buy = filterOf(method.buy_rules, region, false)
  const get = filterOf(method.target_rules, region, false)
  if ('why' in buy) return buy
  if ('why' in get) return get
  const { buy_rules_min_quantity: bought, apply_to_quantity: given } = method
  if (!bought || !given || method.buy_rules.length === 0) return { why: 'buy and get without numbers of pieces, or without what is to be bought' }
  return { type: 'buyGet', mode: 'inTurn', repeat: method.max_quantity ?? 1, taxBasis: 'net', buy: { quantity: bought, select: buy }, get: { quantity: given, select: get, value } }
}
