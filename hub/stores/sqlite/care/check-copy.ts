/** Reads a database file from its first page to its last row: a copy nobody has read is not a backup. */
import { DatabaseSync } from 'node:sqlite'
import type { CheckedCopy, CopyDamaged, Watermark } from '#hub/ports/backups.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { damagedRows, teachDigests, type DamagedRow } from '../database/row-digests.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** More than this is no longer mended row by row. */
export const MAX_FINDINGS = 500

/** Pages and indexes by the database's own check, then every row against its digest. Takes as long as reading the file does. */
export const checkCopy = (file: string): Result<CheckedCopy, CopyDamaged> => {
  let sql: DatabaseSync | null = null
  try {
    sql = new DatabaseSync(file, { readOnly: true })
    teachDigests(sql)
    const { integrity_check: found } = oneRow<{ readonly integrity_check: string }>(sql.prepare('PRAGMA integrity_check(1)'))!
    if (found !== 'ok') return damaged(found, [])
    const rows = damagedRows(sql, MAX_FINDINGS)
    if (rows.length > 0) return damaged(null, rows)
    const { n: events } = oneRow<{ readonly n: number }>(sql.prepare('SELECT count(*) AS n FROM event'))!
    return ok({ events, watermarks: allRows<Watermark>(sql.prepare('SELECT dev, ep, hw FROM producer ORDER BY n')).map(({ dev, ep, hw }) => ({ dev, ep, hw })) })
  } catch (error) {
    return damaged(error instanceof Error ? error.message : String(error), [])
  } finally {
    sql?.close()
  }
}

const damaged = (pages: string | null, rows: readonly DamagedRow[]): Result<never, CopyDamaged> =>
  err({ type: 'CopyDamaged', why: pages ?? `${rows.length} rows do not match their digest, first in ${rows[0]!.table}`, pages, rows })
