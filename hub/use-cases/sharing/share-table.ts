/** Tables to take along, for spreadsheets or programs. */
import type { Letters } from '#hub/ports/letters.ts'
import type { SharedTable, SharingCalls } from '#shared/protocol/sharing.ts'
import { localTime } from '#shared/kernel/time.ts'
import { MAX_EXPORT_ROWS } from '#shared/protocol/privacy.ts'
import { csvLine } from '../feedback/csv-line.ts'
import { feedbackTable, type Cell, type Table, type TableLimits } from '../feedback/export-feedback.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import type { InsightsDeps } from '../figures/read-insights.ts'

export type TableParts = InsightsDeps & { readonly letters: Letters }

const LETTER_COLUMNS = ['week', 'metric', 'n', 'score', 'low', 'high', 'before']

export const tableOf = (parts: TableParts, { table, format, ...range }: SharingCalls['share.table']['request'], limits?: TableLimits): SharingCalls['share.table']['reply'] => {
  const { columns, rows } = table === 'letters' ? letterTable(parts) : feedbackTable(parts, { kind: table, ...range }, limits)
  const shown = rows.slice(0, MAX_EXPORT_ROWS)
  const text = format === 'csv' ? `${[columns, ...shown].map(csvLine).join('\r\n')}\r\n` : `${JSON.stringify(shown.map((row) => named(columns, row)), null, 1)}\n`
  return { name: nameOf(parts, table, format), text, rows: shown.length, more: rows.length > shown.length }
}

const nameOf = ({ documents, clock }: TableParts, table: SharedTable, format: string): string => `${table}-${localTime(clock.now(), feedbackContext(documents).timeZone).day}.${format}`

const named = (columns: readonly string[], row: readonly Cell[]): { readonly [column: string]: Cell } => Object.fromEntries(columns.map((column, i) => [column, row[i]!]))

const letterTable = ({ letters }: TableParts): Table => ({
  columns: LETTER_COLUMNS,
  rows: letters.weeks().flatMap((week) => (letters.find(week)?.figures ?? []).map(({ metric, n, score, low, high, before }): readonly Cell[] => [week, metric, n, tenth(score), tenth(low), tenth(high), tenth(before?.score ?? null)])),
})

const tenth = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(1)))
