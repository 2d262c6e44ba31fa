/** Watches one touchpoint in one direction, answer by answer: raises an alarm when the evidence for a change suffices, and closes it by itself. */
import type { Millis } from '../../kernel/time.ts'
import { wilsonInterval, type Interval } from '../interval.ts'
import { shiftedShare, WATCHED_ODDS } from './alarm-plan.ts'

export type Direction = 'drop' | 'rise'

/** One answer. `usual` is the share of good ones at this hour of the week, strictly between 0 and 1. */
export type Watched = { readonly good: boolean; readonly usual: number; readonly at: Millis }

/**
 * What is known after the answers so far.
 * Shape   `evidence` for a change while quiet, for its end while alarmed, never below nought; `since` the first answer that counts towards it, with the
 *         answers, the good ones, and how many good ones were to be expected from then on.
 */
export type Watch = {
  readonly alarmed: boolean
  readonly evidence: number
  readonly since: Millis | null
  readonly n: number
  readonly good: number
  readonly expected: number
}

export const QUIET: Watch = { alarmed: false, evidence: 0, since: null, n: 0, good: 0, expected: 0 }

/**
 * An alarm was raised or is over.
 * Units   `share` and its interval 0 … 1 since the change, `usual` what was to be expected at those hours.
 * Shape   the interval is narrower than it seems: answers were looked at until they stood out.
 */
export type WatchNews = {
  readonly type: 'raised' | 'closed'
  readonly direction: Direction
  readonly since: Millis
  readonly at: Millis
  readonly n: number
  readonly share: number
  readonly interval: Interval
  readonly usual: number
}

/** Evidence that the change is over: with it a lasting change is taken for over once in some weeks of busy traffic, and its end is seen within hours. */
export const CLOSING_EVIDENCE = 6

/**
 * The watch after one more answer, and news if there are any.
 * `dispersion` discounts the evidence where days differ more than chance has it (`dayDispersion`).
 * Order   answers in the order they were given; one that comes late is left out of the watch, not sorted in.
 * Source  Page, Biometrika 41 (1954) 100; for a baseline that differs from answer to answer: Steiner et al., Biostatistics 1 (2000) 441.
 */
export const watchAnswer = (
  watch: Watch,
  answer: Watched,
  { direction, threshold, dispersion = 1 }: { readonly direction: Direction; readonly threshold: number; readonly dispersion?: number },
): { readonly watch: Watch; readonly news: WatchNews | null } => {
  // what speaks against a change that nothing speaks for is no news
  if (watch.evidence === 0 && !watch.alarmed && answer.good === (direction === 'drop')) return UNMOVED
  const changed = shiftedShare(answer.usual, direction === 'drop' ? WATCHED_ODDS : 1 / WATCHED_ODDS)
  const whole = answer.good ? Math.log(changed / answer.usual) : Math.log((1 - changed) / (1 - answer.usual))
  const forChange = whole / dispersion
  const evidence = watch.evidence + (watch.alarmed ? -forChange : forChange)
  if (evidence <= 0) return { watch: watch.alarmed ? NOT_OVER : QUIET, news: null }
  const next: Watch = {
    alarmed: watch.alarmed,
    evidence,
    since: watch.since ?? answer.at,
    n: watch.n + 1,
    good: watch.good + (answer.good ? 1 : 0),
    expected: watch.expected + answer.usual,
  }
  if (evidence < (watch.alarmed ? CLOSING_EVIDENCE : threshold)) return { watch: next, news: null }
  return { watch: watch.alarmed ? QUIET : NOT_OVER, news: newsOf(next, answer.at, direction) }
}

const UNMOVED = { watch: QUIET, news: null } as const
const NOT_OVER: Watch = { ...QUIET, alarmed: true }

const newsOf = (watch: Watch, at: Millis, direction: Direction): WatchNews => ({
  type: watch.alarmed ? 'closed' : 'raised',
  direction,
  since: watch.since ?? at,
  at,
  n: watch.n,
  share: watch.good / watch.n,
  interval: wilsonInterval(watch.good, watch.n),
  usual: watch.expected / watch.n,
})
