/** Reads a database file from its first page to its last row: a copy nobody has read is not a backup. */
import { DatabaseSync } from 'node:sqlite'
import type { CheckedCopy, Watermark } from '#hub/ports/backups.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { damagedEvents } from './event-digests.ts'
import { allRows, oneRow } from './rows.ts'

/** In words what is wrong with the file, for the log. */
export type CopyDamaged = { readonly type: 'CopyDamaged'; readonly why: string }

/** Pages and indexes by the database's own check, then every event against its digest. Takes as long as reading the file does. */
export const checkCopy = (file: string): Result<CheckedCopy, CopyDamaged> => {
  let sql: DatabaseSync | null = null
  try {
    sql = new DatabaseSync(file, { readOnly: true })
    const { integrity_check: found } = oneRow<{ readonly integrity_check: string }>(sql.prepare('PRAGMA integrity_check(1)'))!
    if (found !== 'ok') return damaged(found)
    const [row] = damagedEvents(sql, 1)
    if (row !== undefined) return damaged(`event ${row} does not match its digest`)
    const { n: events } = oneRow<{ readonly n: number }>(sql.prepare('SELECT count(*) AS n FROM event'))!
    return ok({ events, watermarks: allRows<Watermark>(sql.prepare('SELECT dev, ep, hw FROM producer ORDER BY n')).map(({ dev, ep, hw }) => ({ dev, ep, hw })) })
  } catch (error) {
    return damaged(error instanceof Error ? error.message : String(error))
  } finally {
    sql?.close()
  }
}

const damaged = (why: string): Result<never, CopyDamaged> => err({ type: 'CopyDamaged', why })
