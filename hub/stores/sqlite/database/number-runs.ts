/**
 * The numbers of a stream as runs: one row holds the ids of all numbers that a batch brought, so a batch is one row and one digest.
 * Shape   `seq` and `c` of a row are those of its last number; `id` holds the ids in order with a space between them. A row of the time before runs is a run of one.
 */
import type { DatabaseSync } from 'node:sqlite'
import { isEventId } from '#shared/kernel/ids.ts'
import { extendChain, NO_CHAIN, type Chain } from '#shared/sync/chain.ts'
import type { NumberedId } from '#shared/sync/hub-ledger.ts'
import type { Migration } from './migration.ts'
import { allRows, oneRow } from './rows.ts'

/** Rows of earlier versions are read as they are; a hub from before runs must not read these. */
export const NUMBER_RUNS: Migration = { name: 'number-runs-1', sql: '' }

/** No single id of the wire is longer, and two event ids in a row are: so a run is known by its length, whatever an id of quarantined junk may say. */
const MAX_ID = 64

export type Run = { readonly seq: number; readonly id: string; readonly c: Chain }

const idsOf = (text: string): readonly string[] => (text.length > MAX_ID ? text.split(' ') : [text])

/** What is no event id stands alone. */
export const toRuns = (first: number, numbers: readonly NumberedId[]): readonly Run[] => {
  if (numbers.length > 1 && numbers.every(({ id }) => isEventId(id))) return [{ seq: first + numbers.length - 1, id: numbers.map(({ id }) => id).join(' '), c: numbers.at(-1)!.c }]
  return numbers.map(({ id, c }, i) => ({ seq: first + i, id, c }))
}

export type NumberRuns = {
  /** The id at a number; null beyond the last. */
  idAt(producer: number, seq: number): string | null
  chainAt(producer: number, seq: number): Chain | null
  /** The ids of numbers 1 to `to`, as far as there are any. */
  idsUpTo(producer: number, to: number): readonly string[]
  /** The number of an id in the newest stream that has it, found by reading all of them. */
  find(id: string): { readonly producer: number; readonly seq: number } | null
  /** Takes numbers from `seq` on out of a stream. */
  cutFrom(producer: number, seq: number): void
}

export const numberRuns = (sql: DatabaseSync): NumberRuns => {
  const covering = sql.prepare('SELECT seq, id, c FROM numbered WHERE producer = ? AND seq >= ? ORDER BY seq LIMIT 1')
  const before = sql.prepare('SELECT seq, id, c FROM numbered WHERE producer = ? AND seq < ? ORDER BY seq DESC LIMIT 1')
  const inOrder = sql.prepare('SELECT seq, id, c FROM numbered WHERE producer = ? ORDER BY seq')
  const holding = sql.prepare(`SELECT producer, seq, id FROM numbered WHERE id = ?1 OR (length(id) > ${MAX_ID} AND instr(id, ?1) > 0) ORDER BY producer DESC`)
  const remove = sql.prepare('DELETE FROM numbered WHERE producer = ? AND seq >= ?')
  const add = sql.prepare('INSERT INTO numbered (producer, seq, id, c) VALUES (?, ?, ?, ?)')

  /** The run around a number, without what the run before it holds too. */
  const runAt = (producer: number, seq: number): { readonly first: number; readonly ids: readonly string[]; readonly before: Chain; readonly run: Run } | null => {
    const run = oneRow<Run>(covering, producer, seq)
    if (!run) return null
    const last = oneRow<Run>(before, producer, run.seq)
    const held = idsOf(run.id)
    const first = Math.max(run.seq - held.length + 1, (last?.seq ?? 0) + 1)
    const ids = held.slice(held.length - (run.seq - first + 1))
    return seq < first ? null : { first, ids, before: last?.c ?? NO_CHAIN, run }
  }
  const chainAt = (producer: number, seq: number): Chain | null => {
    const at = runAt(producer, seq)
    if (!at || at.run.seq === seq) return at?.run.c ?? null
    return at.ids.slice(0, seq - at.first + 1).reduce<Chain>((chain, id) => extendChain(chain, id), at.before)
  }
  const idAt = (producer: number, seq: number): string | null => {
    const at = runAt(producer, seq)
    return at ? at.ids[seq - at.first]! : null
  }
  return {
    idAt,
    chainAt,
    idsUpTo: (producer, to) => {
      const ids: string[] = []
      for (const { id } of inOrder.iterate(producer) as Iterable<unknown> as Iterable<Run>) {
        if (ids.length >= to) break
        ids.push(...idsOf(id))
      }
      return ids.slice(0, to)
    },
    find: (id) => {
      for (const { producer, seq, id: text } of allRows<Run & { readonly producer: number }>(holding, id)) {
        const ids = idsOf(text)
        const place = ids.indexOf(id)
        if (place >= 0) return { producer, seq: seq - ids.length + 1 + place }
      }
      return null
    },
    cutFrom: (producer, seq) => {
      const at = runAt(producer, seq)
      const kept = at && seq > at.first ? { id: at.ids.slice(0, seq - at.first).join(' '), c: chainAt(producer, seq - 1)! } : null
      remove.run(producer, seq)
      if (kept) add.run(producer, seq - 1, kept.id, kept.c)
    },
  }
}
