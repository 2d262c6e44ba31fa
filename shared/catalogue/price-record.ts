/** What was really asked, as the hub recorded it at each release: day by day the lowest price of one piece that everybody could have. */
import type { Cents } from '../kernel/money.ts'
import type { Day } from '../kernel/time.ts'
import type { PriceEntry } from './price-entry.ts'

/** Prices of one article by channel, newest first, up to and including the day `until`; from then on the release itself tells. */
export type PriceRecord = { readonly until: Day; readonly store: readonly PriceEntry[]; readonly web: readonly PriceEntry[] }

/** The price in force on a day; null before the first. Order  newest first. */
export const priceOn = (prices: readonly PriceEntry[], day: Day): Cents | null => prices.find(({ from }) => from <= day)?.cents ?? null

/**
 * Adds the lowest price of one day to what is recorded; the record is only ever added to.
 * Shape   null if nothing new happened: the price is the one that stands, or higher on a day that already had a lower one.
 */
export const nextEntry = (recorded: readonly PriceEntry[], day: Day, low: Cents): PriceEntry | null => {
  const newest = recorded[0]
  if (!newest) return { from: day, cents: low }
  if (newest.from > day || newest.cents === low) return null
  return newest.from === day && low > newest.cents ? null : { from: day, cents: low }
}

/** One entry per day, the lowest of it. Order  newest first. */
export const lowestPerDay = (entries: readonly PriceEntry[]): readonly PriceEntry[] => {
  const lows = new Map<Day, PriceEntry>()
  for (const entry of entries) if (entry.cents < (lows.get(entry.from)?.cents ?? Infinity)) lows.set(entry.from, entry)
  return [...lows.values()].sort((a, b) => (a.from < b.from ? 1 : -1))
}

/**
 * What a shop changed in a history that was already published; null if it only added to it.
 * Shape   a sentence in English for the log and the health page. The oldest entries may be dropped once they are `keptFrom` or older.
 */
export const whyRewritten = (published: readonly PriceEntry[], given: readonly PriceEntry[], keptFrom: Day): string | null => {
  const byDay = new Map(given.map((entry) => [entry.from, entry]))
  for (const [i, old] of published.entries()) {
    const now = byDay.get(old.from)
    const endedBy = published[i - 1]?.from
    if (!now && !(endedBy !== undefined && endedBy <= keptFrom)) return `priceHistory: the price of ${old.from} is missing`
    if (now && now.cents !== old.cents) return `priceHistory: the price of ${old.from} was ${old.cents}, now ${now.cents}`
    if (now && (now.step === true) !== (old.step === true)) return `priceHistory: the price of ${old.from} was ${old.step ? 'a step' : 'no step'} of a reduction`
  }
  const newest = published[0]?.from
  const slipped = given.find(({ from }) => newest !== undefined && from < newest && !published.some((old) => old.from === from))
  return slipped ? `priceHistory: the price of ${slipped.from} was not there before` : null
}
