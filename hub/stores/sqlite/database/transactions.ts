/** Transactions on one SQLite connection; a transaction inside another is a savepoint. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoreTrouble, Transaction, Transactions } from '#hub/ports/transaction.ts'

/** SQLite's primary result codes. */
const TROUBLES: { readonly [code: number]: StoreTrouble['type'] } = { 5: 'Busy', 6: 'Busy', 13: 'DiskFull', 10: 'Broken', 11: 'Damaged', 26: 'Damaged', 8: 'Broken', 14: 'Broken' }

export const sqliteTransactions = (sql: DatabaseSync): Transactions => {
  /** Tasks per open level; an undone level takes its tasks with it. */
  const levels: (() => void)[][] = []
  const stepsAt: Steps[] = []

  /** While a transaction runs without savepoints: whether a part of it has failed. */
  let whole: { failed: boolean } | null = null

  const run = <T>(work: (tx: Transaction) => T, options?: { readonly mayRepeat: boolean }): T => {
    const depth = levels.length
    if (depth === 0) return options?.mayRepeat ? runWhole(work) : runLevel(work, depth)
    return whole ? runPart(work, whole) : runLevel(work, depth)
  }
  const runWhole = <T>(work: (tx: Transaction) => T): T => {
    const own = { failed: false }
    whole = own
    try {
      return runLevel((tx) => {
        const value = work(tx)
        whole = null
        if (own.failed) throw new PartFailed()
        return value
      }, 0)
    } catch (error) {
      if (!own.failed || troubleOf(error)) throw error
    } finally {
      whole = null
    }
    return runLevel(work, 0)
  }
  const runPart = <T>(work: (tx: Transaction) => T, own: { failed: boolean }): T => {
    try {
      return work({ afterCommit: (task) => levels.at(-1)!.push(task) })
    } catch (error) {
      own.failed = true
      throw error
    }
  }
  const runLevel = <T>(work: (tx: Transaction) => T, depth: number): T => {
    const steps = (stepsAt[depth] ??= prepareSteps(sql, depth))
    steps.begin.run()
    const tasks: (() => void)[] = []
    levels.push(tasks)
    const value = attempt(() => {
      const done = work({ afterCommit: (task) => levels.at(-1)!.push(task) })
      steps.commit.run()
      return done
    }, depth, steps)
    levels.pop()
    if (depth > 0) levels.at(-1)!.push(...tasks)
    else for (const task of tasks) task()
    return value
  }
  const attempt = <T>(work: () => T, depth: number, steps: Steps): T => {
    try {
      return work()
    } catch (error) {
      levels.length = depth
      // A full disk may have ended the transaction already.
      if (sql.isTransaction) for (const step of steps.undo) step.run()
      throw error
    }
  }
  return { run, troubleOf }
}

/** Undoes a transaction without savepoints; what it did is done again with them. */
class PartFailed extends Error {}

type Steps = { readonly begin: StatementSync; readonly commit: StatementSync; readonly undo: readonly StatementSync[] }

/** Prepared once per depth: one event in its savepoint takes microseconds. */
const prepareSteps = (sql: DatabaseSync, depth: number): Steps => {
  const step = (text: string): StatementSync => sql.prepare(text)
  if (depth === 0) return { begin: step('BEGIN IMMEDIATE'), commit: step('COMMIT'), undo: [step('ROLLBACK')] }
  const name = `s${depth}`
  return { begin: step(`SAVEPOINT ${name}`), commit: step(`RELEASE ${name}`), undo: [step(`ROLLBACK TO ${name}`), step(`RELEASE ${name}`)] }
}

const troubleOf = (error: unknown): StoreTrouble | null => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  const type = TROUBLES[error.errcode & 0xff]
  return type ? { type } : null
}
