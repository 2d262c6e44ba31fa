/** "Andere Kunden kauften auch": which articles to name beside one, with the figures that are the reason. */
import { associationOf, type Association } from './association.ts'
import { boughtTogether, type PairCounts } from './pair-counts.ts'

/** a is the smaller name. */
export type Pair = Association & { readonly a: string; readonly b: string; readonly nA: number; readonly nB: number; readonly nAB: number }

export const PAIR_MEASURES = ['nAB', 'confidence', 'lift', 'cosine', 'llr'] as const
export type PairMeasure = (typeof PAIR_MEASURES)[number]

/** An article named beside another. Shape  confidence is that of whoever bought the first. */
export type AlsoBought = Association & { readonly item: string; readonly nAB: number }

/** What a manager put in or struck out, by hand. */
export type EditorialOverride = { readonly add?: readonly string[]; readonly never?: readonly string[] }

/** Pairs in fewer baskets are luck, and could be read back to one person. */
export const LEAST_TOGETHER = 15
/** 0.1 % by luck (chi square with one degree of freedom). */
export const LEAST_LLR = 10.83

export type RuleOptions = { readonly least?: number; readonly measure?: PairMeasure; readonly limit?: number; readonly isSensitive?: (item: string) => boolean }

/**
 * All pairs in at least `least` baskets, sensitive articles left out.
 * Order   by the measure, most first; equal ones by nAB, then by names in code units, so every machine lists alike.
 */
export const pairsOf = (counts: PairCounts, { least = LEAST_TOGETHER, measure = 'lift', limit = Infinity, isSensitive = nothing }: RuleOptions = {}): readonly Pair[] => {
  const pairs: Pair[] = []
  for (const [a, row] of counts.pairs) {
    if (isSensitive(a)) continue
    for (const [b, nAB] of row) {
      if (nAB < least || isSensitive(b)) continue
      const [nA, nB] = [counts.items.get(a)!, counts.items.get(b)!]
      pairs.push({ a, b, nA, nB, nAB, ...associationOf({ baskets: counts.baskets, nA, nB, nAB }) })
    }
  }
  return pairs.sort((x, y) => y[measure] - x[measure] || y.nAB - x.nAB || order(x.a, y.a) || order(x.b, y.b)).slice(0, limit)
}

/** Everything bought with one article, by one measure. Order  as `pairsOf`. */
export const boughtWith = (counts: PairCounts, item: string, { least = LEAST_TOGETHER, measure = 'confidence', limit = Infinity, isSensitive = nothing }: RuleOptions = {}): readonly AlsoBought[] => {
  const own = counts.items.get(item) ?? 0
  if (own === 0 || isSensitive(item)) return []
  const others: AlsoBought[] = []
  for (const [other, n] of counts.items) {
    if (other === item || isSensitive(other)) continue
    const nAB = boughtTogether(counts, item, other)
    if (nAB >= least) others.push({ item: other, nAB, ...associationOf({ baskets: counts.baskets, nA: own, nB: n, nAB }) })
  }
  return others.sort((x, y) => y[measure] - x[measure] || y.nAB - x.nAB || order(x.item, y.item)).slice(0, limit)
}

/** One recommendation. Shape  `evidence` is null for what a manager put in. */
export type Recommendation = { readonly item: string; readonly evidence: AlsoBought | null }

/**
 * What stands beside an article: first what the manager put in, then what is bought with it more often than luck makes, the strongest
 * evidence first; never what the manager struck out, never a sensitive article.
 * Shape   at most `limit`, each once.
 */
export const recommendationsFor = (
  counts: PairCounts,
  item: string,
  { limit = 4, override = {}, isSensitive = nothing }: { readonly limit?: number; readonly override?: EditorialOverride; readonly isSensitive?: (item: string) => boolean } = {},
): readonly Recommendation[] => {
  const never = new Set([item, ...(override.never ?? [])])
  const byHand = [...new Set(override.add ?? [])].filter((one) => !never.has(one)).map((one) => ({ item: one, evidence: null }))
  const taken = new Set([...never, ...byHand.map((one) => one.item)])
  const found = boughtWith(counts, item, { measure: 'llr', isSensitive }).filter((one) => one.lift > 1 && one.llr >= LEAST_LLR && !taken.has(one.item))
  return [...byHand, ...found.map((evidence) => ({ item: evidence.item, evidence }))].slice(0, limit)
}

const nothing = (): boolean => false
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
