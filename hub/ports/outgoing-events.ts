/** Other programs are told what happened: what is to be told is written down in the transaction in which it happened, and called out until somebody takes it. */
import type { Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { DeliveryView, ToldEvent } from '#shared/protocol/sharing.ts'

/** What those need who only tell. */
export interface OutgoingEvents {
  /**
   * Queues an event for every receiver that wants it. Called inside the transaction of what happened: what is undone is not told.
   * Shape   `data`: ids and figures; no names of persons, no words of shoppers.
   */
  tell(event: ToldEvent, data: Json): void
}

/** `secrets`: newest first; the second counts until `oldUntil`. `feedbackPlace`: number of the last answer that was put into a call. */
export type Receiver = {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly events: readonly ToldEvent[]
  readonly words: boolean
  readonly secret: string
  readonly oldSecret: string | null
  readonly oldUntil: Millis | null
  readonly madeAt: Millis
  readonly feedbackPlace: number
}

/** `tries`: so far. `data`: as told; of answers only between which numbers they lie, never what they say or who they are. */
export type WaitingCall = { readonly id: string; readonly receiver: string; readonly event: ToldEvent; readonly madeAt: Millis; readonly tries: number; readonly data: Json }

export type ReceiverStanding = { readonly waiting: number; readonly givenUp: number; readonly lastTakenAt: Millis | null }

export interface OutgoingCalls extends OutgoingEvents {
  add(receiver: Receiver): void
  find(id: string): Receiver | null
  /** Oldest first. */
  list(): readonly Receiver[]
  standing(id: string): ReceiverStanding
  rotate(id: string, secret: string, oldUntil: Millis): void
  /** With everything that waits for it. False if there is none. */
  end(id: string): boolean
  /** Queues one call for one receiver, and moves its place among the answers. */
  queueFeedback(receiver: string, data: Json, place: number): void
  /** Moves its place alone: there was nothing to tell. */
  passFeedback(receiver: string, place: number): void
  /** The oldest call of a receiver whose time has come. */
  due(receiver: string, now: Millis): WaitingCall | null
  /** Whatever of a receiver waits for a later try is tried now: it is there again. */
  hurry(receiver: string, now: Millis): void
  taken(id: string, at: Millis): void
  /** There is nothing left of it to tell. */
  drop(id: string): void
  /** `nextAt` null: nobody tries again by itself. */
  failed(id: string, at: Millis, why: string, nextAt: Millis | null): void
  /** Newest first. */
  log(receiver: string, limit: number): readonly DeliveryView[]
  /** To be tried at once, with its tries counted anew. False if it is not known. */
  again(id: string, at: Millis): boolean
  /** Forgets calls that are settled and were made before. How many. */
  forget(before: Millis): number
}
