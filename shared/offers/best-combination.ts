/** Offers that may not all apply together: which of them do, where the shop takes those that save most. */
import { compare } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { combine } from './exclusivity.ts'
import type { Policies } from './policies.ts'
import type { PricingContext } from './pricing-context.ts'
import { holds } from './conditions.ts'
import type { ReadyOffer } from './ready-offer.ts'
import { runOffers, totalOf, type Run } from './run-offers.ts'

/** More contested offers than this are tried one by one, the best alone first, instead of in every combination. */
const MAX_COMBINED = 8

/** Who stays out because of whom (loser → winner), and the basket in which the winner is decided. */
export type Choice = { readonly out: ReadonlyMap<OfferId, OfferId>; readonly context: PricingContext }

const NOBODY: Choice['out'] = new Map()

/** Order  the combination with the earlier offers on equal totals. */
export const chooseCombination = (active: readonly ReadyOffer[], policies: Policies, context: PricingContext): Choice => {
  if (policies.discountCombinationMode === 'BestDeal') return chooseDeal(active, policies, context)
  if (policies.select !== 'classBest' || active.every(({ offer }) => offer.combinesWith === undefined)) return { out: NOBODY, context }
  const start = runOffers([], policies, context, false).state
  const contested = active.filter((one) => !one.isOfCatalogue && holds(one.offer.when, start) && active.some((other) => !goTogether(one, other)))
  const total = (chosen: readonly ReadyOffer[]): Run => runOffers(active.filter((one) => !contested.includes(one) || chosen.includes(one)), policies, context, false)
  const chosen = contested.length > MAX_COMBINED ? oneByOne(contested, total) : bestOf(combinationsOf(contested), total)
  const out = contested.filter((one) => !chosen.includes(one)).map((one) => [one.id, chosen.find((other) => !goTogether(one, other))!.id] as const)
  return { out: new Map(out), context }
}

/** Both sides must agree. */
const goTogether = (one: ReadyOffer, other: ReadyOffer): boolean => one === other || other.isOfCatalogue || (combine(one.offer, other.offer) && combine(other.offer, one.offer))

const bestOf = (combinations: readonly (readonly ReadyOffer[])[], total: (chosen: readonly ReadyOffer[]) => Run): readonly ReadyOffer[] => {
  const totals = combinations.map((chosen) => totalOf(total(chosen)))
  const best = totals.reduce<number>((least, one, i) => (compare(one, totals[least]!) < 0 ? i : least), 0)
  return combinations[best] ?? []
}

/** Every set that goes together and to which nothing can be added; sets with earlier offers first. */
const combinationsOf = (offers: readonly ReadyOffer[]): readonly (readonly ReadyOffer[])[] => {
  const sets: (readonly ReadyOffer[])[] = []
  for (let mask = 2 ** offers.length - 1; mask > 0; mask--) {
    const isIn = (i: number): boolean => (mask & (1 << (offers.length - 1 - i))) !== 0
    const set = offers.filter((_, i) => isIn(i))
    const fits = set.every((one) => set.every((other) => goTogether(one, other)))
    if (fits && offers.every((offer) => set.includes(offer) || set.some((one) => !goTogether(one, offer)))) sets.push(set)
  }
  return sets
}

const oneByOne = (offers: readonly ReadyOffer[], total: (chosen: readonly ReadyOffer[]) => Run): readonly ReadyOffer[] => {
  const alone = offers.map((offer) => ({ offer, total: totalOf(total([offer])) })).sort((a, b) => compare(a.total, b.total))
  const chosen: ReadyOffer[] = []
  for (const { offer } of alone) if (chosen.every((one) => goTogether(one, offer))) chosen.push(offer)
  return offers.filter((offer) => chosen.includes(offer))
}

/** Prices already reduced and catalogue offers on one side, cart offers on the original prices on the other. */
const chooseDeal = (active: readonly ReadyOffer[], policies: Policies, context: PricingContext): Choice => {
  const [ofCatalogue, ofCart] = [active.filter((one) => one.isOfCatalogue), active.filter((one) => !one.isOfCatalogue)]
  const original = { ...context, lines: context.lines.map((line) => ({ ...line, unitPriceMinor: line.listPriceMinor ?? line.unitPriceMinor, reduced: false })) }
  const [catalogue, cart] = [runOffers(ofCatalogue, policies, context, false), runOffers(ofCart, policies, original, false)]
  const cartWins = compare(totalOf(cart), totalOf(catalogue)) < 0
  const winner = (cartWins ? cart : catalogue).state.log.find((step) => step.offerId !== undefined)?.offerId
  const losers = cartWins ? ofCatalogue : ofCart
  return { out: new Map(losers.map((offer) => [offer.id, winner ?? offer.id])), context: cartWins ? original : context }
}
