/**
 * While the storage takes nothing, the hub keeps what is said in the device's stead: an event counts as saved once the hub has it on disk.
 * The numbers are of an epoch of their own that lives in memory alone. Numbered after the stored events they would make the storage look older than the hub remembers, after any reload, and that asks for a rotation, which a frozen storage cannot write.
 */
import { utf8, bytesToHex } from '#shared/kernel/bytes.ts'
import type { EpochId, EventId } from '#shared/kernel/ids.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { CHANNELS } from '#shared/protocol/channels.ts'
import { AckMessage } from '#shared/protocol/replies.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { appendEvent } from '#shared/sync/append-event.ts'
import { extendChain, NO_CHAIN, type Chain } from '#shared/sync/chain.ts'
import type { EventDraft } from '#shared/sync/event.ts'
import type { OutboxMakers } from '#shared/sync/outbox.ts'
import type { Ack, Push, StreamError } from '#shared/sync/wire.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { Connection } from './hub-link.ts'
import { believe } from './upload-driver.ts'

/** Somebody is waiting before the screen. */
export const PATIENCE_MS = 8000
const RETRY_MS = 250
/** What the hub keeps for us is written here too once there is room, in case the hub ever loses it. A device on which so much is said while it is full has been left alone for too long. */
const MAX_COPIES = 500

export type DirectParts = {
  readonly makers: OutboxMakers
  connection(): Connection | null
  mono(): number
  pause(forMs: number): Promise<void>
  heard(ack: Ack, sentMono: number): void
}

/** One life of the numbers. */
type Stream = { readonly ep: EpochId; readonly next: number; readonly chain: Chain }

export class DirectSender {
  readonly #parts: DirectParts
  #stream: Stream | null = null
  #last: Promise<unknown> = Promise.resolve()
  /** Sent, and no word came back: said again it is the same event. Known by a digest, so that no words of a person stay in memory. */
  #unsettled: { readonly digest: string; readonly id: EventId } | null = null
  #open = 0
  #copies: readonly EventDraft[] = []

  constructor(parts: DirectParts) {
    this.#parts = parts
  }

  /** Its id once the hub has it; null if nobody can say that it has. `said`: what the person said, to know it again. */
  send(draft: EventDraft, said: string): Promise<EventId | null> {
    const untilMono = this.#parts.mono() + PATIENCE_MS
    this.#open += 1
    const sent = this.#last.then(() => this.#send(draft, bytesToHex(sha256(utf8(said))), untilMono)).finally(() => (this.#open -= 1))
    this.#last = sent.catch(() => undefined)
    return sent
  }

  /** Something has been said of which nobody knows yet whether it is saved. */
  get isOpen(): boolean {
    return this.#open > 0
  }

  /** Writes down here what the hub kept; it is sent once more, and the hub knows it by its id. */
  async keepCopies(outbox: Pick<OutboxStore, 'run'>): Promise<void> {
    for (let copy = this.#copies[0]; copy; copy = this.#copies[0]) {
      if (!(await outbox.run(appendEvent(copy, 'durable', this.#parts.makers))).ok) return
      this.#copies = this.#copies.filter(({ id }) => id !== copy!.id)
    }
  }

  async #send(fresh: EventDraft, digest: string, untilMono: number): Promise<EventId | null> {
    const { connection, mono, pause, heard } = this.#parts
    const draft = this.#unsettled?.digest === digest ? { ...fresh, id: this.#unsettled.id } : fresh
    for (let tries = 0; tries === 0 || mono() < untilMono; tries++) {
      const link = connection()
      // Nothing was sent: refused at once. Otherwise the connection may come back and tell.
      if (!link && tries === 0) return null
      const sentMono = mono()
      const stream = this.#stream ?? { ep: this.#parts.makers.epoch(), next: 1, chain: NO_CHAIN }
      const answer: Ack | StreamError | null = link && believe(await link.ask(CHANNELS.push, pushOf(stream, draft)), AckMessage)
      if (answer && !('code' in answer) && answer.upto >= stream.next) {
        this.#stream = { ...stream, next: stream.next + 1, chain: extendChain(stream.chain, draft.id) }
        this.#unsettled = null
        this.#copies = [...this.#copies, draft].slice(-MAX_COPIES)
        heard(answer, sentMono)
        return draft.id
      }
      this.#unsettled = { digest, id: draft.id }
      this.#stream = null
      const waitMs = retryAfter(answer)
      if (waitMs === null || mono() + waitMs > untilMono) return null
      await pause(waitMs)
    }
    return null
  }
}

const pushOf = ({ ep, next, chain }: Stream, draft: EventDraft): Push => ({ pv: PROTOCOL_VERSION, ep, prev: chain, ev: [{ ...draft, seq: next }] })

/** Null: trying again does not help. */
const retryAfter = (answer: Ack | StreamError | null): number | null => {
  if (answer === null || !('code' in answer)) return RETRY_MS
  if ('retryMs' in answer) return answer.retryMs
  return answer.code === 'fork' || answer.code === 'gap' ? RETRY_MS : null
}
