/** Counting what is bought together out of the hub's book, step by step, beside the barest count of the same baskets in memory and beside the plain way with maps. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { BoughtRules } from '#hub/ports/bought-store.ts'
import { sqliteBasketBook } from '#hub/stores/sqlite/baskets/basket-book.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { boughtDocuments } from '#hub/use-cases/bought/bought-documents.ts'
import { bookedBaskets, countAtOnce, countingSteps, countPatiently, givenBaskets } from '#hub/use-cases/bought/count-baskets.ts'
import { shelfOf, type Shelf } from '#hub/use-cases/bought/shelf-of.ts'
import { recommendationsFor } from '#shared/insights/baskets/also-bought.ts'
import { pairCountsOf } from '#shared/insights/baskets/pair-counts.ts'
import { countBasket, emptyPairTable } from '#shared/insights/baskets/pair-table.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { addDays, millis, type Day } from '#shared/kernel/time.ts'
import type { Documents } from '#shared/sync/release.ts'
import { compare, type Comparison, type Scale } from './measure.ts'
import { quoteShop } from './quote-shop.ts'

const ARTICLES = 1_000
/** As in the groceries that the rules are tested with: 4.4 kinds a basket. */
const MORE = 0.773
/** Whoever takes an article takes its neighbour so often. */
const NEIGHBOUR = 0.15
const ROWS = 10_000
/** Longer than a document stays at most. */
const NIGHTS = 40

export const alsoBought = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const sizes = quick ? [5_000] : [5_000, 50_000, 500_000]
  const counted: Comparison[] = []
  for (const size of sizes) counted.push(...(await countingOf(size)))
  return [...counted, ...sizesOf(177, NIGHTS), ...sizesOf(5_000, quick ? NIGHTS / 10 : NIGHTS)]
}

const shelfWith = (articles: number): Shelf => {
  const { products, categories } = quoteShop(Math.ceil(articles / 3))
  const own = products.slice(0, articles)
  return shelfOf({ products: own, productsBySku: new Map(own.map((one) => [one.sku, one])), categories })
}

/** Popularity falls with the rank; neighbours are bought together. */
const drawBaskets = (size: number, articles: number, seed = size): readonly (readonly number[])[] => {
  const next = seededRandom(seed)
  const draw = (): number => Math.min(articles - 1, Math.floor(articles * next() ** 2))
  return Array.from({ length: size }, () => {
    const basket = [draw()]
    while (next() < MORE) basket.push(draw())
    const neighbours = basket.flatMap((one) => (next() < NEIGHBOUR ? [(one + 1) % articles] : []))
    return [...new Set([basket, neighbours].flat())].sort((a, b) => a - b)
  })
}

const countingOf = async (size: number): Promise<readonly Comparison[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-bought-'))
  try {
    const baskets = drawBaskets(size, ARTICLES)
    const book = bookOf(folder, baskets)
    const shelf = shelfWith(ARTICLES)
    globalThis.gc?.()
    const before = process.memoryUsage()
    let most = 0
    let longest = 0
    const from = performance.now()
    let stepFrom = ownProcessorMs()
    const pause = async (): Promise<void> => {
      longest = Math.max(longest, ownProcessorMs() - stepFrom)
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      most = Math.max(most, heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers)
      await setImmediate()
      stepFrom = ownProcessorMs()
    }
    const rules = await countPatiently(countingSteps(bookedBaskets(book), shelf, { demo: false }), { pause, isOver: () => false })
    const ours = performance.now() - from
    if (!rules || rules.baskets !== size) throw new Error('not all baskets were counted')
    const floor = timeOf(() => {
      const table = emptyPairTable(ARTICLES)
      for (const basket of baskets) countBasket(table, basket)
    })
    const plain = timeOf(() => {
      const counts = pairCountsOf(baskets.map((basket) => basket.map((n) => `s${n}`)))
      for (let n = 0; n < ARTICLES; n++) recommendationsFor(counts, `s${n}`)
    })
    const name = `${size.toLocaleString('en')} baskets of ${ARTICLES.toLocaleString('en')} articles`
    return [
      compare(`rules of ${name}, out of the book`, 'ms', ours, floor, 'adding the pairs up once, out of memory, without rules'),
      compare(`the same`, 'ms', ours, plain, 'the plain way: maps of maps, out of memory'),
      compare(`the longest that nobody else is answered meanwhile, on a processor of its own`, 'ms', longest, 25, 'what a group of answers waits for the disk'),
      compare(`memory at most`, 'MB', most / 1e6, 32, 'the largest table of pairs'),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What this thread has worked, whatever else the machine does. */
const ownProcessorMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const timeOf = (work: () => void): number => {
  const from = performance.now()
  work()
  return performance.now() - from
}

const bookOf = (folder: string, baskets: readonly (readonly number[])[]): ReturnType<typeof sqliteBasketBook> => {
  const opened = openDatabase(folder, millis(0))
  if (!opened.ok) throw new Error(`no database: ${JSON.stringify(opened.error)}`)
  const book = sqliteBasketBook(opened.value)
  const { run } = sqliteTransactions(opened.value)
  for (let from = 0; from < baskets.length; from += ROWS)
    run(() => {
      for (const [i, basket] of baskets.slice(from, from + ROWS).entries())
        book.add({ id: `b${from + i}`, source: 'bench', at: null, receivedAt: millis(1), currency: null, country: '', cancelled: false, ordered: true, turn: null, lines: basket.map((n) => ({ item: `s${n}`, name: '', quantity: 1, priceMicros: null, goods: true, afterMs: 0 })) })
    })
  return book
}

/** What a release grows by, and what is sent again: after the first day with a hundredth more baskets, and a night on average over so many of them. */
const sizesOf = (articles: number, nights: number): readonly Comparison[] => {
  const shelf = shelfWith(articles)
  const named = (size: number, seed: number): readonly (readonly string[])[] => drawBaskets(size, articles, seed).map((basket) => basket.map((n) => `s${n}`))
  let baskets = named(articles * 60, articles * 60)
  let rules: BoughtRules | null = null
  const more = Math.ceil(baskets.length / 100)
  const night = (before: Documents, n: number): Documents => {
    rules = countAtOnce(countingSteps(givenBaskets(baskets), shelf, { demo: false, before: rules }))
    baskets = [...baskets, ...named(more, n)]
    return boughtDocuments({ rules, choices: [], shelf }, { before, asOf: addDays('2026-11-22' as Day, n) })
  }
  const bytes = (of: unknown): number => gzipSync(JSON.stringify(of)).length / 1000
  const first = night({}, 0)
  let last = first
  const sent = Array.from({ length: nights }, (_, i) => {
    const next = night(last, i + 1)
    const changed = Object.entries(next).filter(([id, body]) => JSON.stringify(body) !== JSON.stringify(last[id]))
    last = next
    return { documents: changed.length, size: changed.length === 0 ? 0 : bytes(changed) }
  })
  const mean = (of: (one: (typeof sent)[number]) => number): number => sent.reduce((sum, one) => sum + of(one), 0) / nights
  const name = `${articles.toLocaleString('en')} articles, ${Object.keys(first).length} documents`
  return [
    compare(`what a release grows by, ${name}`, 'kB gzip', bytes(first), bytes(shelf.all()), 'the articles themselves'),
    compare(`what is sent again after a day with 1 % more baskets: ${sent[0]!.documents} documents`, 'kB gzip', sent[0]!.size, bytes(first), 'all of it'),
    compare(`what is sent again a night, over ${nights} such days: ${mean((one) => one.documents).toFixed(1)} documents, ${Math.max(...sent.map((one) => one.documents))} at most`, 'kB gzip', mean((one) => one.size), bytes(first), 'all of it'),
  ]
}
