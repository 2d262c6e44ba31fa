/** Figures over time and side by side, for programs: those of the manager's screen, of days that are over. */
import { dayRange } from '#hub/use-cases/figures/store-days.ts'
import { FIGURE_REPLY_SCHEMAS } from '#shared/protocol/figure-schemas.ts'
import type { FigureCalls, FigureScope } from '#shared/protocol/figures.ts'
import { ApiCompareQuery, ApiTrendQuery } from '#shared/protocol/api.ts'
import { apiRead, type ApiReply, type ApiRoute } from './api-route.ts'

export type FigureRouteParts = {
  readonly trend: (scope: FigureCalls['figures.trend']['request']) => FigureCalls['figures.trend']['reply']
  readonly compare: (scope: FigureCalls['figures.compare']['request']) => FigureCalls['figures.compare']['reply']
  readonly timeZone: () => string
}

const BAD_DAYS: ApiReply = { problem: { status: 400, code: 'bad_request', detail: 'from and until are days, the first not after the last' } }

type Asked = { readonly metric: FigureScope['metric']; readonly question?: string; readonly at?: string; readonly from?: string; readonly until?: string }

export const figureRoutes = ({ trend, compare, timeZone }: FigureRouteParts): readonly ApiRoute[] => {
  const scopeOf = ({ metric, question, at, ...days }: Asked): FigureScope | null => {
    const range = dayRange(days, timeZone())
    return range && { metric, ...(question !== undefined && { question }), ...(at !== undefined && { at }), ...range }
  }
  return [
    apiRead({
      path: '/api/v1/figures/trend',
      scope: 'figures:read',
      summary: 'How one score went, in stretches that may be told, up to yesterday',
      query: ApiTrendQuery,
      reply: FIGURE_REPLY_SCHEMAS['figures.trend'],
      answer: ({ step, ...asked }) => {
        const scope = scopeOf(asked)
        return scope ? told(trend({ ...scope, step })) : BAD_DAYS
      },
    }),
    apiRead({
      path: '/api/v1/figures/compare',
      scope: 'figures:read',
      summary: 'Groups beside each other: each against all the others, held against chance; days that are over',
      query: ApiCompareQuery,
      reply: FIGURE_REPLY_SCHEMAS['figures.compare'],
      answer: ({ by, ...asked }) => {
        const scope = scopeOf(asked)
        return scope ? told(compare({ ...scope, by })) : BAD_DAYS
      },
    }),
  ]
}

/** Its name is made of everything but the moment. */
const told = <T extends { readonly asOf: number }>(body: T): ApiReply => ({ body, tag: { ...body, asOf: 0 } })
