import { describe, expect, it } from 'vitest'
import { StorageHealth } from '#kiosk/lib/store/storage-health.ts'
import { DeviceLog } from '#kiosk/lib/sync/device-log.ts'
import type { SyncStatus } from '#kiosk/lib/sync/device.ts'
import { StorageKeeper } from '#kiosk/lib/sync/storage-keeper.ts'
import { millis } from '#shared/kernel/time.ts'
import type { PageWords } from '#kiosk/lib/sync/surroundings.ts'
import { newDisk, nodeSurroundings } from '../../node-surroundings.ts'

const keeperOf = (reloaded: string | null = null, health = new StorageHealth(), words: PageWords | null = null) => {
  const page = { times: reloaded, reloads: 0 }
  const waiting: { readonly delayMs: number; readonly task: () => void }[] = []
  const around = nodeSurroundings('http://127.0.0.1:1', newDisk(), {
    wall: () => 1_000_000,
    words,
    after: (delayMs, task) => (waiting.push({ delayMs, task }), () => undefined),
    page: { reload: () => void (page.reloads += 1), reloads: () => page.times, noteReloads: (times) => void (page.times = times) },
  })
  const changes: Partial<SyncStatus>[] = []
  const log = new DeviceLog(() => millis(5))
  const keeper = new StorageKeeper({ around, health, log, now: () => millis(5), changed: (change) => changes.push(change) })
  return { keeper, health, page, waiting, changes, words: () => log.entries.map(({ what, detail }) => `${what} ${detail}`) }
}

describe('a device whose browser has lost the storage', () => {
  it('begins its page anew and writes down when', () => {
    const { health, page } = keeperOf()
    health.lose()
    expect(page).toEqual({ times: '1000000', reloads: 1 })
  })
  it('cuts nobody off in the middle of a word', async () => {
    const { keeper, health, page } = keeperOf()
    let said: (word: string) => void = () => undefined
    const saying = keeper.during(new Promise<string>((resolve) => (said = resolve)))
    health.lose()
    expect(page.reloads).toBe(0)
    said('saved')
    expect([await saying, page.reloads]).toEqual(['saved', 1])
  })
  it('asks for a person after three pages in ten minutes, and says that the page has begun anew', () => {
    const { health, page, changes, words } = keeperOf('999000 999500 999900')
    expect(words()).toEqual(['page-reloaded 3'])
    health.lose()
    expect([page.reloads, changes]).toEqual([0, [{ needsService: true }]])
  })
  it('notices what was lost before it was there', () => {
    const health = new StorageHealth()
    health.lose()
    const { page, waiting } = keeperOf(null, health)
    for (const { delayMs, task } of waiting) if (delayMs === 0) task()
    expect(page.reloads).toBe(1)
  })
})

describe('the watch over the storage', () => {
  it('begins ten seconds after the screen, or at once when the storage froze', async () => {
    const { keeper, health, waiting, changes } = keeperOf()
    expect(waiting.map(({ delayMs }) => delayMs)).toEqual([10_000])
    expect(keeper.state).toMatchObject({ frozen: false, lowSpace: null, triedAt: null })
    const thawed = new Promise<void>((resolve) => health.onChange((frozen) => !frozen && resolve()))
    health.freeze()
    await thawed
    expect(changes).toContainEqual({ lowSpace: true })
    expect(keeper.state).toMatchObject({ triedAt: 5 })
  })
  it('is closed with the page', () => {
    const { keeper, health, page } = keeperOf()
    keeper.close()
    health.lose()
    expect(page.reloads).toBe(0)
  })
})

/** Pages of one origin: what one says, all others hear. */
const origin = () => {
  const said: string[] = []
  const listeners: { readonly by: number; readonly hear: (word: string) => void }[] = []
  const page = (by: number): PageWords => ({
    say: (word) => {
      said.push(`${by}: ${word}`)
      for (const one of listeners.filter((other) => other.by !== by)) one.hear(word)
    },
    onWord: (hear) => void listeners.push({ by, hear }),
    close: () => undefined,
  })
  return { page, said }
}

describe('two pages of one full disk', () => {
  it('freeze together, and the one that was told leaves the search for room to the other', () => {
    const { page } = origin()
    const [first, second] = [keeperOf(null, new StorageHealth(), page(1)), keeperOf(null, new StorageHealth(), page(2))]
    first.health.freeze()
    expect([second.health.frozen, second.health.told, first.health.told]).toEqual([true, true, false])
    expect(second.waiting.map(({ delayMs }) => delayMs)).toEqual([10_000])
  })
  it('the one that was told looks for itself once the other has found room', async () => {
    const { page } = origin()
    const [first, second] = [keeperOf(null, new StorageHealth(), page(1)), keeperOf(null, new StorageHealth(), page(2))]
    await Promise.all(second.waiting.map(({ task }) => task()))
    const thawed = new Promise<void>((resolve) => second.health.onChange((frozen) => !frozen && resolve()))
    first.health.freeze()
    await thawed
    expect([first.health.frozen, second.health.frozen]).toEqual([false, false])
  })
  it('a page that begins later asks, and hears it', () => {
    const { page, said } = origin()
    const first = keeperOf(null, new StorageHealth(), page(1))
    first.health.freeze()
    const second = keeperOf(null, new StorageHealth(), page(2))
    expect(second.health.frozen).toBe(true)
    expect(said.slice(1)).toEqual(['1: storage frozen', '2: storage frozen?', '1: storage frozen'])
  })
})
