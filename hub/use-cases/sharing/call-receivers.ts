/** Calls out what is queued until somebody takes it: nothing is lost while a receiver is down, and whoever takes a call twice knows it by its id. */
import type { CallDoor, CallFailed } from '#hub/ports/call-door.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { FeedbackPages } from '#hub/ports/feedback-pages.ts'
import type { Log } from '#hub/ports/log.ts'
import type { OutgoingCalls, Receiver, WaitingCall } from '#hub/ports/outgoing-events.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import type { ToldData } from '#shared/protocol/told-calls.ts'
import { sharedAnswers } from './page-feedback.ts'

export type CallParts = {
  readonly outgoing: OutgoingCalls
  readonly pages: FeedbackPages
  readonly transactions: Transactions
  readonly door: CallDoor
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly timeZone: () => string
}

const LOOK_MS = 5000
/** Answers of one call; those of fewer people than may be shown wait for others. */
const BATCH = 100
/** Beyond so many calls that wait, answers wait where they are kept. */
const MAX_BATCHES = 20
/** Calls made in one look. */
const MOST_A_LOOK = 20
/** Before the second try; doubled each time, up to the longest. */
const RETRY = { firstMs: 10_000, longestMs: 6 * 3_600_000 }
const GIVE_UP_MS = 3 * 86_400_000
/** What was settled is shown so long. */
const KEPT_MS = 14 * 86_400_000

/** `look` resolves when nothing is due any more; one that runs is joined. */
export type CalledReceivers = { look(): Promise<void>; stop(): Promise<void> }

/** Each receiver has a line of its own: one that is slow, or has much to catch up with, holds up no other. */
export const callReceivers = (parts: CallParts, timer: Timer): CalledReceivers => {
  const lines = new Map<string, Promise<void>>()
  /** Receivers that took the last call, as far as this process knows. */
  const awake = new Set<string>()
  let isOver = false
  const logged = (error: unknown): void => parts.log.error('calls to other programs failed', { error: error instanceof Error ? error.name : 'thrown value' })
  const lineOf = (id: string): Promise<void> => {
    const line = lines.get(id) ?? serve(parts, id, awake, () => isOver).catch(logged).finally(() => void lines.delete(id))
    lines.set(id, line)
    return line
  }
  const look = async (): Promise<void> => {
    const receivers = parts.outgoing.list()
    if (receivers.length > 0) parts.outgoing.forget(millis(Math.max(0, parts.clock.now() - KEPT_MS)))
    await Promise.all(receivers.map(({ id }) => lineOf(id)))
  }
  const end = timer.every(LOOK_MS, () => void look().catch(logged))
  return {
    look,
    stop: async () => {
      isOver = true
      end()
      await Promise.all(lines.values())
    },
  }
}

/** Calls one receiver until nothing is due. Whoever did not take a call is left alone until the next look. */
const serve = async (parts: CallParts, id: string, awake: Set<string>, isOver: () => boolean): Promise<void> => {
  const { outgoing, clock, transactions } = parts
  const told = outgoing.find(id)
  if (told?.events.includes('feedback.received')) gather(parts, told)
  while (!isOver()) {
    const receiver = outgoing.find(id)
    const call = receiver && outgoing.due(id, clock.now())
    if (!receiver || !call) return
    if (!(await deliver(parts, receiver, call))) return void awake.delete(id)
    // It is back: nothing waits for hours that could be told now.
    if (!awake.has(id)) transactions.run(() => outgoing.hurry(id, clock.now()))
    awake.add(id)
  }
}

/**
 * Puts answers that arrived since into a call, once they are of enough people: by a smaller one a receiver would learn who answered when, however long it waited.
 * Its row and the receiver's place move in one step: no answer is told twice, none is left out.
 */
const gather = (parts: CallParts, receiver: Receiver): void => {
  const { outgoing, pages, clock, transactions } = parts
  let place = receiver.feedbackPlace
  for (let batch = 0; batch < MOST_A_LOOK && outgoing.standing(receiver.id).waiting < MAX_BATCHES; batch++) {
    const fresh = pages.received(place, BATCH, millis(clock.now() + 1))
    const isFull = fresh.length === BATCH
    if (fresh.length === 0) return passAll(parts, receiver, place)
    if (!isFull && new Set(fresh.map(({ response }) => response)).size < MIN_SHOWN) return
    const data: FeedbackData = { after: place, upTo: fresh.at(-1)!.n }
    place = data.upTo
    transactions.run(() => outgoing.queueFeedback(receiver.id, data, place))
    if (!isFull) return
  }
}

/** Tables of old answers are nothing that was just received. */
const passAll = ({ outgoing, pages, transactions }: CallParts, { id }: Receiver, place: number): void => {
  const last = pages.last()
  if (last > place) transactions.run(() => outgoing.passFeedback(id, last))
}

/** Which numbers an answer of this call lies between. What the answers say is looked up when they are sent, and kept nowhere else: erased ones are gone from every call, one that nobody has taken yet as well. */
type FeedbackData = { readonly after: number; readonly upTo: number }

const ALWAYS = millis(Number.MAX_SAFE_INTEGER)

/** Null: nothing of it is held any more. */
const dataOf = (parts: CallParts, { words }: Receiver, { event, data }: WaitingCall): unknown => {
  if (event !== 'feedback.received') return data
  const { after, upTo } = data as FeedbackData
  const held = parts.pages.received(after, upTo - after, ALWAYS).filter(({ n }) => n <= upTo)
  if (held.length === 0) return null
  return { items: sharedAnswers(parts, held).map((item) => (item.kind === 'text' && !words ? Object.assign({}, item, { value: null }) : item)) } satisfies ToldData['feedback.received']
}

/** Whether the next one may follow: it was taken, or there is nothing left to tell. */
const deliver = async (parts: CallParts, receiver: Receiver, call: WaitingCall): Promise<boolean> => {
  const { outgoing, clock, transactions, door } = parts
  const at = clock.now()
  const data = dataOf(parts, receiver, call)
  if (data === null) {
    transactions.run(() => outgoing.drop(call.id))
    return true
  }
  const body = JSON.stringify({ type: call.event, timestamp: new Date(call.madeAt).toISOString(), data })
  const secrets = receiver.oldSecret !== null && (receiver.oldUntil ?? 0) > at ? [receiver.secret, receiver.oldSecret] : [receiver.secret]
  const answer = await door.call({ url: receiver.url, id: call.id, at, body, secrets })
  const now = clock.now()
  transactions.run(() => (answer.ok ? outgoing.taken(call.id, now) : giveTime(parts, call, answer.error, now)))
  return answer.ok
}

const giveTime = ({ outgoing, random, log }: CallParts, call: WaitingCall, { why, waitMs, isGone = false }: CallFailed, now: Millis): void => {
  const next = millis(now + Math.max(waitMs === null ? 0 : Math.min(waitMs, RETRY.longestMs), pauseMs(call.tries, random)))
  const isOver = next > call.madeAt + GIVE_UP_MS
  outgoing.failed(call.id, now, why, isOver || isGone ? null : next)
  if (isOver || isGone) log.warn(isGone ? 'a call was given up: its receiver wants no more' : 'a call was given up: nobody took it for three days', { receiver: call.receiver, call: call.id })
}

/** Between three and five quarters of what doubles with each try, so that receivers who come back are not called by all at once. */
export const pauseMs = (tries: number, random: Random): number => {
  const [a, b] = random.bytes(2)
  return Math.round(Math.min(RETRY.longestMs, RETRY.firstMs * 2 ** Math.min(tries, 20)) * (0.75 + (0.5 * (a! * 256 + b!)) / 65_536))
}
