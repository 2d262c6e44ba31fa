import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Laid, Room } from '#kiosk/lib/store/room-files.ts'
import { CANARY, PROBE, RESERVE, StorageGuard, type GuardState } from '#kiosk/lib/store/storage-guard.ts'
import { StorageHealth } from '#kiosk/lib/store/storage-health.ts'

const MIB = 1024 * 1024

/** A disk with so much left for everybody; a file is written beside its old self before it replaces it. */
const diskOf = (freeMib: number) => {
  const files = new Map<string, number>()
  const disk = { freeMib, picturesMib: 1, known: true, wrote: [] as string[], removed: [] as string[], files }
  const lay = async (name: string, bytes: number): Promise<Laid> => {
    disk.wrote.push(name)
    if (!disk.known) return 'unknown'
    if (bytes / MIB > disk.freeMib) return 'full'
    disk.freeMib += (files.get(name) ?? 0) - bytes / MIB
    files.set(name, bytes / MIB)
    return 'laid'
  }
  const remove = async (name: string): Promise<void> => {
    disk.removed.push(name)
    disk.freeMib += files.get(name) ?? 0
    files.delete(name)
  }
  const room: Room = {
    files: { lay, remove, has: async (name) => files.has(name) },
    pictures: {
      drop: async () => {
        const dropped = disk.picturesMib
        disk.freeMib += dropped
        disk.picturesMib = 0
        return dropped * 100
      },
      restore: async () => {
        disk.freeMib -= 1 - disk.picturesMib
        disk.picturesMib = 1
        return true
      },
    },
    promise: async () => ({ persisted: true, usedBytes: 5, quotaBytes: 9 }),
  }
  return Object.assign(disk, { room })
}

const guarded = (freeMib: number) => {
  const disk = diskOf(freeMib)
  const health = new StorageHealth()
  const states: GuardState[] = []
  const waits: number[] = []
  const dropped: number[] = []
  const guard = new StorageGuard({ health, room: disk.room, after: (delayMs) => (waits.push(delayMs), () => undefined), changed: (state) => states.push(state), dropped: (n) => dropped.push(n) })
  return { disk, health, guard, waits, dropped, get state() { return states.at(-1)! } }
}

describe('the storage guard', () => {
  it('lays a reserve of 8 MiB and rewrites 4 MiB every ten minutes; the browser is asked to keep our data', async () => {
    const all = guarded(100)
    await all.guard.look()
    expect([...all.disk.files]).toEqual([[CANARY.name, 4], [RESERVE.name, 8]])
    expect(all.state).toEqual({ lowSpace: false, reserve: true, persisted: true, usedBytes: 5, quotaBytes: 9 })
    all.disk.wrote.length = 0
    await all.guard.look()
    expect([all.disk.wrote, all.waits]).toEqual([[CANARY.name], [600_000, 600_000]])
  })

  it('says that room runs short while the database still has some, and takes it back', async () => {
    const all = guarded(100)
    await all.guard.look()
    all.disk.freeMib = 3
    await all.guard.look()
    expect([all.state.lowSpace, all.state.reserve, all.health.frozen]).toEqual([true, true, false])
    all.disk.freeMib = 30
    await all.guard.look()
    expect([all.state.lowSpace, all.health.frozen]).toEqual([false, false])
  })

  it('gives the reserve up when the storage freezes, and thaws only after 8 MiB could be written', async () => {
    const all = guarded(100)
    await all.guard.look()
    all.disk.freeMib = 0
    const thawed: boolean[] = []
    all.health.onChange((frozen) => !frozen && thawed.push(all.health.onReserve))
    all.health.freeze()
    await all.guard.look()
    expect(thawed, 'whoever hears of it knows that there is only the reserve').toEqual([true])
    expect(all.disk.files.has(RESERVE.name)).toBe(false)
    expect(all.disk.wrote).toContain(PROBE.name)
    expect(all.disk.files.has(PROBE.name)).toBe(false)
    expect([all.health.frozen, all.health.onReserve, all.state.lowSpace, all.state.reserve]).toEqual([false, true, true, false])
    expect(all.waits.at(-1), 'on the reserve it looks every minute').toBe(60_000)
    expect(all.disk.picturesMib, 'pictures were not needed').toBe(1)
  })

  it('freezes before the database meets a full disk a second time, and stays so until there is room', async () => {
    const all = guarded(100)
    await all.guard.look()
    all.disk.freeMib = 0
    all.health.freeze()
    await all.guard.look()
    all.disk.freeMib = 2 // others have written on
    await all.guard.look()
    expect(all.health.frozen).toBe(true)
    await all.guard.look()
    expect([all.health.frozen, all.dropped]).toEqual([true, [100]])
    all.disk.freeMib = 40
    await all.guard.look()
    expect([all.health.frozen, all.health.onReserve, all.state.lowSpace, all.state.reserve]).toEqual([false, false, false, true])
    expect(all.disk.picturesMib, 'and the pictures are back').toBe(1)
  })

  it('drops pictures only if the reserve alone does not help', async () => {
    const all = guarded(100)
    await all.guard.look()
    all.disk.files.delete(RESERVE.name)
    all.disk.freeMib = 7
    all.health.freeze()
    await all.guard.look()
    expect([all.dropped, all.health.frozen]).toEqual([[100], false])
  })

  it('knows after a restart that it lives on the reserve, but not on a new device with a small disk', async () => {
    const old = guarded(3)
    old.disk.files.set(CANARY.name, 4)
    await old.guard.look()
    expect(old.health.frozen).toBe(true)
    const fresh = guarded(3)
    await fresh.guard.look()
    expect([fresh.health.frozen, fresh.state.lowSpace]).toEqual([false, true])
  })

  it('says nothing of a disk it cannot try, and then never thaws by guessing', async () => {
    const all = guarded(100)
    all.disk.known = false
    await all.guard.look()
    expect([all.state.lowSpace, all.state.reserve, all.health.frozen]).toEqual([null, null, false])
    all.health.freeze()
    await all.guard.look()
    expect(all.health.frozen).toBe(true)
  })

  it('is never thawed on a disk with less than 8 MiB, and always in the end on one with 40, whatever happened between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 30 }), fc.boolean()), { maxLength: 12 }), async (days) => {
        const all = guarded(100)
        for (const [freeMib, fails] of days) {
          all.disk.freeMib = freeMib
          const held = all.disk.files.get(RESERVE.name) ?? 0
          if (fails) all.health.freeze()
          const wasFrozen = all.health.frozen
          await all.guard.look()
          if (wasFrozen && !all.health.frozen) expect(freeMib + held + 1).toBeGreaterThanOrEqual(8)
        }
        all.disk.freeMib = 40
        await all.guard.look()
        await all.guard.look()
        expect([all.health.frozen, all.state.lowSpace, all.state.reserve]).toEqual([false, false, true])
      }),
      { numRuns: 50 },
    )
  })
})
