import { DatabaseSync } from 'node:sqlite'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, describe, expect, it } from 'vitest'
import type { Room } from '#kiosk/lib/store/room-files.ts'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import type { SyncStatus } from '#kiosk/lib/sync/device.ts'
import type { Surroundings } from '#kiosk/lib/sync/surroundings.ts'
import { openStores } from '#kiosk/lib/store/open-stores.ts'
import type { OutboxRow } from '#shared/sync/outbox.ts'
import type { VisitId } from '#shared/kernel/ids.ts'
import { startTestHub, type TestHub } from '../../hub/test-hub.ts'
import { newDisk, nodeSurroundings, type Disk } from '../../kiosk/node-surroundings.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  IDBObjectStore.prototype.put = put
  IDBObjectStore.prototype.delete = remove
  for (const close of closers.splice(0).reverse()) await close()
})

const { put, delete: remove } = IDBObjectStore.prototype
/** Every write from now on is refused, and every deletion is noted. */
const fillDisk = (): { deletions: number } => {
  const seen = { deletions: 0 }
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no room', 'QuotaExceededError')
  }
  IDBObjectStore.prototype.delete = function (...args) {
    seen.deletions += 1
    return remove.apply(this, args)
  }
  return seen
}
const emptyDisk = (): void => {
  IDBObjectStore.prototype.put = put
}

const until = (device: OpenedDevice, holds: (status: SyncStatus) => boolean): Promise<SyncStatus> =>
  new Promise((resolve) => {
    const check = (status: SyncStatus): void => {
      if (!holds(status)) return
      leave()
      resolve(status)
    }
    const leave = device.onStatus(check)
    check(device.status)
  })

/** Room there is none until somebody makes some; then everything that waits for a minute is told at once, the guard among it. */
const noRoom = () => {
  const tasks: (() => void)[] = []
  const state = { has: false, look: (): void => tasks.splice(0).forEach((task) => task()) }
  const room: Room = {
    files: { lay: async () => (state.has ? 'laid' : 'full'), remove: async () => undefined, has: async () => true },
    pictures: { drop: async () => 0, restore: async () => true },
    promise: async () => ({ persisted: true, usedBytes: 0, quotaBytes: null }),
  }
  const after: Surroundings['after'] = (delayMs, task) => {
    if (delayMs === 60_000) tasks.push(task)
    const timer = setTimeout(task, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  }
  return { state, replaced: { room: async () => room, after } satisfies Partial<Surroundings> }
}

const storeOf = async () => {
  const hub = await startTestHub()
  closers.push(() => hub.remove())
  const disk = newDisk()
  const { state, replaced } = noRoom()
  const open = async (origin = hub.url): Promise<OpenedDevice> => {
    const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(origin, disk, replaced) })
    closers.push(() => device.close())
    return device
  }
  const device = await open()
  await device.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
  await until(device, ({ phase, release }) => phase === 'online' && release !== null)
  return { hub, disk, device, open, room: state }
}

const answer = (n: number) => ({ t: 'feedback.answered', v: 1, sid: 'a'.repeat(32) as VisitId, p: { response: `${n}`.padStart(32, '0'), touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value: 4 } })

/** The device reports a change within a second. */
const heard = (hub: TestHub, warnings: number): Promise<void> => expect.poll(() => hub.lines.filter(({ what }) => what === 'a device runs out of room').length).toBe(warnings)

const onHub = (hub: TestHub): readonly { id: string; ep: string; seq: number }[] => {
  const file = readdirSync(hub.folder).find((name) => name.endsWith('.db') || name.endsWith('.sqlite'))!
  const db = new DatabaseSync(join(hub.folder, file), { readOnly: true })
  const rows = db.prepare(`SELECT id, ep, seq FROM event WHERE type = 'feedback.answered' ORDER BY n`).all()
  db.close()
  return rows as unknown as { id: string; ep: string; seq: number }[]
}

const rowsOf = async (disk: Disk, url: string): Promise<readonly string[]> => {
  const { outbox } = openStores('shopper', nodeSurroundings(url, disk).database)
  closers.push(() => outbox.close())
  const rows = await outbox.run<readonly OutboxRow[]>({ need: () => ({ from: 1, to: 99, limit: 99 }), decide: (_state, kept) => ({ change: null, result: kept }) })
  return rows.ok ? rows.value.map(({ id }) => id) : []
}

describe('a kiosk whose disk is full', () => {
  it('says it straight to the hub: thanked only with the hub’s word, once, and written down here when there is room', async () => {
    const { hub, disk, device, room } = await storeOf()
    const stored = await device.record(answer(1))
    await until(device, ({ waiting }) => waiting === 0)
    const seen = fillDisk()
    const first = await device.record(answer(2))
    expect(device.status.frozen).toBe(true)
    const second = await device.record(answer(3))
    expect([stored.ok, first.ok, second.ok]).toEqual([true, true, true])
    const ids = [stored, first, second].map((saved) => saved.ok && saved.value)
    expect(onHub(hub).map(({ id }) => id), 'on the hub’s disk as the promise resolves').toEqual(ids)
    expect(onHub(hub)[1]!.ep, 'never numbered among the stored ones').not.toBe(onHub(hub)[0]!.ep)
    expect(onHub(hub).map(({ seq }) => seq)).toEqual([1, 1, 2])
    expect(seen.deletions).toBe(0)
    await heard(hub, 1)
    expect(hub.lines.filter(({ what }) => what === 'a device runs out of room').map(({ facts }) => facts['storage'])).toEqual(['full'])

    emptyDisk()
    room.has = true
    room.look()
    await until(device, ({ frozen }) => !frozen)
    await until(device, ({ waiting }) => waiting === 2)
    await until(device, ({ waiting }) => waiting === 0)
    expect(onHub(hub).map(({ id }) => id)).toEqual(ids)
    expect(await rowsOf(disk, hub.url)).toEqual(ids)
    expect(device.log().map(({ what }) => what).filter((what) => ['frozen', 'sent-directly', 'thawed'].includes(what))).toEqual(['frozen', 'sent-directly', 'sent-directly', 'thawed'])
  })

  it('refuses honestly without the hub, loses nothing it had, and needs no new life after a restart', async () => {
    const { hub, device, disk, open } = await storeOf()
    device.close()
    const offline = await open('http://127.0.0.1:1')
    const kept = await offline.record(answer(1))
    const seen = fillDisk()
    expect(await offline.record(answer(2))).toEqual({ ok: false, error: { type: 'NotSaved', why: 'storage full' } })
    expect(offline.status).toMatchObject({ frozen: true, waiting: 1 })
    expect(offline.log().at(-1)).toMatchObject({ what: 'not-saved', detail: 'storage full' })
    offline.close()

    const again = await open()
    const refused = await again.record(answer(3))
    expect(refused.ok, 'the hub may not be reached yet').toBe(false)
    await until(again, ({ waiting, phase }) => phase === 'online' && waiting === 0)
    const direct = await again.record(answer(4))
    expect(onHub(hub).map(({ id }) => id)).toEqual([kept, direct].map((saved) => saved.ok && saved.value))
    again.close()

    emptyDisk()
    const later = await open()
    const next = await later.record(answer(5))
    await until(later, ({ phase, waiting }) => phase === 'online' && waiting === 0)
    expect(onHub(hub).map(({ id }) => id)).toEqual([kept, direct, next].map((saved) => saved.ok && saved.value))
    expect(new Set(onHub(hub).map(({ ep }) => ep)).size, 'one epoch of the storage, one of the frozen page').toBe(2)
    expect(later.log().map(({ what }) => what)).not.toContain('rotated')
    expect(await rowsOf(disk, hub.url)).toEqual([kept, next].map((saved) => saved.ok && saved.value))
    expect(seen.deletions).toBe(0)
  })

  it('keeps a use of a limited offer: it cannot be given away where nothing can be written', async () => {
    const { hub, device } = await storeOf()
    fillDisk()
    expect(await device.record({ ...answer(1), uses: [{ offer: 'cakes' as never, lease: 1 }] })).toMatchObject({ ok: false })
    expect(onHub(hub)).toEqual([])
  })

  it('counts the beginnings of visits instead of refusing them aloud', async () => {
    const { hub, device, room } = await storeOf()
    await device.record(answer(1))
    await until(device, ({ waiting }) => waiting === 0)
    fillDisk()
    for (let n = 0; n < 3; n++) await device.record({ t: 'visit.started', v: 1, sid: null, p: { touchpoint: 'kiosk', language: 'de' } })
    emptyDisk()
    room.has = true
    room.look()
    await until(device, ({ frozen }) => !frozen)
    await device.record(answer(2))
    await until(device, ({ waiting }) => waiting === 0)
    const db = new DatabaseSync(join(hub.folder, readdirSync(hub.folder).find((name) => name.endsWith('.db') || name.endsWith('.sqlite'))!), { readOnly: true })
    const bodies = db.prepare(`SELECT body FROM event WHERE type = 'events.dropped'`).all().map(({ body }) => (JSON.parse(body as string) as { p: unknown }).p)
    db.close()
    expect(bodies).toEqual([{ n: 3 }])
  })
})
