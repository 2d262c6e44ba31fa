/** What is counted about listening itself: whole responses, visits that left an answer, and the signs that hang in the store. */
import type { Channel } from '#shared/feedback/channel.ts'
import type { DeviceDay } from '#shared/feedback/gaming.ts'
import type { RecordedAnswers } from '#shared/feedback/partial.ts'
import type { DeviceId, VisitId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** Responses that are alike: the same survey, on the same way, at the same place, with the same taps and flags. Words only by their names. */
export type AlikeResponses = {
  readonly survey: string
  readonly channel: Channel
  readonly touchpoint: string
  readonly answers: RecordedAnswers
  readonly flags: readonly string[]
  /** When the newest of them was last heard. */
  readonly lastAt: number
  readonly n: number
}

/** How a response of one device began, in time. `score`: of its first answer; null: not on a scale. */
export type BegunResponse = { readonly response: string; readonly at: Millis; readonly kind: string; readonly score: number | null; readonly flags: readonly string[] }

export type Sign = { readonly touchpoint: string; readonly serial: number; readonly code: string; readonly madeAt: Millis; readonly revokedAt: Millis | null }

export interface ListeningStore {
  /** Of answers said in this range, both ends included. Order  any. */
  responses(from: number, until: number): readonly AlikeResponses[]
  comments(from: number, until: number): { readonly all: number; readonly folded: number }
  /** A response came out of this visit. Only that somebody answered is kept, not what and not when. */
  visitAnswered(dev: DeviceId, sid: VisitId): void
  /** A response came before any visit began. */
  looseResponse(dev: DeviceId, response: string, at: Millis): void
  /** By the beginning of visits; a visit whose beginning is not known yet is in none of them. */
  answeredVisits(from: number, until: number): readonly { readonly dev: DeviceId; readonly answered: number }[]
  looseResponses(from: number, until: number): readonly { readonly dev: DeviceId; readonly n: number }[]
  /** Devices and signs with answers in a range. */
  sources(from: number, until: number): readonly string[]
  /** Order  by time. */
  begun(dev: string, from: number, until: number): readonly BegunResponse[]
  /** Opening answers on a scale of one source, from `from` to before `until`. */
  goodBetween(dev: string, from: number, until: number): DeviceDay
  /** Order  newest first. */
  signs(): readonly Sign[]
  sign(touchpoint: string, serial: number): Sign | null
  /** The next of its touchpoint. */
  addSign(touchpoint: string, code: string, at: Millis): Sign
  /** The first time stands. */
  revokeSign(touchpoint: string, serial: number, at: Millis): void
  /** Responses that are kept one by one, by their source. */
  responsesBySource(sources: readonly string[]): ReadonlyMap<string, number>
}

/** What answers that came by a sign have for a device. */
export const signSource = (touchpoint: string, serial: number): string => `sign-${serial}-${touchpoint}`
