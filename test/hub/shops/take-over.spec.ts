/** Shops made from documents, taken over by a store as the hub does it: read, published, and told what was compared. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { LogFacts } from '#hub/ports/log.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { feedShop } from '#hub/shops/feed/feed-shop.ts'
import { saleorShop } from '#hub/shops/saleor/saleor-shop.ts'
import { shopwareShop } from '#hub/shops/shopware/shopware-shop.ts'
import { publisherKeyFrom } from '#hub/stores/keys/publisher-key-file.ts'
import { memoryShopLedger } from '#hub/stores/memory/memory-shop-ledger.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteReviewStore } from '#hub/stores/sqlite/releases/review-store.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import { fileDoor } from '#hub/transport/outgoing/file-door.ts'
import { importShop, type ShopReport } from '#hub/use-cases/shops/import-shop.ts'
import { publishRecorded } from '#hub/use-cases/releases/publish-recorded.ts'
import { publishRelease } from '#hub/use-cases/releases/publish-release.ts'
import { publishReviewed } from '#hub/use-cases/releases/publish-reviewed.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { CLIENT, startShopware } from '../../contract/shops/shopware/shopware-server.ts'
import { startSaleor, TOKEN } from '../../contract/shops/saleor/saleor-server.ts'

const NOON = millis(Date.UTC(2026, 10, 22, 11))

type Taken = { readonly report: ShopReport; readonly assortment: Assortment; /** Documents that nobody could read, offers that are only told excepted. */ readonly damaged: readonly string[]; readonly said: readonly string[]; /** Read once more. */ readonly again: string }

const takeOver = async (shop: WebShop): Promise<Taken> => {
  const opened = openDatabase(':memory:', NOON)
  if (!opened.ok) throw new Error('no database')
  const clock = { now: () => NOON }
  const stores = sqliteStores(opened.value, clock)
  const said: string[] = []
  const line = (what: string, _facts: LogFacts = {}): void => void said.push(what)
  const log = { info: line, warn: line, error: line }
  const parts = { ...stores, reviews: sqliteReviewStore(opened.value), publisher: publisherKeyFrom(new Uint8Array(32).fill(1)), clock, log, hints: { release: () => undefined } }
  const publish = publishReviewed(parts, publishRecorded(parts, publishRelease(parts)))
  const run = importShop({ shop, ledger: memoryShopLedger(), documents: stores.documents, transactions: stores.transactions, publish, clock, log })
  const first = await run()
  if (!first.ok || first.value.type !== 'published') throw new Error(JSON.stringify(first))
  const read = documentsToAssortment(stores.documents.current()!)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const second = await run()
  return { report: first.value.report, assortment: read.value, damaged: read.value.damaged.map(({ id }) => id).filter((id) => !id.startsWith('offer/')), said, again: second.ok ? second.value.type : second.error.type }
}

const EXAMPLE = pathToFileURL(fileURLToPath(new URL('../../../hub/shops/feed/example/feed.csv', import.meta.url))).href

describe('a store takes over', () => {
  it('a feed, of which nobody can say that it is equal', async () => {
    const { report, assortment, damaged, said, again } = await takeOver(feedShop({ url: EXAMPLE, key: null, checkout: null }, fileDoor(fetchDoor())))
    expect(report).toMatchObject({ dialect: 'einklang', articles: 5, exact: ['water-week', 'juice', 'fifty'], atCheckout: [{ promotion: 'friends', why: 'the feed says that the checkout works it out' }], leftOut: [], probe: null })
    expect([assortment.products.length, damaged, assortment.store.shipping.map(({ id, priceCents }) => [id, priceCents]), again]).toEqual([5, [], [['pickup', 0], ['home', 490]], 'unchanged'])
    expect(said).toContain('prices of the web shop were not compared')
  })
  it('a Shopware shop, with every promotion exact or at the checkout for a reason', async () => {
    const server = await startShopware()
    try {
      const { report, damaged, again } = await takeOver(shopwareShop({ url: server.url, ...CLIENT, salesChannel: null, storefront: null, webhookSecret: null }, fetchDoor()))
      expect([report.dialect, report.articles, report.exact.length, report.atCheckout.length, again]).toEqual(['shopware', 7, 10, 7, 'unchanged'])
      expect(report.leftOut.map(({ what }) => what)).toEqual(['Servietten', 'Filter', 'Muster', 'delivery Spedition'])
      // Of 60 baskets around its offers this server knows a few; what it does not sell together is not equal, and not different.
      expect(report.probe).toMatchObject({ total: 60, differences: [] })
      expect([damaged, server.state.carts]).toEqual([[], 0])
    } finally {
      await server.stop()
    }
  })
  it('a Saleor shop, with every rule and voucher exact or at the checkout for a reason', async () => {
    const server = await startSaleor()
    try {
      const { report, damaged, again } = await takeOver(saleorShop({ url: `${server.url}/graphql/`, token: TOKEN, channel: null, storefront: null, webhookSecret: null }, fetchDoor()))
      expect([report.dialect, report.articles, report.exact.length, report.atCheckout.length, again]).toEqual(['saleor-3.21', 6, 11, 5, 'unchanged'])
      expect(report.probe).toMatchObject({ total: 60, differences: [] })
      expect([damaged, server.filled()]).toEqual([[], 0])
    } finally {
      await server.stop()
    }
  })
})
