/** Counts what lies together in baskets, in steps small enough that others are answered between them, and in a block of memory whose size is known beforehand. */
import type { BasketBook } from '#hub/ports/basket-book.ts'
import type { BoughtRules } from '#hub/ports/bought-store.ts'
import { LEAST_TOGETHER } from '#shared/insights/baskets/also-bought.ts'
import { besideIn, countBasket, emptyPairTable, MOST_PAIRED, type PairTable } from '#shared/insights/baskets/pair-table.ts'
import type { Shelf } from './shelf-of.ts'

/** Baskets read in one step: a few milliseconds. */
const PAGE = 200
/** Articles whose neighbours are looked for in one step. */
const ARTICLES = 10
/** Neighbours kept of each: those that are shown, and some for when one is sold out or struck out. */
export const MOST_KEPT = 8
/** Those that are left out, with their figures: what is told already stays a little longer than it would come in. */
const MOST_LEFT_OUT = 16

/** Baskets as lists of what they hold. Each call reads them from the beginning. */
export type Baskets = { pages(): Iterable<readonly (readonly number[])[]>; /** What stands behind the numbers, as the source calls it. */ readonly names: ReadonlyMap<number, string> }

/** Those of the book. */
export const bookedBaskets = (book: Pick<BasketBook, 'counted' | 'items'>): Baskets => ({
  names: new Map(book.items().map(({ n, item }) => [n, item])),
  *pages() {
    for (let after = 0; ; ) {
      const page = book.counted(after, PAGE)
      if (page.length === 0) return
      yield page.map(({ items }) => items)
      after = page.at(-1)!.n
    }
  },
})

/** Baskets that are there already. */
export const givenBaskets = (given: readonly (readonly string[])[]): Baskets => {
  const numbers = new Map<string, number>()
  const numbered = given.map((basket) => basket.map((item) => numbers.get(item) ?? (numbers.set(item, numbers.size), numbers.size - 1)))
  return {
    names: new Map([...numbers].map(([item, n]) => [n, item])),
    *pages() {
      for (let from = 0; from < numbered.length; from += PAGE) yield numbered.slice(from, from + PAGE)
    },
  }
}

/** Whoever of two articles was told last time keeps its place among those that are paired until the other is bought so many times as often: else those at the edge would come and go every day. */
const STAYS = 1.1

/**
 * All rules of these baskets for what is on this shelf. Sensitive articles are in none. `before`: what was counted last time.
 * Shape   yields between steps; a basket with nothing of this shelf does not count. Memory  that of MOST_PAIRED articles at most, however many baskets there are.
 */
export function* countingSteps(baskets: Baskets, shelf: Shelf, { demo, before = null }: { readonly demo: boolean; readonly before?: BoughtRules | null }): Generator<void, BoughtRules> {
  const known = new Map([...baskets.names].map(([n, item]) => [n, shelf.find(item)]))
  const counts = new Map<string, number>()
  let all = 0
  for (const page of baskets.pages()) {
    for (const basket of page) {
      const skus = skusOf(basket, known)
      if (skus.size === 0) continue
      all += 1
      for (const sku of skus) counts.set(sku, (counts.get(sku) ?? 0) + 1)
    }
    yield
  }
  const plain = [...counts].filter(([sku]) => !shelf.isSensitive(sku))
  const told = Object.entries(before?.beside ?? {})
  const stays = new Set([...told.map(([sku]) => sku), ...told.flatMap(([, beside]) => beside.map(([other]) => other))])
  const weighed = plain.filter(([, n]) => n >= LEAST_TOGETHER).map(([sku, n]) => [sku, stays.has(sku) ? n * STAYS : n] as const)
  const often = weighed.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const paired = often.slice(0, MOST_PAIRED).map(([sku]) => sku)
  const table = yield* pairingSteps(baskets, known, paired)
  table.baskets = all
  const beside: Record<string, BoughtRules['beside'][string]> = {}
  for (const [i, sku] of paired.entries()) {
    const found = besideIn(table, i, { limit: MOST_KEPT, limitLeft: MOST_LEFT_OUT })
    if (found.length > 0) beside[sku] = found.map(({ item, nAB }) => [paired[item]!, nAB] as const)
    if (i % ARTICLES === ARTICLES - 1) yield
  }
  return { baskets: all, demo, unknown: [...known.values()].filter((sku) => sku === null).length, unpaired: plain.length - paired.length, items: Object.fromEntries(counts), beside }
}

function* pairingSteps(baskets: Baskets, known: ReadonlyMap<number, string | null>, paired: readonly string[]): Generator<void, PairTable> {
  const table = emptyPairTable(paired.length)
  const places = new Map(paired.map((sku, i) => [sku, i]))
  const placeOf = new Map([...known].flatMap(([n, sku]) => (sku !== null && places.has(sku) ? [[n, places.get(sku)!] as const] : [])))
  for (const page of baskets.pages()) {
    for (const basket of page) countBasket(table, [...new Set(basket.flatMap((n) => placeOf.get(n) ?? []))].sort((a, b) => a - b))
    yield
  }
  return table
}

/** Two sources may call one article by different names. */
const skusOf = (basket: readonly number[], known: ReadonlyMap<number, string | null>): Set<string> => new Set(basket.flatMap((n) => known.get(n) ?? []))

/** Everything at once, for few baskets. */
export const countAtOnce = (steps: Generator<void, BoughtRules>): BoughtRules => {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Step by step; `pause` lets others be answered. Null: it was to stop. */
export const countPatiently = async (steps: Generator<void, BoughtRules>, { pause, isOver }: { pause(): Promise<unknown>; isOver(): boolean }): Promise<BoughtRules | null> => {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await pause()
    if (isOver()) return null
  }
}
