/** How a figure went, in stretches that may be told. */
import { answersIn, figureOf, type Counts } from '#shared/insights/figure.ts'
import { UNDATED } from '#shared/insights/group-tallies.ts'
import type { Cut } from '#shared/insights/report-figures.ts'
import { trendOf } from '#shared/insights/rollup/trend.ts'
import { addDays, daysBetween, localTime, millis, type Day } from '#shared/kernel/time.ts'
import type { FigureCalls, TrendGap, TrendReply, TrendStep } from '#shared/protocol/figures.ts'
import { cutOf, openReading, type FigureParts, type Reading } from './figure-parts.ts'
import { footing, toldIn } from './read-figures.ts'

type Part = { readonly from: Day; readonly until: Day; readonly counts: Counts }

export const readTrend = (parts: FigureParts) => (scope: FigureCalls['figures.trend']['request']): TrendReply => {
  const reading = openReading(parts, scope)
  const whole = cutOf(reading, scope)
  const told = whole ? partsOf(reading, whole, scope.step) : []
  const { direction, perStep, probability } = trendOf(scope.metric, told.map(({ from, until, counts }) => ({ day: addDays(from, Math.floor(daysBetween(from, until) / 2)), counts })))
  return {
    ...footing(parts, reading, whole, scope),
    step: scope.step,
    overall: whole && toldIn(reading, whole),
    points: told.map(({ from, until, counts }) => ({ from, until, figure: figureOf(scope.metric, counts) })),
    gaps: whole ? gapsOf(reading, whole, told, spanOf(reading, scope)) : [],
    direction,
    perDay: perStep,
    probability,
  }
}

/** From cut to cut, and on until the step is over. */
const partsOf = ({ reports: { days }, range }: Reading, { line, cuts }: Cut, step: TrendStep): readonly Part[] => {
  const told: Part[] = []
  const dated = days[0] === UNDATED ? 1 : 0
  let start: number | null = null
  for (let boundary = Math.max(range.from, dated); boundary <= range.to; boundary++) {
    if (!cuts[boundary]) continue
    const isOver = start !== null && boundary > start && (boundary === range.to || stepOf(days[boundary] as Day, step) !== stepOf(days[firstFull(line.n, start, boundary)] as Day, step))
    if (start !== null && !isOver) continue
    if (start !== null) {
      const counts = line.counts(start, boundary)
      if (answersIn(counts) > 0) told.push({ from: days[firstFull(line.n, start, boundary)] as Day, until: days[lastFull(line.n, start, boundary)] as Day, counts })
    }
    start = boundary
  }
  return start === null ? told : withRest(told, { line, cuts }, days, start, range.to)
}

/** What stands between the last end of a step and the last cut inside the range. */
const withRest = (told: readonly Part[], { line, cuts }: Cut, days: readonly string[], start: number, to: number): readonly Part[] => {
  const end = cuts.lastIndexOf(true, to)
  if (end <= start) return told
  const counts = line.counts(start, end)
  return answersIn(counts) === 0 ? told : [...told, { from: days[firstFull(line.n, start, end)] as Day, until: days[lastFull(line.n, start, end)] as Day, counts }]
}

const firstFull = (n: Int32Array, from: number, to: number): number => {
  for (let unit = from; unit < to; unit++) if (n[unit]! > 0) return unit
  return from
}
const lastFull = (n: Int32Array, from: number, to: number): number => {
  for (let unit = to - 1; unit >= from; unit--) if (n[unit]! > 0) return unit
  return to - 1
}

/** Weeks by their Monday, months by their name. */
const stepOf = (day: Day, step: TrendStep): string => {
  if (step === 'day') return day
  return step === 'month' ? day.slice(0, 7) : addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}

/** First and last day that are looked at; null if there is none. */
const spanOf = ({ reports: { days }, timeZone }: Reading, { from, until }: { readonly from?: number; readonly until?: number }): { readonly first: Day; readonly last: Day } | null => {
  const dated = days.filter((day) => day !== UNDATED) as readonly string[] as readonly Day[]
  const dayOf = (at: number): Day => localTime(millis(at), timeZone).day
  const [first, last] = [from === undefined ? dated[0] : dayOf(from), until === undefined ? dated.at(-1) : dayOf(until)]
  return first === undefined || last === undefined || first > last ? null : { first, last }
}

/** Days of no point, told apart by whether somebody answered. Nobody looks at more than MOST_GAP_DAYS of them. */
const gapsOf = ({ reports: { days } }: Reading, { line }: Cut, told: readonly Part[], span: ReturnType<typeof spanOf>): readonly TrendGap[] => {
  if (!span) return []
  const answered = new Set(days.filter((_, unit) => line.n[unit]! > 0))
  const gaps: TrendGap[] = []
  let next = 0
  for (let day = span.first, looked = 0; day <= span.last && looked < MOST_GAP_DAYS; day = addDays(day, 1), looked++) {
    while (next < told.length && told[next]!.until < day) next += 1
    if (next < told.length && told[next]!.from <= day) continue
    const why = answered.has(day) ? 'withheld' : 'none'
    const before = gaps.at(-1)
    if (before && before.why === why && addDays(before.until as Day, 1) === day) gaps[gaps.length - 1] = { from: before.from, until: day, why }
    else gaps.push({ from: day, until: day, why })
  }
  return gaps
}

const MOST_GAP_DAYS = 4000
