/** One durable step of the hub. Stores of one database are synchronous: what they write while `work` runs belongs to the transaction. */

/** The running transaction as those see it who write in it. */
export interface Transaction {
  /** Runs after the commit is durable, in order; never if the transaction fails. The place for hints and log lines. */
  afterCommit(task: () => void): void
}

export interface Transactions {
  /**
   * Runs `work` in one transaction, commits it durably and returns its result; if `work` throws, nothing of it happened and the error passes on.
   * Order   `work` is synchronous; a call inside a running transaction becomes a savepoint of it.
   */
  run<T>(work: (tx: Transaction) => T): T
}
