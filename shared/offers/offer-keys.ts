/** By what an offer can be found: articles, products and taxons without one of which it cannot change a basket. */
import type { Condition, Effect, Filter, Offer } from './offer.ts'
import type { Policies } from './policies.ts'

/** One thing a basket must hold. `tree`: the taxon itself or one below it. */
export type OfferKey = { readonly space: 'line' | 'sku' | 'product' | 'taxon' | 'tree'; readonly key: string }

/** At least one of them must be in the basket; `null`: the offer can touch any basket, an empty list: none. */
export type OfferKeys = readonly OfferKey[] | null

/**
 * What a basket must hold before an offer can matter to its price.
 * An offer that keeps others away does so by its condition alone, so its effects do not narrow it.
 */
export const keysOfOffer = (offer: Offer, policies: Policies): OfferKeys => {
  const byEffect = anyOf(offer.effects.map(keysOfEffect))
  if (offer.stage === 'catalog') return byEffect
  const byCondition = keysOfCondition(offer.when)
  return keepsOthersAway(offer, policies) ? byCondition : fewerOf(byCondition, byEffect)
}

/**
 * What a basket must hold before an offer has been begun: one of the articles that it counts.
 * An offer that counts the whole basket is begun by any; one that counts nothing, by none.
 */
export const keysOfBeginning = ({ when, effects }: Offer): OfferKeys => anyOf([...countedBy(when), ...effects.flatMap(countedByEffect)].map(keysOfFilter))

type Counted = readonly (Filter | undefined)[]

const countedBy = (condition: Condition | undefined): Counted => {
  switch (condition?.type) {
    case 'all':
    case 'any':
      return condition.of.flatMap(countedBy)
    case 'not':
      return countedBy(condition.of)
    case 'contains':
      return countedInLine(condition.select)
    case 'subtotal':
    case 'grandTotal':
    case 'quantity':
    case 'lineQuantity':
      return [condition.select]
    default:
      return []
  }
}

const countedByEffect = (effect: Effect): Counted => {
  switch (effect.type) {
    case 'quantityGroups':
      return [effect.select]
    case 'buyGet':
      return [effect.buy.select, effect.get.select]
    case 'set':
      return effect.groups.map((group) => group.select)
    case 'gift':
    case 'shippingDiscount':
      return []
    default:
      // An effect of a newer shop has no value that anybody here knows.
      return 'value' in effect && 'tiers' in effect.value ? [effect.value.tiersBy === 'orderSubtotalInitial' ? undefined : effect.select] : 'select' in effect ? countedInLine(effect.select) : []
  }
}

/** Pieces of one article, where the selection itself demands several. */
const countedInLine = (select: Filter | undefined): Counted => (select?.quantityMin ? [select] : [])

/** Whether an offer can displace others: by being exclusive, by name, by kind, or by its code. */
export const keepsOthersAway = (offer: Offer, policies: Policies): boolean =>
  (offer.exclusive === true && (policies.exclusive ?? 'none') !== 'none') ||
  offer.excludes !== undefined ||
  (offer.combinesWith !== undefined && policies.select !== 'classBest') || // There who takes nothing off displaces nobody.
  (offer.trigger?.type === 'code' && policies.codesAndAutos === 'codeReplacesAutoOrder')

const keysOfEffect = (effect: Effect): OfferKeys => {
  switch (effect.type) {
    case 'buyGet':
      return fewerOf(effect.buy.quantity > 0 ? keysOfFilter(effect.buy.select) : null, effect.get.quantity > 0 ? keysOfFilter(effect.get.select) : null)
    case 'set':
      return effect.groups.reduce<OfferKeys>((keys, group) => fewerOf(keys, keysOfFilter(group.select)), null)
    case 'gift':
    case 'shippingDiscount':
      return null
    default:
      return keysOfFilter(effect.select)
  }
}

const keysOfCondition = (condition: Condition | undefined): OfferKeys => {
  switch (condition?.type) {
    case 'all':
      return condition.of.reduce<OfferKeys>((keys, one) => fewerOf(keys, keysOfCondition(one)), null)
    case 'any':
      return anyOf(condition.of.map(keysOfCondition))
    case 'never':
      return []
    case 'contains':
    case 'lineQuantity':
      return keysOfFilter(condition.select)
    case 'quantity':
      return failsAtZero(condition.op, condition.value) ? keysOfFilter(condition.select) : null
    case 'subtotal':
      return failsAtZero(condition.op, condition.amountMinor) ? keysOfFilter(condition.select) : null
    default:
      return null
  }
}

/** Whether nothing selected means that the condition does not hold. */
const failsAtZero = (op: string | undefined, limit: number): boolean => (op === undefined || op === 'gte' || op === 'eq' ? limit > 0 : op === 'gt' && limit >= 0)

const keysOfFilter = (filter: Filter | undefined): OfferKeys => {
  if (!filter) return null
  const named = (space: OfferKey['space'], keys: readonly string[] | undefined): OfferKeys => keys?.map((key) => ({ space, key })) ?? null
  return [
    named('sku', filter.skus),
    named('line', filter.lines),
    named('product', filter.products),
    named(filter.taxonMode === 'subtree' ? 'tree' : 'taxon', filter.taxons),
    filter.allTaxons && filter.allTaxons.length > 0 ? named('taxon', filter.allTaxons.slice(0, 1)) : null,
    filter.any ? anyOf(filter.any.map(keysOfFilter)) : null,
  ].reduce(fewerOf)
}

/** Both are needed, so the shorter list finds the offer. */
const fewerOf = (a: OfferKeys, b: OfferKeys): OfferKeys => {
  if (a === null || b === null) return a ?? b
  return b.length < a.length ? b : a
}

/** One of them is enough, so all lists are needed. */
const anyOf = (all: readonly OfferKeys[]): OfferKeys => (all.some((keys) => keys === null) ? null : all.flatMap((keys) => keys!))
