/** Words of devices about their streams in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { HeldStream, StreamWord } from '#shared/sync/completeness.ts'
import { numberRuns } from '../database/number-runs.ts'
import { allRows, oneRow } from '../database/rows.ts'

type Row = {
  readonly ep: EpochId
  readonly first_seen_at: number
  readonly brought: number
  readonly seen_at: number
  readonly next: number
  readonly settled_seq: number | null
  readonly settled_until: number | null
  readonly declared_to: number
  readonly again_from: number | null
  readonly again_to: number | null
}
const COLUMNS = 'ep, first_seen_at, brought, seen_at, next, settled_seq, settled_until, declared_to, again_from, again_to'

export const sqliteDeviceStreams = (sql: DatabaseSync): DeviceStreams => {
  const find = sql.prepare(`SELECT ${COLUMNS} FROM device_stream WHERE dev = ? AND ep = ?`)
  const newest = sql.prepare(`SELECT ${COLUMNS} FROM device_stream WHERE dev = ? ORDER BY first_seen_at DESC, ep LIMIT 1`)
  const all = sql.prepare(`SELECT ${COLUMNS} FROM device_stream WHERE dev = ? ORDER BY first_seen_at, ep DESC`)
  const save = sql.prepare(`INSERT OR REPLACE INTO device_stream (dev, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const declare = sql.prepare('UPDATE device_stream SET declared_to = max(declared_to, ?) WHERE dev = ? AND ep = ?')
  const held = sql.prepare('SELECT n, hw FROM producer WHERE dev = ? AND ep = ?')
  const fresh = sql.prepare('SELECT count(*) AS n FROM event WHERE id IN (SELECT value FROM json_each(?)) AND dev = ? AND ep = ?')
  const runs = numberRuns(sql)
  const heldStream = (dev: DeviceId, { ep, brought }: StreamWord): Pick<HeldStream, 'held' | 'newOfBrought'> => {
    const stream = oneRow<{ readonly n: number; readonly hw: number }>(held, dev, ep)
    if (!stream || brought === 0) return { held: stream?.hw ?? 0, newOfBrought: 0 }
    return { held: stream.hw, newOfBrought: oneRow<{ readonly n: number }>(fresh, JSON.stringify(runs.idsUpTo(stream.n, brought)), dev, ep)!.n }
  }
  return {
    find: (dev, ep) => toWord(oneRow<Row>(find, dev, ep)),
    newest: (dev) => toWord(oneRow<Row>(newest, dev)),
    save: (dev, { ep, firstSeenAt, brought, seenAt, next, settled, declaredTo, again }) =>
      void save.run(dev, ep, firstSeenAt, brought, seenAt, next, settled?.seq ?? null, settled?.until ?? null, declaredTo, again?.from ?? null, again?.to ?? null),
    declareLost: (dev, ep, to) => void declare.run(to, dev, ep),
    of: (dev) =>
      allRows<Row>(all, dev).map((row) => {
        const word = toWord(row)!
        return Object.assign(word, heldStream(dev, word))
      }),
  }
}

const toWord = (row: Row | null): StreamWord | null =>
  row && {
    ep: row.ep,
    firstSeenAt: row.first_seen_at,
    brought: row.brought,
    seenAt: row.seen_at,
    next: row.next,
    settled: row.settled_seq === null || row.settled_until === null ? null : { seq: row.settled_seq, until: row.settled_until },
    declaredTo: row.declared_to,
    again: row.again_from === null || row.again_to === null ? null : { from: row.again_from, to: row.again_to },
  }
