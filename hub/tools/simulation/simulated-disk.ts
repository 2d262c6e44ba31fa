/** A device's storage as a simulated disk: one transaction at a time, copied as an image, and, if somebody forgot to ask for strict durability, without its last transactions after a power cut. */
import type { OutboxChange, OutboxRow, OutboxState, OutboxStep } from '#shared/sync/outbox.ts'
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
}

export const EMPTY_DISK: DiskImage = { state: null, rows: [], active: null, pending: [], publisher: null, time: NO_KNOWN_TIME }
/** Transactions a relaxed disk has not yet written when the power goes. */
const UNWRITTEN = 3

export class SimulatedDisk {
  image: DiskImage
  #older: DiskImage[] = []

  constructor(image: DiskImage) {
    this.image = image
  }

  /** What one transaction would change, and its result; nothing is written. */
  prepare<T>(step: OutboxStep<T>): { readonly change: OutboxChange | null; readonly result: T } {
    const { state, rows } = this.image
    const range = state && step.need(state)
    return step.decide(state, range ? rowsIn(rows, range.from, range.to).slice(0, range.limit) : [])
  }

  commit(change: OutboxChange): void {
    const { deleteUpTo, put, state } = change
    const kept = deleteUpTo === undefined ? this.image.rows : this.image.rows.filter((row) => row.seq > deleteUpTo)
    this.#write({ ...this.image, state, rows: put ? [...kept, ...put] : kept })
  }

  activate(release: Release, pending = this.image.pending): void {
    this.#write({ ...this.image, active: release, pending: pending.filter((one) => !isSameHead(one, release)) })
  }

  plan(pending: readonly Release[]): void {
    this.#write({ ...this.image, pending })
  }

  /** Small notes of which only the last counts. */
  note(known: Partial<Pick<DiskImage, 'publisher' | 'time'>>): void {
    this.image = { ...this.image, ...known }
  }

  replace(image: DiskImage): void {
    this.#older = []
    this.image = image
  }

  /** The power went with the last transactions unwritten. */
  loseUnwritten(): void {
    this.image = this.#older[0] ?? this.image
    this.#older = []
  }

  #write(image: DiskImage): void {
    this.#older = [...this.#older, this.image].slice(-UNWRITTEN)
    this.image = image
  }
}

const rowsIn = (rows: readonly OutboxRow[], from: number, to: number): readonly OutboxRow[] => {
  const first = rows[0]?.seq ?? 1
  return rows.slice(Math.max(0, from - first), Math.max(0, to - first + 1))
}
