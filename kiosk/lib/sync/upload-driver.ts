/** Does what the upload conversation wishes: over the outbox database and one connection. */
import { safeParse, type GenericSchema } from 'valibot'
import { CHANNELS } from '#shared/protocol/channels.ts'
import { AckMessage, HelloReplyMessage, StreamErrorMessage } from '#shared/protocol/replies.ts'
import { batchToJson, batchToPush, type Batch } from '#shared/sync/batch.ts'
import { uploadOutbox, type UploadEnd, type UploadMakers, type UploadNews } from '#shared/sync/upload.ts'
import type { StreamError } from '#shared/sync/wire.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { Connection } from './hub-link.ts'
import type { WrittenJson } from './written-json.ts'

export type UploadParts = {
  readonly outbox: OutboxStore
  readonly makers: UploadMakers
  /** True when an event was recorded, or when `stopped` may have changed; false after so long. */
  waitForEvent(atMostMs?: number): Promise<boolean>
  pause(forMs: number): Promise<void>
  /** The connection is gone, or another page sends now. */
  stopped(): boolean
  news(news: UploadNews, sentMono: number): void
  mono(): number
}

/** Runs until the connection is of no more use, somebody stops it, or the storage refuses (`stopped`). */
export const driveUpload = async (connection: Connection, parts: UploadParts): Promise<UploadEnd | 'stopped'> => {
  const conversation = uploadOutbox(parts.makers)
  const asked: { readonly sentMono: number; readonly answer: Promise<unknown> }[] = []
  let answer: unknown
  let sentMono = parts.mono()
  for (;;) {
    const next = conversation.next(answer)
    if (next.done) return next.value
    const wish = next.value
    answer = undefined
    if (wish.do === 'tell') parts.news(wish.news, sentMono)
    else if (wish.do === 'wait') await parts.pause(wish.forMs)
    else if (wish.do === 'wait-for-event') answer = await parts.waitForEvent(wish.atMostMs)
    else if (wish.do === 'store') {
      const stored = await parts.outbox.run(wish.step)
      if (!stored.ok) return 'stopped'
      answer = stored.value
    } else if (wish.do === 'send') {
      asked.push({ sentMono: parts.mono(), answer: connection.ask(CHANNELS.push, writtenPush(wish.batch)) })
    } else if (wish.do === 'hear') {
      const oldest = asked.shift()!
      sentMono = oldest.sentMono
      answer = believe(await oldest.answer, AckMessage)
    } else {
      sentMono = parts.mono()
      answer = believe(await connection.ask(CHANNELS.hello, wish.hello), HelloReplyMessage)
    }
    if (parts.stopped()) return 'stopped'
  }
}

/** The events as they were written when they were recorded; read only by whoever needs the message itself. */
const writtenPush = (batch: Batch): WrittenJson => ({ toText: () => batchToJson(batch), toJSON: () => batchToPush(batch) })

/** What does not look like an answer is none. */
export const believe = <T>(answer: unknown, schema: GenericSchema<unknown, T>): T | StreamError | null => {
  const error = safeParse(StreamErrorMessage, answer)
  if (error.success) return error.output
  const reply = safeParse(schema, answer)
  return reply.success ? reply.output : null
}
