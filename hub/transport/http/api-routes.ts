/** What programs with a token may read. Writing, cases and whatever else an area hands on comes from a file of its own. */
import type { AccessTokens } from '#hub/ports/access-tokens.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import type { Letters } from '#hub/ports/letters.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { feedbackContext } from '#hub/use-cases/feedback/feedback-context.ts'
import { heldFigures } from '#hub/use-cases/figures/held-figures.ts'
import { cursorOf, pageFeedback, placeOf, type PageParts } from '#hub/use-cases/sharing/page-feedback.ts'
import { readBoard, type BoardParts } from '#hub/use-cases/sharing/read-board.ts'
import { dayRange } from '#hub/use-cases/figures/store-days.ts'
import { tableOf, type TableParts } from '#hub/use-cases/sharing/share-table.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { formulaOf } from '#shared/insights/formula.ts'
import { questionsOf } from '#shared/feedback/survey.ts'
import {
  ApiExportQuery,
  ApiFeedback,
  ApiFeedbackQuery,
  ApiFigures,
  ApiFiguresQuery,
  ApiHealth,
  ApiLetter,
  ApiLetterQuery,
  ApiLetters,
  ApiNothing,
  ApiSurveys,
  ApiTouchpoints,
  BoardFields,
} from '#shared/protocol/api.ts'
import { documentsToStore, documentsToSurveys, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import { apiRead, type ApiReply, type ApiRoute } from './api-route.ts'

export type ApiReadParts = BoardParts & TableParts & PageParts & { readonly tokens: AccessTokens; readonly letters: Letters; readonly keys: Pick<HubKeys, 'mark'>; readonly audit: AuditBook; readonly transactions: Transactions }

const BAD_DAYS: ApiReply = { problem: { status: 400, code: 'bad_request', detail: 'from and until are days, the first not after the last' } }
const NOT_FOUND: ApiReply = { problem: { status: 404, code: 'not_found' } }

export const apiReadRoutes = (parts: ApiReadParts): readonly ApiRoute[] => [...figureRoutes(parts), ...storeRoutes(parts), ...letterRoutes(parts)]

/** Whoever asks often sees no single answer arrive. */
const inSteps = (n: number): number => n - (n % MIN_SHOWN)

const figureRoutes = (parts: ApiReadParts): readonly ApiRoute[] => [
  apiRead({
    path: '/api/v1/figures',
    scope: 'figures:read',
    summary: 'One score of a stretch of days, whole and by parts; it moves in steps of five answers or more, by hours it tells days that are over',
    query: ApiFiguresQuery,
    reply: ApiFigures,
    answer: ({ metric, by, question, ...days }) => {
      const range = dayRange(days, parts.timeZone())
      if (!range) return BAD_DAYS
      const { overall, groups, withheld = [], missing, flagged, asOf } = heldFigures(parts).insights({ metric, ...range, ...(by && { by }), ...(question && { question }) })
      const late = missing.map(({ name, waiting, since, lost = 0 }) => ({ name, waiting, since, lost }))
      const body = { metric, formula: formulaOf(metric), overall, groups, withheld, missing: late, flagged }
      return { body: { asOf, ...body }, tag: body }
    },
  }),
  apiRead({
    path: '/api/v1/feedback',
    scope: 'feedback:read',
    summary: 'Answers as they arrived, masked and coarsened, page by page',
    query: ApiFeedbackQuery,
    reply: ApiFeedback,
    answer: ({ cursor, limit }) => {
      const after = cursor === undefined ? 0 : placeOf(parts.keys, cursor)
      if (after === null) return { problem: { status: 400, code: 'bad_request', detail: 'nobody was given that cursor' } }
      const { items, place, more } = pageFeedback(parts)({ after, ...(limit !== undefined && { limit: Number(limit) }) })
      return { body: { items, next: cursorOf(parts.keys, place), more } }
    },
  }),
  apiRead({
    path: '/api/v1/export',
    scope: 'export:read',
    summary: 'Figures, answers or letters as a table (CSV); answers from the day after they arrived',
    query: ApiExportQuery,
    reply: null,
    answer: ({ table, ...days }, { id }) => {
      const timeZone = parts.timeZone()
      const range = dayRange(days, timeZone)
      if (!range) return BAD_DAYS
      return parts.transactions.run(() => {
        const { text, rows } = tableOf(parts, { table, format: 'csv', ...range }, { before: startOfDay(parts.clock.now(), timeZone), figures: heldFigures(parts).insights })
        parts.audit.record({ who: id, what: 'feedback.exported', device: null, object: table, count: rows })
        return { text, type: 'text/csv' }
      })
    },
  }),
  apiRead({
    path: '/api/v1/board',
    scope: 'board',
    summary: 'What a board on the wall shows; for the link of a board alone',
    query: ApiNothing,
    reply: BoardFields,
    answer: () => {
      const board = readBoard(parts)
      const { asOf: _, ...rest } = board
      return { body: board, tag: rest }
    },
  }),
]

const storeRoutes = (parts: ApiReadParts): readonly ApiRoute[] => {
  const items = () => parts.documents.current()?.items ?? {}
  return [
    apiRead({
      path: '/api/v1/health',
      scope: 'any',
      summary: 'Whether the hub answers, and for which store',
      query: ApiNothing,
      reply: ApiHealth,
      answer: () => {
        const store = documentsToStore(items())
        return { body: { asOf: parts.clock.now(), store: store.ok ? store.value.name : '', timeZone: feedbackContext(parts.documents).timeZone, release: parts.documents.head()?.hash ?? null, answers: inSteps(parts.pages.last()) } }
      },
    }),
    apiRead({
      path: '/api/v1/touchpoints',
      scope: 'figures:read',
      summary: 'Where people are asked',
      query: ApiNothing,
      reply: ApiTouchpoints,
      answer: () => {
        const touchpoints = documentsToTouchpoints(items()).map(({ id, name, phase }) => ({ id, name, phase }))
        return { body: { asOf: parts.clock.now(), touchpoints }, tag: touchpoints }
      },
    }),
    apiRead({
      path: '/api/v1/surveys',
      scope: 'figures:read',
      summary: 'What they are asked',
      query: ApiNothing,
      reply: ApiSurveys,
      answer: () => {
        const places = documentsToTouchpoints(items())
        const surveys = documentsToSurveys(items()).map((survey) => ({
          id: survey.id,
          touchpoint: places.find((place) => place.survey === survey.id)?.id ?? null,
          questions: questionsOf(survey).map(({ id, kind, text, options = [] }) => ({ id, kind, text, options: options.map((option) => ({ id: option.id, text: option.text })) })),
        }))
        return { body: { asOf: parts.clock.now(), surveys }, tag: surveys }
      },
    }),
  ]
}

const letterRoutes = (parts: ApiReadParts): readonly ApiRoute[] => [
  apiRead({ path: '/api/v1/letters', scope: 'figures:read', summary: 'Weeks whose letter is kept, newest first', query: ApiNothing, reply: ApiLetters, answer: () => ({ body: { weeks: parts.letters.weeks() } }) }),
  apiRead({
    path: '/api/v1/letter',
    scope: 'figures:read',
    summary: 'The letter of a week as it was told; the words in it are for managers',
    query: ApiLetterQuery,
    reply: ApiLetter,
    answer: ({ week }) => {
      const letter = parts.letters.find(week)
      return letter ? { body: { ...letter, voices: [] } } : NOT_FOUND
    },
  }),
]
