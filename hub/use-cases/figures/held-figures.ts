/** Figures for whoever bears a token or the link of a board: they move in steps of at least five answers, so that nobody who keeps looking sees a single one arrive. */
import type { Clock } from '#hub/ports/clock.ts'
import type { ErasedAnswer } from '#hub/ports/feedback-store.ts'
import type { ScoredKind } from '#shared/feedback/scales.ts'
import { answersIn, hiddenFigure, METRIC_KIND, MIN_SHOWN, type Counts } from '#shared/insights/figure.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { answerLedger, type AnswerLedger, type Line } from '#shared/insights/rollup/answer-ledger.ts'
import { localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'
import type { InsightsReply } from '#shared/protocol/feedback.ts'
import type { FigureScope } from '#shared/protocol/figures.ts'
import { answerBook, bookOf, type AnswerBook, type OpenBook } from './answer-book.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { missingDevices, readInsights, type InsightsDeps, type InsightsQuery } from './read-insights.ts'

/**
 * The whole moves when at least five answers have come or gone since it was told. Its parts stand still until that is so of every touchpoint and every question, or of none of its answers,
 * and move once with a new day: what lies between two tellings of a part is then what the rules of whole days allow. Hours, slices and crossings are told of days that are over.
 * What is erased is in nothing that is told from that moment: stretches with its day in them end the day before, until the figure moved by five of which none hides too little, or a day has passed.
 */
export type HeldFigures = {
  insights(query: InsightsQuery): InsightsReply
  /** The hours of a day that were over when its parts were told. */
  hours(query: InsightsQuery): InsightsReply['groups']
  /** A scope of days that are over. */
  finished<S extends Pick<FigureScope, 'metric' | 'until'>>(scope: S): S
  /** What figures of days that are over are read from. */
  readonly parts: InsightsDeps
}

/** `gone…`: answers that were erased since it was read, or today of a day that is over: stretches with them in it are told up to the day before. */
type Told = {
  readonly timeZone: string
  /** When this run told something first. */
  readonly since: Millis
  readonly version: string
  readonly n: number
  readonly whole: OpenBook
  readonly wholeToday: Counts
  readonly goneWhole: readonly ErasedAnswer[]
  readonly parts: OpenBook
  readonly rows: ReadonlyMap<string, Row>
  readonly partsAt: Millis
  readonly goneParts: readonly ErasedAnswer[]
  /** One of today's answers went today. */
  readonly lostOfToday: boolean
}
/** `n` of all days, `today`: its answers of the day on which it was read. */
type Row = { readonly n: number; readonly today: Counts }
type Shelf = { readonly own: AnswerBook; readonly told: Map<ScoredKind, Told> }
type Range = { readonly from?: number; readonly until?: number }
const shelves = new WeakMap<InsightsDeps['cells'], Shelf>()

/** One for all who come with a token: two who are told at different moments could be subtracted. */
export const heldFigures = (deps: InsightsDeps): HeldFigures => {
  const shelf = shelves.get(deps.cells) ?? { own: answerBook(deps.feedback, deps.cells), told: new Map<ScoredKind, Told>() }
  shelves.set(deps.cells, shelf)
  const look = (kind: ScoredKind, timeZone: string): Told => lookAgain(deps, shelf, kind, timeZone)
  const whole = { ...deps, book: { read: (kind: ScoredKind, timeZone: string) => look(kind, timeZone).whole } }
  const parts = { ...deps, book: { read: (kind: ScoredKind, timeZone: string) => look(kind, timeZone).parts } }
  const lookAt = ({ metric }: Pick<FigureScope, 'metric'>): Told => look(METRIC_KIND[metric], feedbackContext(deps.documents).timeZone)
  const clear = <R extends Range>(range: R, { timeZone }: Told, gone: readonly ErasedAnswer[]): R => withoutErased(range, gone, timeZone, deps.clock.now())
  const finished: HeldFigures['finished'] = (scope) => {
    const told = lookAt(scope)
    const end = millis(startOfDay(told.partsAt, told.timeZone) - 1)
    return clear({ ...scope, until: Math.min(scope.until ?? end, end) }, told, told.goneParts)
  }
  const missing = ({ from = -Infinity, until = Infinity }: Range, asOf: number) => missingDevices(deps, { from, until: Math.min(until, asOf) + 1 }, asOf)
  return {
    parts,
    finished,
    insights: (query) => {
      const told = lookAt(query)
      const asOf = deps.clock.now()
      const isOfOver = query.by === 'hour' || (query.by === 'touchpoint' && query.question !== undefined)
      const isWhole = query.by === undefined && query.question === undefined
      const range = clear(query, told, isWhole ? told.goneWhole : told.goneParts)
      const reply = isWhole ? readInsights(whole, range) : readInsights(parts, isOfOver ? finished(query) : range)
      // That nobody answered would not be true: how many did is told in steps, what they said is not.
      const overall = range !== query && reply.overall.n === 0 ? hiddenFigure(inSteps(readInsights(deps, query).overall.n)) : reply.overall
      return { ...reply, overall, missing: missing(query, asOf) }
    },
    hours: (query) => {
      const told = lookAt(query)
      const { day, hour } = localTime(told.partsAt, told.timeZone)
      if (day !== localTime(deps.clock.now(), told.timeZone).day || told.lostOfToday) return []
      return readInsights(parts, { ...query, by: 'hour' }).groups.filter(({ key }) => Number(key) < hour)
    },
  }
}

const inSteps = (n: number): number => n - (n % MIN_SHOWN)

/** A range up to the day before the first in it of which an answer went. */
const withoutErased = <R extends Range>(range: R, gone: readonly ErasedAnswer[], timeZone: string, now: Millis): R => {
  const { from = -Infinity, until = Infinity } = range
  const ends = gone.flatMap(({ quarter }) => {
    // What carries no time is in ranges without an end alone.
    if (quarter === null) return range.from === undefined && range.until === undefined ? [now] : []
    const begin = startOfDay(quarter, timeZone)
    return until >= begin && localTime(quarter, timeZone).day >= (from === -Infinity ? '' : localTime(millis(from), timeZone).day) ? [begin - 1] : []
  })
  return ends.length === 0 ? range : { ...range, until: Math.min(until, ...ends) }
}

const lookAgain = (deps: Pick<InsightsDeps, 'feedback' | 'cells'> & { readonly clock: Clock }, { own, told }: Shelf, kind: ScoredKind, timeZone: string): Told => {
  const now = deps.clock.now()
  const { day } = localTime(now, timeZone)
  const found = told.get(kind)
  const before = found?.timeZone === timeZone ? found : null
  const isNewDay = before !== null && localTime(before.partsAt, timeZone).day !== day
  const live = bookOf(deps).read(kind, timeZone)
  if (before && before.version === live.version && !isNewDay) return before
  const goneToday = deps.feedback.erasedSince(kind, startOfDay(now, timeZone))
  const isOfToday = ({ quarter }: ErasedAnswer): boolean => quarter !== null && localTime(quarter, timeZone).day === day
  /** What stays closed until tomorrow once a figure has moved: what was told before this run nobody knows, and of a day that is over no others come to hide what went. */
  const since = before?.since ?? now
  const closed = goneToday.filter((one) => !isOfToday(one) || one.goneAt <= since)
  const line = live.ledger.lines({ by: 'whole' }).get('')
  const n = sumOf(line)
  const wholeToday = line ? countsOn(live.ledger, day)(line) : {}
  const still = before && { goneWhole: union(before.goneWhole, goneToday), goneParts: union(before.goneParts, goneToday), lostOfToday: goneToday.some(isOfToday) }
  const moved = before ? Math.abs(n - before.n) : MIN_SHOWN
  const wouldTell = (gone: readonly ErasedAnswer[], was: Counts, is: Counts): boolean => !isNewDay && gone.some(isOfToday) && hasFallen(was, is)
  if (before && still && ((moved < MIN_SHOWN && !(isNewDay && moved === 0)) || wouldTell(still.goneWhole, before.wholeToday, wholeToday))) {
    const kept = { ...before, ...still, version: live.version }
    told.set(kind, kept)
    return kept
  }
  const rows = rowsOf(live.ledger, day)
  const tells = still !== null && before !== null && [...before.rows].some(([key, { today }]) => wouldTell(still.goneParts, today, rows.get(key)?.today ?? {}))
  const mayMove = before === null || isNewDay || (isEnough(before.rows, rows) && !tells)
  const next: Told = {
    timeZone,
    since,
    version: live.version,
    n,
    whole: wholeOf(live),
    wholeToday,
    goneWhole: closed,
    lostOfToday: goneToday.some(isOfToday),
    ...(mayMove ? { parts: own.read(kind, timeZone), rows, partsAt: now, goneParts: closed } : { parts: before.parts, rows: before.rows, partsAt: before.partsAt, goneParts: still!.goneParts }),
  }
  told.set(kind, next)
  return next
}

const union = (some: readonly ErasedAnswer[], others: readonly ErasedAnswer[]): readonly ErasedAnswer[] =>
  [...new Map([...some, ...others].map((one) => [`${one.quarter} ${one.goneAt}`, one])).values()]

/** Whether a value was given less often by so few that they could be told. */
const hasFallen = (was: Counts, is: Counts): boolean =>
  Object.entries(was).some(([value, n]) => {
    const fewer = n - (is[value] ?? 0)
    return fewer > 0 && fewer < MIN_SHOWN
  })

const sumOf = (line: Line | undefined): number => line?.n.reduce((sum, n) => sum + n, 0) ?? 0

const countsOn = (ledger: AnswerLedger, day: Day): ((line: Line) => Counts) => {
  const unit = ledger.days().indexOf(day)
  return (line) => (unit < 0 ? {} : line.counts(unit, unit + 1))
}

/** Each touchpoint and each question. */
const rowsOf = (ledger: AnswerLedger, day: Day): ReadonlyMap<string, Row> => {
  const today = countsOn(ledger, day)
  const sides = [{ by: 'touchpoint' }, { by: 'question' }, { by: 'question', detail: true }] as const
  return new Map(sides.flatMap((side) => [...ledger.lines(side)].map(([key, line]) => [`${'detail' in side ? 'detail' : side.by} ${key}`, { n: sumOf(line), today: today(line) }] as const)))
}

/** Whether each row moved by nothing or by enough. */
const isEnough = (before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>): boolean =>
  [...new Set([...before.keys(), ...after.keys()])].every((key) => {
    const moved = Math.abs((after.get(key)?.n ?? 0) - (before.get(key)?.n ?? 0))
    return moved === 0 || moved >= MIN_SHOWN
  })

/** The whole by itself, as it stands now: the ledger goes on. */
const wholeOf = (live: OpenBook): OpenBook => {
  const { days, settled } = live.settled()
  const none = new Map()
  const ledger = answerLedger()
  const reports = { days, ledger, settled: { whole: { line: copyOf(settled.whole.line), cuts: [...settled.whole.cuts] }, touchpoint: none, hour: none, question: none } }
  return { version: live.version, ledger, settled: () => reports }
}

const copyOf = (line: Line): Line => {
  const units = Array.from(line.n, (_, unit) => ({ counts: line.counts(unit, unit + 1), flagged: line.flagged(unit, unit + 1) }))
  return {
    n: line.n.slice(),
    counts: (from, to) => units.slice(from, to).reduce<Counts>((sums, { counts }) => added(sums, counts), {}),
    flagged: (from, to) => units.slice(from, to).reduce((sum, { flagged }) => sum + flagged, 0),
  }
}

const added = (sums: Counts, counts: Counts): Counts => (answersIn(counts) === 0 ? sums : Object.fromEntries([...new Set([...Object.keys(sums), ...Object.keys(counts)])].map((value) => [value, (sums[value] ?? 0) + (counts[value] ?? 0)])))
