import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { openStores, type Stores } from '#kiosk/lib/store/open-stores.ts'
import { Session } from '#kiosk/lib/store/session.ts'
import { isFullDisk, isLostConnection } from '#kiosk/lib/store/storage-health.ts'
import type { EpochId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { appendEvent, countDropped } from '#shared/sync/append-event.ts'
import type { Chain } from '#shared/sync/chain.ts'
import type { OutboxRow, OutboxStep } from '#shared/sync/outbox.ts'
import { believeAck, judgeHello, rotateOutbox, sayHello, tidyOutbox } from '#shared/sync/outbox-steps.ts'
import { headOf, type Release } from '#shared/sync/release.ts'
import { releaseOf } from '../../../shared/sync/signed-release.ts'
import { draft, eventId, memoryOutbox, takeBatch } from '../../../shared/sync/memory-outbox.ts'

const { makers } = memoryOutbox()
const open = (indexedDB = new IDBFactory()): Stores => openStores('shopper', { indexedDB, IDBKeyRange })
const add = (stores: Stores, n: number) => stores.outbox.run(appendEvent(draft(n), 'durable', makers))
const allRows: OutboxStep<readonly OutboxRow[]> = { need: (state) => ({ from: 1, to: state.next, limit: Number.MAX_SAFE_INTEGER }), decide: (_state, result) => ({ change: null, result }) }
const release = (n: number, activeFrom = n): Release => ({ ...releaseOf({ 'product/milk': { cents: n } }, { rev: n - 1 }, { publishedAt: millis(n), activeFrom: millis(activeFrom) }), hash: `${n}`.padStart(64, '0') })

const metaOf = async (disk: IDBFactory, mode: IDBTransactionMode): Promise<IDBObjectStore> => {
  const opening = disk.open('einklang-shopper-replica')
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  return opening.result.transaction('meta', mode).objectStore('meta')
}
const answer = async <T>(request: IDBRequest<T>): Promise<T> => {
  await new Promise((resolve) => request.addEventListener('success', resolve))
  return request.result
}
const putMeta = async (disk: IDBFactory, value: unknown, key: string): Promise<unknown> => answer((await metaOf(disk, 'readwrite')).put(value, key))
const readMeta = async (disk: IDBFactory, key: string): Promise<unknown> => answer((await metaOf(disk, 'readonly')).get(key))

/** Runs something while every write is refused as on a full disk. */
const onFullDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  const { put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no room', 'QuotaExceededError')
  }
  try {
    return await work()
  } finally {
    IDBObjectStore.prototype.put = put
  }
}

describe('the outbox database', () => {
  it('keeps events over a restart, numbered, and gives them out in order', async () => {
    const disk = new IDBFactory()
    const first = open(disk)
    for (let n = 1; n <= 3; n++) expect(await add(first, n)).toEqual({ ok: true, value: { ok: true, value: eventId(n) } })
    first.close()
    const second = open(disk)
    expect(await second.outbox.state()).toMatchObject({ next: 4, ack: 0 })
    const push = await second.outbox.run(takeBatch())
    expect(push.ok && push.value?.rows.map(({ seq, id }) => [seq, id])).toEqual([[1, eventId(1)], [2, eventId(2)], [3, eventId(3)]])
  })
  it('gives two pages that record at the same moment two numbers', async () => {
    const disk = new IDBFactory()
    const pages = [open(disk), open(disk)]
    await Promise.all(Array.from({ length: 20 }, (_, i) => add(pages[i % 2]!, i + 1)))
    const rows = await pages[0]!.outbox.run(allRows)
    expect(rows.ok && rows.value.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })
  it('removes what is safe, and renumbers the rest in one transaction', async () => {
    const stores = open()
    for (let n = 1; n <= 4; n++) await add(stores, n)
    const push = await stores.outbox.run(takeBatch())
    if (!push.ok || !push.value) throw new Error('no batch')
    await stores.outbox.run(believeAck(push.value, { hubEpoch: 'db.1', upto: 4, hw: 4, safe: 2, now: 0 }))
    await stores.outbox.run(tidyOutbox(true))
    const ep = (await stores.outbox.state())!.ep
    await stores.outbox.run(rotateOutbox(ep, null, { ...makers, epoch: () => 'f'.repeat(16) as EpochId }))
    const rows = await stores.outbox.run(allRows)
    expect(rows.ok && rows.value.map(({ seq, id }) => [seq, id])).toEqual([[1, eventId(3)], [2, eventId(4)]])
  })
  it('keeps a confirmation in memory until something else is written: a page that ends before has it sent again', async () => {
    const disk = new IDBFactory()
    const [page, other] = [open(disk), open(disk)]
    const ackOf = (upto: number) => ({ hubEpoch: 'db.1', upto, hw: upto, safe: 0, now: 0 })
    const [seen, written] = [async () => (await page.outbox.state())?.ack, async () => (await other.outbox.state())?.ack]
    await add(page, 1)
    const first = await page.outbox.run(takeBatch())
    if (!first.ok || !first.value) throw new Error('no batch')
    await page.outbox.run(believeAck(first.value, ackOf(1)))
    expect([await seen(), await written()]).toEqual([1, 0])
    await add(page, 2)
    expect([await seen(), await written()]).toEqual([1, 1])
    const second = await page.outbox.run(takeBatch())
    if (!second.ok || !second.value) throw new Error('no batch')
    await page.outbox.run(believeAck(second.value, ackOf(2)))
    expect([await seen(), await written()]).toEqual([2, 1])
    await page.outbox.run(tidyOutbox(false))
    expect([await seen(), await written()]).toEqual([2, 2])
  })
  it('forgets such a confirmation when another page has greeted a hub since: the hub may have been put back', async () => {
    const disk = new IDBFactory()
    const [page, other] = [open(disk), open(disk)]
    await add(page, 1)
    const batch = await page.outbox.run(takeBatch())
    if (!batch.ok || !batch.value) throw new Error('no batch')
    await page.outbox.run(believeAck(batch.value, { hubEpoch: 'db.1', upto: 1, hw: 1, safe: 0, now: 0 }))
    const hello = await other.outbox.run(sayHello({ pv: 1, n: 7, boot: 'other', app: '1', releaseHash: null, now: 0 }, makers))
    if (!hello.ok) throw new Error('no greeting')
    await other.outbox.run(judgeHello(hello.value, { n: 7, hubEpoch: 'db.2', hw: 0, hc: '0000000000000000' as Chain, safe: 0, now: 0, min: 1, max: 1 }))
    expect(await page.outbox.state()).toMatchObject({ ack: 0 })
    await add(page, 2)
    expect(await other.outbox.state()).toMatchObject({ ack: 0, next: 3 })
  })
  it('keeps a value beside an event in the same transaction: both or neither', async () => {
    const stores = open()
    const beside = (n: number, value: object | null) => stores.outbox.runBeside(appendEvent(draft(n), 'durable', makers), { name: 'uses', decide: () => value })
    expect(await beside(1, { left: 4 })).toEqual({ ok: true, value: { ok: true, value: eventId(1) } })
    expect(await beside(2, null)).toEqual({ ok: true, value: null })
    const tooLarge = stores.outbox.runBeside(appendEvent({ ...draft(3), p: 'x'.repeat(20_000) }, 'durable', makers), { name: 'uses', decide: () => ({ left: 3 }) })
    expect(await tooLarge).toMatchObject({ ok: true, value: { ok: false } })
    expect([await stores.outbox.readMeta('uses'), (await stores.outbox.state())!.next]).toEqual([{ left: 4 }, 2])
    expect(await onFullDisk(() => beside(4, { left: 2 }))).toEqual({ ok: false, error: { type: 'StorageFull' } })
    expect([await stores.outbox.readMeta('uses'), (await stores.outbox.state())!.next]).toEqual([{ left: 4 }, 2])
  })
  it('keeps a key that cannot be exported', async () => {
    const disk = new IDBFactory()
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const first = open(disk)
    await first.outbox.writeMeta('identity', { key: privateKey })
    first.close()
    const { key } = (await open(disk).outbox.readMeta('identity')) as { key: CryptoKey }
    expect(key.extractable).toBe(false)
    expect((await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new Uint8Array(1))).byteLength).toBe(64)
  })
})

describe('a full disk', () => {
  it('is known by its names, also inside an aborted transaction', () => {
    expect(isFullDisk({ name: 'AbortError', inner: { name: 'QuotaExceededError' } })).toBe(true)
    expect(isFullDisk(new DOMException('', 'UnknownError'))).toBe(true)
    expect(isFullDisk(new TypeError('x'))).toBe(false)
    expect(isLostConnection({ name: 'DatabaseClosedError' })).toBe(true)
    const safari = new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError')
    expect([isFullDisk(safari), isLostConnection(safari), isLostConnection(new DOMException('', 'UnknownError'))]).toEqual([false, true, false])
  })
  it('freezes all writes and deletes at the first refusal; reading and sending go on; room again thaws it', async () => {
    const stores = open()
    await add(stores, 1)
    await add(stores, 2)
    const changes: boolean[] = []
    stores.health.onChange((frozen) => changes.push(frozen))
    expect(await onFullDisk(() => add(stores, 3))).toEqual({ ok: false, error: { type: 'StorageFull' } })
    expect(await add(stores, 3)).toEqual({ ok: false, error: { type: 'StorageFull' } })
    expect(await stores.replica.activate(release(1), 1)).toEqual({ ok: false, error: { type: 'StorageFull' } })
    const push = await stores.outbox.run(takeBatch())
    if (!push.ok || !push.value) throw new Error('reading does not go on')
    const moved = await stores.outbox.run(believeAck(push.value, { hubEpoch: 'db.1', upto: 2, hw: 2, safe: 2, now: 0 }))
    expect(moved).toEqual({ ok: true, value: 'moved' })
    expect(await stores.outbox.state()).toMatchObject({ ack: 2, base: { seq: 0 } })
    stores.health.thaw()
    expect(await add(stores, 3)).toMatchObject({ ok: true })
    expect(await stores.outbox.state()).toMatchObject({ next: 4, ack: 2 })
    expect(changes).toEqual([true, false])
  })
  it('remembers confirmations meanwhile without undoing what another page has written', async () => {
    const disk = new IDBFactory()
    const [full, other] = [open(disk), open(disk)]
    await add(full, 1)
    await add(full, 2)
    full.health.freeze()
    const push = await full.outbox.run(takeBatch())
    if (!push.ok || !push.value) throw new Error('no batch')
    await full.outbox.run(believeAck(push.value, { hubEpoch: 'db.1', upto: 2, hw: 2, safe: 1, now: 0 }))
    await add(other, 3)
    full.health.thaw()
    expect(await full.outbox.state()).toMatchObject({ next: 4, ack: 2, safe: 1 })
    await add(full, 4)
    const rows = await other.outbox.run(allRows)
    expect(rows.ok && rows.value.map(({ seq, id }) => [seq, id])).toEqual([[1, eventId(1)], [2, eventId(2)], [3, eventId(3)], [4, eventId(4)]])
    expect(await other.outbox.state()).toMatchObject({ next: 5, ack: 2, safe: 1 })
  })
  it('counts what is not worth a refusal, and tells the count once there is room', async () => {
    const stores = open()
    await add(stores, 1)
    stores.health.freeze()
    for (let n = 0; n < 3; n++) expect(await stores.outbox.run(countDropped)).toEqual({ ok: true, value: undefined })
    stores.health.thaw()
    await add(stores, 2)
    const rows = await stores.outbox.run(allRows)
    expect(rows.ok && rows.value.map(({ json }) => (JSON.parse(json) as { t: string; p: unknown })).map(({ t, p }) => (t === 'events.dropped' ? p : t))).toEqual(['visit.started', { n: 3 }, 'visit.started'])
  })
  it('leaves its reserve to what people say: a release waits', async () => {
    const stores = open()
    stores.health.onReserve = true
    expect(await stores.replica.activate(release(1), 1)).toEqual({ ok: false, error: { type: 'StorageFull' } })
    expect(await add(stores, 1)).toMatchObject({ ok: true })
    stores.health.onReserve = false
    expect(await stores.replica.activate(release(1), 1)).toMatchObject({ ok: true })
  })
})

describe('a database that the browser has closed', () => {
  /** The next `times` writes meet what Safari says. */
  const losing = async <T>(times: number, work: () => Promise<T>): Promise<T> => {
    const { put } = IDBObjectStore.prototype
    let left = times
    IDBObjectStore.prototype.put = function (...args) {
      if (left-- > 0) throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError')
      return put.apply(this, args)
    }
    try {
      return await work()
    } finally {
      IDBObjectStore.prototype.put = put
    }
  }
  it('is opened again once, and nobody notices', async () => {
    const stores = open()
    await add(stores, 1)
    expect(await losing(1, () => add(stores, 2))).toEqual({ ok: true, value: { ok: true, value: eventId(2) } })
    expect([stores.health.lost, stores.health.frozen, (await stores.outbox.state())!.next]).toEqual([false, false, 3])
  })
  it('is given up when that does not help: lost, which is not full', async () => {
    const stores = open()
    await add(stores, 1)
    let told = 0
    stores.health.onLost(() => (told += 1))
    expect(await losing(9, () => add(stores, 2))).toMatchObject({ ok: false, error: { type: 'StorageFailed' } })
    await losing(9, () => add(stores, 2))
    expect([stores.health.lost, stores.health.frozen, told]).toEqual([true, false, 1])
  })
})

describe('the replica database', () => {
  it('shows the release that was switched to as a whole, and keeps the last three', async () => {
    const disk = new IDBFactory()
    const stores = open(disk)
    expect(await stores.replica.active()).toBeNull()
    for (let n = 1; n <= 5; n++) await stores.replica.activate(release(n), n)
    await stores.replica.confirm({ head: headOf({ ...release(5), rev: 9 }), checkedAt: 70 })
    stores.close()
    const again = open(disk)
    expect(await again.replica.active()).toEqual({ release: { ...release(5), rev: 9 }, checkedAt: 70 })
    for (const [n, kept] of [[2, false], [3, true], [4, true]] as const) {
      await again.replica.confirm({ head: headOf(release(n)), checkedAt: 80 })
      expect((await again.replica.active()) !== null).toBe(kept)
    }
  })
  it('keeps those that wait beside it, however many earlier ones there were, and all of them as a whole', async () => {
    const disk = new IDBFactory()
    const stores = open(disk)
    const [noon, evening] = [release(7, 700), release(8, 800)]
    for (let n = 1; n <= 4; n++) await stores.replica.activate(release(n), n)
    await stores.replica.keep(noon, [noon], 5)
    await stores.replica.keep(evening, [noon, evening], 5)
    await stores.replica.activate(release(5), 6, [noon, evening])
    stores.close()
    const again = open(disk)
    expect(await again.replica.pending()).toEqual([noon, evening])
    await again.replica.plan([evening])
    expect((await again.replica.pending()).map(({ rev }) => rev)).toEqual([8])
    await again.replica.activate(evening, 6)
    expect((await again.replica.active())?.release).toEqual(evening)
    expect(await again.replica.pending()).toEqual([])
  })
  it('shows what an app from before signatures has stored, until the hub signs it', async () => {
    const disk = new IDBFactory()
    const stores = open(disk)
    const { rev, hash, publishedAt, items } = release(3)
    await stores.replica.activate({ rev, hash, publishedAt, items } as Release, 9)
    await putMeta(disk, { hash, rev: 3, checkedAt: 9 }, 'active')
    expect(await stores.replica.active()).toEqual({ checkedAt: 9, release: { rev: 3, hash, publishedAt, items, activeFrom: publishedAt, maxOfflineMs: 259_200_000, store: '', signature: '' } })
    expect(await stores.replica.pending()).toEqual([])
  })
  it('is understood by such an app again, put back with its hub, which looks for the release under its old names', async () => {
    const disk = new IDBFactory()
    const stores = open(disk)
    await stores.replica.activate(release(3), 9)
    await stores.replica.confirm({ head: headOf(release(3)), checkedAt: 12 })
    expect(await readMeta(disk, 'active')).toMatchObject({ hash: release(3).hash, rev: release(3).rev, checkedAt: 12 })
  })
  it('keeps what was last known, with its time', async () => {
    const stores = open()
    await stores.replica.writeCache('insights', { value: { nps: -6.86 }, savedAt: 5 })
    expect(await stores.replica.readCache('insights')).toEqual({ value: { nps: -6.86 }, savedAt: 5 })
    expect(await stores.replica.readCache('other')).toBeNull()
  })
})

describe('a visit that a reload interrupted', () => {
  const session = () => {
    const clock = { now: 1000 }
    const stores = open()
    return { clock, stores, session: new Session(stores.replica, () => clock.now) }
  }
  it('is found again for two minutes', async () => {
    const { clock, stores, session: visit } = session()
    await visit.write('basket', { lines: 2 })
    clock.now += 120_000
    expect(await visit.read('basket')).toEqual({ lines: 2 })
    clock.now += 1
    expect(await visit.read('basket')).toBeNull()
    expect(await stores.replica.readSession('basket'), 'not only hidden').toBeNull()
  })
  it('is gone once wiped, even when the disk refuses to delete', async () => {
    const { clock, stores, session: visit } = session()
    await visit.write('basket', { lines: 2 })
    stores.health.freeze()
    await visit.wipe()
    clock.now += 5
    expect(await visit.read('basket')).toBeNull()
    stores.health.thaw()
    await visit.write('basket', { lines: 1 })
    expect(await visit.read('basket')).toEqual({ lines: 1 })
    await visit.wipe()
    expect(await stores.replica.readSession('basket')).toBeNull()
  })
  it('is not found when the clock was put back', async () => {
    const { clock, session: visit } = session()
    await visit.write('basket', { lines: 2 })
    clock.now -= 3_600_000
    expect(await visit.read('basket')).toBeNull()
  })
})

it('apps of one origin do not see each other’s storage', async () => {
  const indexedDB = new IDBFactory()
  await openStores('shopper', { indexedDB, IDBKeyRange }).outbox.writeMeta('identity', 1)
  expect(await openStores('manager', { indexedDB, IDBKeyRange }).outbox.readMeta('identity')).toBeUndefined()
})
