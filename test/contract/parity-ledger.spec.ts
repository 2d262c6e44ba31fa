import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeftOffers } from '#hub/ports/left-offers.ts'
import { BASKETS_KEPT_MS, DAYS_KEPT, MAX_ALARMS, type Compared, type ParityLedger, type RaisedAlarm } from '#hub/ports/parity-ledger.ts'
import { memoryLeftOffers, memoryParityLedger } from '#hub/stores/memory/memory-parity-ledger.ts'
import { sqliteLeftOffers } from '#hub/stores/sqlite/shops/left-offers.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteParityLedger } from '#hub/stores/sqlite/shops/parity-ledger.ts'
import type { DeviceId, OfferId, QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'

const DAY = 86_400_000
const dev = 'd'.repeat(32) as DeviceId

const database = () => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  return opened.value
}
const waiting = (qid: string, receivedAt: number) => ({ qid: qid as QuoteId, dev, digits: '123', totalCents: cents(499), issuedAt: millis(receivedAt - 5), receivedAt: millis(receivedAt) })
const compared = (id: string, change: Partial<Compared> = {}): Compared => ({ id, source: 'handoff', at: millis(10 * DAY), outcome: 'equal', apartMinor: 0, ...change })
const alarm = (key: string, at: number, change: Partial<RaisedAlarm> = {}): RaisedAlarm => ({ key, source: 'handoff', cause: 'rounding', detail: null, at: millis(at), byMinor: 1, dev, offers: ['o'], example: { n: at }, ...change })
const nothing = { equal: 0, different: 0, left: 0, passed: 0, apartMinor: 0 }

describe.each([['sqlite', () => sqliteParityLedger(database())], ['memory', memoryParityLedger]] as const)('how prices compare is remembered (%s)', (_, open) => {
  it('every handed-over basket waits once, oldest first, until it is counted', () => {
    const ledger: ParityLedger = open()
    for (const basket of [waiting('b', 20), waiting('a', 10), waiting('b', 30)]) ledger.await(basket)
    expect([ledger.waiting(1), ledger.countWaiting()]).toEqual([[waiting('a', 10)], 2])
    expect(ledger.count(compared('a'))).toBe(true)
    ledger.await(waiting('a', 10))
    expect(ledger.waiting(5)).toEqual([waiting('b', 20)])
  })
  it('and is counted once, whatever becomes of it', () => {
    const ledger = open()
    expect([ledger.count(compared('a')), ledger.count(compared('a', { outcome: 'different', apartMinor: 3 }))]).toEqual([true, false])
    ledger.count(compared('b', { outcome: 'different', apartMinor: 3, at: millis(11 * DAY) }))
    ledger.count(compared('a', { source: 'probe', outcome: 'left', at: millis(9 * DAY) }))
    ledger.count(compared('c', { outcome: 'passed' }))
    expect(ledger.sums()).toEqual({ since: 9 * DAY, lastAt: 11 * DAY, counts: { handoff: { equal: 1, different: 1, left: 0, passed: 1, apartMinor: 3 }, probe: { ...nothing, left: 1 }, cart: nothing } })
    expect(open().sums()).toEqual({ since: null, lastAt: null, counts: { handoff: nothing, probe: nothing, cart: nothing } })
  })
  it('old rows go and no sum moves', () => {
    const ledger = open()
    const outcomes = ['equal', 'different', 'left', 'passed'] as const
    const days = fc.array(fc.record({ day: fc.integer({ min: 1, max: 3000 }), source: fc.constantFrom('handoff' as const, 'probe' as const), outcome: fc.constantFrom(...outcomes), apartMinor: fc.nat(500) }), { maxLength: 20 })
    let n = 0
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 3500 }), (all, today) => {
      for (const { day, ...one } of all) ledger.count(compared(`x${n++}`, { ...one, at: millis(day * DAY + 7) }))
      const before = ledger.sums()
      ledger.summarise(millis(today * DAY))
      expect(ledger.sums()).toEqual(before)
    }), { numRuns: 25 })
    const at = (DAYS_KEPT + 1) * DAY
    ledger.count(compared('again', { at: millis(1) }))
    ledger.summarise(millis(at + BASKETS_KEPT_MS))
    expect(ledger.count(compared('again', { at: millis(at) }))).toBe(true)
  })
  it('baskets that differ alike are one alarm with the newest basket, and a closed one opens again', () => {
    const ledger = open()
    ledger.raise(alarm('k', 1))
    ledger.raise(alarm('k', 5, { byMinor: -2, detail: 'x' }))
    ledger.raise(alarm('other', 3, { dev: null, cause: 'price' }))
    const [first, second] = ledger.alarms(9)
    expect([first, second]).toEqual([
      { id: first!.id, source: 'handoff', cause: 'rounding', detail: 'x', firstAt: 1, lastAt: 5, baskets: 2, byMinor: -2, dev, offers: ['o'], example: { n: 5 }, closedAt: null },
      { id: second!.id, source: 'handoff', cause: 'price', detail: null, firstAt: 3, lastAt: 3, baskets: 1, byMinor: 1, dev: null, offers: ['o'], example: { n: 3 }, closedAt: null },
    ])
    expect([ledger.close(first!.id, millis(9)), ledger.close(first!.id, millis(9)), ledger.close(999, millis(9))]).toEqual([true, false, false])
    expect(ledger.alarms(9).map(({ id, closedAt }) => [id, closedAt])).toEqual([[second!.id, null], [first!.id, 9]])
    ledger.raise(alarm('k', 12))
    expect([ledger.alarm(first!.id), ledger.alarm(999)]).toMatchObject([{ baskets: 3, firstAt: 1, lastAt: 12, closedAt: null }, null])
  })
  it(`not more than ${MAX_ALARMS}: closed ones go first, then those that were quiet longest`, () => {
    const ledger = open()
    for (let n = 1; n <= MAX_ALARMS; n++) ledger.raise(alarm(`k${n}`, n))
    const newest = ledger.alarms(1)[0]!
    ledger.close(newest.id, millis(500))
    ledger.raise(alarm('one more', 300))
    expect([ledger.alarms(999).length, ledger.alarm(newest.id)]).toEqual([MAX_ALARMS, null])
    ledger.raise(alarm('two more', 301))
    expect(ledger.alarms(999).at(-1)!.lastAt).toBe(2)
  })
  it('the last word of each shop', () => {
    const ledger = open()
    const report = { at: 1, rev: 2, dialect: 'd', articles: 3, exact: [], atCheckout: [], warnings: [], leftOut: [], tried: null, more: { exact: 0, atCheckout: 0, warnings: 0, leftOut: 0 } }
    expect(ledger.shopWord('v')).toEqual({ answeredAt: null, trouble: null, report: null })
    ledger.keepShopWord('v', { answeredAt: millis(5), trouble: null, report })
    ledger.keepShopWord('v', { answeredAt: millis(5), trouble: { since: millis(6), why: 'no answer' }, report })
    expect([ledger.shopWord('v'), ledger.shopWord('w').report]).toEqual([{ answeredAt: 5, trouble: { since: 6, why: 'no answer' }, report }, null])
  })
})

describe.each([['sqlite', () => sqliteLeftOffers(database())], ['memory', memoryLeftOffers]] as const)('offers left by hand are remembered (%s)', (_, open) => {
  const juice = { offer: 'juice' as OfferId, at: millis(5), by: dev, cause: 'rounding' as const, body: { title: 'a' } }
  it('once, newest first, with the newest document, until they are lifted', () => {
    const left: LeftOffers = open()
    left.leave(juice)
    left.leave({ ...juice, at: millis(6), body: {} })
    left.leave({ ...juice, offer: 'tea' as OfferId, at: millis(7), cause: null })
    left.keepBody(juice.offer, { title: 'b' })
    expect(left.all()).toEqual([{ ...juice, offer: 'tea', at: 7, cause: null }, { ...juice, body: { title: 'b' } }])
    expect([left.lift(juice.offer, millis(9), dev), left.lift(juice.offer, millis(9), dev), left.all().length]).toEqual([{ ...juice, body: { title: 'b' } }, null, 1])
    left.leave({ ...juice, at: millis(10) })
    expect(left.all()[0]).toEqual({ ...juice, at: 10 })
  })
})
