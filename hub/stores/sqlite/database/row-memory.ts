/** Rows that nearly every message asks for and hardly anything changes, held in memory. */
import type { DatabaseSync } from 'node:sqlite'
import { oneRow } from './rows.ts'

/** So long another process's change may go unseen, as if it had come that much later: a thousand messages within it cost one look. */
const LOOK_EVERY_MS = 20

export type RowMemory = {
  /** What `read` gave for this key before; read again after a write of this connection, and soon after one of another. `isStill` tells whether a value holds at this instant. */
  recall<T>(key: string, read: () => T, isStill?: (value: T) => boolean): T
  /** After a write of this connection. */
  forget(): void
}

/** Inside a transaction nothing is held: what is read there may be undone. Nothing is held of what is not there, or strangers' questions would fill it. */
export const rowMemory = (sql: DatabaseSync, mono: () => number = () => performance.now()): RowMemory => {
  // Changes with every commit of another connection: `npm run release` beside a running hub.
  const version = sql.prepare('PRAGMA data_version')
  const held = new Map<string, unknown>()
  let heldAt: number | null = null
  let lookedAt = -Infinity
  const look = (): void => {
    if (mono() - lookedAt < LOOK_EVERY_MS) return
    lookedAt = mono()
    const now = oneRow<{ readonly data_version: number }>(version)!.data_version
    if (now !== heldAt) held.clear()
    heldAt = now
  }
  return {
    recall: <T>(key: string, read: () => T, isStill: (value: T) => boolean = () => true): T => {
      if (sql.isTransaction) return read()
      look()
      const known = held.get(key) as T | undefined
      if (known !== undefined && isStill(known)) return known
      const value = read()
      if (value === null) held.delete(key)
      else held.set(key, value)
      return value
    },
    forget: () => held.clear(),
  }
}
