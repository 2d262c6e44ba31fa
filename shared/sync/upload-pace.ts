/** How much of the outbox may be under way at once: little until the hub has answered, then more and more, and less again on a line or a hub that is slow. */
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, MAX_BATCHES_IN_FLIGHT } from './wire.ts'

/** A batch of so many bytes reaches the hub within the time limit of an answer also over a slow line. */
const FIRST_BATCH_BYTES = 64 * 1024
/** Less than any event, of which a batch holds at least one. */
const LEAST_BATCH_BYTES = 128
/** An answer within this time asks for more … */
const SOON_MS = 500
/** … and one after this time is close to the limit. */
const LATE_MS = 2000

export type PaceLimits = { readonly events: number; readonly bytes: number; readonly batches: number }
const LIMITS: PaceLimits = { events: MAX_BATCH_EVENTS, bytes: MAX_BATCH_BYTES, batches: MAX_BATCHES_IN_FLIGHT }

/** One for each page: it outlives the connections. */
export class UploadPace {
  readonly #limits: PaceLimits
  #bytes: number
  #batches = 1

  constructor(limits: PaceLimits = LIMITS) {
    this.#limits = limits
    this.#bytes = Math.min(FIRST_BATCH_BYTES, limits.bytes)
  }

  /** Events of one batch. */
  get events(): number {
    return this.#limits.events
  }

  /** Bytes of one batch, unless it is a single event. */
  get bytes(): number {
    return this.#bytes
  }

  /** Batches that may be without an answer. */
  get batches(): number {
    return this.#batches
  }

  /** A batch was confirmed so long after it was sent. */
  answered(afterMs: number): void {
    if (afterMs > LATE_MS) this.#slowDown(2)
    else if (afterMs <= SOON_MS) {
      this.#bytes = Math.min(this.#limits.bytes, this.#bytes * 2)
      this.#batches = this.#limits.batches
    }
  }

  /** No answer came, or one that explains nothing: perhaps the batch is more than the line or the hub can take. */
  failed(): void {
    this.#slowDown(4)
  }

  #slowDown(by: number): void {
    this.#bytes = Math.max(Math.min(LEAST_BATCH_BYTES, this.#limits.bytes), Math.floor(this.#bytes / by))
    this.#batches = 1
  }
}
