/** One durable step of the hub. Stores of one database are synchronous: what they write while `work` runs belongs to the transaction. */
import type { Result } from '#shared/kernel/result.ts'

/** The running transaction as those see it who write in it. */
export interface Transaction {
  /** Runs after the commit is durable, in order; never if the transaction fails. The place for hints and log lines. */
  afterCommit(task: () => void): void
}

export interface Transactions {
  /**
   * Runs `work` in one transaction, commits it durably and returns its result; if `work` throws, nothing of it happened and the error passes on.
   * Order   `work` is synchronous; a call inside a running transaction becomes a savepoint of it.
   * Shape   `mayRepeat`: savepoints cost as much as the work between them, so there are none at first; only if a call inside fails, all is undone and `work` runs again with them.
   */
  run<T>(work: (tx: Transaction) => T, options?: { readonly mayRepeat: boolean }): T
  /** The trouble behind an error that `run` threw; null if `work` threw it itself. */
  troubleOf(error: unknown): StoreTrouble | null
}

/** What a full disk, a locked, a broken or a damaged database looks like from outside. Only a damaged one needs a copy put in its place. */
export type StoreTrouble = { readonly type: 'DiskFull' | 'Busy' | 'Broken' | 'Damaged' }

/** `patient`: a few milliseconds may go by until others share its flush; whoever is not patient takes it along at once. */
export type CommitOptions = { readonly patient: boolean }

/** Takes work from many callers and commits what has gathered in one durable transaction. */
export interface Committer {
  /**
   * Resolves after the commit is durable. Order  as they came.
   * Errors  a StoreTrouble if nothing could be made durable; rejects if `work` itself throws (the others' work is not touched by that).
   */
  commit<T>(work: (tx: Transaction) => T, options?: CommitOptions): Promise<Result<T, StoreTrouble>>
}
