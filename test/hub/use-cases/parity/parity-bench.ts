/** A store with a shop on paper, its monitor, and kiosks that hand baskets over. */
import { HANDOFF_CHANNEL } from '#shared/basket/quote.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import { SIGNATURE_BYTES } from '#shared/handoff/handoff.ts'
import type { DeviceId, QuoteId, Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { publisherKeyFrom } from '#hub/stores/keys/publisher-key-file.ts'
import { sqliteReviewStore } from '#hub/stores/sqlite/releases/review-store.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { memoryLeftOffers, memoryParityLedger } from '#hub/stores/memory/memory-parity-ledger.ts'
import { memoryShopLedger } from '#hub/stores/memory/memory-shop-ledger.ts'
import type { LogFacts } from '#hub/ports/log.ts'
import { importShop } from '#hub/use-cases/shops/import-shop.ts'
import { leaveOffer, liftOffer, publishLeft } from '#hub/use-cases/parity/leave-offer.ts'
import { publishRecorded } from '#hub/use-cases/releases/publish-recorded.ts'
import { publishRelease } from '#hub/use-cases/releases/publish-release.ts'
import { publishReviewed } from '#hub/use-cases/releases/publish-reviewed.ts'
import { readAssortments } from '#hub/use-cases/releases/read-assortments.ts'
import { readAlarm, readParity, readVector } from '#hub/use-cases/parity/read-parity.ts'
import { watchParity } from '#hub/use-cases/parity/watch-parity.ts'
import { watchShop } from '#hub/use-cases/shops/watch-shop.ts'
import { paperShop } from '../shops/paper-shop.ts'

export const NOON = millis(Date.UTC(2026, 10, 22, 11))
export const KIOSK = 'a'.repeat(32) as DeviceId
export const MANAGER = 'b'.repeat(32) as DeviceId

export const basketOf = (lines: { readonly [sku: string]: number }, more: Partial<Basket> = {}): Basket => ({ lines: Object.entries(lines).map(([sku, quantity]) => ({ sku: sku as Sku, quantity })), codes: [], delivery: 'pickup', ...more })

export const parityBench = (quotes: Parameters<typeof paperShop>[1] = true) => {
  const opened = openDatabase(':memory:', NOON)
  if (!opened.ok) throw new Error('no database')
  let now: Millis = NOON
  const clock = { now: () => now }
  const stores = sqliteStores(opened.value, clock)
  const said: { readonly what: string; readonly facts: LogFacts }[] = []
  const line = (what: string, facts: LogFacts = {}): void => void said.push({ what, facts })
  const log = { info: line, warn: line, error: line }
  const paper = paperShop(clock.now, quotes)
  const [shops, ledger, left] = [memoryShopLedger(), memoryParityLedger(), memoryLeftOffers()]
  const parts = { ...stores, reviews: sqliteReviewStore(opened.value), publisher: publisherKeyFrom(new Uint8Array(32).fill(1)), clock, log, hints: { release: () => undefined } }
  const publish = publishLeft(left, publishReviewed(parts, publishRecorded(parts, publishRelease(parts))))
  const assortments = readAssortments(stores.documents)
  const shop = watchShop(paper, true, { parity: ledger, ledger: shops, documents: stores.documents, transactions: stores.transactions, clock })
  const read = shop.noted(importShop({ shop: shop.shop, ledger: shops, documents: stores.documents, transactions: stores.transactions, publish, clock, log }))
  let looks = 0
  const monitor = watchParity({ ledger, releases: { assortments, documents: stores.documents }, shop, look: () => void (looks += 1), transactions: stores.transactions, clock, timer: { every: () => () => undefined }, log })
  const reading = { ledger, left, assortments, shop, devices: stores.devices, streams: stores.streams, clock }
  const leaving = { left, alarms: ledger, documents: stores.documents, publish, clock, log }

  const current = (): Assortment => {
    const read = documentsToAssortment(stores.documents.current()!)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return read.value
  }
  let handed = 0
  /** As a kiosk would: under `assortment`, or saying another total than it computes. */
  const handOver = (basket: Basket, { assortment = current(), at = now, total, clockVerified = true }: { readonly assortment?: Assortment; readonly at?: Millis; readonly total?: number; readonly clockVerified?: boolean } = {}): QuoteId => {
    const qid = (++handed).toString(16).padStart(16, '0') as QuoteId
    const quote = quoteBasket(basket, assortment, { now: at, channel: HANDOFF_CHANNEL, clockVerified })
    const handoff = { ...handoffOf(basket, quote, assortment, { qid, keyId: '00000000', at }), totalCents: cents(total ?? quote.totalCents) }
    const digits = handoffDigits(encodeHandoff(handoff), new Uint8Array(SIGNATURE_BYTES))
    ledger.await({ qid, dev: KIOSK, digits, totalCents: handoff.totalCents, issuedAt: at, receivedAt: now })
    return qid
  }
  return {
    paper, ledger, left, said, read, monitor, publish, current, handOver, shop, documents: stores.documents,
    looks: () => looks,
    standing: readParity(reading), alarm: readAlarm(reading), vector: readVector(reading),
    leave: leaveOffer(leaving), lift: liftOffer(leaving),
    later: (ms: number) => void (now = millis(now + ms)),
    now: () => now,
  }
}
