import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStores, type Stores } from '#kiosk/lib/store/open-stores.ts'
import { OFFLINE_LOCK_MS, OFFLINE_TRIES, OfflineSignIn, type OfflinePerson } from '#kiosk/lib/sync/offline-sign-in.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { PersonTile } from '#shared/protocol/people.ts'
import { IDBKeyRange } from 'fake-indexeddb'
import { newDisk, type Disk } from '../../node-surroundings.ts'

const ANA: OfflinePerson = { id: 'aaaaaaaaaaaaaaaa' as PersonId, name: 'Ana', role: 'staff', kind: 'pin', rev: 3 }
const BEN: OfflinePerson = { id: 'bbbbbbbbbbbbbbbb' as PersonId, name: 'Ben', role: 'staff', kind: 'pin', rev: 1 }
const MINUTE = 60_000
const DAY = 86_400_000
const BEGAN = Date.UTC(2026, 10, 24, 8)
/** As the hub lists them. */
const tileOf = ({ id, name, role, rev }: OfflinePerson): PersonTile => ({ id, name, role, pinRev: rev, passwordRev: 1 })

/** A tablet whose clocks stand in the test's hands; its disk outlives every page. */
class Tablet {
  readonly disk: Disk = newDisk()
  #mono = 0
  #hub = BEGAN
  verified = true
  /** How many secrets were really compared. */
  judged = 0
  /** Called instead of computing, in a page that dies meanwhile. */
  dies: (() => void) | null = null
  stores: Stores = this.#open()
  page = this.#load()

  #open(): Stores {
    return openStores('staff', { indexedDB: this.disk, IDBKeyRange })
  }

  #load(): OfflineSignIn {
    const began = this.#mono
    const { outbox } = this.stores
    return new OfflineSignIn({
      kept: { read: (name) => outbox.readMeta(name), update: async (name, decide) => (await outbox.updateMeta(name, decide)).ok },
      subtle: this.#subtle(),
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      mono: () => this.#mono - began,
      now: () => ({ at: this.#hub, verified: this.verified }),
      rounds: 1,
    })
  }

  #subtle(): SubtleCrypto {
    const { subtle } = crypto
    return Object.assign(Object.create(subtle) as SubtleCrypto, {
      importKey: subtle.importKey.bind(subtle),
      generateKey: subtle.generateKey.bind(subtle),
      sign: subtle.sign.bind(subtle),
      deriveBits: async (...asked: Parameters<SubtleCrypto['deriveBits']>) => {
        if (!this.dies) return subtle.deriveBits(...asked)
        this.dies()
        return new Promise<never>(() => undefined)
      },
      verify: (...asked: Parameters<SubtleCrypto['verify']>) => {
        this.judged += 1
        return subtle.verify(...asked)
      },
    })
  }

  reload(): void {
    this.stores.close()
    this.stores = this.#open()
    this.page = this.#load()
  }

  secondPage(): OfflineSignIn {
    return this.#load()
  }

  pass(ms: number): void {
    this.#mono += ms
    this.#hub += ms
  }

  /** Somebody sets the device's clock; no page sees time pass. */
  setClock(ms: number): void {
    this.#hub += ms
  }

  async wrong(times: number, id: PersonId = ANA.id): Promise<readonly string[]> {
    const said: string[] = []
    for (let i = 0; i < times; i++) {
      const answer = await this.page.check(id, '999999')
      said.push(answer.type === 'wrong' ? `wrong ${answer.left}` : answer.type)
    }
    return said
  }
}

const tabletOf = async (...people: readonly OfflinePerson[]): Promise<Tablet> => {
  const tablet = new Tablet()
  for (const person of people) await tablet.page.remember(person, '137946', BEGAN + 365 * DAY)
  tablet.verified = false
  return tablet
}

describe('without the hub a tablet lets in', () => {
  it('whoever proved the same PIN to the hub on this device', async () => {
    const tablet = await tabletOf(ANA)
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'right', person: ANA })
    expect(await tablet.page.list()).toEqual([ANA])
  })
  it('nobody who never signed in here', async () => {
    const tablet = await tabletOf(ANA)
    expect(await tablet.page.check(BEN.id, '137946')).toEqual({ type: 'unknown' })
  })
  it('the same after a cold start', async () => {
    const tablet = await tabletOf(ANA)
    tablet.reload()
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'right', person: ANA })
  })
  it('nobody with the PIN of somebody else', async () => {
    const tablet = new Tablet()
    await tablet.page.remember(ANA, '137946', BEGAN + 365 * DAY)
    await tablet.page.remember(BEN, '286435', BEGAN + 365 * DAY)
    expect(await tablet.page.check(BEN.id, '137946')).toEqual({ type: 'wrong', left: 4 })
  })
  it('nobody any more whom the hub has taken off its list, or given another PIN', async () => {
    const tablet = await tabletOf(ANA, BEN)
    await tablet.page.agree([{ ...tileOf(BEN), pinRev: 2 }])
    expect(await tablet.page.list()).toEqual([])
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'unknown' })
    expect(await tablet.page.check(BEN.id, '137946')).toEqual({ type: 'unknown' })
  })
  it('nobody after the time that the hub gave', async () => {
    const tablet = new Tablet()
    await tablet.page.remember(ANA, '137946', BEGAN + 7 * DAY)
    tablet.pass(7 * DAY - 1)
    expect((await tablet.page.check(ANA.id, '137946')).type).toBe('right')
    tablet.pass(1)
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'unknown' })
    expect(await tablet.page.list()).toEqual([])
  })
  it('under the name and role that the hub said last', async () => {
    const tablet = await tabletOf(ANA)
    await tablet.page.agree([{ ...tileOf(ANA), name: 'Ana B.', role: 'manager' }])
    expect(await tablet.page.check(ANA.id, '137946')).toMatchObject({ person: { name: 'Ana B.', role: 'manager' } })
  })
})

describe('after five wrong PINs', () => {
  it('even the right one waits for fifteen minutes', async () => {
    const tablet = await tabletOf(ANA)
    expect(await tablet.wrong(5)).toEqual(['wrong 4', 'wrong 3', 'wrong 2', 'wrong 1', 'locked'])
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'locked', forMs: 15 * MINUTE })
    tablet.pass(14 * MINUTE)
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'locked', forMs: MINUTE })
    tablet.pass(MINUTE)
    expect((await tablet.page.check(ANA.id, '137946')).type).toBe('right')
  })
  it('others still come in', async () => {
    const tablet = await tabletOf(ANA, BEN)
    await tablet.wrong(5)
    expect((await tablet.page.check(BEN.id, '137946')).type).toBe('right')
  })
  it('a reload changes nothing, and takes back no more than the time since the last note', async () => {
    const tablet = await tabletOf(ANA)
    await tablet.wrong(5)
    tablet.pass(10 * MINUTE)
    await tablet.page.lockedForMs(ANA.id)
    tablet.pass(10_000)
    await tablet.page.lockedForMs(ANA.id)
    tablet.reload()
    expect(await tablet.page.lockedForMs(ANA.id)).toBe(5 * MINUTE)
  })
  it('neither does the device\'s clock, in either direction', async () => {
    const tablet = await tabletOf(ANA)
    await tablet.wrong(5)
    for (const jump of [86_400_000, -2 * 86_400_000, 5 * 86_400_000]) {
      tablet.setClock(jump)
      tablet.reload()
      expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'locked', forMs: 15 * MINUTE })
    }
  })
  it('the hub\'s own clock counts also while no page was open', async () => {
    const tablet = new Tablet()
    await tablet.page.remember(ANA, '137946', BEGAN + 365 * DAY)
    await tablet.wrong(5)
    tablet.stores.close()
    tablet.setClock(15 * MINUTE)
    tablet.reload()
    expect((await tablet.page.check(ANA.id, '137946')).type).toBe('right')
  })
  it('two pages do not count twice as fast', async () => {
    const tablet = await tabletOf(ANA)
    await tablet.wrong(5)
    const second = tablet.secondPage()
    for (let minute = 0; minute < 10; minute++) {
      tablet.pass(MINUTE)
      await second.lockedForMs(ANA.id)
      await tablet.page.lockedForMs(ANA.id)
    }
    expect(await tablet.page.lockedForMs(ANA.id)).toBeGreaterThanOrEqual(5 * MINUTE)
  })
  it('clearing the database of documents changes nothing, clearing that of the outbox leaves nothing to check', async () => {
    const tablet = await tabletOf(ANA)
    await tablet.wrong(5)
    tablet.stores.close()
    await erase(tablet.disk, 'einklang-staff-replica')
    tablet.reload()
    expect((await tablet.page.check(ANA.id, '137946')).type).toBe('locked')
    tablet.stores.close()
    await erase(tablet.disk, 'einklang-staff-outbox')
    tablet.reload()
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'unknown' })
  })
  it('a right one before the fifth forgives the others', async () => {
    const tablet = await tabletOf(ANA)
    await tablet.wrong(4)
    expect((await tablet.page.check(ANA.id, '137946')).type).toBe('right')
    expect(await tablet.wrong(1)).toEqual(['wrong 4'])
  })
})

describe('a try', () => {
  it('is on the disk before it is judged: a page that dies while it computes has used it up', async () => {
    const tablet = await tabletOf(ANA)
    for (let i = 0; i < 5; i++) {
      await new Promise<void>((resolve) => {
        tablet.dies = resolve
        void tablet.page.check(ANA.id, '999999')
      })
      tablet.reload()
    }
    tablet.dies = null
    expect((await tablet.page.check(ANA.id, '137946')).type).toBe('locked')
  })
  it('is not judged at all where it cannot be written down', async () => {
    const tablet = await tabletOf(ANA)
    tablet.stores.health.freeze()
    expect(await tablet.page.check(ANA.id, '137946')).toEqual({ type: 'unsaved' })
  })
  it('in whatever order, with whatever reloads and clocks: never more than five wrong ones in fifteen minutes that a page saw', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constant({ type: 'try' } as const) },
      { weight: 1, arbitrary: fc.constant({ type: 'reload' } as const) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('clock' as const), ms: fc.integer({ min: -MINUTE * 60, max: MINUTE * 60 }) }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 5 * MINUTE }) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const tablet = await tabletOf(ANA)
        const judged: number[] = []
        let seen = 0
        for (const step of steps) {
          if (step.type === 'reload') tablet.reload()
          if (step.type === 'clock') tablet.setClock(step.ms)
          if (step.type === 'pass') {
            tablet.pass(step.ms)
            seen += step.ms
            await tablet.page.lockedForMs(ANA.id)
          }
          if (step.type === 'try') {
            const before = tablet.judged
            await tablet.page.check(ANA.id, '999999')
            if (tablet.judged > before) judged.push(seen)
          }
          expect(judged.filter((at) => seen - at < OFFLINE_LOCK_MS).length).toBeLessThanOrEqual(OFFLINE_TRIES)
        }
      }),
      { numRuns: 40 },
    )
  })
})

const erase = (disk: Disk, name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = disk.deleteDatabase(name)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () => reject(request.error))
  })
