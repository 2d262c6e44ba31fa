/** What the figures of managers are read from, and which part of the answers may be told as what. */
import { bookOf, type OpenBook } from './answer-book.ts'
import { METRIC_KIND, type Metric } from '#shared/insights/figure.ts'
import { divided, questionCut, reportsUntil, unitsOf, type Cut, type CutLines, type SettledReports } from '#shared/insights/report-figures.ts'
import { UNDATED } from '#shared/insights/group-tallies.ts'
import type { AnswerLedger, LedgerSlice } from '#shared/insights/rollup/answer-ledger.ts'
import { settleDetail, settleDevices, settleSlice, settleWeek, toldTogether, type ToldSlice } from '#shared/insights/told-slices.ts'
import type { FigureScope, Grouping, SlicedBy } from '#shared/protocol/figures.ts'
import { localTime, type Day, type Millis } from '#shared/kernel/time.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import type { InsightsDeps } from './read-insights.ts'
import { figureNames, type FigureNames } from './figure-names.ts'

export type FigureParts = InsightsDeps

/** One question's worth of reading: answers of a scale with what may be told of them. */
export type Reading = {
  readonly metric: Metric
  readonly timeZone: string
  readonly names: FigureNames
  readonly reports: SettledReports
  readonly slices: Slices
  /** Units of the range that was asked for. */
  readonly range: { readonly from: number; readonly to: number }
}

export const openReading = (parts: FigureParts, { metric, from, until }: Pick<FigureScope, 'metric' | 'from' | 'until'>): Reading => {
  const { timeZone } = feedbackContext(parts.documents)
  const book = bookOf(parts).read(METRIC_KIND[metric], timeZone)
  const reports = book.settled()
  const range = unitsOf(reports.days, { timeZone, ...(from !== undefined && { from }), ...(until !== undefined && { until }) })
  return { metric, timeZone, names: figureNames(parts), reports, slices: slicesOf(book, timeZone, parts.clock.now()), range }
}

/** Slices worked out when they are asked for, from how they stood when somebody last asked. */
export type Slices = { of(slice: LedgerSlice): ToldSlice; week(): ToldSlice }
type KeptSlice = { readonly slice: ToldSlice; readonly version: string; readonly at: number }
const kept = new WeakMap<AnswerLedger, Map<LedgerSlice | 'week', KeptSlice>>()
/** Hours of the week are of days that are over: a late answer to one of those may wait a moment. */
const KEEP_WEEK_MS = 10_000

const slicesOf = (book: OpenBook, timeZone: string, now: Millis): Slices => {
  const own = kept.get(book.ledger) ?? new Map<LedgerSlice | 'week', KeptSlice>()
  kept.set(book.ledger, own)
  const make = (name: LedgerSlice | 'week', version: string, settle: (before: ToldSlice | null) => ToldSlice): ToldSlice => {
    const slice = settle(own.get(name)?.slice ?? null)
    own.set(name, { slice, version, at: now })
    return slice
  }
  const of = (slice: LedgerSlice): ToldSlice => {
    const known = own.get(slice)
    if (known?.version === book.version) return known.slice
    return make(slice, book.version, (before) => {
      const reports = book.settled()
      if (slice === 'device') return settleDevices(reports, of('channel'), before)
      if (slice === 'language') return settleSlice(reports, slice, { beside: ['channel'], told: [of('channel').rows], before })
      return slice === 'segment' ? settleSlice(reports, slice, { beside: ['channel', 'language'], told: [of('channel').rows, of('language').rows], before }) : settleSlice(reports, slice, { before })
    })
  }
  const week = (): ToldSlice => {
    const today = localTime(now, timeZone).day
    const known = own.get('week')
    const version = `${today} ${book.settled().days.length}`
    if (known?.version === version && now - known.at < KEEP_WEEK_MS) return known.slice
    return make('week', version, (before) => settleWeek(finished(book.settled(), today), before))
  }
  return { of, week }
}

/** Days that are over: an hour that has just begun would take along what is told of others, and all would be settled anew with each answer. */
const finished = (reports: SettledReports, today: Day): SettledReports => {
  const unit = reports.days.findIndex((day) => day !== UNDATED && day >= today)
  return unit < 0 ? reports : reportsUntil(reports, unit)
}

/** The answers of a scope with their cuts; null: nothing may be told of them. */
export const cutOf = (reading: Reading, scope: Omit<FigureScope, 'metric' | 'from' | 'until'>): Cut | null => {
  const { question, at, only } = scope
  if (only) return groupsOf(reading, { ...(question !== undefined && { question }), ...(at !== undefined && { at }) }, only.by)?.get(only.key) ?? null
  if (at !== undefined) return groupsOf(reading, question === undefined ? {} : { question }, 'touchpoint')?.get(at) ?? null
  return question === undefined ? reading.reports.settled.whole : questionCut(reading.reports, question)
}

/** The parts of a scope by a division; null where these two cannot be told beside each other. */
export const groupsOf = (reading: Reading, { question, at, only }: Pick<FigureScope, 'question' | 'at' | 'only'>, by: Grouping): CutLines | null => {
  if (only) return by === 'touchpoint' && question === undefined && at === undefined ? touchpointsOf(reading, only) : null
  if (at !== undefined) return question === undefined || isSole(reading, question) ? atTouchpoint(reading, at, by) : null
  const whole = question === undefined || isSole(reading, question) ? reading.reports.settled.whole : questionCut(reading.reports, question)
  if (by === 'touchpoint' || by === 'hour' || by === 'question') return divided(reading.reports, by, question, whole)
  if (by === 'stage') return stagesOf(reading, divided(reading.reports, 'touchpoint', question, whole))
  return sliceOf(reading, by, question, whole)
}

/** A question that all opening answers of the scale belong to is the whole. */
const isSole = ({ reports: { settled, ledger } }: Reading, question: string): boolean => settled.question.size === 1 && settled.question.has(question) && !ledger.lines({ by: 'question', detail: true }).has(question)

const sliceOf = (reading: Reading, by: Exclude<SlicedBy, 'stage'> | 'survey', question: string | undefined, whole: Cut): CutLines | null => {
  const { reports, slices } = reading
  if (question === undefined || isSole(reading, question)) return slices.of(by).rows
  if (!reports.settled.question.has(question)) return settleDetail(reports, by, question, whole)
  // Asked as score and as detail: neither division tells the other's part.
  return reports.ledger.lines({ by: 'question', detail: true }).has(question) ? null : (slices.of(by).of.get(question) ?? null)
}

const atTouchpoint = ({ slices }: Reading, at: string, by: Grouping): CutLines | null => {
  if (by === 'survey' || by === 'channel' || by === 'language' || by === 'segment' || by === 'device') return slices.of(by).at.get(at) ?? new Map()
  return null
}

const touchpointsOf = (reading: Reading, { by, key }: NonNullable<FigureScope['only']>): CutLines => {
  const { reports, slices, names } = reading
  if (by === 'stage') return new Map([...reports.settled.touchpoint].filter(([touchpoint]) => names.stageOf(touchpoint) === key))
  return new Map([...slices.of(by).at].flatMap(([touchpoint, rows]) => (rows.has(key) ? [[touchpoint, rows.get(key)!] as const] : [])))
}

/** A stage is told where all its touchpoints are: then nothing follows from it that they do not say. */
const stagesOf = ({ reports, names }: Reading, touchpoints: CutLines): CutLines =>
  new Map([...Map.groupBy(touchpoints, ([touchpoint]) => names.stageOf(touchpoint))].map(([stage, own]) => [stage, toldTogether(own.map(([, cut]) => cut), reports.days.length)]))
