/** Feedback as a table for other programs: nobody's answer can be told by its minute, and no figure is about fewer answers than may be shown. */
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { isFolded } from '#shared/feedback/hidden.ts'
import { METRICS, MIN_SHOWN, type Figure } from '#shared/insights/figure.ts'
import { localTime, millis, type Millis } from '#shared/kernel/time.ts'
import type { InsightsReply } from '#shared/protocol/feedback.ts'
import { MAX_EXPORT_ROWS, type ExportReply, type ExportRequest } from '#shared/protocol/privacy.ts'
import { csvLine } from './csv-line.ts'
import { feedbackContext } from './feedback-context.ts'
import { readInsights, type InsightsDeps, type InsightsQuery } from '../figures/read-insights.ts'

export type Cell = string | number | null

const ANSWER_COLUMNS = ['when', 'touchpoint', 'question', 'kind', 'value', 'channel']
const FIGURE_COLUMNS = ['metric', 'by', 'group', 'n', 'score', 'low', 'high', 'note']
/** Beside a group of which nothing is told. */
export const WITHHELD_NOTE = `fewer than ${MIN_SHOWN} answers, or withheld to protect such a group`

export const exportFeedback =
  (deps: InsightsDeps) =>
  (request: ExportRequest): ExportReply => {
    const day = localTime(deps.clock.now(), feedbackContext(deps.documents).timeZone).day
    const { columns, rows } = feedbackTable(deps, request)
    const shown = rows.slice(0, MAX_EXPORT_ROWS)
    return { name: `${request.kind}-${day}.csv`, text: `${[columns, ...shown].map(csvLine).join('\r\n')}\r\n`, rows: shown.length, more: rows.length > shown.length }
  }

export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }

/** What whoever bears a token is told less of than a manager. `before`: only answers that had arrived by then; `figures`: where figures are read from. */
export type TableLimits = { readonly before?: Millis; readonly figures?: (query: InsightsQuery) => InsightsReply }

export const feedbackTable = (deps: InsightsDeps, request: ExportRequest, { before, figures = (query) => readInsights(deps, query) }: TableLimits = {}): Table =>
  request.kind === 'answers'
    ? { columns: ANSWER_COLUMNS, rows: answerRows(deps, request, { before, timeZone: feedbackContext(deps.documents).timeZone }) }
    : { columns: FIGURE_COLUMNS, rows: figureRows(figures, request) }

/**
 * Sorted by what it says, so that the order of arrival is not told. Contacts and what is folded away are not part of it.
 * Places are judged over all answers, and a range is asked for what is told: whatever has its month alone is in every range that touches the month, so nothing follows from two ranges.
 */
const answerRows = ({ feedback }: InsightsDeps, range: ExportRequest, { before, timeZone }: { readonly before: Millis | undefined; readonly timeZone: string }): readonly (readonly Cell[])[] => {
  const all = [...feedback.all()]
  const places = coarsePlaces(all, timeZone)
  const isAsked = inRange(range, timeZone)
  return all
    .filter(({ kind, hidden, receivedAt }) => kind !== 'contact' && !isFolded(hidden) && (before === undefined || receivedAt < before))
    .flatMap((row): (readonly Cell[])[] => {
      const { when, touchpoint } = places(row)
      return isAsked(when) ? [[when, touchpoint, row.question, row.kind, typeof row.value === 'object' ? row.value.join(';') : row.value, row.channel]] : []
    })
    .toSorted((a, b) => (lineKey(a) < lineKey(b) ? -1 : 1))
}

/** Whether a day or a month lies in a range or touches it; what carries no time is in none that has an end. */
const inRange = ({ from, until }: ExportRequest, timeZone: string): ((when: string) => boolean) => {
  const dayOf = (at: number): string => localTime(millis(at), timeZone).day
  const [first, last] = [from === undefined ? null : dayOf(from), until === undefined ? null : dayOf(until)]
  return (when) => (when === '' ? first === null && last === null : (first === null || when >= first.slice(0, when.length)) && (last === null || when <= last.slice(0, when.length)))
}

const lineKey = (row: readonly Cell[]): string => row.map((cell) => String(cell).padStart(12, ' ')).join('\t')

type Place = { readonly when: string; readonly touchpoint: string }

/**
 * Day and place of an answer; where fewer than MIN_SHOWN responses were given on a day at a place its month, where that is too few as well no place.
 * Where two may not be told apart the answers of one person do not count as several.
 */
export const coarsePlaces = (rows: readonly Pick<FeedbackRow, 'at' | 'touchpoint' | 'response'>[], timeZone: string): ((row: Pick<FeedbackRow, 'at' | 'touchpoint'>) => Place) => {
  const dayOf = ({ at }: Pick<FeedbackRow, 'at'>): string => (at === null ? '' : localTime(millis(at), timeZone).day)
  const sizes = new Map<string, Set<string>>()
  const count = (when: string, touchpoint: string, response: string): void => {
    const key = `${when} ${touchpoint}`
    sizes.set(key, (sizes.get(key) ?? new Set()).add(response))
  }
  for (const row of rows) for (const when of [dayOf(row), dayOf(row).slice(0, 7)]) count(when, row.touchpoint, row.response)
  const isMany = (when: string, touchpoint: string): boolean => sizes.get(`${when} ${touchpoint}`)!.size >= MIN_SHOWN
  return (row) => {
    const day = dayOf(row)
    const month = day.slice(0, 7)
    if (isMany(day, row.touchpoint)) return { when: day, touchpoint: row.touchpoint }
    return { when: month, touchpoint: isMany(month, row.touchpoint) ? row.touchpoint : '' }
  }
}

const figureRows = (read: (query: InsightsQuery) => InsightsReply, range: ExportRequest): readonly (readonly Cell[])[] => {
  const stretch = { ...(range.from !== undefined && { from: range.from }), ...(range.until !== undefined && { until: range.until }) }
  return METRICS.flatMap((metric) => {
    const whole = read({ metric, ...stretch })
    const parts = (['touchpoint', 'day', 'hour', 'question'] as const).flatMap((by) => {
      const { groups, withheld = [] } = read({ metric, by, ...stretch })
      const shown = groups.map(({ key, figure }) => figureRow(metric, by, key, figure))
      return shown.concat(withheld.map((key) => [metric, by, key, null, null, null, null, WITHHELD_NOTE]))
    })
    return whole.overall.n === 0 ? [] : [figureRow(metric, 'all', '', whole.overall)].concat(parts)
  })
}

const figureRow = (metric: string, by: string, key: string, { n, score, low, high }: Figure): readonly Cell[] => [metric, by, key, n, rounded(score), rounded(low), rounded(high), score === null ? WITHHELD_NOTE : '']
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(1)))
