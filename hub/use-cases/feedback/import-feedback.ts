/** Takes feedback in from a table: sound rows are kept, damaged ones reported with line and reason, known ones change nothing. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { feedbackContext } from './feedback-context.ts'
import type { Digest } from './feedback-rows.ts'
import { readRow, type FeedbackMap, type TableRow } from './feedback-rows.ts'

export type ImportDeps = { readonly feedback: FeedbackStore; readonly cells: Pick<AnswerCells, 'count'>; readonly documents: DocumentStore; readonly transactions: Transactions; readonly clock: Clock; readonly digest: Digest }

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

/** Rows of a step: a hub that runs on the same data waits for one step, not for the table. */
const STEP = 2000

/** Step by step, so that an interrupted one is simply begun again: what is there already adds nothing. */
export const importFeedback = (deps: ImportDeps, table: { readonly header: readonly string[]; readonly rows: readonly TableRow[] }, map: FeedbackMap): ImportReport => {
  const bad: BadRow[] = []
  const receivedAt = deps.clock.now()
  const { timeZone } = feedbackContext(deps.documents)
  const occurrences = new Map<string, number>()
  let [imported, known, empty, answers] = [0, 0, 0, 0]
  for (let from = 0; from < table.rows.length; from += STEP) {
    const sound = table.rows.slice(from, from + STEP).flatMap((row): readonly (readonly FeedbackRow[])[] => {
      const text = JSON.stringify([table.header, row.cells])
      const digest = deps.digest(text)
      const occurrence = (occurrences.get(digest) ?? 0) + 1
      occurrences.set(digest, occurrence)
      const read = readRow(table.header, row, { map, receivedAt, key: deps.digest(`${text} ${occurrence}`) })
      if (read.ok) return [read.value]
      bad.push({ line: row.line, reason: read.error })
      return []
    })
    const added = deps.transactions.run(() => sound.map((row) => row.filter((answer) => deps.feedback.add(answer)).length))
    // Whoever looks next would have to read them all one by one.
    while (!deps.transactions.run(() => deps.cells.count(timeZone))) continue
    for (const [i, row] of sound.entries()) {
      answers += added[i]!
      if (row.length === 0) empty += 1
      else if (added[i] === 0) known += 1
      else imported += 1
    }
  }
  return { rows: table.rows.length, imported, known, empty, answers, bad }
}
