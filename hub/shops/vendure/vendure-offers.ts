/**
 * Promotions of the shop as offers. Pure: what the Admin API returned goes in, offers come out.
 * Source  the shop's default conditions and actions; any other code is a plugin's and cannot be computed.
 */
import type { NotComputable, OfferWarning, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Condition, Effect, Filter, Offer } from '#shared/offers/offer.ts'
import { faultOf, listArg, numberArg, textArg, unknown } from './vendure-arguments.ts'
import { normalCode } from './vendure-basket.ts'
import type { VendureOperation, VendurePromotion, VendureUsage, VendureVariant } from './vendure-records.ts'

/** Skus by variant id: promotions name variants, baskets hold articles. */
type Skus = ReadonlyMap<string, string>
type Why = { readonly why: string }

/** Promotions are served by the sum of these, lowest first; every other condition and action counts nothing. */
const PRIORITY_VALUES: { readonly [code: string]: number } = { minimum_order_amount: 10 }

/**
 * `usage` null: the shop counts uses and does not tell how many there were.
 * Order  by priority value, then id, as the shop applies them.
 */
export const vendureOffers = (promotions: readonly VendurePromotion[], variants: readonly Pick<VendureVariant, 'id' | 'sku'>[], usage: VendureUsage | null): TranslatedOffers => {
  const skus = new Map(variants.map(({ id, sku }) => [id, sku]))
  const offers: Offer[] = []
  const notComputable: NotComputable[] = []
  for (const promotion of [...promotions].sort(inShopOrder)) {
    const offer = offerOf(promotion, skus, usage)
    if ('why' in offer) notComputable.push({ offerId: promotion.id, why: offer.why })
    else offers.push(offer)
  }
  return { offers, notComputable, warnings: offers.flatMap((offer) => warningsFor(offer, offers)) }
}

const inShopOrder = (a: VendurePromotion, b: VendurePromotion): number => priorityOf(a) - priorityOf(b) || a.id.localeCompare(b.id, 'en', { numeric: true })

const priorityOf = ({ conditions, actions }: VendurePromotion): number => [...conditions, ...actions].reduce((sum, { code }) => sum + (PRIORITY_VALUES[code] ?? 0), 0)

const offerOf = (promotion: VendurePromotion, skus: Skus, usage: VendureUsage | null): Offer | Why => {
  if (usage === null && (promotion.usageLimit !== null || promotion.perCustomerUsageLimit !== null)) return { why: 'its uses are limited, and only the shop knows how many are left' }
  const conditions = promotion.conditions.map((one) => conditionOf(one, skus))
  const effects = promotion.actions.map((one) => effectOf(one, promotion, skus))
  const fault = [...conditions, ...effects].find((one) => 'why' in one)
  if (fault && 'why' in fault) return fault
  const { id, couponCode, startsAt, endsAt } = promotion
  return {
    id: id as OfferId,
    name: promotion.name,
    enabled: promotion.enabled,
    ...(couponCode ? { trigger: { type: 'code', codes: [normalCode(couponCode)] } } : {}),
    ...(startsAt || endsAt ? { window: { ...(startsAt ? { from: startsAt } : {}), ...(endsAt ? { until: endsAt } : {}) } } : {}),
    ...limitsOf(promotion, usage?.[id]),
    ...(conditions.length > 0 ? { when: { type: 'all', of: conditions as Condition[] } } : {}),
    effects: effects as Effect[],
  }
}

const limitsOf = ({ usageLimit, perCustomerUsageLimit }: VendurePromotion, used: VendureUsage[string] | undefined): Pick<Offer, 'limits'> | object =>
  usageLimit === null && perCustomerUsageLimit === null
    ? {}
    : {
        limits: {
          ...(usageLimit === null ? {} : { total: usageLimit, used: used?.total ?? 0 }),
          ...(perCustomerUsageLimit === null ? {} : { perCustomer: perCustomerUsageLimit, usedByCustomer: used?.byCustomer ?? 0 }),
        },
      }

const conditionOf = (operation: VendureOperation, skus: Skus): Condition | Why => {
  const { code } = operation
  const fault = faultOf('condition', operation)
  if (fault) return fault
  switch (code) {
    case 'minimum_order_amount':
      return { type: 'subtotal', op: 'gte', amountMinor: numberArg(operation, 'amount'), taxBasis: textArg(operation, 'taxInclusive') === 'true' ? 'gross' : 'net' }
    case 'contains_products':
      return { type: 'quantity', op: 'gte', value: numberArg(operation, 'minimum'), select: variantsIn(operation, 'productVariantIds', skus) }
    case 'at_least_n_with_facets':
      return { type: 'quantity', op: 'gte', value: numberArg(operation, 'minimum'), select: { allTaxons: listArg(operation, 'facets') } }
    case 'customer_group':
      return { type: 'customerGroup', in: [textArg(operation, 'customerGroupId')] }
    case 'buy_x_get_y_free':
      return {
        type: 'all',
        of: [
          { type: 'quantity', op: 'gte', value: numberArg(operation, 'amountX'), select: variantsIn(operation, 'variantIdsX', skus) },
          { type: 'contains', select: variantsIn(operation, 'variantIdsY', skus) },
        ],
      }
    default:
      return unknown('condition', code)
  }
}

const effectOf = (operation: VendureOperation, promotion: VendurePromotion, skus: Skus): Effect | Why => {
  const { code } = operation
  const fault = faultOf('action', operation)
  if (fault) return fault
  const percent = (): { readonly percent: string } => ({ percent: textArg(operation, 'discount') })
  const amount = (): { readonly amountMinor: number } => ({ amountMinor: numberArg(operation, 'discount') })
  switch (code) {
    case 'order_percentage_discount':
      return { type: 'orderDiscount', value: percent() }
    case 'order_fixed_discount':
      return { type: 'orderDiscount', value: amount() }
    case 'order_line_fixed_discount':
      return { type: 'lineDiscount', value: amount() }
    case 'products_percentage_discount':
      return { type: 'unitDiscount', value: percent(), select: variantsIn(operation, 'productVariantIds', skus) }
    case 'facet_based_discount':
      return { type: 'unitDiscount', value: percent(), select: { allTaxons: listArg(operation, 'facets') } }
    case 'free_shipping':
      return { type: 'shippingDiscount', value: { percent: '100' } }
    case 'buy_x_get_y_free':
      return freeArticles(promotion, skus)
    default:
      return unknown('action', code)
  }
}

/** The action gives away what the condition of the same name has counted. */
const freeArticles = ({ conditions }: VendurePromotion, skus: Skus): Effect | Why => {
  const counted = conditions.find(({ code }) => code === 'buy_x_get_y_free')
  if (!counted) return { why: 'articles are given away without the condition that counts them' }
  return {
    type: 'buyGet',
    mode: 'flatY',
    buy: { quantity: numberArg(counted, 'amountX'), select: variantsIn(counted, 'variantIdsX', skus) },
    get: { quantity: numberArg(counted, 'amountY'), value: { percent: '100' }, select: variantsIn(counted, 'variantIdsY', skus) },
  }
}

const warningsFor = (offer: Offer, offers: readonly Offer[]): readonly OfferWarning[] => {
  const found: OfferWarning[] = []
  const onItems = offer.effects.some((effect) => effect.type !== 'orderDiscount' && effect.type !== 'shippingDiscount')
  if (onItems && JSON.stringify(offer.when ?? {}).includes('"subtotal"')) found.push({ offerId: offer.id, leave: true, what: 'a minimum order value on a reduction of articles: with two articles or more the shop charges another price after it has calculated again' })
  const others = offers.filter((other) => other !== offer && other.enabled !== false && other.effects.some((effect) => effect.type === 'shippingDiscount'))
  if (offer.effects.some((effect) => effect.type === 'shippingDiscount') && others.length > 0) found.push({ offerId: offer.id, leave: true, what: 'two reductions of delivery at once: the shop then charges less than nothing for it' })
  const code = offer.trigger?.type === 'code' ? offer.trigger.codes[0] : undefined
  if (code !== undefined && offers.some((other) => other !== offer && other.trigger?.type === 'code' && other.trigger.codes.includes(code))) found.push({ offerId: offer.id, what: `code ${code} belongs to two promotions: the shop applies both` })
  return found
}

const variantsIn = (operation: VendureOperation, name: string, skus: Skus): Filter => ({ skus: listArg(operation, name).flatMap((id) => skus.get(id) ?? []) })
