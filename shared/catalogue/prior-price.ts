/** What may be said about a price reduction: the lowest price of the 30 days before it, and the percent that follows from it. */
import type { Cents } from '../kernel/money.ts'
import { addDays, type Day } from '../kernel/time.ts'
import type { PriceEntry } from './price-entry.ts'
import type { Product } from './product.ts'

/** The period that the law looks at, ending the day before the reduction begins. */
export const PRIOR_PRICE_DAYS = 30

export type PriorPrice = {
  /** First day of the reduction. */
  readonly since: Day
  readonly priceCents: Cents
  /** Asked directly before: what a naive "statt" would show. */
  readonly previousCents: Cents
  /** Lowest price of the 30 days before, on whichever channel it was lower; the only one a reduction may be announced against. */
  readonly lowestCents: Cents
  /** Reduction from the reference price in basis points, half up; zero or negative when there is none left. */
  readonly reductionBps: number
  /** The percent to print: whole, rounded down, never more than is true. */
  readonly percent: number
  readonly mayAnnounce: boolean
  /** Perishable and reduced for that reason: the percent refers to `previousCents`. */
  readonly exempt: boolean
}

export type PriorPriceOptions = {
  /** The merchant announced the last reductions as one that rises step by step without a break: the price before its first step may stay. */
  readonly stepwise?: boolean
  /** What the other channels asked, newest first: the lower of all counts. */
  readonly others?: readonly (readonly PriceEntry[])[]
}

/**
 * What may be said about the latest price of an article; null unless its latest change is a reduction.
 * Order   prices are newest first; one that is marked as a step continues the reduction before it.
 * Source  PAngV § 11 (1), (2) steps, (4) no. 2 perishables; CJEU C-330/23: percent from the 30-day low, period before the reduction began.
 */
export const priorPrice = (product: Pick<Product, 'priceHistory' | 'perishable'>, options: PriorPriceOptions = {}): PriorPrice | null => {
  const changes = withoutRepeats(product.priceHistory)
  const current = changes[0]
  const previous = changes[1]
  if (!current || !previous || current.cents >= previous.cents) return null
  const first = firstStep(changes, options.stepwise === true)
  const began = changes[first]!.from
  return announce(product, changes[first + 1]!.cents, { since: began, priceCents: current.cents, others: options.others ?? [] })
}

/**
 * The same for a price that an offer makes, from the offer's first day on; null if the article was not sold before.
 * Source  PAngV § 11 (1): an unconditional offer to everybody is an announced reduction like any other.
 */
export const priorPriceOfOffer = (product: Pick<Product, 'priceHistory' | 'perishable'>, reducedCents: Cents, since: Day): PriorPrice | null => {
  const before = product.priceHistory.find((entry) => entry.from < since)
  return before ? announce(product, before.cents, { since, priceCents: reducedCents, others: [] }) : null
}

/**
 * The lowest price asked on any of the `days` days before `day`; null if it was not sold then.
 * Order   prices are newest first; a price holds from its day until the day before the next one, also while the article was out of stock.
 */
export const lowestPriceBefore = (prices: readonly PriceEntry[], day: Day, days: number = PRIOR_PRICE_DAYS): Cents | null => {
  const periodStart = addDays(day, -days)
  let lowest: Cents | null = null
  for (const entry of prices) {
    if (entry.from >= day) continue
    if (lowest === null || entry.cents < lowest) lowest = entry.cents
    if (entry.from <= periodStart) break
  }
  return lowest
}

type Reduction = { readonly since: Day; readonly priceCents: Cents; readonly others: readonly (readonly PriceEntry[])[] }

const announce = ({ priceHistory, perishable }: Pick<Product, 'priceHistory' | 'perishable'>, previousCents: Cents, { since, priceCents, others }: Reduction): PriorPrice => {
  const lows = [priceHistory, ...others].map((prices) => lowestPriceBefore(prices, since)).filter((low) => low !== null)
  const lowestCents = lows.reduce((low, one) => (one < low ? one : low), lows[0] ?? previousCents)
  const reference = perishable ? previousCents : lowestCents
  const saved = reference - priceCents
  return {
    since,
    priceCents,
    previousCents,
    lowestCents,
    reductionBps: reference > 0 ? Math.floor((2 * saved * 10_000 + reference) / (2 * reference)) : 0,
    percent: reference > 0 ? Math.floor((saved * 100) / reference) : 0,
    mayAnnounce: saved > 0,
    exempt: perishable,
  }
}

/** Index of the first of the reductions that directly follow each other up to now, as far as they were announced as steps of one. */
const firstStep = (changes: readonly PriceEntry[], stepwise: boolean): number => {
  for (let first = 0; ; first++) {
    const before = changes[first + 2]
    if (!before || !(stepwise || changes[first]!.step === true) || changes[first + 1]!.cents >= before.cents) return first
  }
}

/** An entry that repeats the price before it changed nothing. */
const withoutRepeats = (prices: readonly PriceEntry[]): readonly PriceEntry[] =>
  prices.filter((entry, i) => i === prices.length - 1 || entry.cents !== prices[i + 1]!.cents)
