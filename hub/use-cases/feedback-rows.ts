/** One row of a table as the answers it holds, by a map of its columns. */
import { readAmount } from '#shared/insights/amounts.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { isOnScale, isScored, SCALES } from '#shared/feedback/scales.ts'
import type { RecordedKind } from '#shared/feedback/recorded-kind.ts'
import type { Language } from '#shared/kernel/language.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { localTime, millis, type Millis } from '#shared/kernel/time.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'

export type TableRow = { readonly line: number; readonly cells: readonly string[] }

/** A short hex name for a text, the same for the same text on every machine. */
export type Digest = (text: string) => string

export type QuestionColumn = {
  readonly column: string
  /** Name of the question; the column's own if absent. */
  readonly question?: string
  readonly kind: RecordedKind
  /** A rating beside the survey's own score: it stays out of the overall figure. */
  readonly detail?: boolean
}

/** Which column means what. */
export type FeedbackMap = {
  readonly survey: string
  /** The same touchpoint for all rows, or the column that names it. */
  readonly touchpoint: string | { readonly column: string }
  /** When it was answered; rows without it count, but in no hour and no day. */
  readonly at?: { readonly column: string; readonly timeZone: string }
  /** Language of the marks in masked texts. */
  readonly language: Language
  readonly questions: readonly QuestionColumn[]
}

type RowContext = { readonly map: FeedbackMap; readonly receivedAt: Millis; readonly key: string }

/** The answers of a row, none if all its cells are empty; or why the row cannot be taken, in words. */
export const readRow = (header: readonly string[], row: TableRow, { map, receivedAt, key }: RowContext): Result<readonly FeedbackRow[], string> => {
  if (row.cells.length !== header.length) return err(`${row.cells.length} cells instead of ${header.length}`)
  const cell = (column: string): string => row.cells[header.indexOf(column)]?.trim() ?? ''
  const at = map.at ? readInstant(cell(map.at.column), map.at.timeZone) : ok(null)
  if (!at.ok) return err(`${map.at!.column}: ${at.error}`)
  const touchpoint = typeof map.touchpoint === 'string' ? map.touchpoint : cell(map.touchpoint.column).slice(0, 80)
  const common = { response: `import-${key}`, touchpoint: touchpoint || 'unknown', survey: map.survey, at: at.value, receivedAt, dev: null, channel: 'import' as const, flags: [] }
  const answers: FeedbackRow[] = []
  for (const { column, question = column, kind, detail = false } of map.questions) {
    const text = cell(column)
    if (text === '') continue
    const value = readValue(kind, text, map.language)
    if (!value.ok) return err(`${column}: ${value.error}`)
    answers.push({ ...common, id: `import-${key}-${question}`, question, kind, value: value.value, detail })
  }
  return ok(answers)
}

const readValue = (kind: RecordedKind, text: string, language: Language): Result<FeedbackRow['value'], string> => {
  if (kind === 'text') return ok(maskText(text, language).text)
  if (kind === 'choice' || kind === 'ranking') return ok([...new Set(text.split(';').map((part) => part.trim().slice(0, 80)).filter(Boolean))])
  if (kind === 'amount') return readAmount(text) === null ? err(`"${text.slice(0, 40)}" is not an amount`) : ok([text])
  if (!isScored(kind)) return err(`unknown kind ${kind}`)
  const value = /^[+-]?\d+([.,]0+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  const { min, max } = SCALES[kind]
  return isOnScale(kind, value) ? ok(value) : err(`"${text.slice(0, 40)}" is not a whole number from ${min} to ${max}`)
}

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/
const WRITTEN_GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/** `2026-11-28T14:05:00`, with or without a zone, `28.11.2026 14:05`; without a zone it is read as the wall clock of `timeZone`. */
export const readInstant = (text: string, timeZone: string): Result<Millis | null, string> => {
  if (text === '') return ok(null)
  const wrong = err(`"${text.slice(0, 40)}" is not a date`)
  const german = WRITTEN_GERMAN.exec(text)
  const [year, month, day, hour, minute, second, zone] = german
    ? [german[3], german[2]!.padStart(2, '0'), german[1]!.padStart(2, '0'), german[4]?.padStart(2, '0'), german[5], german[6]]
    : (WRITTEN.exec(text)?.slice(1) ?? [])
  if (!year) return wrong
  const wall = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`
  const utc = Date.parse(`${wall}Z`)
  // a day that does not exist (31 February) comes back as another one
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 19) !== wall) return wrong
  return ok(millis(zone ? Date.parse(`${wall}${zone}`) : wallToInstant(utc, timeZone)))
}

/** `utc` is the wall clock read as if it were UTC; two steps, as the offset may differ at the first guess. */
const wallToInstant = (utc: number, timeZone: string): number => {
  const offsetAt = (at: number): number => {
    const { day, hour, minute } = localTime(millis(at), timeZone)
    return Date.parse(`${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`) - Math.floor(at / 60_000) * 60_000
  }
  return utc - offsetAt(utc - offsetAt(utc))
}
