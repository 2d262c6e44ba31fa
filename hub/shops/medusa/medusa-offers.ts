/**
 * Promotions of the shop as offers. Pure: what the Admin API returned goes in, offers come out.
 * Source  version 2.18; measured on a running shop: see decision 0013.
 */
import type { NotComputable, OfferWarning, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Effect, Offer, SimpleValue } from '#shared/offers/offer.ts'
import { conditionOf, filterOf, isUnsteady, majorToMinor } from './medusa-rules.ts'
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

const inShopOrder = (a: MedusaPromotion, b: MedusaPromotion): number => Number(isOfDelivery(a)) - Number(isOfDelivery(b)) || b.application_method.value - a.application_method.value

const isOfDelivery = (promotion: MedusaPromotion): boolean => promotion.type !== 'buyget' && promotion.application_method.target_type === 'shipping_methods'

const offerOf = (promotion: MedusaPromotion, region: MedusaRegion): Offer | Why => {
  const conditions = promotion.rules.map((rule) => conditionOf(rule, isOfDelivery(promotion), region))
  const faulty = conditions.find((one) => 'why' in one)
  if (faulty && 'why' in faulty) return faulty
  const effect = effectOf(promotion, region)
  if ('why' in effect) return effect
  return {
    id: promotion.id as OfferId,
    name: promotion.code,
    enabled: promotion.status === 'active',
    ...(promotion.is_automatic ? {} : { trigger: { type: 'code', codes: [promotion.code] } }),
    ...campaignOf(promotion, region),
    ...(conditions.length > 0 ? { when: { type: 'all', of: conditions.flatMap((one) => ('why' in one ? [] : [one])) } } : {}),
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
  if (promotion.type === 'buyget') return buyGetOf(promotion, value)
  if (isOfDelivery(promotion)) return { type: 'shippingDiscount', value, taxBasis: 'net' }
  const select = filterOf(method.target_rules)
  if ('why' in select) return select
  const taxBasis = promotion.is_tax_inclusive ? 'gross' : 'net'
  if (method.target_type === 'order' || method.allocation === 'across') return { type: 'orderDiscount', value, select, taxBasis }
  if (method.max_quantity === null) return { why: 'a reduction of single articles without a number of pieces' }
  const type = 'percent' in value ? 'lineDiscount' : 'unitDiscount'
  if (method.allocation === 'each') return { type, value, select, taxBasis, maxUnits: { count: method.max_quantity, per: 'line' } }
  if (method.allocation === 'once') return { type, value, select, taxBasis, maxUnits: { count: method.max_quantity, per: 'order', pick: 'cheapest' } }
  return { why: `allocation "${String(method.allocation)}" is not known` }
}

const buyGetOf = ({ application_method: method }: MedusaPromotion, value: SimpleValue): Effect | Why => {
  const buy = filterOf(method.buy_rules)
  const get = filterOf(method.target_rules)
  if ('why' in buy) return buy
  if ('why' in get) return get
  const { buy_rules_min_quantity: bought, apply_to_quantity: given } = method
  if (!bought || !given) return { why: 'buy and get without numbers of pieces' }
  return { type: 'buyGet', mode: 'inTurn', repeat: method.max_quantity ?? 1, taxBasis: 'net', buy: { quantity: bought, select: buy }, get: { quantity: given, select: get, value } }
}
