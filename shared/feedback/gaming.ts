/**
 * Signs that somebody helps the figures of a place along: runs of the best answer where no shopper is, and a day of one device that lies far above its own.
 * Flagged answers stay and are counted; who reads figures may leave them out. What is flagged is a device and a stretch of time, never a person.
 */
import type { Millis } from '../kernel/time.ts'
import type { ScoredKind } from './scales.ts'

/** The lowest answer of each scale that counts as good, as figures count it. */
export const GOOD_FROM: { readonly [K in ScoredKind]: number } = { csat5: 4, smiley4: 3, nps: 9, ces7: 5, scale10: 9 }

/** How a response of one device began. `best`: with the best answer of its scale; `good`: with one that counts as good. */
export type JudgedStart = { readonly response: string; readonly at: Millis; readonly best: boolean; readonly good: boolean }

/** `closed`: the store is closed at this moment, or it lies within SHIFT_MINUTES of the first or last minute of opening, when shifts change and hardly anybody shops. */
export type IsQuiet = (at: Millis) => boolean

/** Minutes after opening and before closing that count as change of shift. */
export const SHIFT_MINUTES = 10
/**
 * So many best answers in a row, none of them further from the next than RUN_GAP_MS.
 * Source  where half of all answers are the best one, six in a row begin by chance at one of 64 answers; quiet minutes hold few answers, so that is rare, and the run is only flagged, not left out.
 */
export const RUN_RESPONSES = 6
export const RUN_GAP_MS = 120_000

/** Responses of runs of the best answer in quiet minutes. Order  `starts` by time. */
export const bestRuns = (starts: readonly JudgedStart[], isQuiet: IsQuiet): readonly string[] => {
  const found: string[] = []
  let run: JudgedStart[] = []
  const end = (): void => {
    if (run.length >= RUN_RESPONSES) found.push(...run.map(({ response }) => response))
    run = []
  }
  for (const start of starts) {
    const fits = start.best && isQuiet(start.at)
    if (!fits || (run.length > 0 && start.at - run.at(-1)!.at > RUN_GAP_MS)) end()
    if (fits) run.push(start)
  }
  end()
  return found
}

/** Good answers of one device on one day. */
export type DeviceDay = { readonly good: number; readonly n: number }

/** Days before it that make a baseline, and answers that a day and a baseline need to be judged. */
export const BASELINE_DAYS = 28
const LEAST_DAYS = 7
const LEAST_DAY_ANSWERS = 20
const LEAST_BASELINE_ANSWERS = 100
/** Standard errors above the baseline: one day in 4,000 of a device whose days differ by chance alone. */
const FAR = 3.5
/** And so many points: a busy device that is two points better has a good day. */
const FAR_SHARE = 0.15

/**
 * Whether a day lies further above the device's own days than chance and its usual ups and downs explain.
 * Shape   false where there is too little to say so. Days below are no helping hand: alarms look for those.
 * Source  one-sample test of a share (Wilson 1927), its variance widened by how much the days before differed (Pearson's chi square over its degrees of freedom, McCullagh and Nelder 1989, 4.5).
 */
export const isFarAbove = (day: DeviceDay, before: readonly DeviceDay[]): boolean => {
  const days = before.filter(({ n }) => n > 0).slice(-BASELINE_DAYS)
  const n = days.reduce((sum, one) => sum + one.n, 0)
  if (days.length < LEAST_DAYS || n < LEAST_BASELINE_ANSWERS || day.n < LEAST_DAY_ANSWERS) return false
  // one good and one bad answer more: a device at which all were content has no variance of its own
  const usual = (days.reduce((sum, one) => sum + one.good, 0) + 1) / (n + 2)
  const spread = Math.max(1, days.reduce((sum, one) => sum + (one.good - one.n * usual) ** 2 / (one.n * usual * (1 - usual)), 0) / (days.length - 1))
  const error = Math.sqrt(spread * usual * (1 - usual) * (1 / day.n + 1 / n))
  const above = day.good / day.n - usual
  return above >= FAR_SHARE && above >= FAR * error
}
