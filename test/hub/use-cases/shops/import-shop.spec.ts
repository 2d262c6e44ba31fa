import { describe, expect, it } from 'vitest'
import type { LogFacts } from '#hub/ports/log.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { publisherKeyFrom } from '#hub/stores/keys/publisher-key-file.ts'
import { sqliteReviewStore } from '#hub/stores/sqlite/releases/review-store.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { memoryShopLedger } from '#hub/stores/memory/memory-shop-ledger.ts'
import { importShop, type Imported, type ImportRefused } from '#hub/use-cases/shops/import-shop.ts'
import { publishRecorded } from '#hub/use-cases/releases/publish-recorded.ts'
import { publishRelease } from '#hub/use-cases/releases/publish-release.ts'
import { publishReviewed } from '#hub/use-cases/releases/publish-reviewed.ts'
import type { Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { article, offerOf, paperShop, perRate, promotion, snapshotOf } from './paper-shop.ts'

const NOON = millis(Date.UTC(2026, 10, 22, 11))

const bench = (quotes: Parameters<typeof paperShop>[1] = true) => {
  const opened = openDatabase(':memory:', NOON)
  if (!opened.ok) throw new Error('no database')
  let now: Millis = NOON
  const clock = { now: () => now }
  const stores = sqliteStores(opened.value, clock)
  const said: { readonly what: string; readonly facts: LogFacts }[] = []
  const line = (what: string, facts: LogFacts = {}): void => void said.push({ what, facts })
  const log = { info: line, warn: line, error: line }
  const shop = paperShop(clock.now, quotes)
  const ledger = memoryShopLedger()
  const parts = { ...stores, reviews: sqliteReviewStore(opened.value), publisher: publisherKeyFrom(new Uint8Array(32).fill(1)), clock, log, hints: { release: () => undefined } }
  const publish = publishReviewed(parts, publishRecorded(parts, publishRelease(parts)))
  const run = importShop({ shop, ledger, documents: stores.documents, transactions: stores.transactions, publish, clock, log })
  const current = () => {
    const read = documentsToAssortment(stores.documents.current()!)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return read.value
  }
  return { shop, ledger, said, run, current, head: () => stores.documents.head(), later: (ms: number) => void (now = millis(now + ms)) }
}

const published = (result: Result<Imported, ImportRefused>) => {
  if (!result.ok || result.value.type !== 'published') throw new Error(JSON.stringify(result))
  return result.value.report
}

describe('a web shop is taken over', () => {
  it('asked about before anything is published, with every offer exact that is', async () => {
    const { run, shop, current, ledger } = bench()
    const report = published(await run())
    expect(report).toMatchObject({ dialect: 'vendure-3', articles: 3, exact: ['1'], atCheckout: [], probe: { total: 60, equal: 60, differences: [] } })
    expect([shop.asked, current().products.length, ledger.probes('paper', 1)[0]]).toMatchObject([{ reads: 1, quotes: 60 }, 3, { total: 60, equal: 60, different: 0, dialect: 'vendure-3' }])
  })
  it('in the dialect that its answers reveal', async () => {
    const { run, shop, current } = bench()
    shop.says.dialect = perRate
    expect(published(await run())).toMatchObject({ dialect: 'vendure-3-order-tax', probe: { equal: 60 } })
    expect(current().policies.tax).toBe('perRate')
  })
  it('again only when something changed, and then at once in the dialect that is known', async () => {
    const { run, shop, head, said } = bench()
    published(await run())
    const first = head()!.rev
    expect([await run(), head()!.rev]).toEqual([{ ok: true, value: { type: 'unchanged' } }, first])
    shop.says.snapshot = snapshotOf({ articles: [article('A', '1', 1799)] })
    let early = 0
    const { bend } = shop.says
    shop.says.bend = (quote) => {
      early ||= head()!.rev
      return bend(quote)
    }
    expect(published(await run()).articles).toBe(1)
    expect([early, head()!.rev]).toEqual([first + 1, first + 1])
    expect(said.filter(({ what }) => what.includes('baskets equal'))).toHaveLength(2)
  })
  it('with an offer left to the checkout whose cents differ, and the others exact', async () => {
    const { run, shop, current, said, ledger } = bench()
    shop.says.snapshot = snapshotOf({
      promotions: [promotion('1'), promotion('2')],
      translated: { offers: [offerOf('1', [{ type: 'unitDiscount', value: { percent: '10' }, select: { skus: ['A'] } }]), offerOf('2', [{ type: 'unitDiscount', value: { percent: '10' }, select: { skus: ['B'] } }])], notComputable: [], warnings: [] },
    })
    // The shop takes a cent more off for the second promotion than anybody can know.
    shop.says.bend = (quote) => {
      const hit = quote.discounts.find(({ promotion: id }) => id === '2')
      if (!hit) return quote
      return { ...quote, discounts: quote.discounts.map((one) => (one === hit ? { promotion: '2', minor: one.minor + 1 } : one)), totalMinor: quote.totalMinor - 1 }
    }
    const report = published(await run())
    expect(report).toMatchObject({ exact: ['1'], atCheckout: [{ promotion: '2', why: expect.stringMatching(/^the shop charged otherwise in a basket that was tried: total \d+, not \d+$/) }] })
    expect([current().offers.map(({ offer }) => offer.id), (current().unread ?? []).map(({ told }) => told.offer.id)]).toEqual([['1'], ['2']])
    expect(said.find(({ what }) => what === 'the web shop charges otherwise')!.facts).toMatchObject({ promotions: '2', figures: expect.stringContaining('promotion 2: shop '), steps: expect.stringContaining('item 2 B') })
    // It stays so, until the shop changes or answers otherwise.
    expect(ledger.reading('paper')!.distrusted).toEqual({ 2: expect.any(String) })
    shop.says.bend = (quote) => quote
    expect(published(await run(60))).toMatchObject({ exact: ['1', '2'], atCheckout: [] })
  })
  it('unproven where it cannot be asked, and says that nothing was compared', async () => {
    const { run, said, ledger } = bench({ unable: 'it has no interface for carts' })
    expect(published(await run())).toMatchObject({ probe: null, dialect: 'vendure-3', exact: ['1'] })
    expect([said.some(({ what, facts }) => what === 'prices of the web shop were not compared' && facts['why'] === 'it has no interface for carts'), ledger.probes('paper', 1)]).toEqual([true, []])
  })
  it.each([
    [{ type: 'Unreachable', why: 'ECONNREFUSED' }],
    [{ type: 'RateLimited', retryAfterMs: 5000 }],
    [{ type: 'Nonsense', why: 'no answer of this interface' }],
    [{ type: 'Refused', why: 'it does not know this user or password' }],
  ] as const)('not at all while there is trouble (%j), and the release in force stays', async (trouble) => {
    const { run, shop, head } = bench()
    published(await run())
    const before = head()
    shop.says.trouble = trouble
    expect([await run(60), head()]).toEqual([{ ok: false, error: trouble }, before])
  })
  it('not with another currency', async () => {
    const { run, shop, head } = bench()
    shop.says.snapshot = snapshotOf({ currency: 'CHF' })
    expect([await run(), head()]).toMatchObject([{ ok: false, error: { type: 'ShopUnsuitable' } }, null])
  })
  it('without an article that no document can hold', async () => {
    const { run, shop } = bench()
    shop.says.snapshot = snapshotOf({ articles: [article('A', '1', 1999), article('B', '2', 100, { taxons: ['ok', '!'] }), article('bad sku', '3', 100)] })
    expect(published(await run())).toMatchObject({ articles: 2, leftOut: [{ what: 'product/bad sku' }] })
  })
  it('though the review of its offers finds errors: they are in force there already', async () => {
    const { run, shop } = bench()
    shop.says.snapshot = snapshotOf({ translated: { offers: [offerOf('1', [{ type: 'unitDiscount', value: { percent: '100' }, select: { skus: ['nothing'] } }])], notComputable: [], warnings: [] } })
    expect(published(await run()).exact).toEqual(['1'])
  })
})
