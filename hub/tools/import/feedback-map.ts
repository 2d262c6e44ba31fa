/** What the columns of a table of answers mean: as a file says, or as their names and contents do. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { detectFeedbackMap } from '#hub/use-cases/detect-feedback-map.ts'
import type { FeedbackMap } from '#hub/use-cases/feedback-rows.ts'
import { LANGUAGES, type Language } from '#shared/kernel/language.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Table } from '../read-table.ts'

/** `file` null: nobody said; then names and contents tell. */
export type MapAsked = { readonly file: string | null; readonly name: string; readonly timeZone: string }

export const name = v.pipe(v.string(), v.minLength(1), v.maxLength(80))
export const zone = v.pipe(v.string(), v.check((written) => Intl.supportedValuesOf('timeZone').includes(written) || written === 'UTC', 'no such time zone'))
export const atColumn = v.exactOptional(v.strictObject({ column: name, timeZone: zone }))

const MapFile = v.strictObject({
  survey: name,
  touchpoint: v.union([name, v.strictObject({ column: name })]),
  at: atColumn,
  language: v.optional(v.picklist(LANGUAGES), 'de'),
  questions: v.pipe(
    v.array(v.strictObject({ column: name, question: v.exactOptional(name), kind: v.picklist(['csat5', 'smiley4', 'nps', 'ces7', 'scale10', 'choice', 'ranking', 'amount', 'text']), detail: v.exactOptional(v.boolean()) })),
    v.minLength(1),
  ),
})

export const feedbackMap = ({ header, rows }: Table, { file, name: survey, timeZone }: MapAsked): Result<FeedbackMap, string> => {
  if (file === null) {
    const detected = detectFeedbackMap(header, rows, { name: survey, timeZone, language: 'de' })
    return detected.ok ? detected : err(`no column looks like an answer (${header.join(', ')}); say with --map what they mean`)
  }
  const map = readMapFile(file, MapFile)
  if (!map.ok) return map
  const { at, touchpoint, questions } = map.value
  return withColumns(file, header, [...questions.map(({ column }) => column), ...(at ? [at.column] : []), ...(typeof touchpoint === 'string' ? [] : [touchpoint.column])], map.value)
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
const DIVISION = /^(department|abteilung|division|category|kategorie|warengruppe|touchpoint)$/i
const WORDS = /^(title|titel|text|review|review_text|rezension|comment|kommentar|body)$/i
const RECOMMENDED = /^(recommended|recommend|empfohlen|weiterempfehlung)$/i
const WHEN = /^(at|date|datum|time|timestamp|created_at|submitted_at|review_date)$/i

/** Reviews of articles are answers like others: the stars a face of five, the article and whether it is recommended choices beside them, the division the place. */
export const reviewsMap = ({ header }: Table, { file, timeZone }: MapAsked): Result<FeedbackMap, string> => {
  const read = file === null ? detectReviews(header, timeZone) : readMapFile(file, ReviewsFile)
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
  return withColumns(file ?? 'the table', header, [rating, ...texts, ...[product, division, recommended, at?.column].filter((column) => column !== undefined)], map)
}

const detectReviews = (header: readonly string[], timeZone: string): Result<Reviews, string> => {
  const find = (pattern: RegExp): string | undefined => header.find((column) => pattern.test(column))
  const [rating, product, division, recommended, when] = [RATING, PRODUCT, DIVISION, RECOMMENDED, WHEN].map(find)
  if (rating === undefined) return err(`no column looks like stars (${header.join(', ')}); say with --map what they mean`)
  return ok({
    rating,
    ...(product !== undefined && { product }),
    ...(division !== undefined && { division }),
    ...(recommended !== undefined && { recommended }),
    ...(when !== undefined && { at: { column: when, timeZone } }),
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
