/** What the hub does once a day about baskets: takes in what was handed over, counts, publishes, lets go. */
import { describe, expect, it } from 'vitest'
import { sqliteBasketBook } from '#hub/stores/sqlite/baskets/basket-book.ts'
import { sqliteBoughtStore } from '#hub/stores/sqlite/baskets/bought-store.ts'
import { sqliteFunnelStore } from '#hub/stores/sqlite/feedback/funnel-store.ts'
import { sqliteHandedOver } from '#hub/stores/sqlite/baskets/handed-over.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteQuoteStore } from '#hub/stores/sqlite/baskets/quote-store.ts'
import { sqliteSpendSource } from '#hub/stores/sqlite/figures/spend-source.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { digestOf } from '#hub/tools/open-desk.ts'
import { bookOwnBaskets, SETTLED_AFTER_MS } from '#hub/use-cases/bought/book-own-baskets.ts'
import { BASKETS_KEPT_MS, keepBought, mondayOf, type KeepBoughtParts } from '#hub/use-cases/bought/keep-bought.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import type { DeviceId, QuoteId, VisitId } from '#shared/kernel/ids.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { Documents } from '#shared/sync/release.ts'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { basket, facts, NOON, shop } from '../../../shared/basket/small-shop.ts'

const DEV = 'd1' as DeviceId
const LATER = millis(NOON + SETTLED_AFTER_MS + 60_000)

const open = (start: Millis = LATER) => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  const sql = opened.value
  let now = start
  const stores = { quotes: sqliteQuoteStore(sql), funnel: sqliteFunnelStore(sql), baskets: sqliteBasketBook(sql), bought: sqliteBoughtStore(sql), spend: sqliteSpendSource(sql), handedOver: sqliteHandedOver(sql), transactions: sqliteTransactions(sql) }
  const own = { ...stores, clock: { now: () => now }, digest: digestOf, assortments: { current: () => shop() } }
  let n = 0
  const hand = (what: { readonly [sku: string]: number }, { visit = null as string | null, training = false, ordered = false } = {}): void => {
    const qid = `${(n += 1)}`.padStart(16, '0') as QuoteId
    const held = basket(what)
    const quote = quoteBasket(held, shop(), facts())
    const digits = handoffDigits(encodeHandoff(handoffOf(held, quote, shop(), { qid, keyId: '0a1b2c3d', at: millis(NOON + n * 1000), training })), new Uint8Array(64))
    stores.quotes.addShown({ qid, code: 'c', digits, dev: DEV, issuedAt: millis(NOON + n * 1000), totalCents: quote.totalCents, releaseHash: '' })
    stores.funnel.codeShown({ qid, dev: DEV, sid: visit as VisitId | null, at: NOON })
    if (!ordered) return
    stores.quotes.claimFirst(qid, 's', NOON)
    stores.quotes.beginOrder(qid, 'o', NOON, millis(0))
    stores.quotes.endOrder(qid, 'o', `1120-${n}`)
  }
  const booked = () => [...stores.baskets.all('store')].map(({ lines, ordered }) => [lines.map(({ item }) => item), ordered])
  return { sql, own, stores, hand, booked, pass: (ms: number) => void (now = millis(now + ms)) }
}

describe('what kiosks handed over', () => {
  it('comes into the book a day later, one basket a visit: what was ordered, else the last; never training', () => {
    const { own, hand, booked } = open()
    hand({ tea: 1 }, { visit: 'v1' })
    hand({ tea: 1, salt: 2 }, { visit: 'v1' })
    hand({ bread: 1 }, { visit: 'v2', ordered: true })
    hand({ cheese: 1 }, { visit: 'v2' })
    hand({ salt: 1 }, { training: true })
    hand({ juice: 1 })
    expect([bookOwnBaskets(own), bookOwnBaskets(own)]).toEqual([3, 0])
    expect(booked().toSorted()).toEqual([[['bread'], true], [['juice'], false], [['salt', 'tea'], false]])
  })
  it('waits as long as an order may come of it', () => {
    const { own, hand, pass } = open(millis(NOON + 60_000))
    hand({ tea: 1 })
    expect(bookOwnBaskets(own)).toBe(0)
    pass(SETTLED_AFTER_MS)
    expect(bookOwnBaskets(own)).toBe(1)
  })
  it('keeps its day, and neither code nor device nor hour', () => {
    const { sql, own, hand } = open()
    hand({ tea: 1 }, { visit: 'visit-one' })
    bookOwnBaskets(own)
    const kept = JSON.stringify(sql.prepare('SELECT * FROM basket_booked').all())
    for (const word of ['0000000000000001', 'visit-one', DEV, String(NOON + 1000)]) expect(kept).not.toContain(`"${word}"`)
    expect(kept).toContain(`"at":${Date.UTC(2026, 10, 20)}`)
  })
})

describe('the daily count', () => {
  const duty = (over: Partial<KeepBoughtParts> = {}) => {
    const one = open()
    const published: Documents[] = []
    const acts: (readonly [string, number | undefined])[] = []
    const items = demoDocuments('2026-11-20' as never)
    let tick = (): void => undefined
    const documents = { current: () => ({ hash: 'h', items }), head: () => null, upcoming: () => [], itemsAt: () => ({}) } as never
    const parts: KeepBoughtParts = {
      ...one.own,
      documents,
      publish: (all) => {
        published.push(all)
        return { ok: true, value: { rev: 2 } as never }
      },
      audit: { record: ({ what, count }) => void acts.push([what, count]) },
      demo: () => [['x']],
      log: { info: () => undefined, warn: () => undefined, error: () => undefined } as never,
      pause: async () => undefined,
      ...over,
    }
    const kept = keepBought(parts, { every: (_ms, task) => ((tick = task), () => undefined) })
    return { ...one, kept, published, acts, tick: () => tick() }
  }
  it('counts, writes it down, and publishes; an hour later nothing is due, a day later it is', async () => {
    const { kept, published, acts, tick, pass, stores } = duty()
    expect(await kept.count()).toBe(true)
    expect([published.length, acts, stores.bought.rules()!.rules.demo]).toEqual([1, [['bought.computed', 0]], true])
    pass(3_600_000)
    tick()
    expect(kept.isCounting()).toBe(false)
    pass(24 * 3_600_000)
    tick()
    expect(kept.isCounting()).toBe(true)
    await kept.stop()
  })
  it('is one count for all who ask meanwhile', async () => {
    const { kept, published } = duty()
    expect(await Promise.all([kept.count(), kept.count(), kept.count()])).toEqual([true, true, true])
    expect(published).toHaveLength(1)
  })
  it('lets go of baskets that had their time, with the number in the log', async () => {
    const { kept, acts, stores, pass } = duty()
    stores.baskets.add({ id: 'old', source: 'till', at: null, receivedAt: LATER, currency: null, country: '', cancelled: false, ordered: true, turn: null, lines: [] })
    pass(BASKETS_KEPT_MS - 1)
    await kept.count()
    expect(stores.baskets.sources()).toHaveLength(1)
    pass(2)
    await kept.count()
    expect([stores.baskets.sources(), acts.filter(([what]) => what === 'retention.ran')]).toEqual([[], [['retention.ran', 1]]])
  })
  it('publishes nothing when the hub ends before it has', async () => {
    const { kept, published } = duty()
    const counting = kept.count()
    await kept.stop()
    expect([await counting, published.length]).toEqual([false, 0])
  })
  it('knows the Monday of the store, not of the world', () => {
    expect([mondayOf(millis(Date.UTC(2026, 10, 22, 22, 30)), 'Europe/Berlin'), mondayOf(millis(Date.UTC(2026, 10, 22, 23, 30)), 'Europe/Berlin')]).toEqual(['2026-11-16', '2026-11-23'])
  })
})
