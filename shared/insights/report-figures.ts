/** Figures of a stretch of time, with a breakdown, told so that nothing about fewer than MIN_SHOWN answers can be read off or computed from several reports. */
import { localTime, millis } from '../kernel/time.ts'
import { addCounts, answersIn, figureOf, hiddenFigure, type Counts, type Figure, type Metric } from './figure.ts'
import { UNDATED, type Dimension, type Tally } from './group-tallies.ts'
import { cutsOf, settleCuts, windowIn, type Cuts, type Row } from './settled-cuts.ts'

export type ReportTerms = {
  readonly metric: Metric
  readonly by: Dimension | null
  readonly timeZone: string
  /** Both included; whole days of the store count, so a range is as if it reached from the beginning of its first to the end of its last day. */
  readonly from?: number
  readonly until?: number
  /** Only the answers to this question. */
  readonly question?: string
}

export type ReportFigures = {
  readonly overall: Figure
  readonly groups: readonly { readonly key: string; readonly figure: Figure }[]
  /** Groups of which nothing may be told: they have too few answers, or protect one that has. Neither their number of answers nor their figure is known. */
  readonly withheld: readonly string[]
}

/** A unit is a day of the store; what carries no time comes before all days. */
type Grid = { readonly days: readonly string[]; readonly index: ReadonlyMap<string, number> }
/** Counts by value on each unit. */
type Line = readonly Counts[]
type Lines = ReadonlyMap<string, Line>

/**
 * The figures of a report.
 * Shape   `tallies`: all there are of the metric's scale, whatever the range: where a day has too few answers, the days around it decide what is told.
 *         A figure counts the days between two cuts inside the range, and its n says how many answers that were.
 * Order   hours and days ascending, touchpoints and questions by n, most first; withheld ones by name.
 */
export const reportFigures = (tallies: readonly Tally[], terms: ReportTerms): ReportFigures => figuresFrom(settleReports(tallies, terms.timeZone), terms)

/** What every report of the same answers begins with, whatever it asks for. */
export const settleReports = (tallies: readonly Tally[], timeZone: string): SettledReports => {
  const days = momentKeys(tallies, timeZone)
  const grid = gridOf(tallies, days)
  return { tallies, days, grid, settled: settle(grid, days, tallies.filter(({ detail }) => !detail)) }
}

/** As `reportFigures`; `timeZone` is that of the settling. */
export const figuresFrom = ({ tallies, days, grid, settled }: SettledReports, terms: ReportTerms): ReportFigures => {
  const range = rangeOf(grid, terms)
  const own = terms.question === undefined ? null : questionLine(grid, days, tallies, settled, terms.question)
  const whole = own ?? settled.whole
  const overall = figureIn(terms.metric, whole.line, whole.cuts, range) ?? hiddenFigure(answersIn(sumOf(whole.line, range.from, range.to)))
  if (terms.by === null) return { overall, groups: [], withheld: [] }
  if (terms.by === 'day') return { overall, ...told(terms, grid.days.map((key, i) => ({ key, figure: figureIn(terms.metric, whole.line, whole.cuts, { from: Math.max(i, range.from), to: Math.min(i + 1, range.to) }), n: answersIn(sumOf(whole.line, Math.max(i, range.from), Math.min(i + 1, range.to))) }))) }
  const lines = terms.by === 'question' ? questionLines(grid, days, tallies, settled, terms.question) : own ? crossed(grid, days, tallies, terms, whole) : settled[terms.by]
  return { overall, ...told(terms, [...lines].map(([key, { line, cuts }]) => ({ key, figure: figureIn(terms.metric, line, cuts, range), n: answersIn(sumOf(line, range.from, range.to)) }))) }
}

/** Answers with the cuts of everything that is told of them. */
export type SettledReports = { readonly tallies: readonly Tally[]; readonly days: Moments; readonly grid: Grid; readonly settled: Settled }

type Cut = { readonly line: Line; readonly cuts: Cuts }
type CutLines = ReadonlyMap<string, Cut>
type Settled = { readonly whole: Cut; readonly touchpoint: CutLines; readonly hour: CutLines; readonly question: CutLines }

const told = ({ by }: ReportTerms, cells: readonly { readonly key: string; readonly figure: Figure | null; readonly n: number }[]): Pick<ReportFigures, 'groups' | 'withheld'> => {
  const groups = cells.flatMap(({ key, figure }) => (figure ? [{ key, figure }] : []))
  const inTime = by === 'hour' || by === 'day'
  return {
    groups: groups.sort((a, b) => (inTime ? 0 : b.figure.n - a.figure.n) || (a.key < b.key ? -1 : 1)),
    withheld: cells.flatMap(({ key, figure, n }) => (figure === null && n > 0 ? [key] : [])).sort(),
  }
}

/** All that is told at all: the whole, by place, by hour of the day and by question, each with cuts that respect the others. */
const settle = (grid: Grid, days: Moments, main: readonly Tally[]): Settled => {
  const line = lineOf(grid, days, main)
  const whole = { line, cuts: cutsOf(rowOf([line])) }
  const divisions = {
    touchpoint: cutLines(linesBy(grid, days, main, ({ touchpoint }) => touchpoint)),
    hour: cutLines(linesBy(grid, days, main, ({ quarterAt }) => days.get(quarterAt)!.hour)),
    question: cutLines(linesBy(grid, days, main, ({ question }) => question)),
  }
  settleCuts(rowOf([line]), whole.cuts, Object.values(divisions).map(divisionOf))
  return { whole, ...divisions }
}

const divisionOf = (lines: CutLines) => ({ rows: [...lines.values()].map(({ line }) => rowOf([line])), cuts: [...lines.values()].map(({ cuts }) => cuts) })
const cutLines = (lines: Lines): CutLines => new Map([...lines].map(([key, line]) => [key, { line, cuts: cutsOf(rowOf([line])) }]))

/** Ratings beside a survey's own score add up to nothing: each stands for itself. */
const questionLines = (grid: Grid, days: Moments, tallies: readonly Tally[], settled: Settled, question: string | undefined): CutLines => {
  const details = cutLines(linesBy(grid, days, tallies.filter(({ detail }) => detail), (tally) => tally.question))
  const all = new Map([...settled.question, ...[...details].map(([key, cut]) => [settled.question.has(key) ? `${key} (detail)` : key, cut] as const)])
  return question === undefined ? all : new Map([...all].filter(([key]) => key === question))
}

const questionLine = (grid: Grid, days: Moments, tallies: readonly Tally[], settled: Settled, question: string): Cut => {
  const known = settled.question.get(question)
  const detail = tallies.filter((tally) => tally.detail && tally.question === question)
  if (known && detail.length === 0) return known
  const line = lineOf(grid, days, known ? tallies.filter((tally) => tally.question === question) : detail)
  const cuts = cutsOf(rowOf([line]))
  // Asked both ways: only where both may be cut.
  return { line, cuts: known ? cuts.map((own, i) => own && known.cuts[i]!) : cuts }
}

/** One question by place or hour: a group is cut only where every question of it may be, so that no question is what the others leave over. */
const crossed = (grid: Grid, days: Moments, tallies: readonly Tally[], { by, question }: ReportTerms, whole: Cut): CutLines => {
  const keyOf = (tally: Tally): string => (by === 'hour' ? days.get(tally.quarterAt)!.hour : tally.touchpoint)
  const questions = [question!, ...new Set(tallies.filter((tally) => !tally.detail && tally.question !== question).map((tally) => tally.question))]
  const lines = questions.map((one) => linesBy(grid, days, tallies.filter((tally) => tally.question === one && (one === question || !tally.detail)), keyOf))
  const none = emptyLine(grid)
  const rows = new Map([...lines[0]!.keys()].map((key) => [key, rowOf(lines.map((of) => of.get(key) ?? none))]))
  const cuts = new Map([...rows].map(([key, row]) => [key, cutsOf(row)]))
  settleCuts(rowOf([whole.line]), whole.cuts, [{ rows: [...rows.values()], cuts: [...cuts.values()] }], true)
  return new Map([...lines[0]!].map(([key, line]) => [key, { line, cuts: cuts.get(key)! }]))
}

type Moment = { readonly day: string; readonly hour: string }
type Moments = ReadonlyMap<number | null, Moment>

/** Local day and hour of each quarter, asked for once. */
const momentKeys = (tallies: readonly Tally[], timeZone: string): Moments =>
  new Map([...new Set(tallies.map(({ quarterAt }) => quarterAt))].map((quarterAt) => [quarterAt, momentOf(quarterAt, timeZone)]))

const momentOf = (quarterAt: number | null, timeZone: string): Moment => {
  if (quarterAt === null) return { day: UNDATED, hour: UNDATED }
  const { day, hour } = localTime(millis(quarterAt), timeZone)
  return { day, hour: String(hour).padStart(2, '0') }
}

const gridOf = (tallies: readonly Tally[], keys: Moments): Grid => {
  const days = [...new Set(tallies.map(({ quarterAt }) => keys.get(quarterAt)!.day))].sort((a, b) => Number(b === UNDATED) - Number(a === UNDATED) || (a < b ? -1 : 1))
  return { days, index: new Map(days.map((day, i) => [day, i])) }
}

/** Units of a range; what carries no time is in none that has an end. */
const rangeOf = ({ days }: Grid, { from, until, timeZone }: ReportTerms): { readonly from: number; readonly to: number } => {
  const dated = days[0] === UNDATED ? 1 : 0
  const dayOf = (at: number): string => localTime(millis(at), timeZone).day
  const first = from === undefined ? null : dayOf(from)
  const last = until === undefined ? null : dayOf(until)
  const start = first === null ? (last === null ? 0 : dated) : (indexWhere(days, (day) => day !== UNDATED && day >= first) ?? days.length)
  const end = last === null ? days.length : (indexWhere(days, (day) => day !== UNDATED && day > last) ?? days.length)
  return { from: start, to: Math.max(start, end) }
}

const indexWhere = (days: readonly string[], holds: (day: string) => boolean): number | null => {
  const found = days.findIndex(holds)
  return found < 0 ? null : found
}

const emptyLine = ({ days }: Grid): Line => days.map(() => ({}))

const lineOf = (grid: Grid, days: Moments, tallies: readonly Tally[]): Line => linesBy(grid, days, tallies, () => '').get('') ?? emptyLine(grid)

const linesBy = (grid: Grid, days: Moments, tallies: readonly Tally[], keyOf: (tally: Tally) => string): Lines => {
  const lines = new Map<string, { [value: string]: number }[]>()
  for (const tally of tallies) {
    const key = keyOf(tally)
    const line = lines.get(key) ?? grid.days.map((): { [value: string]: number } => ({}))
    lines.set(key, line)
    const counts = line[grid.index.get(days.get(tally.quarterAt)!.day)!]!
    const value = String(tally.value)
    counts[value] = (counts[value] ?? 0) + tally.n
  }
  return lines
}

const rowOf = (lines: readonly Line[]): Row => ({ parts: lines.map((line) => line.map(answersIn)) })

const sumOf = (line: Line, from: number, to: number): Counts => line.slice(from, to).reduce<Counts>(addCounts, {})

const figureIn = (metric: Metric, line: Line, cuts: Cuts, { from, to }: { readonly from: number; readonly to: number }): Figure | null => {
  const window = windowIn(cuts, from, to)
  const counts = window && sumOf(line, window.from, window.to)
  return counts && answersIn(counts) > 0 ? figureOf(metric, counts) : null
}
