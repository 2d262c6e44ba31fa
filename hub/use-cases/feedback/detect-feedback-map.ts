/** Guesses what the columns of a feedback table mean, from their names and what stands in them. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { plainAmount } from '#shared/insights/amounts.ts'
import { isOnScale, isScored, type ScoredKind } from '#shared/feedback/scales.ts'
import { isMissing, scoreOf, type AtColumn, type FeedbackMap, type QuestionColumn, type TableRow } from './feedback-rows.ts'
import { pointsOfWords } from '../surveys/judging-words.ts'
import { orderOfDates, readInstant } from '../releases/read-instant.ts'

export type MapNotFound = { readonly type: 'MapNotFound'; readonly columns: readonly string[] }

const NPS = /(^|[_\s-])nps([_\s-]|$)|0[_-]10$|recommend_score|weiterempfehl|likelihood_to_recommend/i
const RECOMMEND = /recommend|empfehl/i
const CES = /(^|[_\s-])ces([_\s-]|$)|effort|leicht_gemacht|aufwand/i
const OVERALL = /^(overall|gesamt)|^(rating|stars?|sterne|bewertung|score|csat|zufriedenheit|satisfaction)$|overall.*satisf|(insgesamt|alles in allem|gesamt).*zufrieden|zufrieden.*insgesamt/i
const DETAIL = /^q[_\d]|^frage[_\d]/i
const TEXT = /(^|_)(text|comment|comments|kommentar|review|freitext|verbatim|improvement)(_text)?$/i
const AMOUNT = /(betrag|amount|preis|price|umsatz|spen[dt]|expen|ausgab|summe|total|warenkorb|revenue|(^|_)(eur|age|alter)($|_))/i
const MONEY = /[€$£]|\d[.,]\d{2}$/
/** Numbers that judge nothing, and what says who somebody is. */
const NO_RATING = /(^|[_\s-])(id|nr|no|num|number|nummer|anzahl|count|age|alter|age_?cat|year|jahr|month|monat|day|tag|week|woche|weekday|wochentag|hour|stunde|size|größe|freq|frequency|häufigkeit|menge|quantity|zip|plz|postcode|code|cat|lat|lon|time|zeit|sex|gender|geschlecht|visits?|besuche|kinder|children|personen|household|haushalt)([_\s-]|$)|_?(id|plz)$/i
const PERSONAL = /(^|_)(sex|gender|geschlecht|religion|nationality|nationalität)(_|$)|name|vorname|nachname|mail|phone|telefon|handy|adress|straße|strasse|street|geburt|birth|(^|_)(ip|id|user|token|plz|zip)(_|$)|id$/i
/** The most telling name first. */
const AT = [/^(at|date|datum|timestamp|zeitstempel|zeitpunkt|submitted_at|created_at|answered_at|answered|eingang)$/i, /(submit|answered|created|completed|abgesendet|ausgefüllt|beantwortet)/i, /^(time|zeit)$|date|datum|timestamp|zeit(punkt|stempel)|start/i]
const TIME = /^(time|zeit|uhrzeit|hour|stunde)/i
const CLOCK = /^\d{1,2}:\d{2}(:\d{2})?(\s*[ap]m|\s*Uhr)?$/i
const TOUCHPOINT = [/^(touchpoint|kontaktpunkt)$/i, /^(department|abteilung|store|filiale|location|standort|ort|supermarket|supermarkt|markt|shop|branch|pos)(_?(name|id|nr))?$/i]

/** A column is a scale only if most of its filled cells lie on it: damaged rows must not hide it, a longer scale must not pass for it. */
const MOSTLY = 0.5
/** So much of a column of amounts. */
const NEARLY = 0.95
/** Of a scale of five nobody gives more than five, but for a slip: so many do of a longer one. */
const BEYOND_FIVE = { share: 0.1, atLeast: 3 } as const
/** Different answers of a choice at most, and how often each is given at least, on the average. */
const CHOICE = { most: 20, each: 5 } as const
/** Places of a table at most: more are somebody's free words. */
const MOST_PLACES = 200
/** A comment has so many words on the average. */
const COMMENT_WORDS = 4

export type DetectOptions = { readonly name: string; readonly timeZone: string; readonly language: FeedbackMap['language'] }

/** Rows that are looked at, spread over the table: more tell nothing new. */
const MOST_LOOKED_AT = 5000

export type Column = { readonly name: string; readonly cells: readonly string[] }

/**
 * Reads `rating`, `overall…` and their like as five smileys, or as points of ten where many are above five, `nps…` as 0 … 10, `ces…` as 1 … 7, `q_…` as further ratings, text columns as comments.
 * What no name tells, its content does: numbers on a scale, words of one, a few answers again and again, whole sentences.
 * Errors  MapNotFound when no column can be read as an answer.
 */
export const detectFeedbackMap = (header: readonly string[], rows: readonly TableRow[], options: DetectOptions): Result<FeedbackMap, MapNotFound> => {
  const columns = columnsOf(header, rows)
  const at = atColumnOf(columns, options.timeZone)
  const touchpoint = firstNamed(columns.filter(isPlace), TOUCHPOINT)
  const open = columns.filter(({ name }) => name !== at?.column && name !== at?.time && name !== touchpoint?.name)
  const hasOverall = open.some((column) => OVERALL.test(column.name) && ratingOf(column) !== null)
  const guessed = open.flatMap((column) => questionOf(column, hasOverall) ?? [])
  // One column of small numbers alone may be anything.
  const questions = guessed.filter(({ kind }) => isScored(kind)).length > 1 ? guessed : guessed.filter(({ column, kind, values }) => !isScored(kind) || values || isNamed(column))
  if (questions.every(({ kind }) => kind === 'choice')) return err({ type: 'MapNotFound', columns: header })
  return ok({ survey: options.name, touchpoint: touchpoint === undefined ? options.name : { column: touchpoint.name }, ...(at && { at }), language: options.language, questions })
}

/** What stands in the columns of a table, in so many of its rows as tell what they mean. */
export const columnsOf = (header: readonly string[], rows: readonly TableRow[]): readonly Column[] => {
  const step = Math.max(1, Math.ceil(rows.length / MOST_LOOKED_AT))
  const looked = rows.filter((_, i) => i % step === 0)
  return header.map((name, i) => ({ name, cells: looked.map(({ cells }) => cells[i]?.trim() ?? '') }))
}

/** The column of instants among those that are named like one; what it holds has the last word. */
export const atColumnOf = (columns: readonly Column[], timeZone: string): AtColumn | undefined => {
  for (const { name, cells } of AT.flatMap((pattern) => columns.filter((column) => pattern.test(column.name)))) {
    const order = orderOfDates(cells) ?? undefined
    const filled = cells.filter((cell) => cell !== '')
    const read = filled.filter((cell) => /\D/.test(cell) || cell.length >= 10).filter((cell) => readInstant(cell, timeZone, order ?? 'dmy').ok)
    if (filled.length === 0 || read.length < MOSTLY * filled.length) continue
    const time = filled.some((cell) => cell.includes(':')) ? undefined : columns.find((column) => TIME.test(column.name) && column.cells.some((cell) => cell !== '') && column.cells.every((cell) => cell === '' || CLOCK.test(cell)))
    return { column: name, timeZone, ...(time && { time: time.name }), ...(order && { order }) }
  }
  return undefined
}

/** The first of the columns by the first of the patterns that any has. */
export const firstNamed = <T extends { readonly name: string }>(columns: readonly T[], patterns: readonly RegExp[]): T | undefined =>
  patterns.map((pattern) => columns.find(({ name }) => pattern.test(name))).find((column) => column !== undefined)

const isNamed = (name: string): boolean => [NPS, RECOMMEND, CES, OVERALL, DETAIL].some((pattern) => pattern.test(name))

const isPlace = ({ cells }: Column): boolean => new Set(cells).size <= MOST_PLACES

type Question = Omit<QuestionColumn, 'column'>

const questionOf = (column: Column, hasOverall: boolean): QuestionColumn | null => {
  const found = namedQuestion(column, hasOverall) ?? untoldQuestion(column, hasOverall)
  return found && { column: column.name, ...found }
}

const namedQuestion = (column: Column, hasOverall: boolean): Question | null => {
  const { name, cells } = column
  if ((NPS.test(name) || (RECOMMEND.test(name) && isOftenBeyondFive(cells, 'nps'))) && isMostlyOn('nps', cells) && !isYesOrNo(cells)) return { kind: 'nps' }
  if (CES.test(name) && isMostlyOn('ces7', cells)) return { kind: 'ces7' }
  const rating = OVERALL.test(name) || DETAIL.test(name) ? ratingOf(column) : null
  if (rating !== null) return OVERALL.test(name) ? rating : { ...rating, detail: hasOverall }
  return TEXT.test(name) && cells.some((cell) => cell !== '') ? { kind: 'text' } : null
}

const untoldQuestion = ({ name, cells }: Column, hasOverall: boolean): Question | null => {
  const filled = cells.filter((cell) => !isMissing(cell, 'csat5'))
  if (filled.length === 0 || PERSONAL.test(name)) return null
  const values = pointsOfWords(filled)
  if (values) return { kind: 'csat5', values, detail: hasOverall }
  const kinds = new Set(filled)
  const amounts = filled.filter((cell) => plainAmount(cell) !== null).length
  const isMoney = filled.filter((cell) => MONEY.test(cell)).length * 2 > filled.length
  if ((isMoney || AMOUNT.test(name)) && amounts >= NEARLY * filled.length) return { kind: 'amount' }
  if (!NO_RATING.test(name)) {
    const kind = scaleOf(filled)
    if (kind !== null && kinds.size >= 3) return { kind, detail: hasOverall || kind === 'nps' }
  }
  if (amounts * 2 > filled.length && kinds.size > 2) return null
  const words = filled.reduce((sum, cell) => sum + cell.split(/\s+/).length, 0)
  if (words >= COMMENT_WORDS * filled.length && kinds.size * 2 > filled.length) return { kind: 'text' }
  return kinds.size >= 2 && kinds.size <= CHOICE.most && filled.length >= CHOICE.each * kinds.size ? { kind: 'choice' } : null
}

/** The shortest scale that all lie on, for a guess costs no row, and some reach the upper half of: a longer one is known by what lies above a shorter. */
const scaleOf = (cells: readonly string[]): ScoredKind | null => {
  const isOn = (kind: ScoredKind): boolean => cells.filter((cell) => isOnScale(kind, scoreOf(kind, cell, undefined))).length === cells.length
  return (['csat5', 'ces7', 'scale10', 'nps'] as const).find((kind) => isOn(kind) && cells.some((cell) => scoreOf(kind, cell, undefined) >= 4)) ?? null
}

const ratingOf = ({ cells }: Column): Question | null => {
  const values = pointsOfWords(cells.filter((cell) => !isMissing(cell, 'csat5')))
  if (values) return { kind: 'csat5', values }
  if (isMostlyOn('scale10', cells) && isOftenBeyondFive(cells, 'scale10')) return { kind: scaleOf(cells.filter((cell) => !isMissing(cell, 'csat5'))) === 'ces7' ? 'ces7' : 'scale10' }
  return isMostlyOn('csat5', cells) ? { kind: 'csat5' } : null
}

const isYesOrNo = (cells: readonly string[]): boolean => cells.every((cell) => cell === '' || cell === '0' || cell === '1')

const isOftenBeyondFive = (cells: readonly string[], kind: ScoredKind): boolean => {
  const filled = cells.filter((cell) => !isMissing(cell, kind))
  const beyond = filled.map((cell) => scoreOf(kind, cell, undefined)).filter((value) => value > 5 && isOnScale(kind, value)).length
  return beyond >= Math.min(BEYOND_FIVE.atLeast, filled.length) && beyond >= BEYOND_FIVE.share * filled.length
}

const isMostlyOn = (kind: ScoredKind, cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => !isMissing(cell, kind))
  const on = filled.filter((cell) => isOnScale(kind, scoreOf(kind, cell, undefined))).length
  return filled.length > 0 && on >= MOSTLY * filled.length
}
