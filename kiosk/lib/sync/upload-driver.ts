/** Does what the upload conversation wishes: over the outbox database and one connection. */
import { safeParse, type GenericSchema } from 'valibot'
import { CHANNELS } from '#shared/protocol/channels.ts'
import { AckMessage, HelloReplyMessage, StreamErrorMessage } from '#shared/protocol/replies.ts'
import { uploadOutbox, type UploadEnd, type UploadMakers, type UploadNews } from '#shared/sync/upload.ts'
import type { StreamError } from '#shared/sync/wire.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { Connection } from './hub-link.ts'

export type UploadParts = {
  readonly outbox: OutboxStore
  readonly makers: UploadMakers
  /** Resolves when an event was recorded, or when `stopped` may have changed. */
  waitForEvent(): Promise<void>
  pause(forMs: number): Promise<void>
  /** The connection is gone, or another page sends now. */
  stopped(): boolean
  news(news: UploadNews, sentMono: number): void
  mono(): number
}

/** Runs until the connection is of no more use, somebody stops it, or the storage refuses (`stopped`). */
export const driveUpload = async (connection: Connection, parts: UploadParts): Promise<UploadEnd | 'stopped'> => {
  const conversation = uploadOutbox(parts.makers)
  let answer: unknown
  let sentMono = parts.mono()
  for (;;) {
    const next = conversation.next(answer)
    if (next.done) return next.value
    const wish = next.value
    answer = undefined
    if (wish.do === 'tell') parts.news(wish.news, sentMono)
    else if (wish.do === 'wait') await parts.pause(wish.forMs)
    else if (wish.do === 'wait-for-event') await parts.waitForEvent()
    else if (wish.do === 'store') {
      const stored = await parts.outbox.run(wish.step)
      if (!stored.ok) return 'stopped'
      answer = stored.value
    } else {
      sentMono = parts.mono()
      answer = wish.do === 'hello' ? believe(await connection.ask(CHANNELS.hello, wish.hello), HelloReplyMessage) : believe(await connection.ask(CHANNELS.push, wish.push), AckMessage)
    }
    if (parts.stopped()) return 'stopped'
  }
}

/** What does not look like an answer is none. */
export const believe = <T>(answer: unknown, schema: GenericSchema<unknown, T>): T | StreamError | null => {
  const error = safeParse(StreamErrorMessage, answer)
  if (error.success) return error.output
  const reply = safeParse(schema, answer)
  return reply.success ? reply.output : null
}
