/** What became of an improvement. It ends with numbers or not at all. */
import { err, ok, type Result } from '../../kernel/result.ts'
import type { Day } from '../../kernel/time.ts'
import { answersIn, figureOf, goodAnswers, npsCounts, type Counts, type Figure, type Metric } from '../figure.ts'
import { Z95, type Interval } from '../interval.ts'
import { normalTwoSided } from '../statistics/distributions.ts'
import { compareNps } from '../compare/compare-nps.ts'
import { compareShares } from '../compare/compare-shares.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { ImprovementPlan } from './improvement-plan.ts'

/** Answers at the touchpoint and, if the plan has one, at its control. */
export type ImprovementAnswers = { readonly before: Counts; readonly after: Counts; readonly control: { readonly before: Counts; readonly after: Counts } | null }

/** Fewer answers in a window decide nothing. */
export const LEAST_IN_WINDOW = 30

/** kept: the change goes the promised way, more than luck makes · against: it goes the other way, more than luck makes · open: no change can be told from luck. */
export type ImprovementVerdict = 'kept' | 'against' | 'open'

/**
 * Units   change and interval in points of the figure, after minus before; with a control, less what changed there too.
 * Shape   `probability` two-sided, of a change this large by luck; `whole` when even the cautious end of the interval reaches the promised points.
 */
export type ImprovementResult = {
  readonly verdict: ImprovementVerdict
  readonly whole: boolean
  readonly change: number
  readonly interval: Interval
  readonly probability: number
  readonly before: Figure
  readonly after: Figure
  readonly controlChange: number | null
}

/** running: the window ends on a later day · few: so many answers are missing in the thinner window. */
export type NotClosed = { readonly type: 'NotClosed'; readonly why: 'running'; readonly until: Day } | { readonly type: 'NotClosed'; readonly why: 'few'; readonly missing: number }

/**
 * The result, as soon as there can be one.
 * Errors  NotClosed while the after-window runs, and when a window has fewer than LEAST_IN_WINDOW answers, in the control as well.
 * Source  difference in differences; intervals put together as in `compareNps`.
 */
export const closeImprovement = (plan: ImprovementPlan, answers: ImprovementAnswers, today: Day): Result<ImprovementResult, NotClosed> => {
  if (today < plan.after.until) return err({ type: 'NotClosed', why: 'running', until: plan.after.until })
  const windows = [answers.before, answers.after, ...(answers.control ? [answers.control.before, answers.control.after] : [])]
  const missing = LEAST_IN_WINDOW - Math.min(...windows.map(answersIn))
  if (missing > 0) return err({ type: 'NotClosed', why: 'few', missing })
  const own = changeOf(plan.metric, answers.before, answers.after)
  const control = answers.control && changeOf(plan.metric, answers.control.before, answers.control.after)
  const net = control ? without(own, control) : own
  const promised = plan.direction === 'up' ? net : mirrored(net)
  return ok({
    verdict: promised.interval.low > 0 ? 'kept' : promised.interval.high < 0 ? 'against' : 'open',
    whole: promised.interval.low * 100 >= plan.points,
    change: 100 * net.difference,
    interval: { low: 100 * net.interval.low, high: 100 * net.interval.high },
    probability: net.probability,
    before: figureOf(plan.metric, answers.before),
    after: figureOf(plan.metric, answers.after),
    controlChange: control && 100 * control.difference,
  })
}

const changeOf = (metric: Metric, before: Counts, after: Counts): Comparison => {
  if (metric === 'nps') return compareNps(npsCounts(after), npsCounts(before))!
  return compareShares({ hits: goodAnswers(metric, after), n: answersIn(after) }, { hits: goodAnswers(metric, before), n: answersIn(before) })!
}

/** One change less another one; the arms of both intervals squared and added. */
const without = (own: Comparison, control: Comparison): Comparison => {
  const difference = own.difference - control.difference
  const low = difference - Math.hypot(own.difference - own.interval.low, control.interval.high - control.difference)
  const high = difference + Math.hypot(own.interval.high - own.difference, control.difference - control.interval.low)
  const error = (high - low) / (2 * Z95)
  return { difference, interval: { low, high }, probability: error === 0 ? 1 : normalTwoSided(difference / error), effect: own.effect - control.effect }
}

const mirrored = (comparison: Comparison): Comparison => ({ ...comparison, difference: -comparison.difference, interval: { low: -comparison.interval.high, high: -comparison.interval.low } })
