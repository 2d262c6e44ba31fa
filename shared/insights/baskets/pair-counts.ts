/** Which articles lie in one basket, counted. */

/** Shape  `items` in how many baskets each is; `pairs` by the smaller name, then the larger one. */
export type PairCounts = {
  readonly baskets: number
  readonly items: ReadonlyMap<string, number>
  readonly pairs: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** A basket with more kinds is a resale or a mistake; its pairs would outweigh a thousand others. */
export const MOST_KINDS = 400

/**
 * Counts over all baskets; an article counts once a basket, however many pieces there are.
 * Order   that of code units, so that every machine names a pair alike.
 * Errors  none; of a basket with more than MOST_KINDS only the articles are counted, not the pairs.
 */
export const pairCountsOf = (baskets: Iterable<readonly string[]>): PairCounts => {
  const items = new Map<string, number>()
  const pairs = new Map<string, Map<string, number>>()
  let count = 0
  for (const basket of baskets) {
    const kinds = [...new Set(basket)].sort(byCodeUnits)
    if (kinds.length === 0) continue
    count += 1
    for (const [i, kind] of kinds.entries()) {
      items.set(kind, (items.get(kind) ?? 0) + 1)
      if (kinds.length <= MOST_KINDS) countPairs(pairs, kind, kinds, i + 1)
    }
  }
  return { baskets: count, items, pairs }
}

/** In how many baskets both lie; the order of the two does not matter. */
export const boughtTogether = ({ pairs }: PairCounts, a: string, b: string): number => (a < b ? pairs.get(a)?.get(b) : pairs.get(b)?.get(a)) ?? 0

const countPairs = (pairs: Map<string, Map<string, number>>, kind: string, kinds: readonly string[], from: number): void => {
  if (from >= kinds.length) return
  const row = pairs.get(kind) ?? new Map<string, number>()
  pairs.set(kind, row)
  for (let k = from; k < kinds.length; k++) row.set(kinds[k]!, (row.get(kinds[k]!) ?? 0) + 1)
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
