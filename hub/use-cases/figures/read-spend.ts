/** Feedback next to what the same visits' baskets were worth. They go together or they do not; which is the cause nobody can read off. */
import type { SpendSource } from '#hub/ports/spend-source.ts'
import { METRIC_KIND } from '#shared/insights/figure.ts'
import { cutStretch, spendCuts } from '#shared/insights/spend-cuts.ts'
import { spendByMood } from '#shared/insights/spend-by-mood.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import type { SpendReply, SpendRequest } from '#shared/protocol/figures.ts'
import { openReading, type FigureParts } from './figure-parts.ts'
import { footing } from './read-figures.ts'

export type SpendParts = FigureParts & { readonly spend: SpendSource }

/** Whole weeks inside the range, from cut to cut: the source knows no days, and no difference of two reports is about fewer than five baskets. */
export const readSpend = (parts: SpendParts) => (request: SpendRequest): SpendReply => {
  const reading = openReading(parts, request)
  const kind = METRIC_KIND[request.metric]
  const main = [...reading.reports.settled.question.keys()]
  const questions = request.question === undefined ? main : [request.question]
  const weeks = weeksOf(request, reading.timeZone)
  const thisWeek = mondayOf(localTime(parts.clock.now(), reading.timeZone).day)
  // Each question by cuts of its own: what is left when one is taken from all of them is a question that may be told.
  const answers = questions.flatMap((question) => {
    const told = cutStretch(spendCuts(request.metric, parts.spend.weeks({ kind, question }), thisWeek), weeks.from, weeks.until)
    return told ? parts.spend.answered({ kind, question, ...told }) : []
  })
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

const mondayOf = (day: Day): Day => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

const weeksOf = ({ from, until }: SpendRequest, timeZone: string): { readonly from?: Day; readonly until?: Day } => {
  const dayOf = (at: number): Day => localTime(millis(at), timeZone).day
  const first = from === undefined ? null : dayOf(from)
  return { ...(first && { from: mondayOf(addDays(first, 6)) }), ...(until !== undefined && { until: mondayOf(addDays(dayOf(until), 1)) }) }
}
