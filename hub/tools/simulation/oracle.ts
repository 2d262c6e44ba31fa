/** What must be true of the fleet after every step, told by other means than the code under test uses: a ledger of what shoppers saw confirmed, against what the hub's log and the disks hold. */
import { releaseHash } from '#shared/sync/release-hash.ts'
import { MAX_ROUND_TRIP_MS } from '#shared/sync/hub-clock.ts'
import { headOf, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import type { SimulatedHub } from './simulated-hub.ts'
import type { SimulatedTab } from './simulated-tab.ts'

export class Violation extends Error {}

/** Half of the longest way there and back from which a device still learns the time. */
const TIME_ERROR_MS = MAX_ROUND_TRIP_MS / 2 + 1

export type Witness = { readonly name: string; readonly dev: string; readonly disk: SimulatedDisk; readonly tabs: readonly SimulatedTab[] }

export class Oracle {
  readonly confirmed = new Set<string>()
  /** Confirmed, but the only storage that held them was destroyed: declared, not lost. */
  readonly destroyed = new Set<string>()
  /** Held by a database that was taken away: its devices must send them again, or say how many they cannot. */
  readonly setAside = new Set<string>()
  /** Nobody is left who could say that these were lost with a database. */
  readonly unwitnessed = new Set<string>()
  /** Every head that the hub has signed, as it signed it. */
  readonly published = new Set<string>()
  readonly #shown = new WeakSet<Release>()
  /** The hub's log as far as it was read. */
  #db: SimulatedDatabase | null = null
  #generation = -1
  #run = -1
  #read = 0
  #ids = new Set<string>()
  #last = new Map<string, number>()

  /** I1, I2, I3, I8: after every step. */
  watch(hub: SimulatedHub, disks: readonly SimulatedDisk[]): void {
    const isNew = this.#db !== hub.db || this.#generation !== hub.db.generation
    if (isNew) this.#forget(hub.db)
    this.#readLog(hub)
    for (const id of hub.erased) if (hub.kept.has(id)) throw new Violation(`I2 erased event ${id} came back`)
    if (isNew || this.#run !== hub.run) {
      this.#run = hub.run
      this.checkParked(hub)
      this.checkNothingLost(hub, disks)
      for (const disk of disks) disk.removed.length = 0
    } else for (const disk of disks) for (const id of disk.removed.splice(0)) if (this.confirmed.has(id) && !this.#isSomewhere(id, hub, disks)) throw new Violation(`I1 confirmed event ${id} is nowhere`)
  }

  /** I1: a confirmed event is on the hub or on a disk. */
  checkNothingLost(hub: SimulatedHub, disks: readonly SimulatedDisk[]): void {
    const onDisks = new Set(disks.flatMap(({ rows }) => rows.map((row) => row.id as string)))
    for (const id of this.confirmed) if (!hub.kept.has(id) && !onDisks.has(id) && !this.#isSomewhere(id, hub, [])) throw new Violation(`I1 confirmed event ${id} is nowhere`)
  }

  #isSomewhere(id: string, hub: SimulatedHub, disks: readonly SimulatedDisk[]): boolean {
    return hub.kept.has(id) || hub.erased.has(id) || this.destroyed.has(id) || this.setAside.has(id) || disks.some(({ rows }) => rows.some((row) => row.id === id))
  }

  #forget(db: SimulatedDatabase): void {
    this.#db = db
    this.#generation = db.generation
    this.#read = 0
    this.#ids = new Set()
    this.#last = new Map()
  }

  /** I2: no id twice. I3: what was stored of one epoch was stored in its order. */
  #readLog({ db, build, run, up }: SimulatedHub): void {
    for (; this.#read < db.log.length; this.#read++) {
      const entry = db.log[this.#read]!
      if (entry.type !== 'kept') continue
      const { id, dev, ep, seq, kind, v } = entry.kept
      if (this.#ids.has(id)) throw new Violation(`I2 event ${id} is stored twice`)
      this.#ids.add(id)
      const stream = `${dev}/${ep}`
      if (seq <= (this.#last.get(stream) ?? 0)) throw new Violation(`I3 event ${id} out of order`)
      this.#last.set(stream, seq)
      if (kind === 'parked' && up && this.#run === run && v <= build && db.kept.get(id)?.kind === 'parked') throw new Violation(`I8 event ${id} is parked on a hub that knows it`)
    }
  }

  /** I8: a hub has understood all that it can. */
  checkParked({ up, build, kept }: SimulatedHub): void {
    if (up) for (const { kind, v, id } of kept.values()) if (kind === 'parked' && v <= build) throw new Violation(`I8 event ${id} is parked on a hub that knows it`)
  }

  /** I5: what a device shows is one whole release that was published. */
  checkReplica({ active }: SimulatedDisk): void {
    if (!active || this.#shown.has(active)) return
    if (!this.published.has(JSON.stringify(headOf(active))) || releaseHash(active.items) !== active.hash) throw new Violation(`I5 a replica shows a set that was never published (${active.hash.slice(0, 8)})`)
    this.#shown.add(active)
  }

  /** T1: nobody shows a release before its time. T2: who knows the time, and can write, shows it when it has come. */
  checkTime(machine: string, disk: SimulatedDisk, tabs: readonly SimulatedTab[], now: number): void {
    const { active, pending, full } = disk
    if (active && active.activeFrom > now + TIME_ERROR_MS) throw new Violation(`T1 ${machine} shows release ${active.rev} ${active.activeFrom - now} ms before its time`)
    if (pending.length === 0 || full) return
    const late = pending.find(({ activeFrom }) => activeFrom < now - TIME_ERROR_MS)
    if (late && tabs.some(({ clock, storage }) => clock.verified && !storage.frozen)) throw new Violation(`T2 ${machine} knows the time and does not show release ${late.rev}, due for ${now - late.activeFrom} ms`)
  }

  /** T3: at its instant, and with no word from the hub, everybody shows it. */
  checkSwitched(machine: string, { active }: SimulatedDisk, due: ReleaseHead): void {
    if (active?.hash !== due.hash) throw new Violation(`T3 ${machine} shows release ${active?.rev ?? 0} when ${due.rev} is due`)
  }

  /** I6: what is acknowledged is durable. */
  checkAcked(hub: SimulatedHub, ids: readonly string[], durable: boolean): void {
    const missing = ids.find((id) => !hub.kept.has(id) && !hub.erased.has(id))
    if (missing !== undefined || !durable) throw new Violation(`I6 acknowledged without being on disk: ${missing ?? ids[0]}`)
  }

  /** I6 as the device sees it: what it calls safe with the hub is there, in the run of the hub that it has greeted. */
  checkBelieved(hub: SimulatedHub, ids: readonly string[]): void {
    const missing = ids.find((id) => !hub.kept.has(id) && !hub.erased.has(id))
    if (missing !== undefined) throw new Violation(`I6 a device takes ${missing} for confirmed, and the hub it talks to does not have it`)
  }

  /** I1, I4, I7, I8 when the storm is over. */
  checkHealed(hub: SimulatedHub, witnesses: readonly Witness[]): void {
    this.checkParked(hub)
    const missing = new Set([...this.confirmed].filter((id) => !hub.kept.has(id) && !hub.erased.has(id) && !this.destroyed.has(id)))
    if (missing.size > 0) this.#checkDeclared(hub, missing, witnesses)
    for (const { name, disk, tabs } of witnesses) {
      const { active, pending } = disk
      if (active?.hash !== hub.release?.hash) throw new Violation('I4 a replica is not the active release after healing')
      if (pending.map(({ hash }) => hash).join() !== hub.upcoming.map(({ hash }) => hash).join()) throw new Violation('I4 a replica lacks a release that waits')
      // Of two pages one may know alone what it could not write while the disk was full.
      const queued = Math.min(...tabs.map((tab) => tab.queued))
      if (queued !== 0) throw new Violation(`I7 ${name} has ${queued} events queued after healing`)
    }
  }

  /** I1: what a lost database took with it was gone from its device for good reason, and the device has said how much it was. */
  #checkDeclared(hub: SimulatedHub, missing: ReadonlySet<string>, witnesses: readonly Witness[]): void {
    const forgotten = new Set(witnesses.flatMap(({ disk }) => disk.forgotten))
    for (const id of missing) if (!this.setAside.has(id) || !(forgotten.has(id) || this.unwitnessed.has(id))) throw new Violation(`I1 confirmed event ${id} never reached the hub`)
    const declared = new Map<string, number>()
    for (const { dev, t, p } of hub.kept.values()) {
      if (t !== 'loss.declared') continue
      const { from, to } = p as { readonly from: number; readonly to: number }
      declared.set(dev, (declared.get(dev) ?? 0) + to - from + 1)
    }
    for (const { dev, disk } of witnesses) {
      const lost = disk.forgotten.filter((id) => missing.has(id)).length
      if (lost > (declared.get(dev) ?? 0)) throw new Violation(`I1 ${lost} events went with a database, and their device declares ${declared.get(dev) ?? 0}`)
    }
  }
}
