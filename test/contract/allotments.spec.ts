/** One promise for what the hub remembers of limited offers, whatever it is made of. */
import { afterEach, describe, expect, it } from 'vitest'
import type { HubStores } from '#hub/ports/stores.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import type { DeviceId, EpochId, OfferId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import type { Lease, Use } from '#shared/sync/allotment-ledger.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const openSqlite = (): HubStores => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error(opened.error.type)
  closers.push(() => opened.value.close())
  return sqliteStores(opened.value, { now: () => millis(0) })
}

const DEV = 'd'.repeat(32) as DeviceId
const EP = 'e'.repeat(16) as EpochId
const OFFER = 'first-200' as OfferId
const lease = (over: Partial<Lease> = {}): Omit<Lease, 'id'> => ({ offer: OFFER, dev: DEV, ep: EP, units: 5, renewAt: 50, spendUntil: 100, reclaimAt: 200, closed: false, ...over })
const use = (over: Partial<Use> = {}): Use => ({ offer: OFFER, holder: 'q1', lease: 1, state: 'held', until: 300, customer: null, ...over })

describe.each([['memory', memoryStores], ['sqlite', openSqlite]])('limited offers in the %s store', (_name, open) => {
  it('number leases over all devices, and give them back as they were kept', () => {
    const { allotments } = open()
    expect(allotments.addLease(lease())).toEqual({ ...lease(), id: 1 })
    expect(allotments.addLease(lease({ dev: 'a'.repeat(32) as DeviceId })).id).toBe(2)
    expect(allotments.lease(1)).toEqual({ ...lease(), id: 1 })
    expect(allotments.lease(9)).toBeNull()
    allotments.saveLease({ ...lease(), id: 1, units: 2, closed: true })
    expect(allotments.lease(1)).toEqual({ ...lease(), id: 1, units: 2, closed: true })
  })
  it('tell the open leases of one storage, not of another device or life', () => {
    const { allotments } = open()
    allotments.addLease(lease())
    allotments.addLease(lease({ closed: true }))
    allotments.addLease(lease({ ep: 'f'.repeat(16) as EpochId }))
    allotments.addLease(lease({ dev: 'a'.repeat(32) as DeviceId }))
    expect(allotments.openLeases(DEV, EP).map(({ id }) => id)).toEqual([1])
    expect(allotments.leasesOut(DEV).map(({ id }) => id)).toEqual([1, 2, 3])
  })
  it('find what is due: leases with units at their end to the millisecond, held uses likewise', () => {
    const { allotments } = open()
    allotments.addLease(lease())
    allotments.addLease(lease({ units: 0 }))
    allotments.saveUse(use())
    allotments.saveUse(use({ holder: 'q2', state: 'settled' }))
    expect(allotments.leasesDue(199)).toEqual([])
    expect(allotments.leasesDue(200).map(({ id }) => id)).toEqual([1])
    expect(allotments.usesDue(299)).toEqual([])
    expect(allotments.usesDue(300)).toEqual([use()])
  })
  it('keep one use per offer and holder, the last word counts', () => {
    const { allotments } = open()
    allotments.saveUse(use())
    allotments.saveUse(use({ state: 'settled', customer: '10001' }))
    expect(allotments.use(OFFER, 'q1')).toEqual(use({ state: 'settled', customer: '10001' }))
    expect(allotments.use(OFFER, 'q2')).toBeNull()
    expect(allotments.usesOfHolder('q1')).toEqual([use({ state: 'settled', customer: '10001' })])
    expect([allotments.settledBy(OFFER, '10001'), allotments.settledBy(OFFER, '10002')]).toEqual([1, 0])
  })
  it('count what is not in the pool: 5 leased, 1 held and 1 settled are 7; a lapsed one is back', () => {
    const { allotments } = open()
    allotments.addLease(lease())
    for (const [holder, state] of [['q1', 'held'], ['q2', 'settled'], ['q3', 'lapsed']] as const) allotments.saveUse(use({ holder, state }))
    allotments.saveUse(use({ offer: 'other' as OfferId, holder: 'q9', lease: null }))
    expect(allotments.taken(OFFER, 0)).toBe(7)
    expect([allotments.taken(OFFER, 199), allotments.taken(OFFER, 200), allotments.taken(OFFER, 300)]).toEqual([7, 2, 1])
    expect(allotments.countOfLease(1)).toBe(3)
  })
  it('undo with the transaction that failed', () => {
    const { allotments, transactions } = open()
    expect(() =>
      transactions.run(() => {
        allotments.addLease(lease())
        allotments.saveUse(use())
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect([allotments.taken(OFFER, 0), allotments.use(OFFER, 'q1')]).toEqual([0, null])
  })
})
