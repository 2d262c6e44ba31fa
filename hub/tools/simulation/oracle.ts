/** What must be true of the fleet, told by other means than the code under test uses: a ledger of what shoppers saw confirmed, against what the hub's log and the disks hold. */
import { releaseHash } from '#shared/sync/release-hash.ts'
import { MAX_ROUND_TRIP_MS } from '#shared/sync/hub-clock.ts'
import { headOf, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import type { SimulatedHub } from './simulated-hub.ts'
import type { SimulatedTab } from './simulated-tab.ts'

export class Violation extends Error {}

/** Half of the longest way there and back from which a device still learns the time. */
const TIME_ERROR_MS = MAX_ROUND_TRIP_MS / 2 + 1

export class Oracle {
  readonly confirmed = new Set<string>()
  /** Confirmed, but the only storage that held them was destroyed: declared, not lost. */
  readonly destroyed = new Set<string>()
  /** Every head that the hub has signed, as it signed it. */
  readonly published = new Set<string>()
  readonly #seen = new WeakSet<Release>()

  /** I1: a confirmed event is on the hub or on a disk. */
  checkNothingLost(hub: SimulatedHub, disks: readonly SimulatedDisk[]): void {
    const onDisks = new Set(disks.flatMap((disk) => disk.image.rows.map((row) => row.id as string)))
    for (const id of this.confirmed)
      if (!hub.kept.has(id) && !onDisks.has(id) && !hub.erased.has(id) && !this.destroyed.has(id)) throw new Violation(`I1 confirmed event ${id} is nowhere`)
  }

  /** I2: no id twice; and what was erased has not come back. */
  checkNothingTwice(hub: SimulatedHub): void {
    const twice = hub.keptTwice[0]
    if (twice) throw new Violation(`I2 event ${twice.id} is stored twice`)
    for (const id of hub.erased) if (hub.kept.has(id)) throw new Violation(`I2 erased event ${id} came back`)
  }

  /** I3: what was stored of one epoch was stored in its order. */
  checkOrder(hub: SimulatedHub): void {
    const last = new Map<string, number>()
    for (const { dev, ep, seq, id } of hub.kept.values()) {
      const stream = `${dev}/${ep}`
      if (seq <= (last.get(stream) ?? 0)) throw new Violation(`I3 event ${id} out of order`)
      last.set(stream, seq)
    }
  }

  /** I5: what a device shows is one whole release that was published. */
  checkReplica(disk: SimulatedDisk): void {
    const { active } = disk.image
    if (!active || this.#seen.has(active)) return
    if (!this.published.has(JSON.stringify(headOf(active))) || releaseHash(active.items) !== active.hash) throw new Violation(`I5 a replica shows a set that was never published (${active.hash.slice(0, 8)})`)
    this.#seen.add(active)
  }

  /** I9: nobody shows a release before its time. I10: who knows the time shows it when it has come. */
  checkTime(machine: string, disk: SimulatedDisk, tabs: readonly SimulatedTab[], now: number): void {
    const { active, pending } = disk.image
    if (active && active.activeFrom > now + TIME_ERROR_MS) throw new Violation(`I9 ${machine} shows release ${active.rev} ${active.activeFrom - now} ms before its time`)
    const late = pending.find(({ activeFrom }) => activeFrom < now - TIME_ERROR_MS)
    if (late && tabs.some(({ clock }) => clock.verified)) throw new Violation(`I10 ${machine} knows the time and does not show release ${late.rev}, due for ${now - late.activeFrom} ms`)
  }

  /** I11: at its instant, and with no word from the hub, everybody shows it. */
  checkSwitched(machine: string, disk: SimulatedDisk, due: ReleaseHead): void {
    const { active } = disk.image
    if (active?.hash !== due.hash) throw new Violation(`I11 ${machine} shows release ${active?.rev ?? 0} when ${due.rev} is due`)
  }

  /** I6: what is acknowledged is durable. */
  checkAcked(hub: SimulatedHub, ids: readonly string[], durable: boolean): void {
    const missing = ids.find((id) => !hub.kept.has(id) && !hub.erased.has(id))
    if (missing || !durable) throw new Violation(`I6 acknowledged without being on disk: ${missing ?? ids[0]}`)
  }

  /** I1, I4, I7, I8 when the storm is over. */
  checkHealed(hub: SimulatedHub, disks: readonly SimulatedDisk[]): void {
    for (const id of this.confirmed)
      if (!hub.kept.has(id) && !hub.erased.has(id) && !this.destroyed.has(id)) throw new Violation(`I1 confirmed event ${id} never reached the hub`)
    for (const { image } of disks) {
      if (image.active?.hash !== hub.release?.hash) throw new Violation('I4 a replica is not the active release after healing')
      if (image.pending.map(({ hash }) => hash).join() !== hub.upcoming.map(({ hash }) => hash).join()) throw new Violation('I4 a replica lacks a release that waits')
      if (image.state && image.state.next - 1 > image.state.ack) throw new Violation(`I7 ${image.state.next - 1 - image.state.ack} events still queued after healing`)
    }
    for (const { kind, v, id } of hub.kept.values()) if (kind === 'parked' && v <= hub.version) throw new Violation(`I8 event ${id} is parked on a hub that knows it`)
  }
}
