/** A set of offers, made ready once: ordered, and indexed by what a basket must hold. */
import { hasCurrencies, inCurrency } from './amounts-in-currency.ts'
import { findByKeys, indexByKeys, type KeyIndex } from './key-index.ts'
import { keysOfBeginning, keysOfOffer } from './offer-keys.ts'
import type { Offer } from './offer.ts'
import { once } from './once.ts'
import type { Policies } from './policies.ts'
import type { PricingContext } from './pricing-context.ts'
import { readyOffer, type ReadyOffer } from './ready-offer.ts'

/** Offers and policies of one release, for as long as no offer itself is changed. */
export type CompiledOffers = {
  /** As given. */
  readonly offers: readonly Offer[]
  readonly policies: Policies
  /** In the order in which they have their turns; without those that no context can wake. */
  readonly entries: readonly ReadyOffer[]
  /** Ranks (places in `entries`) of those that codes wake, and of the others by what the basket must hold. */
  readonly byCode: ReadonlyMap<string, readonly number[]>
  readonly byKey: KeyIndex
  /** Ranks by what the basket must hold of an offer to have begun it; made when first asked for. */
  readonly byBeginning: () => KeyIndex
  readonly rankOf: () => ReadonlyMap<Offer, number>
  /** The sets already made for single currencies; null where no amount depends on the currency. */
  readonly inCurrency: Map<string, CompiledOffers> | null
  /** Places in `offers`. */
  readonly givenAt: ReadonlyMap<string, number>
}

const compiledSets = new WeakMap<readonly Offer[], WeakMap<Policies, CompiledOffers>>()
/** The last set of each shop: who filters a release anew for every quote mostly hands over the same offers in another array. */
const lastSets = new WeakMap<Policies, CompiledOffers>()

/** Compiles a set once; the same array, or the same offers as last time, come back from memory. */
export const compileOffers = (offers: readonly Offer[], policies: Policies): CompiledOffers => {
  const known = compiledSets.get(offers) ?? new WeakMap<Policies, CompiledOffers>()
  const found = known.get(policies)
  if (found && found.givenAt.size === offers.length) return found
  const last = lastSets.get(policies)
  const made = last && hasSameOffers(last.offers, offers) ? last : compile(offers, policies)
  lastSets.set(policies, made)
  known.set(policies, made)
  compiledSets.set(offers, known)
  return made
}

const hasSameOffers = (some: readonly Offer[], others: readonly Offer[]): boolean => some.length === others.length && some.every((offer, i) => offer === others[i])

/** The set with the amounts of one currency; itself, where no amount depends on it. */
export const compiledIn = (compiled: CompiledOffers, currency: string): CompiledOffers => {
  if (!compiled.inCurrency) return compiled
  const known = compiled.inCurrency.get(currency)
  if (known) return known
  const made: CompiledOffers = { ...compile(compiled.offers.map((offer) => inCurrency(offer, currency)), compiled.policies), inCurrency: null }
  compiled.inCurrency.set(currency, made)
  return made
}

/** The offers that can matter to this basket, valid here and now, in the order of their turns. */
export const candidatesFor = (compiled: CompiledOffers, context: PricingContext): readonly ReadyOffer[] => {
  const ranks = sorted(ranksFor(compiled, context))
  const now = once(() => (context.now === undefined ? Number.NaN : Date.parse(context.now)))
  const offers: ReadyOffer[] = []
  for (let i = 0; i < ranks.length; i++) {
    if (ranks[i] === ranks[i - 1]) continue
    const entry = compiled.entries[ranks[i]!]!
    if (entry.isAlwaysOpen || isOpen(entry, now, context)) offers.push(entry)
  }
  return offers
}

/** Up to so many numbers, putting each in its place is quicker than to sort. */
const FEW = 48

const sorted = (ranks: number[]): ArrayLike<number> => {
  if (ranks.length > FEW) return Uint32Array.from(ranks).sort()
  for (let i = 1; i < ranks.length; i++) {
    const rank = ranks[i]!
    let at = i
    for (; at > 0 && ranks[at - 1]! > rank; at--) ranks[at] = ranks[at - 1]!
    ranks[at] = rank
  }
  return ranks
}

const ranksFor = ({ byCode, byKey }: CompiledOffers, context: PricingContext): number[] => {
  const found = findByKeys(byKey, context)
  if (byCode.size > 0) for (const code of context.couponCodes ?? []) for (const rank of byCode.get(code) ?? []) found.push(rank)
  return found
}

/** The offers of which this basket holds a beginning: something that they count. */
export const begunOffers = ({ entries, byBeginning }: CompiledOffers, context: PricingContext): readonly Offer[] =>
  [...new Set(findByKeys(byBeginning(), context))].map((rank) => entries[rank]!.offer)

/** Offers of the set in the order of their turns, each once; without those that no context can wake. */
export const inTurn = ({ entries, rankOf }: CompiledOffers, offers: readonly Offer[]): readonly ReadyOffer[] =>
  [...new Set(offers.flatMap((offer) => rankOf().get(offer) ?? []))].sort((a, b) => a - b).map((rank) => entries[rank]!)

/** As `whyInactive` judges, without the reasons; what never changes was settled when compiling. */
const isOpen = ({ offer, fromMs, untilMs }: ReadyOffer, now: () => number, { channel, currency }: PricingContext): boolean =>
  (!offer.channels || (channel !== undefined && offer.channels.includes(channel))) &&
  (!offer.currencies || offer.currencies.includes(currency)) &&
  (fromMs === -Infinity || now() >= fromMs) &&
  (untilMs === Infinity || now() <= untilMs)

const compile = (offers: readonly Offer[], policies: Policies): CompiledOffers => {
  const entries = inOrder(offers, policies)
    .filter((offer) => offer.enabled !== false && !isExhausted(offer))
    .map((offer) => readyOffer(offer, policies))
  const byCode = new Map<string, number[]>()
  entries.forEach(({ offer }, rank) => {
    if (offer.trigger?.type === 'code') for (const code of offer.trigger.codes) byCode.set(code, [...(byCode.get(code) ?? []), rank])
  })
  return {
    offers: [...offers],
    policies,
    entries,
    byCode,
    byKey: indexByKeys(entries.map(({ offer }) => (offer.trigger?.type === 'code' ? [] : keysOfOffer(offer, policies)))),
    byBeginning: once(() => indexByKeys(entries.map(({ offer }) => keysOfBeginning(offer)))),
    rankOf: once(() => new Map(entries.map(({ offer }, rank) => [offer, rank]))),
    inCurrency: offers.some(hasCurrencies) ? new Map() : null,
    givenAt: new Map(offers.map((offer, i) => [offer.id, i])),
  }
}

/** Stable: equal priorities keep the given order, or turn it round where the newest comes first. */
export const inOrder = (offers: readonly Offer[], policies: Policies): readonly Offer[] => {
  if (policies.sort !== 'priorityDesc') return offers
  const given = policies.tie === 'newestFirst' ? [...offers].reverse() : [...offers]
  return given.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0))
}

/** Whether the limits, as far as they are known, leave no further use. */
export const isExhausted = ({ limits }: Offer): boolean => {
  if (!limits) return false
  const { total, used = 0, perCustomer, usedByCustomer = 0, budget } = limits
  if (total !== undefined && used >= total) return true
  if (perCustomer !== undefined && usedByCustomer >= perCustomer) return true
  if (budget?.type === 'usage') return (budget.used ?? 0) >= budget.limit
  return budget?.type === 'spend' && (budget.usedMinor ?? 0) >= budget.limitMinor
}
