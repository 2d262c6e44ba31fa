/** One promise for every store of the hub, whatever it is made of. */
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '#hub/ports/clock.ts'
import type { HubStores } from '#hub/ports/stores.ts'
import type { EventLedger, EventRow } from '#hub/ports/event-ledger.ts'
import type { PairedDevice } from '#hub/ports/devices.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { PLAIN_PROFILE } from '#shared/devices/profile.ts'
import { millis } from '#shared/kernel/time.ts'
import { NO_CHAIN, type Chain } from '#shared/sync/chain.ts'
import { headOf, type Documents, type ReleaseHead } from '#shared/sync/release.ts'
import { applyOps, releaseHash } from '#shared/sync/release-hash.ts'
import { releaseOf } from '../shared/sync/signed-release.ts'

/** A clock after everything that is published here. */
const LATE: Clock = { now: () => millis(1_000_000) }

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const openSqlite = (clock: Clock = LATE): HubStores => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error(opened.error.type)
  closers.push(() => opened.value.close())
  return sqliteStores(opened.value, clock)
}

const DEV = 'd'.repeat(32) as DeviceId
const EP = 'e'.repeat(16) as EpochId
const CHAIN = '0123456789abcdef' as Chain
const row = (over: Partial<EventRow> = {}): EventRow => ({
  id: 'id-1', dev: DEV, ep: EP, seq: 1, type: 'feedback.answered', state: 'stored', why: null,
  atHub: millis(10), receivedAt: millis(20), body: { text: 'Käse', n: 1 }, ...over,
})
const device = (over: Partial<PairedDevice> = {}): PairedDevice => ({
  dev: DEV, name: 'Terminal 1', role: 'kiosk', touchpoint: 'kiosk', pub: 'B', keyId: '0a1b2c3d', tokenHash: 'ff', pairedAt: millis(5), revokedAt: null, ...over,
})
const holds = ({ known }: EventLedger, id: string): boolean => known([id]).get(id) === 'held'
const code = { selector: 'AB', hash: 'h', roles: ['kiosk' as const], name: null, touchpoint: null, expiresAt: millis(100), usesLeft: 2, wrongTries: 0, confirm: 'manager' as const, profile: null, asked: null }

describe.each([['memory', (clock: Clock = LATE) => memoryStores(clock)], ['sqlite', openSqlite]])('the %s stores', (_name, open) => {
  describe('keep what devices say of their streams', () => {
    const word = { ep: EP, firstSeenAt: 5, brought: 2, seenAt: 9, next: 4, settled: { seq: 3, until: 8 }, declaredTo: 0, again: { from: 1, to: 2 } }
    const NEXT = 'f'.repeat(16) as EpochId
    it('as it was said, the latest word of each epoch, in the order they began', () => {
      const { streams } = open()
      expect([streams.find(DEV, EP), streams.newest(DEV), streams.of(DEV)]).toEqual([null, null, []])
      streams.save(DEV, { ...word, settled: null, again: null })
      streams.save(DEV, { ...word, ep: NEXT, firstSeenAt: 7 })
      streams.save(DEV, word)
      expect(streams.find(DEV, EP)).toEqual(word)
      expect(streams.newest(DEV)?.ep).toBe(NEXT)
      expect(streams.of(DEV).map(({ ep }) => ep)).toEqual([EP, NEXT])
    })
    it('beside how far the hub holds them, and which of the events brought along were new to it', () => {
      const { streams, events } = open()
      streams.save(DEV, word)
      events.advance(DEV, EP, 1, ['old', 'new', 'later'].map((id) => ({ id, c: CHAIN })))
      events.keep([row({ id: 'old', ep: NEXT })])
      events.keep([row({ id: 'new', seq: 2 })])
      events.keep([row({ id: 'later', seq: 3 })])
      expect(streams.of(DEV)).toEqual([{ ...word, held: 3, newOfBrought: 1 }])
    })
    it('and what they declared lost, never less than before', () => {
      const { streams } = open()
      streams.declareLost(DEV, EP, 9)
      streams.save(DEV, word)
      streams.declareLost(DEV, EP, 6)
      streams.declareLost(DEV, EP, 4)
      expect(streams.find(DEV, EP)?.declaredTo).toBe(6)
    })
  })
  describe('name the kinds of events that could not be read', () => {
    it('commonest first, with how many and since when', () => {
      const { events } = open()
      events.keep([row({ id: 'a', state: 'parked', type: 'x.y', why: 'x.y v2', receivedAt: millis(3) })])
      events.keep([row({ id: 'b', state: 'quarantined', why: 'payload', receivedAt: millis(5) })])
      events.keep([row({ id: 'c', state: 'quarantined', why: 'payload', receivedAt: millis(4) })])
      events.keep([row({ id: 'd' })])
      expect(events.unsettled(5)).toEqual([
        { state: 'quarantined', type: 'feedback.answered', why: 'payload', n: 2, newestAt: 5 },
        { state: 'parked', type: 'x.y', why: 'x.y v2', n: 1, newestAt: 3 },
      ])
      expect(events.unsettled(1)).toHaveLength(1)
    })
  })
  describe('keep events', () => {
    it('where a stream stands: nothing at first, then the number and chain it was moved to', () => {
      const { events } = open()
      expect(events.producer(DEV, EP)).toBeNull()
      events.advance(DEV, EP, 1, [{ id: 'a', c: CHAIN }])
      expect(events.producer(DEV, EP)).toEqual({ hw: 1, hc: CHAIN, safe: 0 })
      expect(events.numbered(DEV, EP, 1)).toMatchObject({ id: 'a' })
      expect([events.chainAt(DEV, EP, 1), events.chainAt(DEV, EP, 2)]).toEqual([CHAIN, null])
      expect(events.numbered(DEV, EP, 2)).toBeNull()
      expect(events.producer(DEV, 'f'.repeat(16) as EpochId)).toBeNull()
    })
    it('refuse the same number twice', () => {
      const { events } = open()
      events.advance(DEV, EP, 1, [{ id: 'a', c: NO_CHAIN }])
      expect(() => events.advance(DEV, EP, 1, [{ id: 'b', c: NO_CHAIN }])).toThrow()
    })
    it('as they came, and refuse the same id twice', () => {
      const { events } = open()
      events.keep([row()])
      expect(events.row('id-1')).toEqual(row())
      expect(holds(events, 'id-1')).toBe(true)
      expect(holds(events, 'id-2')).toBe(false)
      expect(() => events.keep([row({ seq: 2 })])).toThrow()
    })
    it('parked and quarantined ones too, counted apart, until they are settled', () => {
      const { events } = open()
      events.keep([row()])
      events.keep([row({ id: 'p', state: 'parked', why: 'new.type v1' })])
      events.keep([row({ id: 'q', state: 'quarantined', why: 'payload', dev: 'a'.repeat(32) as DeviceId })])
      expect(events.countByState()).toEqual({ stored: 1, parked: 1, quarantined: 1 })
      expect(events.countOf(DEV)).toBe(2)
      expect(events.rowsIn('parked', 10).map(({ id }) => id)).toEqual(['p'])
      events.settle('p', 'stored', null)
      expect(events.countByState()).toEqual({ stored: 2, parked: 0, quarantined: 1 })
    })
    it('remember which were erased', () => {
      const { events } = open()
      expect(events.known(['gone']).get('gone') === 'erased').toBe(false)
      events.markErased('gone')
      events.markErased('gone')
      expect(events.known(['gone']).get('gone') === 'erased').toBe(true)
    })
  })

  describe('change everything or nothing', () => {
    it('a transaction that throws leaves no trace and runs no task', () => {
      const { transactions, events, devices } = open()
      const done: string[] = []
      expect(() =>
        transactions.run((tx) => {
          events.keep([row()])
          devices.add(device())
          tx.afterCommit(() => done.push('told'))
          throw new Error('no')
        }),
      ).toThrow('no')
      expect([holds(events, 'id-1'), devices.find(DEV), done]).toEqual([false, null, []])
    })
    it.each([false, true])('an inner transaction that throws undoes only itself and its tasks (work that may be repeated: %s)', (mayRepeat) => {
      const { transactions, events } = open()
      const done: string[] = []
      transactions.run((tx) => {
        events.keep([row({ id: 'outer' })])
        tx.afterCommit(() => done.push('outer'))
        try {
          transactions.run((inner) => {
            events.keep([row({ id: 'inner' })])
            inner.afterCommit(() => done.push('inner'))
            throw new Error('no')
          })
        } catch {
          // expected
        }
        transactions.run((inner) => inner.afterCommit(() => done.push('second')))
        expect(done).toEqual([])
      }, { mayRepeat })
      expect([holds(events, 'outer'), holds(events, 'inner'), done]).toEqual([true, false, ['outer', 'second']])
    })
    it('work that may be repeated and throws itself leaves no trace, and is not repeated', () => {
      const { transactions, events } = open()
      let runs = 0
      const work = (): never => {
        runs += 1
        transactions.run(() => events.keep([row()]))
        throw new Error('no')
      }
      expect(() => transactions.run(work, { mayRepeat: true })).toThrow('no')
      expect([runs, holds(events, 'id-1')]).toEqual([1, false])
    })
    it('any mix of parts that succeed and fail leaves the same rows and tasks, may it be repeated or not', () => {
      const parts = fc.array(fc.record({ fails: fc.boolean(), inner: fc.array(fc.boolean(), { maxLength: 3 }) }), { maxLength: 6 })
      const outcome = (mix: readonly { readonly fails: boolean; readonly inner: readonly boolean[] }[], mayRepeat: boolean): unknown => {
        const { transactions, events } = open()
        const told: string[] = []
        const part = (id: string, fails: boolean, inside: () => void): void => {
          try {
            transactions.run((tx) => {
              events.keep([row({ id })])
              tx.afterCommit(() => told.push(id))
              inside()
              if (fails) throw new Error('no')
            })
          } catch {
            // expected
          }
        }
        transactions.run(() => mix.forEach(({ fails, inner }, i) => part(`${i}`, fails, () => inner.forEach((innerFails, k) => part(`${i}.${k}`, innerFails, () => undefined)))), { mayRepeat })
        return [events.rowsIn('stored', 100).map(({ id }) => id), told]
      }
      fc.assert(fc.property(parts, (mix) => isDeepStrictEqual(outcome(mix, true), outcome(mix, false))), { numRuns: 20 })
    })
    it('tasks may start a transaction of their own', () => {
      const { transactions, events } = open()
      transactions.run((tx) => tx.afterCommit(() => transactions.run(() => events.keep([row()]))))
      expect(holds(events, 'id-1')).toBe(true)
    })
  })

  describe('keep releases', () => {
    const publish = (stores: HubStores, items: Documents, at: number, activeFrom = at): ReleaseHead => {
      const release = releaseOf(items, { rev: stores.documents.nextRev() - 1 }, { publishedAt: millis(at), activeFrom: millis(activeFrom) })
      stores.documents.publish(release)
      return headOf(release)
    }

    it('none at first', () => {
      const { documents } = open()
      expect([documents.head(), documents.current(), documents.findRelease('0'.repeat(64)), documents.records(5)]).toEqual([null, null, null, []])
    })
    it('numbered, with the day the next one took over, and each one whole', () => {
      const stores = open()
      const first = publish(stores, { 'a/1': { n: 1 }, 'a/2': 'x' }, 100)
      const second = publish(stores, { 'a/1': { n: 2 }, 'a/3': null }, 200)
      expect([first.rev, second.rev]).toEqual([1, 2])
      expect(stores.documents.current()).toEqual({ ...second, items: { 'a/1': { n: 2 }, 'a/3': null } })
      expect(stores.documents.records(5)).toEqual([{ ...second, retiredAt: null }, { ...first, retiredAt: 200 }])
      const old = stores.documents.findRelease(first.hash.slice(0, 8))
      expect(old).toEqual({ record: { ...first, retiredAt: 200 }, release: { ...first, items: { 'a/1': { n: 1 }, 'a/2': 'x' } } })
      expect(stores.documents.record(1, first.hash)?.rev).toBe(1)
      expect(stores.documents.record(1, second.hash)).toBeNull()
      expect(stores.documents.findRelease(first.hash.slice(0, 7))).toBeNull()
    })
    it('in force from their own instant on, in order, whichever was published first', () => {
      const time = { now: 0 }
      const stores = open({ now: () => millis(time.now) })
      const held = (now: number) => {
        time.now = now
        const { documents } = stores
        return [documents.head()?.rev ?? null, documents.current()?.rev ?? null, documents.upcoming().map(({ rev }) => rev), documents.records(9).map(({ rev, retiredAt }) => [rev, retiredAt])]
      }
      publish(stores, { a: 1 }, 0, 10)
      expect(held(0)).toEqual([null, null, [1], [[1, null]]])
      publish(stores, { a: 2 }, 0, 30)
      publish(stores, { a: 3 }, 0, 20)
      publish(stores, { a: 4 }, 0, 30)
      expect(held(9)).toEqual([null, null, [1, 3, 4], [[4, null], [3, null], [2, null], [1, null]]])
      expect(held(10)).toEqual([1, 1, [3, 4], [[4, null], [3, null], [2, null], [1, null]]])
      expect(held(20)).toEqual([3, 3, [4], [[4, null], [3, null], [2, null], [1, 20]]])
      expect(held(30)).toEqual([4, 4, [], [[4, null], [3, 30], [2, 30], [1, 20]]])
      expect(stores.documents.current()?.items).toEqual({ a: 4 })
    })
    it('found by their hash as they were last in force; one that waits only if it never was', () => {
      const time = { now: 0 }
      const stores = open({ now: () => millis(time.now) })
      const weekday = publish(stores, { a: 1 }, 0)
      const weekend = publish(stores, { a: 2 }, 0, 10)
      publish(stores, { a: 1 }, 0, 20)
      const find = (hash: string) => stores.documents.findRelease(hash.slice(0, 8))?.record
      time.now = 5
      expect([find(weekday.hash), find(weekend.hash)]).toMatchObject([{ rev: 1, retiredAt: null }, { rev: 2, activeFrom: 10, retiredAt: null }])
      time.now = 15
      expect([find(weekday.hash), find(weekend.hash)]).toMatchObject([{ rev: 1, retiredAt: 10 }, { rev: 2, retiredAt: null }])
      time.now = 25
      expect([find(weekday.hash), find(weekend.hash)]).toMatchObject([{ rev: 3, retiredAt: null }, { rev: 2, retiredAt: 20 }])
    })
    it('signed later if they are from before there were signatures; nothing else of them changes', () => {
      const stores = open()
      const old = publish(stores, { a: 1 }, 5)
      stores.documents.sign({ ...old, store: 'lindenkorb', maxOfflineMs: 7, signature: 'x' })
      expect(stores.documents.current()).toEqual({ ...old, store: 'lindenkorb', maxOfflineMs: 7, signature: 'x', items: { a: 1 } })
    })
    it('only in the order of their numbers', () => {
      const stores = open()
      expect(() => stores.documents.publish(releaseOf({ a: 1 }, { rev: 4 }))).toThrow('release 5 does not follow 0')
    })
    it('with the last operation per document between two of them', () => {
      const stores = open()
      publish(stores, { 'a/1': 1, 'a/2': 1 }, 1)
      publish(stores, { 'a/1': 2, 'a/2': 1, 'a/3': 1 }, 2)
      publish(stores, { 'a/1': 3, 'a/3': 1 }, 3)
      expect(stores.documents.opsBetween(1, 3)).toEqual([{ op: 'put', id: 'a/1', body: 3 }, { op: 'delete', id: 'a/2' }, { op: 'put', id: 'a/3', body: 1 }])
      expect(stores.documents.opsBetween(3, 3)).toEqual([])
    })
    it('so that any earlier release and its operations make the current one', () => {
      const documents = fc.dictionary(fc.constantFrom('a/1', 'a/2', 'b/1', 'b/2', 'c/1'), fc.oneof(fc.nat(3), fc.constant(null), fc.record({ b: fc.nat(2), a: fc.nat(2) })))
      fc.assert(fc.property(fc.array(documents, { minLength: 1, maxLength: 6 }), (sets) => {
        const stores = open()
        for (const [i, items] of sets.entries()) publish(stores, items, i)
        const last = sets.length
        return sets.every((items, i) => {
          const made = applyOps(items, stores.documents.opsBetween(i + 1, last))
          return releaseHash(made) === stores.documents.head()!.hash
        })
      }), { numRuns: 40 })
    })
  })

  describe('keep devices', () => {
    it('by id and by key, with their last report', () => {
      const { devices } = open()
      devices.add(device())
      devices.add(device({ dev: 'a'.repeat(32) as DeviceId, name: 'Tablet', role: 'staff', touchpoint: null }))
      expect(devices.find(DEV)).toEqual(device())
      expect(devices.findByKeyId('0a1b2c3d').map(({ name }) => name)).toEqual(['Terminal 1', 'Tablet'])
      const report = { seenAt: millis(50), waiting: 3, releaseHash: 'abc', app: '1.0', clockOffsetMs: -20 }
      devices.saveReport(DEV, { ...report, waiting: 9 })
      devices.saveReport(DEV, report)
      expect(devices.list().map((one) => one.report)).toEqual([report, null])
    })
    it('with the offers they cannot compute, until they say otherwise; a greeting says nothing of them', () => {
      const { devices } = open()
      devices.add(device())
      const report = { seenAt: millis(50), waiting: 0, releaseHash: 'abc', app: '1.0', clockOffsetMs: 0 }
      const unread = [{ id: 'juice-20', reason: 'offer.effects.0.type: moonlight' }]
      devices.saveReport(DEV, { ...report, unread })
      devices.saveReport(DEV, { ...report, seenAt: millis(60) })
      expect(devices.list()[0]!.report).toEqual({ ...report, seenAt: 60, unread })
      devices.saveReport(DEV, { ...report, unread: [] })
      expect(devices.list()[0]!.report?.unread).toEqual([])
    })
    it('with the room on their disks, until they say otherwise', () => {
      const { devices } = open()
      devices.add(device())
      const report = { seenAt: millis(50), waiting: 0, releaseHash: 'abc', app: '1.0', clockOffsetMs: 0 }
      devices.saveReport(DEV, { ...report, storage: 'full' })
      devices.saveReport(DEV, report)
      expect(devices.list()[0]!.report?.storage).toBe('full')
      devices.saveReport(DEV, { ...report, storage: null })
      expect(devices.list()[0]!.report?.storage).toBeNull()
    })
    it('revoked once, and listed still', () => {
      const { devices } = open()
      devices.add(device())
      expect([devices.revoke(DEV, millis(70)), devices.revoke(DEV, millis(80)), devices.revoke('b'.repeat(32) as DeviceId, millis(80))]).toEqual([true, false, false])
      expect(devices.find(DEV)?.revokedAt).toBe(70)
      expect(devices.list()).toHaveLength(1)
    })
    it('as running twice from the first time on', () => {
      const { devices } = open()
      devices.add(device())
      expect(devices.copiedAt(DEV)).toBeNull()
      devices.markCopied(DEV, millis(70))
      devices.markCopied(DEV, millis(80))
      expect([devices.copiedAt(DEV), devices.copiedAt('b'.repeat(32) as DeviceId)]).toEqual([70, null])
    })
    it('with what each is for and where it stands, until it is revoked', () => {
      const { devices } = open()
      const second = 'a'.repeat(32) as DeviceId
      devices.add(device())
      devices.add(device({ dev: second, name: 'Tablet' }))
      expect([devices.profileOf(DEV), devices.profiles()]).toEqual([null, []])
      devices.saveProfile(second, PLAIN_PROFILE, millis(5))
      devices.saveProfile(DEV, PLAIN_PROFILE, millis(6))
      devices.saveProfile(DEV, { ...PLAIN_PROFILE, place: 'links' }, millis(7))
      devices.place(DEV, 'returns')
      expect([devices.profileOf(DEV)?.place, devices.find(DEV)?.touchpoint, devices.profiles().map(({ id }) => id)]).toEqual(['links', 'returns', [DEV, second]])
      devices.rename(DEV, 'Ausgang')
      expect([devices.find(DEV)?.name, devices.find(second)?.name]).toEqual(['Ausgang', 'Tablet'])
      devices.revoke(second, millis(8))
      expect(devices.profiles().map(({ id, place }) => [id, place])).toEqual([[DEV, 'links']])
    })
    it('refuse the same id twice', () => {
      const { devices } = open()
      devices.add(device())
      expect(() => devices.add(device())).toThrow()
    })
  })

  describe('keep pairing codes', () => {
    it('under their selector, until they are used up, expire, or are printed anew', () => {
      const { codes } = open()
      codes.save(code)
      codes.save({ ...code, usesLeft: 1 })
      codes.save({ ...code, selector: 'CD', name: 'Kasse 2', expiresAt: millis(300) })
      expect(codes.find('AB')).toEqual({ ...code, usesLeft: 1 })
      codes.removeExpired(millis(100))
      expect(codes.find('AB')).toBeNull()
      codes.save(code)
      codes.removePrinted()
      expect([codes.find('AB'), codes.find('CD')?.name]).toEqual([null, 'Kasse 2'])
      codes.remove('CD')
      expect(codes.find('CD')).toBeNull()
    })
    it('with the device that waits, the longest waiting first, and what it is to become', () => {
      const { codes } = open()
      const asked = { ticketHash: 't', number: '004071', pub: 'B', role: 'kiosk' as const, name: 'Kiosk', at: millis(9), keyHash: null, wrongKeys: 0, by: null, state: { type: 'waiting' as const } }
      codes.save({ ...code, asked, profile: PLAIN_PROFILE, confirm: 'console' })
      codes.save({ ...code, selector: 'CD', asked: { ...asked, at: millis(3) } })
      codes.save({ ...code, selector: 'EF', asked: { ...asked, state: { type: 'issued', dev: DEV } } })
      codes.save({ ...code, selector: 'GH' })
      expect(codes.asked().map(({ selector }) => selector)).toEqual(['CD', 'AB'])
      expect(codes.find('AB')).toEqual({ ...code, asked, profile: PLAIN_PROFILE, confirm: 'console' })
    })
  })
})
