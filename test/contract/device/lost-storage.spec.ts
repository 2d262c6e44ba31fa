import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import type { SyncStatus } from '#kiosk/lib/sync/device.ts'
import type { Surroundings } from '#kiosk/lib/sync/surroundings.ts'
import type { VisitId } from '#shared/kernel/ids.ts'
import { startTestHub } from '../../hub/test-hub.ts'
import { memoryJournal, MemoryFile } from '../../kiosk/lib/store/memory-journal.ts'
import { newDisk, nodeSurroundings, type Disk } from '../../kiosk/node-surroundings.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

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

/** Five seconds, ten minutes: all of it is soon here. */
const after: Surroundings['after'] = (delayMs, task) => {
  const timer = setTimeout(task, Math.min(delayMs, 300))
  timer.unref()
  return () => clearTimeout(timer)
}

const NOWHERE = 'http://127.0.0.1:1'
const answer = (n: number) => ({ t: 'feedback.answered', v: 1, sid: 'a'.repeat(32) as VisitId, p: { response: `${n}`.padStart(32, '0'), touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value: 4 } })

const storeOf = async () => {
  const hub = await startTestHub()
  closers.push(() => hub.remove())
  const file = new MemoryFile(256)
  const open = async (disk: Disk, origin = hub.url): Promise<OpenedDevice> => {
    const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(origin, disk, { journal: memoryJournal(file), after }) })
    closers.push(() => device.close())
    await expect.poll(() => device.storage().copy ?? null).toBe('promised')
    return device
  }
  const onHub = () => {
    const db = new DatabaseSync(join(hub.folder, 'hub.sqlite'), { readOnly: true })
    const rows = db.prepare(`SELECT dev, ep, seq, id FROM event WHERE type = 'feedback.answered' ORDER BY n`).all()
    db.close()
    return rows as unknown as { dev: string; ep: string; seq: number; id: string }[]
  }
  return { hub, file, open, onHub, words: () => new TextDecoder('latin1').decode(file.bytes) }
}

describe('a kiosk that has lost its whole database', () => {
  it('is itself again without anybody’s help, and what it was thanked for arrives once, under its own numbers', async () => {
    const { hub, open, onHub, words } = await storeOf()
    const disk = newDisk()
    const first = await open(disk)
    await first.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
    await until(first, ({ phase }) => phase === 'online')
    const ids = [await first.record(answer(1))]
    await until(first, ({ waiting }) => waiting === 0)
    const { keyId, identity } = first
    first.close()

    const away = await open(disk, NOWHERE)
    for (const n of [2, 3, 4]) ids.push(await away.record(answer(n)))
    expect(away.status.waiting).toBe(3)
    away.close()

    const again = await open(newDisk())
    await until(again, ({ phase, waiting }) => phase === 'online' && waiting === 0)
    await expect.poll(() => onHub().length).toBe(4)
    expect(onHub().map(({ id }) => id)).toEqual(ids.map((saved) => saved.ok && saved.value))
    expect(new Set(onHub().map(({ dev, ep }) => `${dev} ${ep}`)).size).toBe(1)
    const seqs = onHub().map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, i) => seqs[0]! + i))
    expect([again.identity, again.keyId]).toEqual([identity, keyId])
    expect(again.log().map(({ what }) => what)).toContain('copy-used')
    // Nothing that is confirmed stays in the copy.
    await expect.poll(() => words().includes('feedback.answered')).toBe(false)
  })
  it('keeps what it was thanked for until a person pairs it, if the hub does not know it any more', async () => {
    const { hub, open, onHub } = await storeOf()
    const disk = newDisk()
    const first = await open(disk)
    await first.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
    await until(first, ({ phase }) => phase === 'online')
    first.close()
    const away = await open(disk, NOWHERE)
    const saved = await away.record(answer(1))
    away.close()

    const { dev } = away.identity!
    const db = new DatabaseSync(join(hub.folder, 'hub.sqlite'))
    db.function('row_digest', { varargs: true, deterministic: true }, () => new Uint8Array(8))
    db.prepare('UPDATE device SET token_hash = ? WHERE dev = ?').run('0'.repeat(64), dev)
    db.close()
    const again = await open(newDisk())
    await expect.poll(() => again.log().map(({ what }) => what)).toContain('copy-used')
    expect([again.identity, again.status.waiting]).toEqual([null, 1])
    await again.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
    await until(again, ({ phase, waiting }) => phase === 'online' && waiting === 0)
    expect(onHub().map(({ id }) => id)).toEqual([saved.ok && saved.value])
  })
})
