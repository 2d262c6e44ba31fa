/** The release a device shows: read before any network, then kept current, believed only with its publisher's signature, switched as a whole, and at its instant by the hub's time. */
import type { DownloadEnd, HeldReleases } from '#shared/sync/download.ts'
import { headOf, isSameHead, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import { byActivation, dueRelease, stillPending, type TrustedTime } from '#shared/sync/release-plan.ts'
import type { RefusedRelease } from '#shared/sync/wire.ts'
import type { ReplicaStore } from '../store/replica-store.ts'

export type KeptRelease = { readonly release: Release; readonly checkedAt: number }

export type KeeperParts = {
  readonly store: ReplicaStore
  time(): TrustedTime
  after(delayMs: number, task: () => void): () => void
  /** Something of what is shown, waits or was refused has changed; `isNew`: other documents are shown. */
  changed(isNew: boolean): void
}

/** A switch that is further away is looked at again: the device's idea of the hub's time may get better. */
const LOOK_AGAIN_MS = 60_000

export class ReleaseKeeper {
  readonly #parts: KeeperParts
  #kept: KeptRelease | null
  #pending: readonly Release[]
  #refused: RefusedRelease | null = null
  #inDoubt = false
  #cancelLook: () => void = () => undefined
  #closed = false

  constructor(parts: KeeperParts, kept: KeptRelease | null, pending: readonly Release[]) {
    this.#parts = parts
    this.#kept = kept
    this.#pending = pending
  }

  get held(): HeldReleases {
    return { active: this.#kept?.release ?? null, pending: this.#pending }
  }

  get kept(): KeptRelease | null {
    return this.#kept
  }

  /** The release that takes over next; null if none waits. */
  get next(): ReleaseHead | null {
    return this.#pending[0] ?? null
  }

  get refused(): RefusedRelease | null {
    return this.#refused
  }

  /** A switch may have come, but without the hub nobody can tell. */
  get inDoubt(): boolean {
    return this.#inDoubt
  }

  /** Whether there is nothing to learn from a hint. */
  has(hash: string): boolean {
    return this.#kept?.release.hash === hash || this.#pending.some((one) => one.hash === hash)
  }

  close(): void {
    this.#closed = true
    this.#cancelLook()
  }

  /** Switches if the time has come, and looks again when the next one does. */
  look(): void {
    this.#cancelLook()
    if (this.#closed) return
    const time = this.#parts.time()
    const { due, inDoubt, nextAt } = dueRelease(this.#pending, time)
    if (due) this.#switchTo(due)
    if (inDoubt !== this.#inDoubt) {
      this.#inDoubt = inDoubt
      this.#parts.changed(false)
    }
    if (nextAt === null) return
    const leftMs = nextAt - (time.verified ? time.at : time.atLeast)
    this.#cancelLook = this.#parts.after(Math.min(Math.max(leftMs, 1), LOOK_AGAIN_MS), () => this.look())
  }

  /** The hub says that this one is in force. Shown even if the storage refuses it: in memory it is whole too, and after a restart the older one is. False if another one took over since `before` was shown. */
  async activate(release: Release, before: Release | null): Promise<boolean> {
    if (this.#kept && before !== this.#kept.release) return false
    const isNew = this.#kept?.release.hash !== release.hash
    const checkedAt = this.#parts.time().at
    this.#pending = this.#pending.filter((one) => !isSameHead(one, release))
    await this.#parts.store.activate(release, checkedAt, this.#pending)
    this.#kept = { release, checkedAt }
    this.#parts.changed(isNew)
    return true
  }

  /** By the hub's time, without its word: how current this is counts from its last word. */
  #switchTo(release: Release): void {
    const isNew = this.#kept?.release.hash !== release.hash
    const checkedAt = this.#kept?.checkedAt ?? release.publishedAt
    this.#pending = stillPending(this.#pending, release)
    this.#kept = { release, checkedAt }
    void this.#parts.store.activate(release, checkedAt, this.#pending)
    this.#parts.changed(isNew)
  }

  /** Stored whole, for later. */
  async keep(release: Release): Promise<void> {
    this.#pending = [...this.#pending.filter((one) => !isSameHead(one, release)), release].toSorted(byActivation)
    await this.#parts.store.keep(release, this.#pending, this.#parts.time().at)
  }

  /** Also one that has switched while the round ran is not brought back. */
  async plan(next: readonly ReleaseHead[]): Promise<void> {
    const shown = this.#kept?.release
    const planned = this.#pending.filter((one) => next.some((head) => isSameHead(head, one)) && !(shown && isSameHead(shown, one)))
    if (planned.length === this.#pending.length && this.#kept) return this.look()
    this.#pending = planned
    await this.#parts.store.plan(planned)
    this.look()
  }

  /** What a round has learnt. */
  async end(end: DownloadEnd): Promise<void> {
    const refused = end.refused ?? (end.type === 'current' ? null : this.#refused)
    const isOther = refused?.hash !== this.#refused?.hash || refused?.why !== this.#refused?.why
    this.#refused = refused
    if (end.type === 'current' && this.#kept) {
      this.#kept = { ...this.#kept, checkedAt: end.hubNow }
      await this.#parts.store.confirm({ head: headOf(this.#kept.release), checkedAt: end.hubNow })
    }
    if (isOther || end.type === 'current') this.#parts.changed(false)
    this.look()
  }
}
