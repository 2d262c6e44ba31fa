/** The audit log: who did what, when, on which device. Rows are only ever added. */
import type { AuditRow, AuditState, AuditWord } from '#shared/privacy/audit.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { AuditQueryFields } from '#shared/protocol/privacy.ts'

/** What those need who only write down. */
export interface AuditBook {
  /**
   * Writes down one act. Called inside the transaction of the act it belongs to it: an act that is undone leaves no row. Outside it is a step of its own.
   * Errors  throws on anything but ids and whole counts: only a bug can cause it.
   */
  record(word: AuditWord): void
}

export interface AuditLog extends AuditBook {
  /** Newest first. */
  list(query: AuditQueryFields): readonly AuditRow[]
  /** Oldest first. */
  all(): Iterable<AuditRow>
  /** Who stands in it; those who did the last acts first. */
  actors(): readonly string[]
  /** When the oldest row that is kept was written; null: there is none. */
  oldest(): Millis | null
  /** Reads the chain from end to end beside its witnesses. `pause` is awaited every few thousand rows, so that others are answered meanwhile. */
  verify(pause?: () => Promise<unknown>): Promise<AuditState>
  /** After a start: rows that a witness knows and the database does not are told by a row of their own; `restored`: the copy it began from. */
  tellGap(restored: { readonly name: string } | null): void
  /** Removes rows written before `at` from the front of the chain, which then begins behind them, and writes that down. How many rows. */
  age(at: Millis): number
}
