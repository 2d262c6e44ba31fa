import { newPrivateKey } from '#hub/stores/keys/key-file.ts'
import { publisherKeyFrom } from '#hub/stores/keys/publisher-key-file.ts'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { publishRecorded } from '#hub/use-cases/releases/publish-recorded.ts'
import { publishRelease } from '#hub/use-cases/releases/publish-release.ts'
import { settlePrices } from '#hub/use-cases/releases/record-prices.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'
import { SMALL_SHOP } from '../../../kiosk/small-shop.ts'

const MILK = 'milk' as Sku
const { 'policies/main': policies, 'store/main': store, 'brand/main': brand, 'category/food': category, 'product/milk': milk } = SMALL_SHOP
const noon = (day: string) => millis(Date.parse(`${day}T11:00:00Z`))
const prices = (...entries: readonly (readonly [string, number])[]): Json => ({ ...(milk as object), priceCents: entries[0]![1], priceHistory: entries.map(([from, price]) => ({ from, cents: price })) })
const off = (id: string, number: number, percent: string, from: string, until: string, more: { readonly [key: string]: Json } = {}): Json => ({
  offer: { id, window: { from: `${from}T00:00:00Z`, until: `${until}T21:59:59Z` }, effects: [{ type: 'unitDiscount', value: { percent }, select: { skus: ['milk'] } }], ...more },
  number, badge: { de: `−${percent} %`, en: `−${percent}%` }, title: { de: `${percent} % auf Milch`, en: `${percent}% off milk` }, summary: { de: 'Milch', en: 'Milk' }, picture: '/pictures/milk.svg', certainty: 'exact',
})
const shop = (product: Json, offers: readonly Json[] = []): Documents => ({
  'policies/main': policies!, 'store/main': store!, 'brand/main': brand!, 'category/food': category!, 'product/milk': product,
  ...Object.fromEntries(offers.map((body) => [`offer/${(body as { offer: { id: string } }).offer.id}`, body])),
})

const LATE = { now: () => millis(Number.MAX_SAFE_INTEGER) }

const openSqlite = () => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error(opened.error.type)
  return sqliteStores(opened.value, LATE)
}

/** A hub on a day that the test sets. */
const hubOn = (day: string, stores = memoryStores()) => {
  let now = noon(day)
  const lines: string[] = []
  const say = (what: string, facts: object = {}): void => void lines.push(`${what} ${JSON.stringify(facts)}`)
  const parts = { ...stores, publisher: publisherKeyFrom(newPrivateKey()), clock: { now: () => now }, log: { info: say, warn: say, error: say }, hints: { release: () => undefined } as never }
  const publish = publishRecorded(parts, publishRelease(parts))
  return {
    stores, lines, publish,
    settle: () => settlePrices(parts)(),
    on: (next: string) => { now = noon(next) },
    asked: (channel: 'store' | 'web' = 'store') => stores.prices.entries(MILK, channel).map(({ from, cents: price }) => [from, price]),
    line: (channel: 'store' | 'web' = 'store') => {
      const read = documentsToAssortment(stores.documents.current()!)
      if (!read.ok) throw new Error(read.error.type)
      return quoteBasket({ lines: [{ sku: MILK, quantity: 1 }], codes: [], delivery: 'pickup' }, read.value, { now, channel, clockVerified: true }).lines[0]!
    },
    words: (id: string) => (stores.documents.current()!.items[`offer/${id}`] as { badge: { de: string }; title: { de: string } }),
  }
}

describe.each([['memory', memoryStores], ['sqlite', openSqlite]])('the ledger of asked prices in %s', (_name, open) => {
  it('starts with the first release, and grows by what is new', () => {
    const hub = hubOn('2026-06-01', open())
    hub.publish(shop(prices(['2026-01-01', 200])))
    hub.on('2026-06-08')
    hub.publish(shop(prices(['2026-06-08', 220], ['2026-01-01', 200])))
    hub.on('2026-06-20')
    hub.publish(shop(prices(['2026-06-20', 180], ['2026-06-08', 220], ['2026-01-01', 200])))
    // On the 8th both prices were asked: the lower counts for that day.
    expect(hub.asked()).toEqual([['2026-06-20', 180], ['2026-06-09', 220], ['2026-06-01', 200]])
    expect(hub.asked('web')).toEqual(hub.asked())
  })
  it('knows what offers asked, day by day, also for days on which no hub ran', () => {
    const hub = hubOn('2026-06-01', open())
    hub.publish(shop(prices(['2026-01-01', 200]), [off('a', 1, '20', '2026-06-05', '2026-06-09'), off('b', 2, '30', '2026-06-12', '2026-06-14', { channels: ['web'] })]))
    hub.on('2026-06-30')
    hub.settle()
    hub.settle()
    expect(hub.asked('store')).toEqual([['2026-06-10', 200], ['2026-06-05', 160], ['2026-06-01', 200]])
    expect(hub.asked('web')).toEqual([['2026-06-15', 200], ['2026-06-12', 140], ['2026-06-10', 200], ['2026-06-05', 160], ['2026-06-01', 200]])
  })
  it('two prices on one day leave the lower one', () => {
    const hub = hubOn('2026-06-01', open())
    hub.publish(shop(prices(['2026-01-01', 200])))
    hub.publish(shop(prices(['2026-06-01', 150], ['2026-01-01', 200])))
    hub.publish(shop(prices(['2026-06-01', 250], ['2026-01-01', 200])))
    hub.on('2026-06-02')
    hub.settle()
    expect(hub.asked()).toEqual([['2026-06-02', 250], ['2026-06-01', 150], ['2026-06-01', 200]])
  })
  it('the same documents again add nothing and publish nothing', () => {
    const hub = hubOn('2026-06-01', open())
    const given = shop(prices(['2026-01-01', 200]), [off('a', 1, '20', '2026-06-05', '2026-06-09')])
    hub.publish(given)
    hub.on('2026-06-07')
    expect(hub.publish(given)).toMatchObject({ ok: true, value: { rev: 1 } })
  })
})

describe('a recorded price', () => {
  it('can be changed by nobody, not even in the database', () => {
    const opened = openDatabase(':memory:', millis(0))
    if (!opened.ok) throw new Error(opened.error.type)
    const sql: DatabaseSync = opened.value
    const { prices: ledger } = sqliteStores(sql, LATE)
    ledger.add({ day: '2026-06-01' as Day, rev: 1, source: 's' }, [{ sku: MILK, channel: 'store', from: '2026-06-01' as Day, cents: cents(200), rev: 1 }])
    for (const change of ['UPDATE asked_price SET cents = 300', 'DELETE FROM asked_price', 'UPDATE price_look SET rev = 9', 'DELETE FROM price_look']) expect(() => sql.exec(change)).toThrow('a recorded price is never changed')
    expect(ledger.entries(MILK, 'store')).toEqual([{ from: '2026-06-01', cents: 200 }])
    expect(ledger.lastLook()).toEqual({ day: '2026-06-01', rev: 1, source: 's' })
  })
  it.each<readonly [what: string, then: Json, reason: string]>([
    ['made dearer afterwards', prices(['2026-05-20', 250], ['2026-01-01', 200]), 'priceHistory: the price of 2026-05-20 was 220, now 250'],
    ['left out', prices(['2026-06-10', 230], ['2026-01-01', 200]), 'priceHistory: the price of 2026-05-20 is missing'],
    ['slipped in', prices(['2026-05-20', 220], ['2026-05-01', 300], ['2026-01-01', 200]), 'priceHistory: the price of 2026-05-01 was not there before'],
  ])('of the history, %s, keeps the release from being published', (_what, then, reason) => {
    const hub = hubOn('2026-06-01')
    hub.publish(shop(prices(['2026-05-20', 220], ['2026-01-01', 200])))
    hub.on('2026-06-10')
    expect(hub.publish(shop(then))).toEqual({ ok: false, error: { type: 'ReleaseDamaged', damaged: [{ id: 'product/milk', reason }] } })
    expect(hub.stores.documents.head()?.rev).toBe(1)
  })
  it('survives its offer: 20 % last week, so 15 % now is nothing against the low, on a device that never saw last week', () => {
    const hub = hubOn('2026-06-01')
    hub.publish(shop(prices(['2026-01-01', 200]), [off('week', 1, '20', '2026-06-01', '2026-06-07')]))
    hub.on('2026-06-10')
    hub.publish(shop(prices(['2026-01-01', 200]), [off('again', 2, '15', '2026-06-10', '2026-06-20')]))
    expect(hub.line().announced).toMatchObject({ since: '2026-06-10', priceCents: 170, lowestCents: 160, mayAnnounce: false })
  })
  it('goes along unasked: a shop cannot bring its own', () => {
    const hub = hubOn('2026-06-01')
    hub.publish(shop(prices(['2026-01-01', 200]), [off('week', 1, '20', '2026-06-01', '2026-06-07')]))
    hub.on('2026-06-10')
    hub.publish({ ...shop(prices(['2026-01-01', 200])), 'prices/milk': { sku: 'milk', until: '2026-06-10', store: [], web: [] } })
    expect(hub.stores.documents.current()!.items['prices/milk']).toEqual({ sku: 'milk', until: '2026-06-10', store: [{ from: '2026-06-08', cents: 200 }, { from: '2026-06-01', cents: 160 }], web: [{ from: '2026-06-08', cents: 200 }, { from: '2026-06-01', cents: 160 }] })
  })
})

describe('a release that waits for its time', () => {
  const planned = (day: string) => ({ activeFrom: millis(noon(day) - 11 * 3_600_000) })
  const waiting = () => {
    let now = noon('2026-06-01')
    const hub = hubOn('2026-06-01', memoryStores({ now: () => now }))
    return { ...hub, on: (day: string) => { now = noon(day); hub.on(day) } }
  }
  it('begins in the ledger on its own day, and what stood before it until then', () => {
    const hub = waiting()
    hub.publish(shop(prices(['2026-01-01', 200]), [off('week', 1, '20', '2026-06-03', '2026-06-05')]))
    hub.publish(shop(prices(['2026-06-08', 180], ['2026-01-01', 200])), planned('2026-06-08'))
    hub.settle()
    expect(hub.asked()).toEqual([['2026-06-01', 200]])
    // The hub was off until the 20th.
    hub.on('2026-06-20')
    hub.settle()
    expect(hub.asked()).toEqual([['2026-06-08', 180], ['2026-06-06', 200], ['2026-06-03', 160], ['2026-06-01', 200]])
  })
  it('knows already what will be asked until then: 20 % from the 3rd to the 5th, so 15 % from the 8th is nothing', () => {
    const hub = waiting()
    hub.publish(shop(prices(['2026-01-01', 200]), [off('week', 1, '20', '2026-06-03', '2026-06-05')]))
    hub.publish(shop(prices(['2026-01-01', 200]), [off('again', 2, '15', '2026-06-08', '2026-06-20')]), planned('2026-06-08'))
    hub.on('2026-06-09')
    expect(hub.line()).toMatchObject({ totalCents: 170, announced: { since: '2026-06-08', lowestCents: 160, mayAnnounce: false } })
    expect(hub.words('again')).toMatchObject({ badge: { de: 'Angebot' } })
  })
})

describe('the words of an offer', () => {
  it('stay where they are true', () => {
    const hub = hubOn('2026-06-10')
    hub.publish(shop(prices(['2026-01-01', 200]), [off('fine', 1, '20', '2026-06-10', '2026-06-20')]))
    expect(hub.words('fine')).toMatchObject({ badge: { de: '−20 %' }, title: { de: '20 % auf Milch' } })
  })
  it('are replaced where the price was raised for them: 25 % off 2.40 €, only 10 % off the 2.00 € of last week', () => {
    const hub = hubOn('2026-06-10')
    hub.publish(shop(prices(['2026-06-05', 240], ['2026-01-01', 200]), [off('trick', 1, '25', '2026-06-10', '2026-06-20')]))
    expect(hub.words('trick')).toMatchObject({ badge: { de: 'bis −10 %', en: 'up to −10%' }, title: { de: 'Angebot: milk de' }, summary: { de: 'Der Preis steht an jedem Artikel.' } })
    expect(hub.lines.find((line) => line.startsWith('words of an offer replaced'))).toContain('milk: only 10 % cheaper than in the 30 days before')
    expect(hub.line()).toMatchObject({ totalCents: 180, announced: { percent: 10, lowestCents: 200 } })
  })
  it('and speak of no reduction where none is left', () => {
    const hub = hubOn('2026-06-10')
    hub.publish(shop(prices(['2026-06-05', 250], ['2026-01-01', 200]), [off('trick', 1, '20', '2026-06-10', '2026-06-20')]))
    expect(hub.words('trick')).toMatchObject({ badge: { de: 'Angebot', en: 'Offer' } })
  })
})
