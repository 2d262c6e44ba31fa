/** Takes feedback in from a table: sound rows are kept, damaged ones reported with line and reason, known ones change nothing. */
import type { Clock } from '#hub/ports/clock.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { Digest } from './feedback-rows.ts'
import { readRow, type FeedbackMap, type TableRow } from './feedback-rows.ts'

export type ImportDeps = { readonly feedback: FeedbackStore; readonly transactions: Transactions; readonly clock: Clock; readonly digest: Digest }

export type BadRow = { readonly line: number; readonly reason: string }

export type ImportReport = {
  readonly rows: number
  /** Rows that brought something new. */
  readonly imported: number
  /** Rows of which everything was there already. */
  readonly known: number
  readonly empty: number
  /** Answers added. */
  readonly answers: number
  readonly bad: readonly BadRow[]
}

export const importFeedback = (deps: ImportDeps, table: { readonly header: readonly string[]; readonly rows: readonly TableRow[] }, map: FeedbackMap): ImportReport => {
  const bad: BadRow[] = []
  const receivedAt = deps.clock.now()
  const occurrences = new Map<string, number>()
  const sound: (readonly FeedbackRow[])[] = []
  for (const row of table.rows) {
    const text = JSON.stringify([table.header, row.cells])
    const occurrence = (occurrences.get(text) ?? 0) + 1
    occurrences.set(text, occurrence)
    const answers = readRow(table.header, row, { map, receivedAt, key: deps.digest(`${text} ${occurrence}`) })
    if (answers.ok) sound.push(answers.value)
    else bad.push({ line: row.line, reason: answers.error })
  }
  const added = deps.transactions.run(() => sound.map((answers) => answers.filter((answer) => deps.feedback.add(answer)).length))
  return {
    rows: table.rows.length,
    imported: added.filter((n) => n > 0).length,
    known: sound.filter((answers, i) => answers.length > 0 && added[i] === 0).length,
    empty: sound.filter((answers) => answers.length === 0).length,
    answers: added.reduce((sum, n) => sum + n, 0),
    bad,
  }
}
