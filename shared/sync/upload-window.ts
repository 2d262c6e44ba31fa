/** The batches of one conversation that are under way, and the events read ahead for the next ones. */
import { cutBatch, type Ahead, type Batch, type Sent } from './batch.ts'
import type { UploadPace } from './upload-pace.ts'

export class UploadWindow {
  readonly #pace: UploadPace
  /** Without an answer, oldest first. */
  #sent: readonly { readonly batch: Batch; readonly atMs: number }[] = []
  #ahead: Ahead | null = null
  #after: Sent | null = null
  #atEnd = false

  constructor(pace: UploadPace) {
    this.#pace = pace
  }

  /** Nothing is under way. */
  get isEmpty(): boolean {
    return this.#sent.length === 0
  }

  /** Is it time to read more? The end of the outbox is looked at again only once all is confirmed. */
  get wantsRows(): boolean {
    return this.#ahead === null && !this.#atEnd
  }

  /** Where reading goes on; null: after what is confirmed. */
  get after(): Sent | null {
    return this.#after
  }

  take(ahead: Ahead | 'nothing'): void {
    if (ahead === 'nothing') this.#atEnd = true
    else this.#ahead = ahead
  }

  /** The next batch, from now on under way; null if none may go out, or nothing is read ahead. */
  next(pv: number, atMs: number): Batch | null {
    if (!this.#ahead || this.#sent.length >= this.#pace.batches) return null
    const { batch, left, last } = cutBatch(this.#ahead, this.#pace, pv)
    this.#ahead = left
    this.#after = last
    this.#sent = [...this.#sent, { batch, atMs }]
    return batch
  }

  /** The oldest one is no longer under way. */
  oldest(): { readonly batch: Batch; readonly atMs: number } {
    const [first, ...rest] = this.#sent
    if (!first) throw new RangeError('nothing is under way')
    this.#sent = rest
    if (rest.length === 0 && this.#atEnd) this.restart()
    return first
  }

  /** Sending goes on after what is confirmed. */
  restart(): void {
    this.#ahead = null
    this.#after = null
    this.#atEnd = false
  }
}
