/** What stands beside an article: what was counted, as people decided about it, of what can be sold now. Pure. */
import type { BoughtRules } from '#hub/ports/bought-store.ts'
import { LEAST_LLR, LEAST_TOGETHER } from '#shared/insights/baskets/also-bought.ts'
import { associationOf } from '#shared/insights/baskets/association.ts'
import { LEAST_TOLD, whyNot } from '#shared/insights/baskets/pair-table.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { Json } from '#shared/kernel/json.ts'
import { allBeside, boughtGroupOf, boughtId, MOST_BESIDE, type BesideArticle, type BesideEntry } from '#shared/protocol/bought-document.ts'
import { targetKey, type BoughtConflict, type BoughtPair, type BoughtTarget, type BoughtVerdict, type StoredChoice } from '#shared/protocol/bought.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { Shelf } from './shelf-of.ts'

/** Shape  `rules` null: nobody has counted yet; what was pinned is shown all the same. */
export type BesideParts = { readonly rules: BoughtRules | null; readonly choices: readonly StoredChoice[]; readonly shelf: Shelf }

export const NO_RULES: BoughtRules = { baskets: 0, demo: false, unknown: 0, unpaired: 0, items: {}, beside: {} }

/** Decisions that bear on an article. Order  its own, those of its categories from near to far, the store's. */
export const choicesOn = (sku: string, { choices, shelf }: Pick<BesideParts, 'choices' | 'shelf'>): readonly StoredChoice[] => {
  const targets: readonly BoughtTarget[] = [{ type: 'article', id: sku }, ...shelf.categories(sku).map((id) => ({ type: 'category' as const, id })), { type: 'store' }]
  return targets.flatMap((target) => choices.find((one) => targetKey(one.target) === targetKey(target)) ?? [])
}

/**
 * Everything that could stand beside an article, each with its figures and what became of it.
 * Order   as it is shown: what was pinned, then by evidence; behind it what is left out.
 */
export const pairsBeside = (sku: string, parts: BesideParts): readonly BoughtPair[] => {
  const { shelf } = parts
  const rules = parts.rules ?? NO_RULES
  const own = choicesOn(sku, parts)
  const pins = [...new Set(own.flatMap(({ choice }) => choice.pins))].filter((other) => other !== sku)
  const never = new Set(own.flatMap(({ choice }) => choice.never))
  const isOff = own.some(({ choice }) => choice.off)
  const counted = new Map((rules.beside[sku] ?? []).map(([other, nBoth]) => [other, nBoth]))
  let room = MOST_BESIDE
  return [...new Set([...pins, ...counted.keys()])].map((other) => {
    const figures = figuresOf(sku, other, counted.get(other) ?? 0, rules)
    const isPinned = pins.includes(other)
    const byLuck = isPinned || figures.measures === null ? null : whyNot(figures.nBoth, figures.measures)
    const refused = shelf.isSensitive(sku) ? 'sensitive' : (whyRefused(other, { shelf, never }) ?? byLuck ?? (isOff ? 'off' : null))
    const verdict: BoughtVerdict = refused ?? (room-- > 0 ? (isPinned ? 'pinned' : 'shown') : 'further')
    return Object.assign(figures, { verdict })
  })
}

const figuresOf = (sku: string, other: string, nBoth: number, { baskets, items }: BoughtRules): Omit<BoughtPair, 'verdict'> => {
  const [n, nOther] = [items[sku] ?? 0, items[other] ?? 0]
  // What hardly ever lay together is not told: it could be read back to somebody.
  if (nBoth < LEAST_TOLD) return { sku, other, n, nOther, nBoth: 0, measures: null }
  const { support, confidence, confidenceBack, lift, llr } = associationOf({ baskets, nA: n, nB: nOther, nAB: nBoth })
  return { sku, other, n, nOther, nBoth, measures: { support, confidence, confidenceBack, lift, llr } }
}

const whyRefused = (other: string, { shelf, never }: { readonly shelf: Shelf; readonly never: ReadonlySet<string> }): BoughtVerdict | null => {
  const product = shelf.product(other)
  if (!product) return 'gone'
  if (shelf.isSensitive(other)) return 'sensitive'
  if (never.has(other)) return 'hidden'
  return product.stock.pieces > 0 ? null : 'sold-out'
}

/** What is shown beside an article, in its order. */
export const shownBeside = (pairs: readonly BoughtPair[]): readonly BoughtPair[] => pairs.filter(({ verdict }) => verdict === 'shown' || verdict === 'pinned')

/** Where decisions and the shelf disagree, told for each pin. */
export const conflictsIn = ({ target, choice }: Pick<StoredChoice, 'target' | 'choice'>, { choices, shelf }: Pick<BesideParts, 'choices' | 'shelf'>): readonly BoughtConflict[] =>
  choice.pins.flatMap((sku) => {
    const others = target.type === 'article' ? choicesOn(target.id, { choices, shelf }).filter((one) => targetKey(one.target) !== targetKey(target)) : choices.filter((one) => one.target.type === 'store' && target.type !== 'store')
    const never = new Set([choice, ...others.map((one) => one.choice)].flatMap((one) => one.never))
    const why = target.type === 'article' && sku === target.id ? 'itself' : whyRefused(sku, { shelf, never })
    return why === null ? [] : [{ target, sku, why: why as BoughtConflict['why'] }]
  })

/** How far a figure may be off before it is told anew. */
const OFF_SHARE = 0.1
const LEAST_OFF = 5
/** What comes instead of another has to be so much clearer: two that are about as clear would change places every day. */
const CLEARER = 1.25
/** What has only just enough baskets or evidence waits until its document is made anew for something else. */
const JUST_ENOUGH = { baskets: LEAST_TOGETHER * CLEARER, llr: LEAST_LLR * CLEARER }

/**
 * The documents that say it to devices. One stays as it was while everything in it still holds and no figure is far off, so that little is sent again from one day to the next.
 * Shape   none for articles with nothing beside them.
 */
export const boughtDocuments = (parts: BesideParts, { before, asOf }: { readonly before: Documents; readonly asOf: Day }): Documents => {
  const { shelf } = parts
  const demo = parts.rules?.demo ?? false
  const articles = shelf.all().flatMap((product): readonly Placed[] => {
    const pairs = pairsBeside(product.sku, parts).filter(({ verdict }) => ELIGIBLE.has(verdict)).map((pair) => ({ pair, number: shelf.product(pair.other)!.number }))
    return pairs.length === 0 ? [] : [{ number: product.number, pairs }]
  })
  const told = allBeside(before)
  return Object.fromEntries([...Map.groupBy(articles, ({ number }) => boughtGroupOf(number))].map(([id, own]): readonly [string, Json] => {
    const old = before[boughtId(id)]
    const isKept = isOf(old, demo, own.filter(({ number }) => told.has(number)).length) && own.every((one) => stillHolds(told.get(one.number), one))
    return [boughtId(id), isKept ? old : { id, asOf, demo, beside: own.map(freshEntry) }]
  }))
}

const ELIGIBLE = new Set<BoughtVerdict>(['pinned', 'shown', 'further'])
/** An article with what may stand beside it, best first. */
type Placed = { readonly number: number; readonly pairs: readonly { readonly pair: BoughtPair; readonly number: number }[] }

const entryOf = ({ pair: { nBoth }, number }: Placed['pairs'][number]): BesideEntry => [number, nBoth > 0 ? nBoth : null]
const freshEntry = ({ number, pairs }: Placed): BesideArticle => [number, pairs[0]!.pair.n, pairs.slice(0, MOST_BESIDE).map(entryOf)]

const isOf = (old: Json | undefined, demo: boolean, articles: number): old is Json =>
  typeof old === 'object' && old !== null && 'demo' in old && old.demo === demo && 'beside' in old && Array.isArray(old.beside) && old.beside.length === articles

const stillHolds = (before: BesideArticle | undefined, { pairs }: Placed): boolean => {
  if (!before) return pairs.every(({ pair }) => mayWait(pair))
  if (!isNear(before[1], pairs[0]!.pair.n)) return false
  const now = before[2].map(([number]) => pairs.find((one) => one.number === number))
  const pins = pairs.filter(({ pair }) => pair.verdict === 'pinned')
  if (!pins.slice(0, MOST_BESIDE).every((pin, i) => now[i] === pin) || now.some((one, i) => one === undefined || !isNear(before[2][i]![1], entryOf(one)[1]))) return false
  const weakest = Math.min(...now.slice(pins.length).map((one) => one!.pair.measures?.llr ?? 0))
  const isFull = before[2].length === MOST_BESIDE
  return pairs.every((one) => now.includes(one) || mayWait(one.pair) || (isFull && (one.pair.verdict === 'pinned' || (one.pair.measures?.llr ?? 0) <= weakest * CLEARER)))
}

const mayWait = ({ verdict, nBoth, measures }: BoughtPair): boolean => verdict !== 'pinned' && (nBoth < JUST_ENOUGH.baskets || (measures?.llr ?? 0) < JUST_ENOUGH.llr)

const isNear = (before: number | null, now: number | null): boolean =>
  before === null || now === null ? before === now : Math.abs(now - before) < Math.max(LEAST_OFF, before * OFF_SHARE)
