/** Guesses what the columns of a feedback table mean, from their names and what stands in them. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { isOnScale, type ScoredKind } from '#shared/feedback/scales.ts'
import type { FeedbackMap, QuestionColumn, TableRow } from './feedback-rows.ts'

export type MapNotFound = { readonly type: 'MapNotFound'; readonly columns: readonly string[] }

const NPS = /(^|[_\s-])nps([_\s-]|$)|0[_-]10$|recommend_score|weiterempfehl|likelihood_to_recommend/i
const CES = /(^|[_\s-])ces([_\s-]|$)|effort|leicht_gemacht|aufwand/i
const OVERALL = /^(overall|gesamt)|^(rating|stars?|sterne|bewertung|score|csat|zufriedenheit|satisfaction)$|overall.*satisf/i
const DETAIL = /^q[_\d]|^frage[_\d]/i
const TEXT = /(^|_)(text|comment|comments|kommentar|review|freitext|verbatim|improvement)(_text)?$/i
const AT = /^(at|date|datum|time|zeit|zeitpunkt|timestamp|submitted_at|created_at|answered_at|zeitstempel)$/i
const TOUCHPOINT = /^(touchpoint|kontaktpunkt|department|abteilung|store|filiale|location|standort|ort|supermarket|markt|shop)$/i

/** A column is a scale only if most of its filled cells lie on it: damaged rows must not hide it, a longer scale must not pass for it. */
const MOSTLY = 0.5
/** Of a scale of five nobody gives more than five, but for a slip: so many do of a scale of ten. */
const BEYOND_FIVE = { share: 0.1, atLeast: 3 } as const

export type DetectOptions = { readonly name: string; readonly timeZone: string; readonly language: FeedbackMap['language'] }

/**
 * Reads `rating`, `overall…` and their like as five smileys, or as points of ten where many are above five, `nps…` as 0 … 10, `ces…` as 1 … 7, `q_…` as further ratings, text columns as comments.
 * Errors  MapNotFound when no column can be read as an answer.
 */
export const detectFeedbackMap = (header: readonly string[], rows: readonly TableRow[], options: DetectOptions): Result<FeedbackMap, MapNotFound> => {
  const find = (pattern: RegExp): string | undefined => header.find((column) => pattern.test(column))
  const holds = (column: string, kind: ScoredKind): boolean => isMostlyOn(kind, rows.map((row) => row.cells[header.indexOf(column)]?.trim() ?? ''))
  const rating = (column: string): 'csat5' | 'scale10' | null => {
    const cells = rows.map((row) => row.cells[header.indexOf(column)]?.trim() ?? '')
    if (isMostlyOn('scale10', cells) && isOftenBeyondFive(cells)) return 'scale10'
    return isMostlyOn('csat5', cells) ? 'csat5' : null
  }
  const hasOverall = header.some((column) => OVERALL.test(column) && rating(column) !== null)
  const questions = header.flatMap((column): readonly QuestionColumn[] => {
    if (NPS.test(column) && holds(column, 'nps')) return [{ column, kind: 'nps' }]
    if (CES.test(column) && holds(column, 'ces7')) return [{ column, kind: 'ces7' }]
    const kind = OVERALL.test(column) || DETAIL.test(column) ? rating(column) : null
    if (kind !== null) return [OVERALL.test(column) ? { column, kind } : { column, kind, detail: hasOverall }]
    return TEXT.test(column) ? [{ column, kind: 'text' }] : []
  })
  if (questions.length === 0) return err({ type: 'MapNotFound', columns: header })
  const [at, touchpoint] = [find(AT), find(TOUCHPOINT)]
  return ok({
    survey: options.name,
    touchpoint: touchpoint === undefined ? options.name : { column: touchpoint },
    ...(at !== undefined && { at: { column: at, timeZone: options.timeZone } }),
    language: options.language,
    questions,
  })
}

const isOftenBeyondFive = (cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => cell !== '')
  const beyond = filled.filter((cell) => Number(cell) > 5 && isOnScale('scale10', Number(cell))).length
  return beyond >= BEYOND_FIVE.atLeast && beyond >= BEYOND_FIVE.share * filled.length
}

const isMostlyOn = (kind: ScoredKind, cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => cell !== '')
  const on = filled.filter((cell) => isOnScale(kind, Number(cell))).length
  return filled.length > 0 && on >= MOSTLY * filled.length
}
