/** Counts of answers by question, from single answers and from what is kept as sums. */
import type { DatabaseSync } from 'node:sqlite'
import type { AnswerCount, AnswerCounts } from '#hub/ports/answer-counts.ts'
import type { RecordedKind } from '#shared/feedback/recorded-kind.ts'
import { isScored } from '#shared/feedback/scales.ts'
import { NO_HOUR } from './feedback-sums.ts'
import { allRows } from './rows.ts'

type Row = { readonly question: string; readonly kind: RecordedKind; readonly answer: string; readonly n: number }

const TAPS = "kind NOT IN ('text', 'contact', 'amount')"
const WORDS = 'text'

export const sqliteAnswerCounts = (sql: DatabaseSync): AnswerCounts => {
  const scored = sql.prepare('SELECT question, kind, CAST(score AS TEXT) AS answer, count(*) AS n FROM feedback WHERE score IS NOT NULL AND at >= ? GROUP BY kind, question, score')
  const chosen = sql.prepare(`SELECT question, kind, words AS answer, count(*) AS n FROM feedback WHERE kind IN ('choice', 'ranking') AND at >= ? GROUP BY kind, question, words`)
  const said = sql.prepare(`SELECT question, kind, '' AS answer, count(*) AS n FROM feedback WHERE kind = '${WORDS}' AND at >= ? GROUP BY kind, question`)
  const undated = sql.prepare(`SELECT question, kind, coalesce(CAST(score AS TEXT), CASE WHEN kind = '${WORDS}' THEN '' ELSE words END) AS answer, count(*) AS n FROM feedback WHERE at IS NULL AND kind NOT IN ('contact', 'amount') GROUP BY 1, 2, 3`)
  const sums = sql.prepare(`SELECT question, kind, answer, sum(n) AS n FROM feedback_sum WHERE ${TAPS} AND hour >= ? GROUP BY kind, question, answer`)
  return {
    since: (from) => {
      const at = from ?? Number.MIN_SAFE_INTEGER
      const rows = [...[scored, chosen, said].flatMap((statement) => allRows<Row>(statement, at)), ...allRows<Row>(sums, from ?? NO_HOUR), ...(from === null ? allRows<Row>(undated) : [])]
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

const optionsOf = (kind: RecordedKind, answer: string): readonly string[] => {
  if (isScored(kind)) return [answer]
  if (kind !== 'choice' && kind !== 'ranking') return []
  const options = JSON.parse(answer) as readonly string[]
  return kind === 'ranking' ? options.slice(0, 1) : options
}
