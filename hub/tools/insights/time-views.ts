/** `npm run insights -- trend | week | alarms | change`: answers in the time of the store. */
import { FALSE_ALARMS_PER_YEAR } from '#shared/insights/alarm/alarm-plan.ts'
import { watchHistory } from '#shared/insights/alarm/watch-history.ts'
import { checkPlan, type ImprovementPlan } from '#shared/insights/experiment/improvement-plan.ts'
import { closeImprovement } from '#shared/insights/experiment/improvement-result.ts'
import { answersForShare } from '#shared/insights/experiment/answers-for-change.ts'
import { addCounts, figureOf, goodAnswers, type Counts, type Metric } from '#shared/insights/figure.ts'
import { scoreIn, type Response } from '#shared/insights/responses.ts'
import { trendOf } from '#shared/insights/rollup/trend.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { addDays, daysBetween, localTime, type Day, type Millis } from '#shared/kernel/time.ts'
import { metricOf, unknownQuestion, type DeskAnswers } from './desk-answers.ts'
import { figureJson, intervalJson, rounded, type JsonObject } from './figure-json.ts'

type Dated = { readonly at: Millis; readonly score: number; readonly touchpoint: string }
type Asked = { readonly metric: Metric; readonly dated: readonly Dated[]; readonly undated: number }

/** The figure of each day, and whether it goes up or down. */
export const trendView = (answers: DeskAnswers, question: string, timeZone: string): Result<JsonObject, string> => {
  const asked = datedAnswers(answers, question)
  if (!asked.ok) return asked
  const { metric, dated, undated } = asked.value
  const days = dayCounts(dated, timeZone)
  const seen = [...days.keys()].sort()
  const length = seen.length === 0 ? 0 : daysBetween(seen[0]!, seen.at(-1)!) + 1
  const steps = Array.from({ length }, (_, i) => addDays(seen[0]!, i)).map((day) => ({ day, counts: days.get(day) ?? {} }))
  const { points, direction, perStep, probability } = trendOf(metric, steps)
  return ok({ question, metric, timeZone, undated, direction, pointsPerDay: rounded(perStep, 4), probability: rounded(probability, 6), days: points.map(({ day, figure }) => Object.assign({ day }, figureJson(metric, figure))) })
}

/** The figure of each hour of the week. */
export const weekView = (answers: DeskAnswers, question: string, timeZone: string): Result<JsonObject, string> => {
  const asked = datedAnswers(answers, question)
  if (!asked.ok) return asked
  const { metric, dated, undated } = asked.value
  const hours = new Map<number, Counts>()
  for (const { at, score } of dated) {
    const { weekday, hour } = localTime(at, timeZone)
    const key = (weekday - 1) * 24 + hour
    hours.set(key, addCounts(hours.get(key) ?? {}, { [score]: 1 }))
  }
  const map = [...hours].sort(([a], [b]) => a - b).map(([key, counts]) => Object.assign({ weekday: Math.floor(key / 24) + 1, hour: key % 24 }, figureJson(metric, figureOf(metric, counts))))
  return ok({ question, metric, timeZone, undated, hours: map })
}

/** What would have been raised and closed, touchpoint by touchpoint. */
export const alarmsView = (answers: DeskAnswers, question: string, timeZone: string): Result<JsonObject, string> => {
  const asked = datedAnswers(answers, question)
  if (!asked.ok) return asked
  const { metric, dated, undated } = asked.value
  const places = [...Map.groupBy(dated, ({ touchpoint }) => touchpoint)].sort(([a], [b]) => (a < b ? -1 : 1))
  const plan = { touchpoints: places.length, falsePerYear: FALSE_ALARMS_PER_YEAR }
  const touchpoints = places.map(([touchpoint, own]) => {
    const timed = own.toSorted((a, b) => a.at - b.at).map(({ at, score }) => ({ at, good: goodAnswers(metric, { [score]: 1 }) === 1 }))
    const { news, open, knownSince } = watchHistory(timed, { plan, timeZone })
    return {
      touchpoint,
      n: own.length,
      knownSince,
      open,
      news: news.map(({ type, direction, since, at, n, share, usual, interval }) => ({ type, direction, since: isoTime(since), at: isoTime(at), n, percent: rounded(100 * share, 2), interval: intervalJson({ low: 100 * interval.low, high: 100 * interval.high }, 2), usual: rounded(100 * usual, 2) })),
    }
  })
  return ok({ question, metric, timeZone, undated, falseAlarmsPerYear: FALSE_ALARMS_PER_YEAR, touchpoints })
}

/** What was asked about a change: windows as `2026-10-05..2026-10-19`, the last day not in it. */
export type AskedChange = { readonly before: string; readonly after: string; readonly at: string; readonly control: string | null; readonly points: number; readonly today: Day }

/** Before and after at one touchpoint. */
export const changeView = (answers: DeskAnswers, question: string, timeZone: string, change: AskedChange): Result<JsonObject, string> => {
  const asked = datedAnswers(answers, question)
  if (!asked.ok) return asked
  const { metric, dated } = asked.value
  const [before, after] = [windowOf(change.before), windowOf(change.after)]
  if (!before || !after) return err('--before and --after are days like 2026-10-05..2026-10-19, the last one not in it')
  const plan: ImprovementPlan = { hypothesis: `change at ${change.at}`, metric, touchpoint: change.at, direction: change.points < 0 ? 'down' : 'up', points: Math.abs(change.points), before, after, control: change.control }
  const checked = checkPlan(plan)
  if (!checked.ok) return err(`this cannot be compared: ${checked.error.why}`)
  const countsIn = (touchpoint: string, { from, until }: { readonly from: Day; readonly until: Day }): Counts => {
    const days = dayCounts(dated.filter((one) => one.touchpoint === touchpoint), timeZone)
    return [...days].reduce<Counts>((sum, [day, counts]) => (day >= from && day < until ? addCounts(sum, counts) : sum), {})
  }
  const windows = (touchpoint: string) => ({ before: countsIn(touchpoint, before), after: countsIn(touchpoint, after) })
  const closed = closeImprovement(plan, { ...windows(change.at), control: change.control === null ? null : windows(change.control) }, change.today)
  if (!closed.ok) return err(closed.error.why === 'running' ? `the window runs until ${closed.error.until}` : `${closed.error.missing} answers are missing in the thinner window`)
  const { verdict, whole, change: points, interval, probability, controlChange } = closed.value
  return ok({
    question,
    metric,
    touchpoint: change.at,
    control: change.control,
    verdict,
    whole,
    change: rounded(points, 2),
    interval: intervalJson(interval, 2),
    probability: rounded(probability, 6),
    controlChange: rounded(controlChange, 2),
    answersPerWindow: closed.value.before.score === null || metric === 'nps' ? null : answersForShare(closed.value.before.score, change.points),
    before: figureJson(metric, closed.value.before),
    after: figureJson(metric, closed.value.after),
  })
}

const datedAnswers = (answers: DeskAnswers, question: string): Result<Asked, string> => {
  const unknown = unknownQuestion(answers, question)
  if (unknown) return err(unknown)
  const metric = metricOf(answers, question)
  if (metric === null) return err(`"${question}" has no scale`)
  const scored = answers.responses.flatMap((response: Response) => {
    const score = scoreIn(response, question)
    return score === null ? [] : [{ at: response.at, score, touchpoint: response.touchpoint }]
  })
  const dated = scored.flatMap(({ at, score, touchpoint }) => (at === null ? [] : [{ at, score, touchpoint }]))
  return ok({ metric, dated, undated: scored.length - dated.length })
}

const dayCounts = (dated: readonly Dated[], timeZone: string): ReadonlyMap<Day, Counts> => {
  const days = new Map<Day, Counts>()
  for (const { at, score } of dated) {
    const { day } = localTime(at, timeZone)
    days.set(day, addCounts(days.get(day) ?? {}, { [score]: 1 }))
  }
  return days
}

const windowOf = (written: string): { readonly from: Day; readonly until: Day } | null => {
  const [, from, until] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(written) ?? []
  return from && until && !Number.isNaN(Date.parse(from)) && !Number.isNaN(Date.parse(until)) ? { from: from as Day, until: until as Day } : null
}

const isoTime = (at: Millis): string => new Date(at).toISOString()
