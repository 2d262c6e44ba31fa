/** Answers that are kept as sums: what figures are made of once the single answers have had their time. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { TallyFilter } from '#hub/ports/feedback-store.ts'
import type { ScoredKind } from '#shared/feedback/scales.ts'
import type { Tally } from '#shared/insights/group-tallies.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** Stretch of sums whose answers carry no time. */
export const NO_HOUR = -1

type SumRow = Omit<Tally, 'detail' | 'quarterAt'> & { readonly detail: 0 | 1; readonly hour: number }

export type FeedbackSums = {
  tallies(filter: TallyFilter): readonly Tally[]
  countBetween(dev: string, from: number, until: number): number
  scoredQuestions(): readonly { readonly question: string; readonly kind: ScoredKind; readonly n: number }[]
}

/** A stretch belongs to a range by its beginning: ranges are asked for by whole days. */
export const sqliteFeedbackSums = (sql: DatabaseSync): FeedbackSums => {
  const between = sql.prepare('SELECT coalesce(sum(n), 0) AS n FROM feedback_sum WHERE dev = ? AND hour >= ? AND hour < ?')
  const questions = sql.prepare(`SELECT question, kind, sum(n) AS n FROM feedback_sum WHERE kind NOT IN ('choice', 'ranking') GROUP BY question, kind`)
  return {
    tallies: (filter) => {
      const { text, values } = whereOf(filter)
      const n = filter.flagged === 'without' ? 'n - flagged' : 'n'
      const rows = allRows<SumRow>(sql.prepare(`SELECT touchpoint, question, detail, hour, CAST(answer AS INTEGER) AS value, sum(${n}) AS n FROM feedback_sum WHERE ${text} AND ${n} > 0 GROUP BY hour, question, touchpoint, detail, answer`), ...values)
      return rows.map(({ hour, detail, ...row }) => Object.assign(row, { quarterAt: hour === NO_HOUR ? null : hour, detail: detail === 1 }))
    },
    countBetween: (dev, from, until) => oneRow<{ readonly n: number }>(between, dev, Math.max(0, from), until)!.n,
    scoredQuestions: () => allRows(questions),
  }
}

const whereOf = ({ kind, question, from, until }: TallyFilter): { readonly text: string; readonly values: readonly SQLInputValue[] } => {
  const isBounded = from !== undefined || until !== undefined
  const parts: readonly (readonly [string, SQLInputValue | undefined])[] = [
    ['kind = ?', kind],
    ['hour >= ?', isBounded ? Math.max(0, from ?? 0) : undefined],
    ['hour <= ?', until],
    ['question = ?', question],
  ]
  const given = parts.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]))
  return { text: given.map(({ text }) => text).join(' AND '), values: given.map(({ value }) => value) }
}
