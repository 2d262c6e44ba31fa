/** Keeps the second copy of what waits, and after the loss of the database brings back from it what was thanked for, and who this device is. */
import type { Json } from '#shared/kernel/json.ts'
import type { OutboxMakers } from '#shared/sync/outbox.ts'
import { refillOutbox, unconfirmedRows } from '#shared/sync/refill-outbox.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import { SecondCopy, type CopyState, type JournalPort } from '../store/second-copy.ts'
import type { StorageHealth } from '../store/storage-health.ts'
import type { DeviceLog } from './device-log.ts'
import type { Paired } from './pair-device.ts'
import { keptIdentity, pairAgain } from './pair-again.ts'
import type { Surroundings } from './surroundings.ts'

/** A file that could not be laid is tried again; room does not come within a blink. */
const OPEN_AGAIN_MS = 600_000
/** The hub may still take the page before for this one. */
const ASK_AGAIN_MS = 5000

export type CopyParts = {
  readonly around: Pick<Surroundings, 'after' | 'fetch' | 'subtle' | 'journal'>
  readonly app: string
  readonly outbox: OutboxStore
  readonly health: StorageHealth
  readonly makers: OutboxMakers
  readonly log: DeviceLog
  paired(): Paired | null
  /** This device is somebody again. */
  adopt(paired: Paired): Promise<void>
  /** Something waits that did not before. */
  refilled(): void
}

export class CopyKeeper {
  readonly #parts: CopyParts
  #port: JournalPort | null = null
  #copy: SecondCopy | null = null
  #stopWaiting: () => void = () => undefined
  #filling = false
  #closed = false

  constructor(parts: CopyParts) {
    this.#parts = parts
    parts.health.onChange((frozen) => !frozen && void this.#fill())
    void this.#open()
  }

  /** Null: there is none here, or not yet. */
  get state(): CopyState | null {
    return this.#copy?.state ?? null
  }

  /** Another identity than before. */
  paired(): void {
    void this.#keepIdentity()
  }

  close(): void {
    this.#closed = true
    this.#stopWaiting()
  }

  async #open(): Promise<void> {
    const { around, app, log } = this.#parts
    this.#port ??= await around.journal().catch(() => null)
    if (!this.#port || this.#closed) return
    const copy = await SecondCopy.open(this.#port, app).catch(() => null)
    if (this.#closed) return
    if (!copy) {
      log.note('copy-missing')
      this.#stopWaiting = around.after(OPEN_AGAIN_MS, () => void this.#open())
      return
    }
    this.#copy = copy
    await this.#fill()
  }

  /** Once, as soon as the database takes writes: first what it lacks, then from now on both. */
  async #fill(): Promise<void> {
    const { outbox, health, makers, log, refilled } = this.#parts
    const copy = this.#copy
    if (!copy || health.frozen || this.#filling || outbox.secondCopy) return
    this.#filling = true
    const back = await outbox.run(refillOutbox(copy.found, makers))
    this.#filling = false
    if (!back.ok) return
    outbox.secondCopy = copy
    if (back.value > 0) {
      log.note('copy-used', `${back.value}`)
      refilled()
    }
    const waiting = await outbox.run(unconfirmedRows)
    if (waiting.ok) await copy.agree(waiting.value ?? [])
    await this.#findIdentity(copy)
  }

  async #findIdentity(copy: SecondCopy): Promise<void> {
    if (this.#closed) return
    const { around, outbox, paired, adopt } = this.#parts
    if (paired()) return this.#keepIdentity()
    // The page began while the database could not even be read.
    const stored = (await outbox.readMeta('identity').catch(() => undefined)) as Paired | undefined
    if (stored) return adopt(stored)
    if (copy.identity === null) return
    const again = await pairAgain(copy.identity, around)
    if (paired() || this.#closed || again === 'refused') return
    if (again !== 'later') return adopt(again)
    this.#stopWaiting = around.after(ASK_AGAIN_MS, () => void this.#findIdentity(copy))
  }

  async #keepIdentity(): Promise<void> {
    const paired = this.#parts.paired()
    const identity: Json | null = paired && keptIdentity(paired)
    if (identity !== null) await this.#copy?.keepIdentity(identity)
  }
}
