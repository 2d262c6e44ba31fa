/** Figures for whoever bears a token or the link of a board: they move in steps of at least five answers, so that nobody who keeps looking sees a single one arrive. */
import type { Clock } from '#hub/ports/clock.ts'
import type { ScoredKind } from '#shared/feedback/scales.ts'
import { answersIn, METRIC_KIND, MIN_SHOWN, type Counts } from '#shared/insights/figure.ts'
import { answerLedger, type AnswerLedger, type Line } from '#shared/insights/rollup/answer-ledger.ts'
import { localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'
import type { InsightsReply } from '#shared/protocol/feedback.ts'
import type { FigureScope } from '#shared/protocol/figures.ts'
import { answerBook, bookOf, type AnswerBook, type OpenBook } from './answer-book.ts'
import { feedbackContext } from './feedback-context.ts'
import { missingDevices, readInsights, type InsightsDeps, type InsightsQuery } from './read-insights.ts'
import { beginOf } from './store-days.ts'

/**
 * The whole moves when at least five answers have come or gone since it was told. Its parts stand still until that is so of every touchpoint and every question, or of none of its answers,
 * and move once with a new day: what lies between two tellings of a part is then what the rules of whole days allow. Hours, slices and crossings are told of days that are over.
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

type Told = { readonly timeZone: string; readonly version: string; readonly n: number; readonly whole: OpenBook; readonly parts: OpenBook; readonly rows: ReadonlyMap<string, number>; readonly partsAt: Millis }
type Shelf = { readonly own: AnswerBook; readonly told: Map<ScoredKind, Told> }
const shelves = new WeakMap<InsightsDeps['cells'], Shelf>()

/** One for all who come with a token: two who are told at different moments could be subtracted. */
export const heldFigures = (deps: InsightsDeps): HeldFigures => {
  const shelf = shelves.get(deps.cells) ?? { own: answerBook(deps.feedback, deps.cells), told: new Map<ScoredKind, Told>() }
  shelves.set(deps.cells, shelf)
  const look = (kind: ScoredKind, timeZone: string): Told => lookAgain(deps, shelf, kind, timeZone)
  const whole = { ...deps, book: { read: (kind: ScoredKind, timeZone: string) => look(kind, timeZone).whole } }
  const parts = { ...deps, book: { read: (kind: ScoredKind, timeZone: string) => look(kind, timeZone).parts } }
  const partsAt = ({ metric }: Pick<FigureScope, 'metric'>) => {
    const { timeZone } = feedbackContext(deps.documents)
    return localTime(look(METRIC_KIND[metric], timeZone).partsAt, timeZone)
  }
  const finished: HeldFigures['finished'] = (scope) => {
    const end = millis(beginOf(partsAt(scope).day as Day, feedbackContext(deps.documents).timeZone) - 1)
    return { ...scope, until: Math.min(scope.until ?? end, end) }
  }
  return {
    parts,
    finished,
    insights: (query) => {
      if (query.by === undefined && query.question === undefined) return readInsights(whole, query)
      const isOfOver = query.by === 'hour' || (query.by === 'touchpoint' && query.question !== undefined)
      if (!isOfOver) return readInsights(parts, query)
      const asOf = deps.clock.now()
      return { ...readInsights(parts, finished(query)), missing: missingDevices(deps, { from: query.from ?? -Infinity, until: Math.min(query.until ?? asOf, asOf) + 1 }, asOf) }
    },
    hours: (query) => {
      const { timeZone } = feedbackContext(deps.documents)
      const { day, hour } = partsAt(query)
      return day === localTime(deps.clock.now(), timeZone).day ? readInsights(parts, { ...query, by: 'hour' }).groups.filter(({ key }) => Number(key) < hour) : []
    },
  }
}

const lookAgain = (deps: Pick<InsightsDeps, 'feedback' | 'cells'> & { readonly clock: Clock }, { own, told }: Shelf, kind: ScoredKind, timeZone: string): Told => {
  const now = deps.clock.now()
  const today = localTime(now, timeZone).day
  const found = told.get(kind)
  const before = found?.timeZone === timeZone ? found : null
  const isNewDay = before !== null && localTime(before.partsAt, timeZone).day !== today
  const live = bookOf(deps).read(kind, timeZone)
  if (before && before.version === live.version && !isNewDay) return before
  const n = sumOf(live.ledger.lines({ by: 'whole' }).get(''))
  const moved = before ? Math.abs(n - before.n) : MIN_SHOWN
  if (before && moved < MIN_SHOWN && !(isNewDay && moved === 0)) {
    const kept = { ...before, version: live.version }
    told.set(kind, kept)
    return kept
  }
  const rows = rowsOf(live.ledger)
  const mayMove = before === null || isNewDay || isEnough(before.rows, rows)
  const next: Told = { timeZone, version: live.version, n, whole: wholeOf(live), ...(mayMove ? { parts: own.read(kind, timeZone), rows, partsAt: now } : { parts: before.parts, rows: before.rows, partsAt: before.partsAt }) }
  told.set(kind, next)
  return next
}

const sumOf = (line: Line | undefined): number => line?.n.reduce((sum, n) => sum + n, 0) ?? 0

const rowsOf = (ledger: AnswerLedger): ReadonlyMap<string, number> =>
  new Map((['touchpoint', 'question', 'detail'] as const).flatMap((by) => [...ledger.lines(by === 'detail' ? { by: 'question', detail: true } : { by })].map(([key, line]) => [`${by} ${key}`, sumOf(line)] as const)))

/** Whether each row moved by nothing or by enough. */
const isEnough = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): boolean =>
  [...new Set([...before.keys(), ...after.keys()])].every((key) => {
    const moved = Math.abs((after.get(key) ?? 0) - (before.get(key) ?? 0))
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
