/** Figures of a stretch of time, with a breakdown, told so that nothing about fewer than MIN_SHOWN answers can be read off or computed from several reports. */
import { localTime, millis } from '../kernel/time.ts'
import { answersIn, figureOf, hiddenFigure, MIN_SHOWN, type Figure, type Metric } from './figure.ts'
import { UNDATED, type Dimension, type Tally } from './group-tallies.ts'
import { answerLedger, dayNumber, NO_DAY, sumOfLines, type AnswerLedger, type LedgerEntry, type Line, type Lines } from './rollup/answer-ledger.ts'
import { cutIn, settleTable, type Cut, type KeepRules, type SettledRows, type Walk } from './settle-again.ts'
import { cutsOf, settleCuts, windowIn, type Row } from './settled-cuts.ts'

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

/**
 * The figures of a report.
 * Shape   `tallies`: all there are of the metric's scale, whatever the range: where a day has too few answers, the days around it decide what is told.
 *         A figure counts the days between two cuts inside the range, and its n says how many answers that were.
 * Order   hours and days ascending, touchpoints and questions by n, most first; withheld ones by name.
 */
export const reportFigures = (tallies: readonly Tally[], terms: ReportTerms): ReportFigures => figuresFrom(settleReports(ledgerOf(tallies, terms.timeZone)), terms)

/** The same from a ledger, which new answers are added to: what every report of the same answers begins with, whatever it asks for. `before`: as it was settled last. */
export const settleReports = (ledger: Pick<AnswerLedger, 'days' | 'lines'>, before: SettledReports | null = null): SettledReports => {
  const days = ledger.days()
  const lines: Divided = {
    whole: ledger.lines({ by: 'whole' }).get('') ?? emptyLine(days.length),
    touchpoint: ledger.lines({ by: 'touchpoint' }),
    hour: ledger.lines({ by: 'hour' }),
    question: ledger.lines({ by: 'question' }),
  }
  const table = settleTable({ days, table: lines, walk: walkDivided, keepRules: keepDivided }, before?.table ?? null)
  const cut = (by: Division): CutLines => new Map([...lines[by]].map(([key, line]) => [key, cutIn(table, `${by} ${key}`, line)]))
  return { days, ledger, table, settled: { whole: cutIn(table, 'whole', lines.whole), touchpoint: cut('touchpoint'), hour: cut('hour'), question: cut('question') } }
}

/** The same answers as they are told of the days before a unit. */
export const reportsUntil = ({ days, ledger, settled }: SettledReports, unit: number): SettledReports => {
  if (unit >= days.length) return { days, ledger, settled }
  const line = (own: Line): Line => ({ ...own, n: own.n.subarray(0, unit) })
  const cut = (own: Cut): Cut => ({ line: line(own.line), cuts: own.cuts.slice(0, unit + 1), ...(own.finished && { finished: own.finished.slice(0, unit + 1) }) })
  const all = (by: Division): CutLines => new Map([...settled[by]].map(([key, own]) => [key, cut(own)]))
  return {
    days: days.slice(0, unit),
    ledger: { lines: (view) => new Map([...ledger.lines(view)].map(([key, own]) => [key, line(own)] as const).filter(([, { n }]) => n.some((one) => one > 0))) },
    settled: { whole: cut(settled.whole), touchpoint: all('touchpoint'), hour: all('hour'), question: all('question') },
  }
}

const DIVISIONS = ['touchpoint', 'hour', 'question'] as const
type Division = (typeof DIVISIONS)[number]
type Divided = { readonly whole: Line } & { readonly [D in Division]: Lines }

const walkDivided: Walk<Divided> = (lines, { row }) => {
  const all = (by: Division): Lines => new Map([...lines[by]].map(([key, line]) => [key, row(`${by} ${key}`, line)]))
  return { whole: row('whole', lines.whole), touchpoint: all('touchpoint'), hour: all('hour'), question: all('question') }
}

const keepDivided: KeepRules<Divided> = (lines, cutsAt, from) => {
  const divisions = DIVISIONS.map((by) => Array.from(lines[by].values())).map((rows) => ({ rows: rows.map((line) => rowOf([line])), cuts: rows.map(cutsAt) }))
  settleCuts(rowOf([lines.whole]), cutsAt(lines.whole), divisions, { from })
}

/** As `reportFigures`; `timeZone` is that of the ledger. */
export const figuresFrom = (reports: SettledReports, terms: ReportTerms): ReportFigures => {
  const range = unitsOf(reports.days, terms)
  const own = terms.question === undefined ? null : questionCut(reports, terms.question)
  const whole = own ?? reports.settled.whole
  const overall = figureIn(terms.metric, whole, range) ?? hiddenFigure(answersIn(whole.line.counts(range.from, range.to)))
  if (terms.by === null) return { overall, groups: [], withheld: [] }
  if (terms.by === 'day') return { overall, ...told(terms, reports.days.map((key, i) => ({ key, cut: whole, range: { from: Math.max(i, range.from), to: Math.min(i + 1, range.to) } }))) }
  return { overall, ...told(terms, [...divided(reports, terms.by, terms.question, whole)].map(([key, cut]) => ({ key, cut, range }))) }
}

/** Answers with the cuts of everything that is told of them. `table`: for who settles them again after more answers. */
export type SettledReports = { readonly days: readonly string[]; readonly ledger: Pick<AnswerLedger, 'lines'>; readonly settled: Settled; readonly table?: SettledRows }

export type { Cut }
export type CutLines = ReadonlyMap<string, Cut>
type Settled = { readonly whole: Cut; readonly touchpoint: CutLines; readonly hour: CutLines; readonly question: CutLines }

/** The groups of a division, each with its cuts; `question`: of its answers alone, `whole` is it then. */
export const divided = (reports: SettledReports, by: 'touchpoint' | 'hour' | 'question', question: string | undefined, whole: Cut): CutLines => {
  if (by === 'question') return questionLines(reports, question)
  return question === undefined ? reports.settled[by] : crossed(reports, by, question, whole)
}

type ToldCell = { readonly key: string; readonly cut: Cut; readonly range: Units }
type Units = { readonly from: number; readonly to: number }

const told = ({ by, metric }: ReportTerms, cells: readonly ToldCell[]): Pick<ReportFigures, 'groups' | 'withheld'> => {
  const figures = cells.map(({ key, cut, range }) => ({ key, figure: figureIn(metric, cut, range), isAny: isAnyIn(cut.line, range) }))
  const groups = figures.flatMap(({ key, figure }) => (figure ? [{ key, figure }] : []))
  const inTime = by === 'hour' || by === 'day'
  return {
    groups: groups.sort((a, b) => (inTime ? 0 : b.figure.n - a.figure.n) || (a.key < b.key ? -1 : 1)),
    withheld: figures.flatMap(({ key, figure, isAny }) => (figure === null && isAny ? [key] : [])).sort(),
  }
}

const cutLines = (lines: Lines): CutLines => new Map([...lines].map(([key, line]) => [key, { line, cuts: cutsOf(rowOf([line])) }]))

/** Ratings beside a survey's own score add up to nothing: each stands for itself. */
const questionLines = ({ ledger, settled }: SettledReports, question: string | undefined): CutLines => {
  const details = cutLines(ledger.lines({ by: 'question', detail: true }))
  const all = new Map([...settled.question, ...[...details].map(([key, cut]) => [settled.question.has(key) ? `${key} (detail)` : key, cut] as const)])
  return question === undefined ? all : new Map([...all].filter(([key]) => key === question))
}

/** All answers to one question, score or detail. */
export const questionCut = ({ ledger, settled, days }: SettledReports, question: string): Cut => {
  const known = settled.question.get(question)
  const detail = ledger.lines({ by: 'question', detail: true }).get(question)
  if (known && !detail) return known
  const line = sumOfLines([...(known ? [known.line] : []), ...(detail ? [detail] : [])], days.length)
  const cuts = cutsOf(rowOf([line]))
  // Asked both ways: only where both may be cut.
  return { line, cuts: known ? cuts.map((own, i) => own && known.cuts[i]!) : cuts }
}

/** One question by place or hour: a group is cut only where every question of it may be, so that no question is what the others leave over. */
const crossed = ({ ledger, settled, days }: SettledReports, by: 'touchpoint' | 'hour', question: string, whole: Cut): CutLines => {
  const main = (one: string): Lines => ledger.lines({ by, of: { question: one } })
  const detail = ledger.lines({ by, of: { question }, detail: true })
  const keys = [...new Set([...main(question).keys(), ...detail.keys()])].sort()
  const own = new Map(keys.map((key) => [key, sumOfLines([main(question).get(key), detail.get(key)].filter((line) => line !== undefined), days.length)]))
  const lines = [own, ...[...settled.question.keys()].filter((one) => one !== question).map(main)]
  const none = emptyLine(days.length)
  const rows = new Map(keys.map((key) => [key, rowOf(lines.map((of) => of.get(key) ?? none))]))
  const cuts = new Map([...rows].map(([key, row]) => [key, cutsOf(row)]))
  settleCuts(rowOf([whole.line]), whole.cuts, [{ rows: [...rows.values()], cuts: [...cuts.values()] }], { isGiven: true })
  return new Map([...own].map(([key, line]) => [key, { line, cuts: cuts.get(key)! }]))
}

/** Answers counted beforehand, in the days and hours of a time zone. */
export const ledgerOf = (tallies: readonly Tally[], timeZone: string): AnswerLedger => {
  const ledger = answerLedger(tallies.reduce((most, { value }) => Math.max(most, value), 0))
  const moments = new Map<number | null, Moment>()
  const places = new Map<string, ReturnType<AnswerLedger['at']>>()
  for (const { touchpoint, question, detail, quarterAt, value, n } of tallies) {
    const moment = moments.get(quarterAt) ?? momentOf(quarterAt, timeZone)
    moments.set(quarterAt, moment)
    const name = JSON.stringify([touchpoint, question, detail])
    const place = places.get(name) ?? ledger.at({ ...NOWHERE, touchpoint, question, detail })
    places.set(name, place)
    place(Object.assign({ value, n }, moment), 'both', 1)
  }
  return ledger
}

const NOWHERE = { survey: '', channel: '', device: '', language: '', segment: '' }

/** When something was said, in the store's own time. */
export type Moment = Pick<LedgerEntry, 'day' | 'hour'>

export const momentOf = (at: number | null, timeZone: string): Moment => {
  if (at === null) return { day: NO_DAY, hour: null }
  const { day, hour } = localTime(millis(at), timeZone)
  return { day: dayNumber(day), hour }
}

/** Units of a range; what carries no time is in none that has an end. */
export const unitsOf = (days: readonly string[], { from, until, timeZone }: Pick<ReportTerms, 'from' | 'until' | 'timeZone'>): Units => {
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

export const emptyLine = (units: number): Line => ({ n: new Int32Array(units), counts: () => ({}), flagged: () => 0 })

/** Of one line, or of several parts each of which has to be large enough. */
export const rowOf = (lines: readonly Line[]): Row => ({ parts: lines.map(({ n }) => n) })

const isAnyIn = ({ n }: Line, { from, to }: Units): boolean => {
  for (let unit = from; unit < to; unit++) if (n[unit]! > 0) return true
  return false
}

/** The figure of what may be told of a group in a range; null: nothing may be, or nobody answered. */
export const figureIn = (metric: Metric, { line, cuts }: Cut, { from, to }: Units): Figure | null => {
  const window = windowIn(cuts, from, to)
  const counts = window && line.counts(window.from, window.to)
  return counts && answersIn(counts) >= MIN_SHOWN ? figureOf(metric, counts) : null
}
