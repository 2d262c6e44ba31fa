/** A store in which one basket differs from its web shop, written into the data folder of its running hub. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteDocumentStore } from '#hub/stores/sqlite/releases/documents.ts'
import { sqliteParityLedger } from '#hub/stores/sqlite/shops/parity-ledger.ts'
import { comparePriced } from '#hub/use-cases/parity/compare-baskets.ts'
import { quoteOf, type PriceQuestion } from '#hub/use-cases/parity/judge-shop-price.ts'
import type { KnownSide } from '#hub/use-cases/shops/watch-shop.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { ImportReport } from '#shared/protocol/parity.ts'

/** Baskets of the last days that were equal. */
const EQUAL = 240
const HOUR_MS = 3_600_000
/** What the shop takes off more than we do. */
const BY_CENTS = 7

export const plantDifference = (dataDir: string): void => {
  const database = openDatabase(dataDir, millis(Date.now()))
  if (!database.ok) throw new Error('the tour has no data')
  try {
    const now = millis(Date.now())
    const ledger = sqliteParityLedger(database.value)
    const read = documentsToAssortment(sqliteDocumentStore(database.value, { now: () => now }).current()!)
    if (!read.ok) throw new Error('the tour has no release')
    for (let n = 0; n < EQUAL; n++) ledger.count({ id: `tour ${n}`, source: n % 3 === 0 ? 'probe' : 'handoff', at: millis(now - n * HOUR_MS), outcome: n % 11 === 5 ? 'left' : 'equal', apartMinor: 0 })
    const { count, alarm } = comparePriced(differing(read.value, now))
    if (!alarm) throw new Error('the tour has no difference')
    ledger.count(count)
    ledger.raise(alarm)
    ledger.keepShopWord('builtin', { answeredAt: now, trouble: null, report: reportOf(read.value, now) })
  } finally {
    database.value.close()
  }
}

/** The first article on which an automatic offer takes something off, twice, and another one. */
const differing = (assortment: Assortment, now: PriceQuestion['now']): Parameters<typeof comparePriced>[0] => {
  const reduced = assortment.products.find(({ sku }) => quoteOf({ basket: { lines: [{ sku, quantity: 2 }], codes: [], delivery: 'pickup' }, assortment, now }).applied.length > 0)!
  const other = assortment.products.find(({ sku }) => sku !== reduced.sku)!
  const question: PriceQuestion = { basket: { lines: [{ sku: reduced.sku, quantity: 2 }, { sku: other.sku, quantity: 1 }], codes: [], delivery: 'pickup' }, assortment, now }
  const ours = quoteOf(question)
  const answer: ShopQuote = {
    lines: ours.lines.map(({ sku, quantity, baseCents, totalCents }) => ({ key: sku, quantity, beforeMinor: baseCents, totalMinor: sku === reduced.sku ? totalCents - BY_CENTS : totalCents })),
    discounts: ours.applied.map(({ offer, cents }, i) => ({ promotion: offer.offer.id, minor: i === 0 ? cents + BY_CENTS : cents })),
    deliveryMinor: ours.delivery.totalCents, taxMinor: null, totalMinor: ours.totalCents - BY_CENTS, refusedCodes: [],
  }
  return { id: 'tour differing', source: 'probe', question, answer, side: sideOf(assortment) }
}

const sideOf = ({ products, offers }: Assortment): KnownSide => ({
  shopName: 'builtin', dialect: 'einklang', dialects: [], warned: new Set(), promotionNames: new Map(),
  keys: { articles: new Map(products.map(({ sku }) => [sku, sku])), deliveries: { pickup: null, home: null }, offers: new Map(offers.map(({ offer }) => [offer.id, offer.id])) },
})

const reportOf = ({ products, offers }: Assortment, at: number): ImportReport => {
  const [first, second, ...exact] = offers.map(({ offer, title }) => ({ promotion: offer.id, name: title.de, why: null }))
  return {
    at, rev: 1, dialect: 'einklang', articles: products.length, exact,
    atCheckout: [{ ...first!, why: 'its uses are limited, and the web shop counts them' }],
    warnings: [{ ...second!, why: 'the shop has two prices for one basket: its cart and its checkout round differently' }],
    leftOut: [{ what: 'delivery Express', why: 'the store shows one way home and one to the counter' }],
    tried: { total: 60, equal: 58, left: 2, refused: 0, different: 0 },
    more: { exact: 0, atCheckout: 0, warnings: 0, leftOut: 0 },
  }
}
