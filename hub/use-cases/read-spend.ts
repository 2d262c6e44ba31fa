/** Feedback next to what the same visits' baskets were worth. They go together or they do not; which is the cause nobody can read off. */
import type { SpendSource } from '#hub/ports/spend-source.ts'
import { METRIC_KIND } from '#shared/insights/figure.ts'
import { spendByMood } from '#shared/insights/spend-by-mood.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import type { SpendReply, SpendRequest } from '#shared/protocol/figures.ts'
import { openReading, type FigureParts } from './figure-parts.ts'
import { footing } from './read-figures.ts'

export type SpendParts = FigureParts & { readonly spend: SpendSource }

/** Weeks that lie inside the range as a whole: the source knows no days. */
export const readSpend = (parts: SpendParts) => (request: SpendRequest): SpendReply => {
  const reading = openReading(parts, request)
  const kind = METRIC_KIND[request.metric]
  const main = [...reading.reports.settled.question.keys()]
  const questions = request.question === undefined ? main : [request.question]
  const weeks = weeksOf(request, reading.timeZone)
  const answers = questions.flatMap((question) => parts.spend.answered({ kind, question, ...weeks }))
  const baskets = answers.flatMap(({ score, spend, n }) => (spend === null ? [] : Array.from({ length: n }, () => ({ response: '', score, spend }))))
  const { kind: said, answers: all, n, moods, together } = spendByMood(request.metric, baskets, answers.reduce((sum, one) => sum + one.n, 0))
  return {
    ...footing(parts, reading, reading.reports.settled.whole, request),
    kind: said,
    answers: all,
    n,
    moods: moods.map(({ mood, n, mean, median, low, high }) => ({ mood, n, mean, median, low, high })),
    together,
  }
}

const weeksOf = ({ from, until }: SpendRequest, timeZone: string): { readonly from?: Day; readonly until?: Day } => {
  const dayOf = (at: number): Day => localTime(millis(at), timeZone).day
  const mondayOf = (day: Day): Day => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
  const first = from === undefined ? null : dayOf(from)
  return { ...(first && { from: mondayOf(addDays(first, 6)) }), ...(until !== undefined && { until: mondayOf(addDays(dayOf(until), 1)) }) }
}
