/** A device's storage as a simulated disk: one transaction at a time, copied as an image, full at times, and, if somebody forgot to ask for strict durability, without its last transactions after a power cut. */
import type { OutboxChange, OutboxRow, OutboxState, OutboxStep } from '#shared/sync/outbox.ts'
import type { Coverage } from './coverage.ts'
import { NO_KNOWN_TIME, type KnownTime } from '#shared/sync/hub-clock.ts'
import { isSameHead, type Release } from '#shared/sync/release.ts'
import type { Publisher } from '#shared/sync/release-signature.ts'

export type DiskImage = {
  readonly state: OutboxState | null
  readonly rows: readonly OutboxRow[]
  readonly active: Release | null
  /** Releases that wait for their time. */
  readonly pending: readonly Release[]
  readonly publisher: Publisher | null
  /** The hub's time as this device last knew it. */
  readonly time: KnownTime
  /** The oracle's own note: events that were removed here because the hub has them. */
  readonly forgotten: readonly string[]
}

export const EMPTY_DISK: DiskImage = { state: null, rows: [], active: null, pending: [], publisher: null, time: NO_KNOWN_TIME, forgotten: [] }
/** Transactions a relaxed disk has not yet written when the power goes. */
const UNWRITTEN = 3

export class SimulatedDisk {
  state: OutboxState | null = null
  rows: OutboxRow[] = []
  active: Release | null = null
  pending: readonly Release[] = []
  publisher: Publisher | null = null
  time: KnownTime = NO_KNOWN_TIME
  forgotten: string[] = []
  /** There is no room: a write is refused. */
  full = false
  /** Since it is full it has refused something; to remove a row now takes everything else with it, as browsers were seen to do. */
  refused = false
  /** Ids that left this disk since the oracle last looked. */
  readonly removed: string[] = []
  readonly #coverage: Coverage
  readonly #relaxed: boolean
  #older: DiskImage[] = []

  constructor(image: DiskImage, coverage: Coverage, relaxed: boolean) {
    this.#coverage = coverage
    this.#relaxed = relaxed
    this.#put(image)
  }

  get image(): DiskImage {
    const { state, rows, active, pending, publisher, time, forgotten } = this
    return { state, rows: [...rows], active, pending, publisher, time, forgotten: [...forgotten] }
  }

  /** What one transaction would change, and its result; nothing is written. `state` differs from the stored one only while nothing can be written. */
  prepare<T>(step: OutboxStep<T>, state = this.state): { readonly change: OutboxChange | null; readonly result: T } {
    return step.decide(state, this.rowsFor(step, state))
  }

  rowsFor(step: OutboxStep<unknown>, state: OutboxState | null): readonly OutboxRow[] {
    const range = state && step.need(state)
    if (!range) return []
    const first = this.rows[0]?.seq ?? 1
    const from = Math.max(0, range.from - first)
    return this.rows.slice(from, Math.max(0, Math.min(range.to - first + 1, from + range.limit)))
  }

  /** False if there is no room, and then nothing was written. */
  commit({ deleteUpTo, put, state }: OutboxChange): boolean {
    if (!this.#takes(deleteUpTo !== undefined)) return false
    this.#beforeWrite()
    this.state = state
    if (deleteUpTo !== undefined) {
      const first = this.rows[0]?.seq ?? 1
      const gone = this.rows.splice(0, Math.max(0, deleteUpTo - first + 1))
      const back = put && put.length > 0 && gone.length > 0 ? new Set(put.map(({ id }) => id)) : null
      for (const { id } of gone)
        if (!back?.has(id)) {
          this.removed.push(id)
          this.forgotten.push(id)
          this.#coverage.add('event safe and removed from its device')
        }
    }
    if (put) this.rows.push(...put)
    return true
  }

  activate(release: Release, pending = this.pending): boolean {
    if (!this.#takes(false)) return false
    this.#beforeWrite()
    this.active = release
    this.pending = pending.filter((one) => !isSameHead(one, release))
    return true
  }

  plan(pending: readonly Release[]): boolean {
    if (!this.#takes(false)) return false
    this.#beforeWrite()
    this.pending = pending
    return true
  }

  /** Small notes of which only the last counts. */
  note(known: { readonly publisher?: Publisher | null; readonly time?: KnownTime }): void {
    if (this.full) return
    if (known.publisher !== undefined) this.publisher = known.publisher
    if (known.time) this.time = known.time
  }

  replace(image: DiskImage): void {
    this.removed.push(...this.rows.map(({ id }) => id))
    this.#put(image)
  }

  /** The power went with the last transactions unwritten. */
  loseUnwritten(): void {
    const older = this.#older[0]
    if (older) this.replace(older)
  }

  #put(image: DiskImage): void {
    this.#older = []
    Object.assign(this, image)
    this.rows = [...image.rows]
    this.forgotten = [...image.forgotten]
    this.refused = false
  }

  #takes(removes: boolean): boolean {
    if (!this.full) return true
    if (this.refused && removes) {
      this.replace(EMPTY_DISK)
      this.#coverage.add('disk wiped by a removal while it was full')
    }
    this.refused = true
    return false
  }

  #beforeWrite(): void {
    if (this.#relaxed) this.#older = [...this.#older, this.image].slice(-UNWRITTEN)
  }
}
