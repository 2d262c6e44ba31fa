/** How much evidence an alarm takes, from how many false ones somebody puts up with. */

/** `falsePerYear` for the store: all touchpoints, drops and rises together. */
export type AlarmPlan = { readonly touchpoints: number; readonly falsePerYear: number }

/** A manager is called without a cause at most once a quarter. */
export const FALSE_ALARMS_PER_YEAR = 4

/**
 * The change that is looked for, as a ratio of odds: from 80 to 70 in 100, from 50 to 37, from 90 to 84; upwards the same way round.
 * Smaller lasting changes are found too, later.
 */
export const WATCHED_ODDS = 7 / 12

/** Both ways are watched. */
const DIRECTIONS = 2
/** What is usual is itself only known from some weeks, which makes false alarms more frequent than the formula has it: measured, up to twice. */
const BASELINE_MARGIN = 2

/**
 * Evidence (natural logarithm of a likelihood ratio) at which a touchpoint raises an alarm.
 * `answersPerYear` it gives, and its `usual` share of good ones.
 * Source  mean run to a false alarm (eʰ − h − 1) / I of Page's test, by Wald's approximation, which errs on the quiet side; I is the information
 *         per answer of the usual against the changed share (Kullback and Leibler 1951).
 */
export const alarmThreshold = ({ touchpoints, falsePerYear }: AlarmPlan, touchpoint: { readonly answersPerYear: number; readonly usual: number }): number => {
  const run = (touchpoint.answersPerYear * touchpoints * DIRECTIONS * BASELINE_MARGIN) / falsePerYear
  const needed = run * Math.max(information(touchpoint.usual, WATCHED_ODDS), information(touchpoint.usual, 1 / WATCHED_ODDS))
  let h = Math.log(needed + 2)
  for (let step = 0; step < 20; step++) h = Math.log(needed + h + 1)
  return Math.max(h, LEAST_EVIDENCE)
}

/** Even where hardly anybody answers, an alarm is not a matter of three angry people. */
export const LEAST_EVIDENCE = 4

/** Share with its odds multiplied. */
export const shiftedShare = (share: number, odds: number): number => (odds * share) / (1 - share + odds * share)

/** Expected evidence per answer for the usual share against the shifted one, when the usual one is true. */
const information = (usual: number, odds: number): number => {
  const changed = shiftedShare(usual, odds)
  return usual * Math.log(usual / changed) + (1 - usual) * Math.log((1 - usual) / (1 - changed))
}
