/** Pairs of articles counted in one block of memory, for hundreds of thousands of baskets; the same rules as `recommendationsFor`. */
import { LEAST_LLR, LEAST_TOGETHER } from './also-bought.ts'
import { associationOf, type Association } from './association.ts'
import { MOST_KINDS } from './pair-counts.ts'

/** Articles that can be paired: eight million pairs, 32 MB. Those that are bought most come first. */
export const MOST_PAIRED = 4_000

/** Counts for articles 0 … `size` − 1. Shape  `pairs` holds the upper half of a square, row by row. */
export type PairTable = { readonly size: number; readonly items: Uint32Array; readonly pairs: Uint32Array; baskets: number }

/** Errors  throws RangeError above MOST_PAIRED articles. */
export const emptyPairTable = (size: number): PairTable => {
  if (size > MOST_PAIRED) throw new RangeError(`${size} articles are more than ${MOST_PAIRED}`)
  return { size, items: new Uint32Array(size), pairs: new Uint32Array((size * (size - 1)) / 2), baskets: 0 }
}

/** Shape  `kinds` are different articles, ascending; of a basket with more than MOST_KINDS the pairs are not counted. An empty one is a basket too: what lay in it is not in the table. */
export const countBasket = (table: PairTable, kinds: readonly number[]): void => {
  const { size, items, pairs } = table
  table.baskets += 1
  for (const kind of kinds) items[kind]! += 1
  if (kinds.length > MOST_KINDS) return
  for (let i = 0; i < kinds.length; i++) {
    const row = rowOf(size, kinds[i]!)
    for (let k = i + 1; k < kinds.length; k++) pairs[row + kinds[k]!]! += 1
  }
}

/** In how many baskets both lie. */
export const togetherIn = ({ size, pairs }: PairTable, a: number, b: number): number => (a < b ? pairs[rowOf(size, a) + b]! : a > b ? pairs[rowOf(size, b) + a]! : 0)

/** Where the row of an article would begin if it had a column for every article. */
const rowOf = (size: number, a: number): number => a * size - (a * (a + 1)) / 2 - a - 1

/** why: null for one to recommend; `few`: in too few baskets; `chance`: not more often than luck makes. */
export type Beside = Association & { readonly item: number; readonly nAB: number; readonly why: 'few' | 'chance' | null }

export const LEAST_TOLD = 5

/** Why a pair is not recommended; null: it is. */
export const whyNot = (nAB: number, { lift, llr }: Pick<Association, 'lift' | 'llr'>, least = LEAST_TOGETHER): Beside['why'] => (nAB < least ? 'few' : lift > 1 && llr >= LEAST_LLR ? null : 'chance')

/**
 * What lies in baskets with one article: first what is recommended, the strongest evidence first, then the strongest of the rest.
 * Shape   at most `limit` of the one and `limitLeft` of the other; nothing that lies together in fewer than LEAST_TOLD baskets.
 * Order   by evidence, then by baskets, then by article number.
 */
export const besideIn = (table: PairTable, a: number, { limit, limitLeft = limit, least = LEAST_TOGETHER }: { readonly limit: number; readonly limitLeft?: number; readonly least?: number }): readonly Beside[] => {
  const nA = table.items[a]!
  const good: Beside[] = []
  const rest: Beside[] = []
  for (let b = 0; b < table.size; b++) {
    const nAB = togetherIn(table, a, b)
    if (nAB < LEAST_TOLD) continue
    const measures = associationOf({ baskets: table.baskets, nA, nB: table.items[b]!, nAB })
    const why = whyNot(nAB, measures, least)
    ;(why === null ? good : rest).push({ item: b, nAB, why, ...measures })
  }
  return [...good.sort(byEvidence).slice(0, limit), ...rest.sort(byEvidence).slice(0, limitLeft)]
}

const byEvidence = (x: Beside, y: Beside): number => y.llr - x.llr || y.nAB - x.nAB || x.item - y.item
