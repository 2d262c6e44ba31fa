/** Group commit: what has gathered by the next turn becomes one durable transaction, so fifty devices cost one disk flush and not fifty. A writer thread would take this same interface. */
import type { Committer, StoreTrouble, Transaction, Transactions } from '#hub/ports/transaction.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** Keeps one transaction, and so the pause of the event loop, short. */
const MAX_GROUP = 64

type Waiting = {
  run(tx: Transaction): void
  settle(trouble: StoreTrouble | null): void
}

/** `nextTurn` runs a task after the input at hand has been read; `onDamaged` hears that pages of the database cannot be read. */
export const groupCommit = (transactions: Transactions, nextTurn: (task: () => void) => void, onDamaged: () => void = () => undefined): Committer => {
  let waiting: Waiting[] = []
  let planned = false

  const plan = (): void => {
    if (planned) return
    planned = true
    nextTurn(commitGroup)
  }
  const commitGroup = (): void => {
    planned = false
    const group = waiting.slice(0, MAX_GROUP)
    waiting = waiting.slice(MAX_GROUP)
    if (waiting.length > 0) plan()
    const trouble = commitAll(transactions, group)
    for (const one of group) one.settle(trouble)
    if (trouble?.type === 'Damaged') onDamaged()
  }

  return {
    commit: <T>(work: (tx: Transaction) => T) =>
      new Promise<Result<T, StoreTrouble>>((resolve, reject) => {
        let outcome: { readonly value: T } | { readonly thrown: unknown } | null = null
        waiting.push({
          run: (tx) => {
            outcome = tryWork(transactions, tx, work)
          },
          settle: (trouble) => {
            if (trouble) resolve(err(trouble))
            else if (outcome && 'value' in outcome) resolve(ok(outcome.value))
            else reject(outcome?.thrown)
          },
        })
        plan()
      }),
  }
}

const commitAll = (transactions: Transactions, group: readonly Waiting[]): StoreTrouble | null => {
  try {
    transactions.run((tx) => {
      for (const one of group) one.run(tx)
    })
    return null
  } catch (error) {
    return transactions.troubleOf(error) ?? { type: 'Broken' }
  }
}

/** A savepoint of its own, so one caller's mistake undoes only that caller's work; trouble with the store itself ends the whole group. */
const tryWork = <T>(transactions: Transactions, tx: Transaction, work: (tx: Transaction) => T): { readonly value: T } | { readonly thrown: unknown } => {
  try {
    return { value: transactions.run(() => work(tx)) }
  } catch (error) {
    if (transactions.troubleOf(error)) throw error
    return { thrown: error }
  }
}
