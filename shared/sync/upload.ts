/** The conversation of one connection that empties the outbox, as a generator: it decides, the driver does. The browser answers each wish after a while, the simulator under the worst weather it can make. */
import type { OutboxMakers, OutboxStep } from './outbox.ts'
import { believeAck, databaseOf, judgeHello, rotateOutbox, sayHello, takeBatch, type HelloFacts, type Loss } from './outbox-steps.ts'
import type { Publisher } from './release-signature.ts'
import type { Ack, Hello, HelloReply, Push, StreamError } from './wire.ts'

/** What the conversation wants done next. `null` answers a message that got no answer in time. */
export type UploadWish =
  | { readonly do: 'store'; readonly step: OutboxStep<unknown> }
  | { readonly do: 'hello'; readonly hello: Hello }
  | { readonly do: 'push'; readonly push: Push }
  /** Until an event was recorded. */
  | { readonly do: 'wait-for-event' }
  /** At least so long; a retry of the n-th time in a row grows with n. */
  | { readonly do: 'wait'; readonly forMs: number }
  /** Something the screens show: the hub has answered with its clock. */
  | { readonly do: 'tell'; readonly news: UploadNews }

export type UploadNews =
  | { readonly type: 'greeted'; readonly hubEpoch: string; readonly hubNow: number; readonly publisher?: Publisher }
  | { readonly type: 'acknowledged'; readonly hubNow: number }
  | { readonly type: 'rotated'; readonly loss: Loss | null }

/** Why a connection is of no more use: try another one, or stop until a person or a new version helps. */
export type UploadEnd = 'reconnect' | 'revoked' | 'upgrade'

export type UploadMakers = OutboxMakers & {
  /** Facts of a new hello, with a fresh nonce. */
  greeting(): HelloFacts
  mayPrune(): boolean
}

type Upload<T> = Generator<UploadWish, T, unknown>

/** Patience after an answer that neither stored nor explained anything. */
const RETRY_MS = 1000
const MAX_RETRY_MS = 30_000

/** Greets, sends batch after batch, and starts over whenever the two histories disagree; ends only when the connection is of no more use. */
export function* uploadOutbox(makers: UploadMakers): Upload<UploadEnd> {
  for (;;) {
    const hubEpoch = yield* greet(makers)
    if (isEnd(hubEpoch)) return hubEpoch
    if (hubEpoch === null) continue
    const end = yield* sendBatches(hubEpoch.epoch, makers)
    if (end !== 'greet') return end
  }
}

/** The hub's run to talk to; null to greet again. */
function* greet(makers: UploadMakers): Upload<{ readonly epoch: string } | UploadEnd | null> {
  const hello = yield* store(sayHello(makers.greeting(), makers))
  const reply = (yield { do: 'hello', hello }) as HelloReply | StreamError | null
  if (reply === null) return 'reconnect'
  if ('code' in reply) return yield* endOrWait(reply, 0)
  if (reply.n !== hello.n) return 'reconnect'
  if (hello.pv < reply.min || hello.pv > reply.max) return 'upgrade'
  const verdict = yield* store(judgeHello(hello, reply))
  if (verdict.type === 'rotate') yield* rotate(hello.ep, verdict.loss, makers, databaseOf(reply.hubEpoch))
  if (verdict.type !== 'ready') return null
  yield { do: 'tell', news: { type: 'greeted', hubEpoch: reply.hubEpoch, hubNow: reply.now, ...(reply.publisher && { publisher: reply.publisher }) } }
  return { epoch: reply.hubEpoch }
}

function* sendBatches(hubEpoch: string, makers: UploadMakers): Upload<UploadEnd | 'greet'> {
  for (let failures = 0; ; ) {
    const push = yield* store(takeBatch(makers.greeting().pv))
    if (push === null) {
      yield { do: 'wait-for-event' }
      continue
    }
    const answer = (yield { do: 'push', push }) as Ack | StreamError | null
    if (answer === null) return 'reconnect'
    if ('code' in answer) {
      if (answer.code === 'gap') return 'greet'
      if (answer.code === 'fork') {
        yield* rotate(push.ep, null, makers)
        return 'greet'
      }
      const end = yield* endOrWait(answer, failures++)
      if (end) return end
      continue
    }
    failures = 0
    if (answer.hubEpoch !== hubEpoch) return 'reconnect'
    const verdict = yield* store(believeAck(push, answer, makers.mayPrune()))
    if (verdict === 'moved') yield { do: 'tell', news: { type: 'acknowledged', hubNow: answer.now } }
    if (verdict === 'rotate') {
      yield* rotate(push.ep, null, makers)
      return 'greet'
    }
  }
}

function* rotate(ep: Hello['ep'], loss: Loss | null, makers: UploadMakers, hub?: string): Upload<void> {
  yield* store(rotateOutbox(ep, loss, makers, hub))
  yield { do: 'tell', news: { type: 'rotated', loss } }
}

function* endOrWait(error: StreamError, failures: number): Upload<UploadEnd | null> {
  if (error.code === 'revoked' || error.code === 'upgrade') return error.code
  if (error.code === 'auth') return 'reconnect'
  const forMs = 'retryMs' in error ? error.retryMs : Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** Math.min(failures, 10))
  yield { do: 'wait', forMs }
  return null
}

function* store<T>(step: OutboxStep<T>): Upload<T> {
  return (yield { do: 'store', step }) as T // the driver hands back the result of this very step
}

const isEnd = (value: unknown): value is UploadEnd => typeof value === 'string'
