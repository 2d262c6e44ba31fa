/** Group commit: what has gathered by the next turn becomes one durable transaction, so fifty devices cost one disk flush and not fifty. A writer thread would take this same interface. */
import type { Committer, CommitOptions, StoreTrouble, Transaction, Transactions } from '#hub/ports/transaction.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** Callers in one transaction, and how long it may gather them: what keeps the pause of the event loop short is the time. On a slow disk it gathers for as long as the flush takes, or most of the time would be flushing. */
const MAX_GROUP = 512
const MAX_GROUP_MS = 25
const MAX_SLOW_GROUP_MS = 200
/** So long patient ones wait for company: a thousand devices that greet within a second cost tens of flushes. */
const PATIENCE_MS = 10

type Waiting = {
  run(tx: Transaction): void
  settle(trouble: StoreTrouble | null): void
}

/** `nextTurn` runs a task after the input at hand has been read, `later` after so many milliseconds; `onDamaged` hears that pages of the database cannot be read; `mono` are milliseconds that never jump. */
export const groupCommit = (transactions: Transactions, nextTurn: (task: () => void) => void, onDamaged: () => void = () => undefined, mono: () => number = () => performance.now(), later: (task: () => void, ms: number) => void = setTimeout): Committer => {
  let waiting: Waiting[] = []
  let planned = false
  let plannedLater = false
  let flushMs = 0

  const plan = (): void => {
    if (planned) return
    planned = true
    nextTurn(commitGroup)
  }
  const planLater = (): void => {
    if (planned || plannedLater) return
    plannedLater = true
    later(() => {
      plannedLater = false
      if (waiting.length > 0) plan()
    }, PATIENCE_MS)
  }
  const commitGroup = (): void => {
    planned = false
    if (waiting.length === 0) return
    const gathered = waiting.slice(0, MAX_GROUP)
    const from = mono()
    const { done, workMs, trouble } = commitAll(transactions, gathered, { mono, limitMs: Math.min(MAX_SLOW_GROUP_MS, Math.max(MAX_GROUP_MS, flushMs)) })
    flushMs = mono() - from - workMs
    const group = trouble ? gathered : gathered.slice(0, done)
    waiting = waiting.slice(group.length)
    if (waiting.length > 0) plan()
    for (const one of group) one.settle(trouble)
    if (trouble?.type === 'Damaged') onDamaged()
  }

  return {
    commit: <T>(work: (tx: Transaction) => T, options?: CommitOptions) =>
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
        if (options?.patient) planLater()
        else plan()
      }),
  }
}

type Pace = { readonly limitMs: number; mono(): number }
type Committed = { readonly done: number; readonly workMs: number; readonly trouble: StoreTrouble | null }

/** `done`: how many of them are in it, at least one. */
const commitAll = (transactions: Transactions, group: readonly Waiting[], { limitMs, mono }: Pace): Committed => {
  let [done, workMs] = [0, 0]
  try {
    transactions.run((tx) => {
      const from = mono()
      for (done = 0, workMs = 0; done < group.length && (done === 0 || workMs < limitMs); workMs = mono() - from) group[done++]!.run(tx)
    }, { mayRepeat: true })
    return { done, workMs, trouble: null }
  } catch (error) {
    return { done, workMs, trouble: transactions.troubleOf(error) ?? { type: 'Broken' } }
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
