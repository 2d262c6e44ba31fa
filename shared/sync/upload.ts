/** The conversation of one connection that empties the outbox, as a generator: it decides, the driver does. The browser answers each wish after a while, the simulator under the worst weather it can make. */
import type { Batch } from './batch.ts'
import type { OutboxMakers, OutboxStep } from './outbox.ts'
import { believeAck, databaseOf, judgeHello, readAhead, rotateOutbox, sayHello, tidyOutbox, type HelloFacts, type Loss } from './outbox-steps.ts'
import type { Publisher } from './release-signature.ts'
import type { UploadPace } from './upload-pace.ts'
import { UploadWindow } from './upload-window.ts'
import type { Ack, Hello, HelloReply, StreamError } from './wire.ts'

/** What the conversation wants done next. `null` answers a message that got no answer in time. */
export type UploadWish =
  | { readonly do: 'store'; readonly step: OutboxStep<unknown> }
  | { readonly do: 'hello'; readonly hello: Hello }
  /** Sends, and goes on at once. */
  | { readonly do: 'send'; readonly batch: Batch }
  /** The answer to the oldest batch that was sent and not heard of. */
  | { readonly do: 'hear' }
  /** Until an event was recorded (true), or for so long (false). */
  | { readonly do: 'wait-for-event'; readonly atMostMs?: number }
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
  /** Ms that never jump. */
  mono(): number
  readonly pace: UploadPace
}

type Upload<T> = Generator<UploadWish, T, unknown>

/** Patience after an answer that neither stored nor explained anything. */
const RETRY_MS = 1000
const MAX_RETRY_MS = 30_000
/** Confirmations are written when no tap has come for so long: the next one would have taken them along. */
const TIDY_AFTER_MS = 1000
/** … or when so many events are confirmed: what a crash makes the device send twice. */
const TIDY_AFTER_EVENTS = 5000
/** Between two strokes of removal. */
const TIDY_PAUSE_MS = 250

/** Greets, sends batch after batch, and starts over whenever the two histories disagree; ends only when the connection is of no more use. */
export function* uploadOutbox(makers: UploadMakers): Upload<UploadEnd> {
  for (;;) {
    const greeted = yield* greet(makers)
    if (isEnd(greeted)) return greeted
    if (greeted === null) continue
    const end = yield* sendBatches(greeted, makers)
    if (end !== 'greet') return end
  }
}

/** The hub's run to talk to, and in which words. */
type Greeted = { readonly hubEpoch: string; readonly pv: number }

/** Null: greet again. */
function* greet(makers: UploadMakers): Upload<Greeted | UploadEnd | null> {
  const hello = yield* store(sayHello(makers.greeting(), makers))
  const reply = (yield { do: 'hello', hello }) as HelloReply | StreamError | null
  if (reply === null) return 'reconnect'
  if ('code' in reply) {
    if (isFinal(reply)) return endOf(reply)
    yield* waitAfter(reply, 0)
    return null
  }
  if (reply.n !== hello.n) return 'reconnect'
  if (hello.pv < reply.min || hello.pv > reply.max) return 'upgrade'
  const verdict = yield* store(judgeHello(hello, reply))
  if (verdict.type === 'rotate') yield* rotate(hello.ep, verdict.loss, makers, databaseOf(reply.hubEpoch))
  if (verdict.type !== 'ready') return null
  yield { do: 'tell', news: { type: 'greeted', hubEpoch: reply.hubEpoch, hubNow: reply.now, ...(reply.publisher && { publisher: reply.publisher }) } }
  return { hubEpoch: reply.hubEpoch, pv: hello.pv }
}

type Answer = Ack | StreamError | null

/**
 * Keeps some batches under way, and hears the answers in the order of sending. The hub takes a batch only after all before it, so once one was not taken
 * those behind it were not either: their answers are waited for, and sending goes on after what is confirmed.
 */
function* sendBatches({ hubEpoch, pv }: Greeted, makers: UploadMakers): Upload<UploadEnd | 'greet'> {
  const { pace } = makers
  const window = new UploadWindow(pace)
  const tidy = { events: 0, waitMs: TIDY_AFTER_MS as number | null }
  for (let failures = 0; ; ) {
    if ((yield* fill(window, pv, makers)) === 'moved') return (yield* hearRest(window)) ?? 'greet'
    if (window.isEmpty) {
      yield* rest(tidy, makers)
      window.restart()
      continue
    }
    const { batch, atMs } = window.oldest()
    const answer = (yield { do: 'hear' }) as Answer
    if (answer === null) pace.failed()
    if (answer === null || (!('code' in answer) && answer.hubEpoch !== hubEpoch)) return 'reconnect'
    if ('code' in answer) {
      const end = yield* recover(window, batch, answer, failures++, makers)
      if (end) return end
      continue
    }
    failures = 0
    const verdict = yield* store(believeAck(batch, answer))
    if (verdict === 'moved') {
      pace.answered(makers.mono() - atMs)
      tidy.events += batch.rows.length
      tidy.waitMs = TIDY_AFTER_MS
      yield { do: 'tell', news: { type: 'acknowledged', hubNow: answer.now } }
      if (tidy.events >= TIDY_AFTER_EVENTS) yield* settle(tidy, false)
      continue
    }
    const lost = yield* hearRest(window)
    if (lost) return lost
    if (verdict === 'rotate') {
      yield* rotate(batch.ep, null, makers)
      return 'greet'
    }
    window.restart()
  }
}

/** Sends what may be under way, and reads ahead while the hub works. */
function* fill(window: UploadWindow, pv: number, makers: UploadMakers): Upload<'moved' | null> {
  for (;;) {
    for (let batch = window.next(pv, makers.mono()); batch; batch = window.next(pv, makers.mono())) yield { do: 'send', batch }
    if (!window.wantsRows) return null
    const ahead = yield* store(readAhead(window.after))
    if (ahead === 'moved') return ahead
    window.take(ahead)
  }
}

/** The hub did not take a batch. Null: go on. */
function* recover(window: UploadWindow, batch: Batch, error: StreamError, failures: number, makers: UploadMakers): Upload<UploadEnd | 'greet' | null> {
  if (isFinal(error)) return endOf(error)
  const lost = yield* hearRest(window)
  if (lost) return lost
  if (error.code === 'gap') return 'greet'
  if (error.code === 'fork') {
    yield* rotate(batch.ep, null, makers)
    return 'greet'
  }
  if (!('retryMs' in error)) makers.pace.failed()
  window.restart()
  yield* waitAfter(error, failures)
  return null
}

/** Answers to batches that came after one that was not taken: they say nothing new. */
function* hearRest(window: UploadWindow): Upload<'reconnect' | null> {
  while (!window.isEmpty) {
    window.oldest()
    if ((yield { do: 'hear' }) === null) return 'reconnect'
  }
  return null
}

type Tidy = { events: number; /** Null: all is written, and nothing is left to remove. */ waitMs: number | null }

/** Nothing is left to send. */
function* rest(tidy: Tidy, makers: UploadMakers): Upload<void> {
  if (tidy.waitMs === null) {
    yield { do: 'wait-for-event' }
    return
  }
  const isRecorded = (yield { do: 'wait-for-event', atMostMs: tidy.waitMs }) as boolean
  if (!isRecorded) yield* settle(tidy, makers.mayPrune())
}

function* settle(tidy: Tidy, mayPrune: boolean): Upload<void> {
  const isMore = yield* store(tidyOutbox(mayPrune))
  tidy.events = 0
  tidy.waitMs = isMore ? TIDY_PAUSE_MS : null
}

function* rotate(ep: Hello['ep'], loss: Loss | null, makers: UploadMakers, hub?: string): Upload<void> {
  yield* store(rotateOutbox(ep, loss, makers, hub))
  yield { do: 'tell', news: { type: 'rotated', loss } }
}

type FinalError = { readonly code: 'revoked' | 'upgrade' | 'auth' }
const isFinal = (error: StreamError): error is FinalError => error.code === 'revoked' || error.code === 'upgrade' || error.code === 'auth'
const endOf = ({ code }: FinalError): UploadEnd => (code === 'auth' ? 'reconnect' : code)

function* waitAfter(error: StreamError, failures: number): Upload<void> {
  yield { do: 'wait', forMs: 'retryMs' in error ? error.retryMs : Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** Math.min(failures, 10)) }
}

function* store<T>(step: OutboxStep<T>): Upload<T> {
  return (yield { do: 'store', step }) as T // the driver hands back the result of this very step
}

const isEnd = (value: unknown): value is UploadEnd => typeof value === 'string'
