/** One row of a table as the answers it holds, by a map of its columns. */
import { plainAmount } from '#shared/insights/amounts.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { isOnScale, isScored, SCALES, type ScoredKind } from '#shared/feedback/scales.ts'
import type { RecordedKind } from '#shared/feedback/recorded-kind.ts'
import type { Language } from '#shared/kernel/language.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { readInstant, type DateOrder } from '../releases/read-instant.ts'

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
  /** Points for what is written in words, `{"sehr zufrieden": 5}`; capitals make no difference. */
  readonly values?: { readonly [written: string]: number }
  /** The lowest number is the best one: it is kept as the highest. */
  readonly reversed?: boolean
}

/** Which column holds the instant, and which the time of day if it is another; without a zone of its own it is the wall clock of this one. `order`: of day and month between strokes. */
export type AtColumn = { readonly column: string; readonly time?: string; readonly timeZone: string; readonly order?: DateOrder }

/** Which column means what. */
export type FeedbackMap = {
  readonly survey: string
  /** The same touchpoint for all rows, or the column that names it. */
  readonly touchpoint: string | { readonly column: string }
  /** When it was answered; rows without it count, but in no hour and no day. */
  readonly at?: AtColumn
  /** What stands for no answer, beside empty cells and the usual marks: `99`. */
  readonly missing?: readonly string[]
  /** Language of the marks in masked texts. */
  readonly language: Language
  readonly questions: readonly QuestionColumn[]
}

type RowContext = { readonly map: FeedbackMap; readonly receivedAt: Millis; readonly key: string }

/** The answers of a row, none if all its cells are empty; or why the row cannot be taken, in words. */
export const readRow = (header: readonly string[], row: TableRow, { map, receivedAt, key }: RowContext): Result<readonly FeedbackRow[], string> => {
  if (row.cells.length !== header.length) return err(`${row.cells.length} cells instead of ${header.length}`)
  const cell = (column: string): string => row.cells[header.indexOf(column)]?.trim() ?? ''
  const at = readAt(cell, map.at)
  if (!at.ok) return err(`${map.at!.column}: ${at.error}`)
  const touchpoint = typeof map.touchpoint === 'string' ? map.touchpoint : cell(map.touchpoint.column).slice(0, 80)
  const common = { response: `import-${key}`, touchpoint: touchpoint || 'unknown', survey: map.survey, at: at.value, receivedAt, dev: null, channel: 'import' as const, flags: [] }
  const answers: FeedbackRow[] = []
  for (const asked of map.questions) {
    const { column, question = column, kind, detail = false } = asked
    const text = cell(column)
    if (isMissing(text, kind) || map.missing?.includes(text)) continue
    const value = readValue(asked, text, map.language)
    if (!value.ok) return err(`${column}: ${value.error}`)
    answers.push({ ...common, id: `import-${key}-${question}`, question, kind, value: value.value, detail })
  }
  return ok(answers)
}

/** The instant of a row; null if its table has none, or its cell. */
export const readAt = (cell: (column: string) => string, at: AtColumn | undefined): Result<Millis | null, string> => {
  if (!at) return ok(null)
  const [date, time] = [cell(at.column), at.time === undefined ? '' : cell(at.time)]
  return readInstant(date === '' || time === '' ? date : `${date} ${time}`, at.timeZone, at.order)
}

/** As programs write that there is nothing. */
const NOTHING = /^(n\/?a|#n\/a|nan|null)$/i
/** As people do where a number is asked for. */
const NO_NUMBER = /^([-–—.]|k\.\s?a\.?|keine angabe|wei(ß|ss) nicht|none|no answer|don['’]?t know|not applicable)$/i

/** Whether a cell says that there is no answer. */
export const isMissing = (text: string, kind: RecordedKind): boolean => text === '' || NOTHING.test(text) || ((isScored(kind) || kind === 'amount') && NO_NUMBER.test(text))

const readValue = ({ kind, values, reversed }: QuestionColumn, text: string, language: Language): Result<FeedbackRow['value'], string> => {
  if (kind === 'text') return ok(maskText(text, language).text)
  if (kind === 'choice' || kind === 'ranking') return ok([...new Set(text.split(';').map((part) => part.trim().slice(0, 80)).filter(Boolean))])
  if (kind === 'amount') {
    const amount = plainAmount(text)
    return amount === null ? err(`"${text.slice(0, 40)}" is not an amount`) : ok([amount])
  }
  if (!isScored(kind)) return err(`unknown kind ${kind}`)
  const value = scoreOf(kind, text, values)
  const { min, max } = SCALES[kind]
  if (isOnScale(kind, value)) return ok(reversed ? min + max - value : value)
  return err(`"${text.slice(0, 40)}" is not a whole number from ${min} to ${max}${/\d/.test(text) ? '' : '; the map may say what it counts: "values"'}`)
}

const WHOLE = /^([+-]?\d+)(?:[.,]0+)?$/
/** `5 – sehr zufrieden`, `(5) sehr zufrieden`, `sehr zufrieden (5)`. */
const LABELLED = /^\(?(\d{1,2})\s*(?:[-–—:=.)]\s*|\s)(?=[^\d\s])\D+$|^\D+\((\d{1,2})\)$/
/** `4/5`, `4 von 5 Sternen`: only where the second number is the end of the scale. */
const OUT_OF = /^(\d{1,2})\s*(?:\/|von|of|out of)\s*(\d{1,2})(?:\s+\p{L}+)?$/iu

/** The points that are written, NaN if none are. */
export const scoreOf = (kind: ScoredKind, text: string, values: QuestionColumn['values']): number => {
  const told = values && Object.entries(values).find(([written]) => written.toLowerCase() === text.toLowerCase())
  if (told) return told[1]
  const outOf = OUT_OF.exec(text)
  if (outOf) return Number(outOf[2]) === SCALES[kind].max ? Number(outOf[1]) : Number.NaN
  if (/^★+☆*$/.test(text)) return text.length <= SCALES[kind].max ? text.replaceAll('☆', '').length : Number.NaN
  const labelled = LABELLED.exec(text)
  return Number(WHOLE.exec(text)?.[1] ?? labelled?.[1] ?? labelled?.[2] ?? Number.NaN)
}
