/** Takes a batch of a device's outbox and answers only after it is durable. */
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Committer, StoreTrouble } from '#hub/ports/transaction.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { answerHello, ingestPush, type HubFacts } from '#shared/sync/hub-ingest.ts'
import type { Publisher } from '#shared/sync/release-signature.ts'
import type { Ack, Hello, HelloReply, ReceivedPush, StreamError } from '#shared/sync/wire.ts'
import type { BackPressure } from '../figures/hold-back.ts'
import { judgingLedger, type KeepEventParts } from './keep-event.ts'

export type IngestParts = KeepEventParts & {
  readonly committer: Committer
  readonly clock: Clock
  readonly log: Log
  readonly hubEpoch: string
  /** Absent: everything is taken. */
  readonly pressure?: BackPressure
  /** Who signs the releases, for devices that do not know it yet. */
  publisher?(): Publisher
}

const DISK_RETRY_MS = 5000
const BUSY_RETRY_MS = 500

export const ingestEvents =
  (parts: IngestParts) =>
  async (dev: DeviceId, push: ReceivedPush): Promise<Ack | StreamError> => {
    const refusal = parts.pressure?.refusal()
    if (refusal) return refusal
    const receivedAt = parts.clock.now()
    const commit = () => parts.committer.commit((tx) => ingestPush(judgingLedger(parts, tx, receivedAt), dev, push, factsOf(parts)))
    const answer = await (parts.pressure ? parts.pressure.during(commit) : commit())
    if (!answer.ok) {
      parts.log.error('events not stored', { dev, why: answer.error.type })
      return troubleToError(answer.error)
    }
    noteOddities(parts.log, dev, answer.value)
    return answer.value
  }

export const greetDevice =
  (parts: IngestParts) =>
  (dev: DeviceId, hello: Hello): HelloReply | StreamError =>
    answerHello(judgingLedger(parts, NO_TRANSACTION, parts.clock.now()), dev, hello, { ...factsOf(parts), ...(parts.publisher && { publisher: parts.publisher() }) })

/** A greeting only reads. */
const NO_TRANSACTION = { afterCommit: (): void => undefined }

const factsOf = (parts: IngestParts): HubFacts => ({ hubEpoch: parts.hubEpoch, now: parts.clock.now(), min: OLDEST_PROTOCOL_VERSION, max: PROTOCOL_VERSION })

export const troubleToError = (trouble: StoreTrouble): StreamError =>
  trouble.type === 'Busy' ? { code: 'busy', retryMs: BUSY_RETRY_MS } : { code: 'disk', retryMs: DISK_RETRY_MS }

const noteOddities = (log: Log, dev: DeviceId, answer: Ack | StreamError): void => {
  if ('code' in answer) log.warn('push refused', { dev, code: answer.code })
  else for (const note of answer.notes ?? []) if (note.code !== 'dup') log.warn('event kept raw', { dev, seq: note.seq, code: note.code })
}
