/** What goes with the overall judgement, from the answers of those who gave it together with the ratings. */
import type { Analyst } from '#hub/ports/analyst.ts'
import { READ_PAGE, type AnswerReader, type ScoredAnswer } from '#hub/ports/answer-reader.ts'
import type { Retention } from '#hub/ports/retention.ts'
import { importancePerformance } from '#shared/insights/drivers/importance-performance.ts'
import { enoughAnswers, type Driver, type DriverAnswers, type KeyDrivers } from '#shared/insights/drivers/key-drivers.ts'
import { markedPoints } from '#shared/insights/drivers/pain-points.ts'
import { ratingsBeside, tellingRatings, type AskedAs } from '#shared/insights/drivers/ratings-beside.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import { driversFormula } from '#shared/insights/formula.ts'
import { settleReports, unitsOf } from '#shared/insights/report-figures.ts'
import { windowIn } from '#shared/insights/settled-cuts.ts'
import { summaryOf } from '#shared/insights/statistics/summary.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import type { DriversReply, DriversRequest } from '#shared/protocol/figures.ts'
import { QUARTER_MS, UNDATED } from '#shared/insights/group-tallies.ts'
import { answerLedger, dayNumber, type AnswerLedger } from '#shared/insights/rollup/answer-ledger.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import type { FigureParts } from './figure-parts.ts'
import { figureNames, type FigureNames } from './figure-names.ts'
import { missingDevices } from './read-insights.ts'

export type DriverParts = FigureParts & { readonly reader: AnswerReader; readonly analyst: Analyst; readonly retention: Pick<Retention, 'sumsBefore'>; pause(): Promise<unknown> }

/** People whose answers are put beside each other at most, the newest: more make the picture no clearer and the wait longer. */
const MOST_PEOPLE = 20_000
/** Answers that are read for them at most. */
const MOST_ANSWERS = 400_000

/** `day`: of the store's calendar. */
type Person = { readonly touchpoint: string; readonly day: string; readonly answers: Map<string, number> }
type Read = { readonly people: ReadonlyMap<string, Person>; readonly asked: ReadonlyMap<string, AskedAs> }

export const readDrivers = (parts: DriverParts) => async (request: DriversRequest): Promise<DriversReply> => {
  const { timeZone } = feedbackContext(parts.documents)
  const names = figureNames(parts)
  const read = await readPeople(parts, timeZone)
  const { people } = read
  const ratings = request.ratings ?? ratingsBeside(people.values(), read.asked, request.outcome)
  // Between steps that look at everybody whoever else wants something from the hub has a turn.
  await parts.pause()
  const complete = [...people.values()].filter(({ answers }) => [request.outcome, ...ratings].every((question) => answers.has(question)))
  await parts.pause()
  const told = ratings.length === 0 ? [] : toldOf(complete, request, timeZone).slice(0, MOST_PEOPLE)
  const column = (question: string): readonly number[] => told.map(({ answers }) => answers.get(question)!)
  const whole: DriverAnswers = { outcome: column(request.outcome), ratings: ratings.map((key) => ({ key, values: column(key) })) }
  // One that everybody gave alike, or that repeats others, would keep the rest from being weighed.
  const given: DriverAnswers = request.ratings || told.length < MIN_SHOWN ? whole : { ...whole, ratings: tellingRatings(whole).kept }
  const found = told.length < MIN_SHOWN ? null : await parts.analyst.drivers(given)
  const asOf = parts.clock.now()
  return {
    outcome: { key: request.outcome, name: names.question(request.outcome) },
    n: told.length,
    enough: enoughAnswers(ratings.length),
    found: found === null || 'type' in found ? null : findings(found, given, names),
    why: ratings.length === 0 ? 'no-ratings' : found === null ? 'few' : 'type' in found ? (found.why === 'too-few' ? 'few' : found.why) : null,
    sumsBefore: parts.retention.sumsBefore(),
    formula: driversFormula,
    missing: missingDevices(parts, { from: request.from ?? -Infinity, until: Math.min(request.until ?? asOf, asOf) + 1 }, asOf),
    asOf,
  }
}

/** Everybody's scored answers, by who gave them; what was said last counts. Order  newest first. */
const readPeople = async ({ reader, pause }: DriverParts, timeZone: string): Promise<Read> => {
  const people = new Map<string, Person>()
  const dayOf = calendar(timeZone)
  const asked = new Map<string, AskedAs>()
  for (let before = Number.MAX_SAFE_INTEGER, read = 0; read < MOST_ANSWERS; await pause()) {
    const page = reader.scored({}, before)
    for (const answer of page) {
      put(people, answer, dayOf)
      if (!asked.has(answer.question)) asked.set(answer.question, { kind: answer.kind, detail: answer.detail === 1 })
    }
    read += page.length
    if (page.length < READ_PAGE) break
    before = page.at(-1)!.n
  }
  return { people, asked }
}

/** The day of an instant, read off the calendar once a quarter of an hour. */
const calendar = (timeZone: string): ((at: number | null) => string) => {
  const days = new Map<number, string>()
  return (at) => {
    if (at === null) return UNDATED
    const quarter = Math.floor(at / QUARTER_MS)
    const day = days.get(quarter) ?? localTime(millis(quarter * QUARTER_MS), timeZone).day
    days.set(quarter, day)
    return day
  }
}

const put = (people: Map<string, Person>, { dev, response, touchpoint, at, question, value }: ScoredAnswer, dayOf: (at: number | null) => string): void => {
  const name = `${dev} ${response}`
  const known = people.get(name)
  const person = known ?? { touchpoint, day: dayOf(at), answers: new Map<string, number>() }
  if (!person.answers.has(question)) person.answers.set(question, value)
  if (!known) people.set(name, person)
}

/** Those of the range and touchpoint who may be told of: ranges and touchpoints differ by enough people, or by none. */
const toldOf = (people: readonly Person[], { from, until, at }: DriversRequest, timeZone: string): readonly Person[] => {
  const { days, settled } = settleReports(countDays(people))
  const range = unitsOf(days, { timeZone, ...(from !== undefined && { from }), ...(until !== undefined && { until }) })
  const cut = at === undefined ? settled.whole : settled.touchpoint.get(at)
  const window = cut && windowIn(cut.cuts, range.from, range.to)
  if (!window) return []
  const inside = new Set(days.slice(window.from, window.to))
  return people.filter((person) => (at === undefined || person.touchpoint === at) && inside.has(person.day))
}

/** People by touchpoint and day: nothing of them is told by the hour. */
const countDays = (people: readonly Person[]): AnswerLedger => {
  const counts = new Map<string, Map<string, number>>()
  for (const { touchpoint, day } of people) {
    const own = counts.get(touchpoint) ?? new Map<string, number>()
    counts.set(touchpoint, own.set(day, (own.get(day) ?? 0) + 1))
  }
  const ledger = answerLedger()
  for (const [touchpoint, days] of counts) {
    const place = ledger.at({ touchpoint, question: '', survey: '', detail: false, channel: '', device: '', language: '', segment: '' })
    for (const [day, n] of days) place({ day: dayNumber(day), hour: null, value: 0, n }, 'day', 1)
  }
  return ledger
}

const findings = (found: KeyDrivers, given: DriverAnswers, names: FigureNames): DriversReply['found'] => {
  const { importanceCut, performanceCut, placed } = importancePerformance(found.drivers.map(({ key, weight, mean }) => ({ key, importance: weight, score: mean })))
  const valuesOf = new Map(given.ratings.map(({ key, values }) => [key, values]))
  return {
    outcomeMean: found.outcomeMean,
    rSquared: found.rSquared,
    adjustedRSquared: found.adjustedRSquared,
    drivers: found.drivers.map((driver, i) => Object.assign({}, driver, { name: names.question(driver.key), quadrant: placed[i]!.quadrant })),
    warnings: found.warnings,
    cuts: { importance: importanceCut, performance: performanceCut },
    points: markedPoints(found.drivers.map((driver) => weighed(driver, valuesOf.get(driver.key)!))).map((point) => Object.assign({}, point, { name: names.question(point.key) })),
  }
}

const weighed = ({ key, mean, weight, shareInterval }: Driver, values: readonly number[]) => ({
  key,
  score: mean,
  scoreInterval: summaryOf(values).interval ?? { low: mean, high: mean },
  importance: weight,
  importanceInterval: shareInterval ?? { low: 0, high: 1 },
})
