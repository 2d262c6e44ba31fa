/** The documents that tell devices what stands beside their articles. One stays as it was as long as it is right, so that little is sent again from one day to the next. Pure. */
import * as v from 'valibot'
import { LEAST_LLR, LEAST_TOGETHER } from '#shared/insights/baskets/also-bought.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'
import type { Json } from '#shared/kernel/json.ts'
import { boughtGroupOf, boughtId, boughtSchema, MOST_BESIDE, type BesideArticle, type BesideEntry, type BoughtDocument } from '#shared/protocol/bought-document.ts'
import type { BoughtPair, BoughtVerdict } from '#shared/protocol/bought.ts'
import type { Documents } from '#shared/sync/release.ts'
import { pairsBeside, type BesideParts } from './choose-beside.ts'

/** Figures are counts of the day that a document names, and at most so old; documents of one day come to their ends on eight different ones. */
const LEAST_DAYS = 21
const STAGGERED_DAYS = 8
/** How far the share that a figure stands for may be off: a tenth of it, or so many times what chance makes of such a count. */
const OFF_SHARE = 0.1
const SPREAD = 2
/** An article that was bought so many times as often since is told anew. */
const GROWN = 1.5
/** What is told stays with less evidence than what comes in: 1 % by luck instead of 0.1 %. */
const STILL_LLR = 6.63
/** What comes instead of another, or into a list that has room, has to be so much clearer than it must be in the end. */
const CLEARER = 2

/**
 * Shape   none for articles with nothing beside them; a document is made anew as a whole, so all its figures are of one day.
 * What people decided and what left the assortment is followed at once. What is sold out stays told while half of its list is there: devices leave it out by themselves.
 */
export const boughtDocuments = (parts: BesideParts, { before, asOf }: { readonly before: Documents; readonly asOf: Day }): Documents => {
  const articles = parts.shelf.all().map(({ sku, number }): Placed => ({ number, pairs: pairsBeside(sku, parts).map((pair) => ({ pair, number: parts.shelf.product(pair.other)?.number ?? null })) }))
  return Object.fromEntries([...Map.groupBy(articles, ({ number }) => boughtGroupOf(number))].flatMap(([id, own]): readonly (readonly [string, Json])[] => {
    const old = before[boughtId(id)]
    const told = v.safeParse(boughtSchema, old)
    if (old !== undefined && told.success && isRight(told.output, own, { demo: parts.rules?.demo ?? false, asOf })) return [[boughtId(id), old]]
    const beside = own.flatMap(freshArticle)
    return beside.length === 0 ? [] : [[boughtId(id), { id, asOf, demo: parts.rules?.demo ?? false, beside }]]
  }))
}

type Beside = { readonly pair: BoughtPair; /** Null: not in the assortment. */ readonly number: number | null }
/** An article with everything that could stand beside it, best first. */
type Placed = { readonly number: number; readonly pairs: readonly Beside[] }
type Told = { readonly entry: BesideEntry; readonly now: Beside }

const ELIGIBLE = new Set<BoughtVerdict>(['pinned', 'shown', 'further'])
const eligible = ({ pairs }: Placed): readonly Beside[] => pairs.filter(({ pair }) => ELIGIBLE.has(pair.verdict))

const freshArticle = (one: Placed): readonly BesideArticle[] => {
  const best = eligible(one).slice(0, MOST_BESIDE)
  return best.length === 0 ? [] : [[one.number, best[0]!.pair.n, best.map(({ pair: { nBoth }, number }): BesideEntry => [number!, nBoth > 0 ? nBoth : null])]]
}

const isRight = (told: BoughtDocument, own: readonly Placed[], { demo, asOf }: { readonly demo: boolean; readonly asOf: Day }): boolean => {
  const byNumber = new Map(own.map((one) => [one.number, one]))
  const toldOf = new Map(told.beside.map((one) => [one[0], one]))
  const until = addDays(told.asOf as Day, LEAST_DAYS + (Number(told.id) % STAGGERED_DAYS))
  if (told.demo !== demo || asOf < told.asOf || asOf >= until || told.beside.some(([number]) => !byNumber.has(number))) return false
  return own.every((one) => stillHolds(toldOf.get(one.number), one))
}

const stillHolds = (before: BesideArticle | undefined, one: Placed): boolean => {
  if (!before) return eligible(one).every(({ pair }) => mayWait(pair))
  const told = before[2].flatMap((entry): readonly Told[] => {
    const now = one.pairs.find(({ number }) => number === entry[0])
    return now ? [{ entry, now }] : []
  })
  if (told.length < before[2].length || !told.every((entry) => isTrue(entry, before[1]))) return false
  return hasNothingToAdd(told, one)
}

/** What is said of one entry is so, or was so on its day and is about the same today. */
const isTrue = ({ entry: [, nBoth], now: { pair } }: Told, n: number): boolean => {
  if (nBoth === null) return pair.verdict === 'pinned' || pair.verdict === 'sold-out'
  return belongs(pair) && isNear({ n, nBoth }, pair)
}

const belongs = ({ verdict, measures }: BoughtPair): boolean =>
  ELIGIBLE.has(verdict) || verdict === 'sold-out' || (verdict === 'chance' && measures !== null && measures.lift > 1 && measures.llr >= STILL_LLR)

const isNear = (told: { readonly n: number; readonly nBoth: number }, { n, nBoth }: BoughtPair): boolean => {
  const expected = (told.nBoth * n) / told.n
  return n <= told.n * GROWN && n * GROWN >= told.n && Math.abs(nBoth - expected) < Math.max(expected * OFF_SHARE, SPREAD * Math.sqrt(expected))
}

/** What was pinned stands first, and nothing that is missing is much clearer than what is there. */
const hasNothingToAdd = (told: readonly Told[], one: Placed): boolean => {
  const there = told.map(({ now }) => now).filter(({ pair }) => pair.verdict !== 'sold-out')
  const pins = eligible(one).filter(({ pair }) => pair.verdict === 'pinned')
  if (!pins.slice(0, MOST_BESIDE).every((pin, i) => there[i] === pin)) return false
  const missing = eligible(one).filter((other) => !there.includes(other) && other.pair.verdict !== 'pinned')
  if (missing.length === 0) return true
  if (there.length * 2 < told.length) return false
  const weakest = Math.min(...there.slice(pins.length).map(({ pair }) => evidence(pair)))
  const isFull = told.length === MOST_BESIDE
  return missing.every(({ pair }) => mayWait(pair) || (isFull && evidence(pair) <= weakest * CLEARER))
}

const evidence = ({ measures }: BoughtPair): number => measures?.llr ?? 0
const mayWait = (pair: BoughtPair): boolean => pair.verdict !== 'pinned' && (pair.nBoth < LEAST_TOGETHER * CLEARER || evidence(pair) < LEAST_LLR * CLEARER)
