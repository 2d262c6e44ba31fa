/** Answers counted in cells, so that a figure takes as long out of ten million as out of ten thousand. Cells and rows say the same at every moment: both change in one transaction. */
import type { ScoredKind } from '#shared/feedback/scales.ts'
import type { AnswerPlace, LedgerEntry, LedgerSide } from '#shared/insights/rollup/answer-ledger.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** Most answers that one step counts: some hundredths of a second. */
export const COUNT_STEP = 2_000

/** The answers of one place in one month. `side`: counted by day, or by day and hour. Shape  no entries: nothing is left of it. */
export type AnswerCell = { readonly line: number; readonly month: number; readonly side: Exclude<LedgerSide, 'both'>; readonly place: AnswerPlace; readonly entries: readonly LedgerEntry[] }

/** Answers that are in no cell yet, or, with a negative `n`, no longer to be counted in theirs. */
export type UncountedAnswers = { readonly place: AnswerPlace; readonly at: Millis | null; readonly value: number; readonly n: number; readonly flagged: number }

export interface AnswerCells {
  /**
   * Counts what is not counted yet into the cells, one step of it; inside a transaction.
   * Shape   true: everything is. Another time zone than before begins all over, for days and hours are others.
   */
  count(timeZone: string): boolean
  /** After answers were added: counts from time to time, so that few are left to be read one by one. */
  keepUp(timeZone: string, added: number): void
  /** Another number with every change of the cells. */
  stamp(): number
  /** All cells of a scale. */
  cells(kind: ScoredKind): Iterable<AnswerCell>
  /** Those that have changed since a stamp; null: nobody knows, read them all. */
  changedSince(kind: ScoredKind, stamp: number): readonly AnswerCell[] | null
  /** What the cells lack: few hundred answers at most, unless an old database is being counted for the first time. */
  uncounted(kind: ScoredKind): Iterable<UncountedAnswers>
  /** Begins all over at the next step. */
  forget(): void
  /** Compares with a recount from the rows: names of what differs, none if they are equal. Takes as long as reading everything does. */
  differences(): readonly string[]
}
