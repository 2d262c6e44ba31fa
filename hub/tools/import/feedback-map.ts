/** What the columns of a table of answers mean: as a file says, or as their names and contents do. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { atColumnOf, columnsOf, detectFeedbackMap, firstNamed } from '#hub/use-cases/feedback/detect-feedback-map.ts'
import type { AtColumn, FeedbackMap } from '#hub/use-cases/feedback/feedback-rows.ts'
import { DATE_ORDERS, orderOfDates, readInstant } from '#hub/use-cases/releases/read-instant.ts'
import { LANGUAGES, type Language } from '#shared/kernel/language.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Table } from '../read-table.ts'

/** `file` null: nobody said; then names and contents tell. */
export type MapAsked = { readonly file: string | null; readonly name: string; readonly timeZone: string }

/** A column may be called by a whole question. */
export const name = v.pipe(v.string(), v.minLength(1), v.maxLength(300))
export const zone = v.pipe(v.string(), v.check((written) => Intl.supportedValuesOf('timeZone').includes(written) || written === 'UTC', 'no such time zone'))
export const atColumn = v.exactOptional(v.strictObject({ column: name, time: v.exactOptional(name), timeZone: zone, order: v.exactOptional(v.picklist(DATE_ORDERS)) }))

const MapFile = v.strictObject({
  survey: name,
  touchpoint: v.union([name, v.strictObject({ column: name })]),
  at: atColumn,
  language: v.optional(v.picklist(LANGUAGES), 'de'),
  missing: v.exactOptional(v.array(v.string())),
  questions: v.pipe(
    v.array(
      v.strictObject({
        column: name,
        question: v.exactOptional(name),
        kind: v.picklist(['csat5', 'smiley4', 'nps', 'ces7', 'scale10', 'choice', 'ranking', 'amount', 'text']),
        detail: v.exactOptional(v.boolean()),
        values: v.exactOptional(v.record(v.string(), v.number())),
        reversed: v.exactOptional(v.boolean()),
      }),
    ),
    v.minLength(1),
  ),
})

export const feedbackMap = (table: Table, { file, name: survey, timeZone }: MapAsked): Result<FeedbackMap, string> => {
  const { header, rows } = table
  if (file === null) {
    const detected = detectFeedbackMap(header, rows, { name: survey, timeZone, language: 'de' })
    return detected.ok ? withOrder(table, detected.value) : err(`no column looks like an answer (${header.join(', ')}); say with --map what they mean`)
  }
  const map = readMapFile(file, MapFile)
  if (!map.ok) return map
  const { at, touchpoint, questions } = map.value
  const named = withColumns(file, header, [...questions.map(({ column }) => column), ...columnsOfAt(at), ...(typeof touchpoint === 'string' ? [] : [touchpoint.column])], map.value)
  return named.ok ? withOrder(table, named.value) : named
}

export const columnsOfAt = (at: AtColumn | undefined): readonly string[] => (at ? [at.column, ...(at.time === undefined ? [] : [at.time])] : [])

/** With the order of day and month that the whole column tells; refused where it tells none and it makes a difference. */
export const withOrder = <T extends { readonly at?: AtColumn }>({ header, rows }: Table, map: T): Result<T, string> => {
  const { at } = map
  if (!at || at.order !== undefined) return ok(map)
  const cells = rows.map((row) => row.cells[header.indexOf(at.column)]?.trim() ?? '')
  const order = orderOfDates(cells)
  if (order !== null) return ok({ ...map, at: { ...at, order } })
  const open = cells.map((cell) => readInstant(cell, at.timeZone)).find((read) => !read.ok && read.error.includes('may be two days'))
  return open && !open.ok ? err(`${at.column}: ${open.error} in "at"`) : ok(map)
}

const ReviewsFile = v.strictObject({
  rating: name,
  product: v.exactOptional(name),
  division: v.exactOptional(name),
  texts: v.optional(v.array(name), []),
  recommended: v.exactOptional(name),
  at: atColumn,
  language: v.optional(v.picklist(LANGUAGES), 'de'),
  survey: v.optional(name, 'reviews'),
})
type Reviews = v.InferOutput<typeof ReviewsFile>

const RATING = /^(rating|stars?|sterne|bewertung|score)$/i
const PRODUCT = /^(product|product_?id|produkt|sku|artikel|artikelnummer|article|item)$/i
/** The most telling name first. */
const DIVISION = [/^touchpoint$/i, /^(department|abteilung)(_?name)?$/i, /^(category|kategorie|warengruppe)$/i, /^division(_?name)?$/i]
const WORDS = /^(title|titel|text|review|review_text|rezension|comment|kommentar|body)$/i
const RECOMMENDED = /^(recommended|recommend|empfohlen|weiterempfehlung)$/i

/** Reviews of articles are answers like others: the stars a face of five, the article and whether it is recommended choices beside them, the division the place. */
export const reviewsMap = (table: Table, { file, timeZone }: MapAsked): Result<FeedbackMap, string> => {
  const { header } = table
  const read = file === null ? detectReviews(table, timeZone) : readMapFile(file, ReviewsFile)
  if (!read.ok) return read
  const { rating, product, division, texts, recommended, at, language, survey } = read.value
  const map: FeedbackMap = {
    survey,
    touchpoint: division === undefined ? 'shop' : { column: division },
    ...(at && { at }),
    language,
    questions: [
      { column: rating, question: 'rating', kind: 'csat5' },
      ...(product === undefined ? [] : [{ column: product, question: 'product', kind: 'choice' as const }]),
      ...(recommended === undefined ? [] : [{ column: recommended, question: 'recommended', kind: 'choice' as const }]),
      ...texts.map((column) => ({ column, kind: 'text' as const })),
    ],
  }
  const named = withColumns(file ?? 'the table', header, [rating, ...texts, ...columnsOfAt(at), ...[product, division, recommended].filter((column) => column !== undefined)], map)
  return named.ok ? withOrder(table, named.value) : named
}

const detectReviews = ({ header, rows }: Table, timeZone: string): Result<Reviews, string> => {
  const columns = columnsOf(header, rows)
  const find = (...patterns: readonly RegExp[]): string | undefined => firstNamed(columns, patterns)?.name
  const [rating, product, division, recommended, at] = [find(RATING), find(PRODUCT), find(...DIVISION), find(RECOMMENDED), atColumnOf(columns, timeZone)]
  if (rating === undefined) return err(`no column looks like stars (${header.join(', ')}); say with --map what they mean`)
  return ok({
    rating,
    ...(product !== undefined && { product }),
    ...(division !== undefined && { division }),
    ...(recommended !== undefined && { recommended }),
    ...(at && { at }),
    texts: header.filter((column) => WORDS.test(column)),
    language: 'de' satisfies Language,
    survey: 'reviews',
  })
}

/** A map in a file, held to its shape. */
export const readMapFile = <T>(file: string, schema: v.GenericSchema<unknown, T>): Result<T, string> => {
  try {
    const map = v.safeParse(schema, JSON.parse(readFileSync(file, 'utf8')))
    return map.success ? ok(map.output) : err(`${file}: ${map.issues.map((issue) => `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`).join('; ')}`)
  } catch (error) {
    return err(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Only if the table has all these columns. */
export const withColumns = <T>(file: string, header: readonly string[], columns: readonly string[], map: T): Result<T, string> => {
  const lost = columns.find((column) => !header.includes(column))
  return lost === undefined ? ok(map) : err(`${file}: the table has no column "${lost}"`)
}
