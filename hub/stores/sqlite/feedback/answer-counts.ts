/** Counts of choices and words by question, from single answers and from what is kept as sums. */
import type { DatabaseSync } from 'node:sqlite'
import type { AnswerCount, AnswerCounts } from '#hub/ports/answer-counts.ts'
import { NO_HOUR } from './feedback-sums.ts'
import type { Migration } from '../database/migration.ts'
import { allRows } from '../database/rows.ts'

type Row = { readonly question: string; readonly kind: 'choice' | 'ranking' | 'text'; readonly answer: string; readonly n: number }

/** Few answers are choices, fewer are words: the rest of the table is not looked at. */
export const CHOSEN_INDEX: Migration = {
  name: 'survey-2',
  sql: `
    CREATE INDEX feedback_chosen ON feedback (kind, question, at, words) WHERE kind IN ('choice', 'ranking');
    CREATE INDEX feedback_written ON feedback (question, at) WHERE kind = 'text';
  `,
}

export const sqliteAnswerCounts = (sql: DatabaseSync): AnswerCounts => {
  const chosen = sql.prepare(`SELECT question, kind, words AS answer, count(*) AS n FROM feedback WHERE kind IN ('choice', 'ranking') AND coalesce(at, 0) >= ? GROUP BY kind, question, words`)
  const written = sql.prepare(`SELECT question, 'text' AS kind, '' AS answer, count(*) AS n FROM feedback WHERE kind = 'text' AND coalesce(at, 0) >= ? GROUP BY question`)
  const sums = sql.prepare(`SELECT question, kind, answer, sum(n) AS n FROM feedback_sum WHERE kind IN ('choice', 'ranking') AND hour >= ? GROUP BY kind, question, answer`)
  return {
    since: (from) => {
      // What carries no time is older than every stretch.
      const rows = [...[chosen, written].flatMap((statement) => allRows<Row>(statement, from ?? 0)), ...allRows<Row>(sums, from ?? NO_HOUR)]
      return [...Map.groupBy(rows, ({ kind, question }) => `${kind} ${question}`).values()].map(toCount)
    },
  }
}

const toCount = (rows: readonly Row[]): AnswerCount => {
  const { question, kind } = rows[0]!
  const counts: Record<string, number> = {}
  for (const { answer, n } of rows) for (const option of optionsOf(kind, answer)) counts[option] = (counts[option] ?? 0) + n
  return { question, kind, n: rows.reduce((sum, { n }) => sum + n, 0), counts }
}

const optionsOf = (kind: Row['kind'], answer: string): readonly string[] => {
  if (kind === 'text') return []
  const options = JSON.parse(answer) as readonly string[]
  return kind === 'ranking' ? options.slice(0, 1) : options
}
