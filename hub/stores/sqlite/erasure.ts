/** Erasure in SQLite, with the list of erased ids in a file beside the database and beside its copies: a copy is older than the wish to be forgotten. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Erasure } from '#hub/ports/erasure.ts'
import { allRows } from './rows.ts'

/** One id a line; ids say nothing about anybody. */
const LIST = 'erased-ids'

export const sqliteErasure = (sql: DatabaseSync, folders: readonly string[]): Erasure => {
  const ofResponse = sql.prepare('SELECT id FROM feedback WHERE response = ?1 UNION SELECT id FROM feedback_contact WHERE response = ?1')
  const byPayload = sql.prepare(`SELECT id FROM event WHERE json_extract(body, '$.p.response') = ?`)
  const steps = ['DELETE FROM feedback WHERE id = ?', 'DELETE FROM feedback_contact WHERE id = ?', 'DELETE FROM event WHERE id = ?'].map((text) => sql.prepare(text))
  const mark = sql.prepare('INSERT OR IGNORE INTO erased (id) VALUES (?)')

  const erase = (ids: readonly string[]): number => {
    let rows = 0
    sql.exec('BEGIN IMMEDIATE')
    try {
      for (const id of ids) {
        for (const step of steps) rows += Number(step.run(id).changes)
        mark.run(id)
      }
      if (rows > 0) sql.exec('DELETE FROM event_count; INSERT INTO event_count (dev, n) SELECT dev, count(*) FROM event GROUP BY dev')
      sql.exec('COMMIT')
    } catch (error) {
      if (sql.isTransaction) sql.exec('ROLLBACK')
      throw error
    }
    // Deleted rows are overwritten in the file; the journal still has them until it is emptied.
    if (rows > 0) sql.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    return rows
  }
  return {
    eraseResponse: (response) => {
      const ids = [...new Set([...allRows<{ readonly id: string }>(ofResponse, response), ...allRows<{ readonly id: string }>(byPayload, response)].map(({ id }) => id))]
      if (ids.length === 0) return 0
      for (const folder of folders) append(folder, ids)
      return erase(ids)
    },
    eraseAgain: () => {
      const listed = new Set(folders.flatMap(read))
      if (listed.size === 0) return 0
      const known = new Set(allRows<{ readonly id: string }>(sql.prepare('SELECT id FROM erased')).map(({ id }) => id))
      const missing = [...listed].filter((id) => !known.has(id))
      return missing.length === 0 ? 0 : erase(missing)
    },
  }
}

const append = (folder: string, ids: readonly string[]): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const handle = openSync(join(folder, LIST), 'a', 0o600)
  try {
    writeSync(handle, `${ids.join('\n')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const read = (folder: string): readonly string[] => {
  const file = join(folder, LIST)
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : []
}
