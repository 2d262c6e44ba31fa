/** Transactions on one SQLite connection; a transaction inside another is a savepoint. */
import type { DatabaseSync } from 'node:sqlite'
import type { StoreTrouble, Transaction, Transactions } from '#hub/ports/transaction.ts'

/** SQLite's primary result codes. */
const TROUBLES: { readonly [code: number]: StoreTrouble['type'] } = { 5: 'Busy', 6: 'Busy', 13: 'DiskFull', 10: 'Broken', 11: 'Broken', 26: 'Broken', 8: 'Broken', 14: 'Broken' }

export const sqliteTransactions = (sql: DatabaseSync): Transactions => {
  /** Tasks per open level; an undone level takes its tasks with it. */
  const levels: (() => void)[][] = []

  const run = <T>(work: (tx: Transaction) => T): T => {
    const depth = levels.length
    const [begin, commit, undo] = depth === 0 ? ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'] : [`SAVEPOINT s${depth}`, `RELEASE s${depth}`, `ROLLBACK TO s${depth}; RELEASE s${depth}`]
    sql.exec(begin)
    const tasks: (() => void)[] = []
    levels.push(tasks)
    try {
      const value = work({ afterCommit: (task) => levels.at(-1)!.push(task) })
      sql.exec(commit)
      levels.pop()
      if (depth > 0) levels.at(-1)!.push(...tasks)
      else for (const task of tasks) task()
      return value
    } catch (error) {
      levels.length = depth
      // A full disk may have ended the transaction already.
      if (sql.isTransaction) sql.exec(undo)
      throw error
    }
  }
  return { run, troubleOf }
}

const troubleOf = (error: unknown): StoreTrouble | null => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  const type = TROUBLES[error.errcode & 0xff]
  return type ? { type } : null
}
