/** What the hub keeps to notice changes: days that were watched, and alarms. */
import type { ScoredKind } from '#shared/feedback/scales.ts'
import type { WatchedDay } from '#shared/insights/alarm/watch-days.ts'
import type { Day, Millis } from '#shared/kernel/time.ts'

export const ALARM_KINDS = ['drop', 'rise', 'silent', 'few'] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/**
 * An alarm as it is kept. Units  `good` answers of `n`, `expected` good ones at those hours; of `few` `n` answers where `expected` are usual.
 * Shape   `place`: a touchpoint, null for the store · `device`: of a silent one · `raisedAt`: the answer that raised it · `noticedAt`: when the hub saw it · `ending`: as AlarmView has it.
 */
export type Alarm = {
  readonly id: number
  readonly kind: AlarmKind
  readonly place: string | null
  readonly device: string | null
  readonly since: Millis
  readonly raisedAt: Millis
  readonly noticedAt: Millis
  readonly closedAt: Millis | null
  readonly ending: 'back' | 'revised' | 'accepted' | null
  readonly n: number
  readonly good: number
  readonly expected: number
}

export type AlarmNumbers = Pick<Alarm, 'n' | 'good' | 'expected'>

/** One main answer on a scale, with its place in the order of arrival. */
export type PlacedAnswer = { readonly place: string; readonly question: string; readonly kind: ScoredKind; readonly value: number; readonly at: Millis }

/** What is watched: a touchpoint by one question; both empty for the store as a whole. */
export type WatchKey = { readonly place: string; readonly question: string }
export type KeptDay = WatchKey & WatchedDay

export interface AlarmStore {
  /** Single main answers of a stretch. Order  by time, then by arrival. */
  answersBetween(from: Millis, until: Millis): readonly PlacedAnswer[]
  /** Since the row numbered `n`: the newest row, and when the earliest of them was said; null: there are none. */
  arrivedAfter(n: number): { readonly newest: number; readonly earliestAt: Millis } | null
  /** The question that was answered most at each touchpoint since `from`, among main ones on a scale. */
  mainQuestions(from: Millis): readonly WatchKey[]
  /** Days from `from` on, none from before its place began anew. Order  by day. */
  daysSince(from: Day): readonly KeptDay[]
  /** Replaces a day of the same name. */
  keepDay(day: KeptDay): void
  forgetDaysBefore(day: Day): void
  /** The level since a day is what is usual from now on: days before count no more, and nothing stands out since. */
  beginAnew(key: WatchKey, from: Day): void
  /** Since when each place that began anew is learnt. */
  begunAnew(): readonly (WatchKey & { readonly day: Day })[]
  /** The newest row that was looked at; 0: none. */
  seen(): number
  noteSeen(n: number): void
  /** Order  the newest first. `closedSince`: closed ones only if they closed then or later. */
  alarms(closedSince: Millis): readonly Alarm[]
  alarm(id: number): Alarm | null
  /** The numbers that it was raised with, whatever was amended; null: there is no such alarm, or one of its answers was erased. */
  openedWith(id: number): AlarmNumbers | null
  /** With the number that it is given. */
  raise(alarm: Omit<Alarm, 'id'>): Alarm
  /** Replaces what is kept of it. */
  amend(alarm: Alarm): void
}
