/** What the engine does not claim to compute to the cent; such offers are shown as "applied at checkout". */
import { DISTRIBUTIONS } from './distribution/names.ts'
import type { Condition, Effect, Filter, Offer } from './offer.ts'
import type { Policies } from './policies.ts'
import type { PricingContext } from './pricing-context.ts'

const CONDITIONS = new Set<Condition['type']>(['all', 'any', 'not', 'never', 'subtotal', 'grandTotal', 'quantity', 'lineQuantity', 'contains', 'allLines', 'customerGroup', 'customerTag', 'store', 'country', 'shippingMethod', 'nthOrder', 'birthday', 'weekday', 'timeOfDay'])
const EFFECTS = new Set<Effect['type']>(['unitPrice', 'unitDiscount', 'lineDiscount', 'orderDiscount', 'shippingDiscount', 'cheapest', 'quantityGroups', 'buyGet', 'set', 'gift'])
const FILTER_KEYS = new Set<keyof Filter>(['lines', 'skus', 'products', 'taxons', 'taxonMode', 'allTaxons', 'quantityMin', 'quantityMax', 'notProducts', 'notSkus', 'notTaxons', 'priceMinMinor', 'priceMaxMinor', 'excludeReduced', 'any'])
const TAX_METHODS = new Set<NonNullable<Policies['tax']>>(['sylius-lines', 'sylius-units', 'sylius-units-decimal', 'vendure', 'shopware', 'woo', 'wooSubtotal', 'perLine', 'perRate', 'exact'])

/** Shape  one sentence per thing that is unknown; empty if everything can be computed. */
export const whyUnsupported = (offers: readonly Offer[], policies: Policies, context: Pick<PricingContext, 'tax'>): readonly string[] => {
  const found = offers.flatMap((offer) => [
    ...unknownConditions(offer.when).map((what) => `${offer.id}: ${what}`),
    ...offer.effects.flatMap((effect) => unknownEffect(effect)).map((what) => `${offer.id}: ${what}`),
  ])
  const distribution = policies.distribute
  if (distribution && !DISTRIBUTIONS.includes(distribution)) found.push(`distribution ${distribution}`)
  const tax = context.tax?.calc ?? policies.tax
  if (tax !== undefined && !TAX_METHODS.has(tax as never)) found.push(`tax ${tax}`)
  return found
}

const unknownConditions = (condition: Condition | undefined): readonly string[] => {
  if (!condition) return []
  if (!CONDITIONS.has(condition.type)) return [`condition ${condition.type}`]
  const inner = condition.type === 'all' || condition.type === 'any' ? condition.of.flatMap(unknownConditions) : condition.type === 'not' ? unknownConditions(condition.of) : []
  return [...inner, ...unknownFilterKeys('select' in condition ? condition.select : undefined)]
}

const unknownEffect = (effect: Effect): readonly string[] => {
  if (!EFFECTS.has(effect.type)) return [`effect ${effect.type}`]
  const filters = effect.type === 'buyGet' ? [effect.buy.select, effect.get.select] : effect.type === 'set' ? effect.groups.map((group) => group.select) : 'select' in effect ? [effect.select] : []
  const distribution = effect.type === 'orderDiscount' && effect.distribution && !DISTRIBUTIONS.includes(effect.distribution)
  return [...filters.flatMap(unknownFilterKeys), ...(distribution ? [`distribution ${effect.distribution}`] : [])]
}

const unknownFilterKeys = (filter: Filter | undefined): readonly string[] =>
  Object.keys(filter ?? {}).filter((key) => !FILTER_KEYS.has(key as keyof Filter)).map((key) => `filter ${key}`)
