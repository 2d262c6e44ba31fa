/** The one database file of a hub: opened durably, checked, and brought to the current schema. */
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { ANSWER_CELL_TABLES, noteChanges } from '../figures/answer-cell-tables.ts'
import type { Migration } from './migration.ts'
import { MIGRATIONS } from './migrations.ts'
import { ensureDigests, teachDigests } from './row-digests.ts'
import { allRows, oneRow } from './rows.ts'

/** A second process (an import, a backup) may hold the write lock for a moment. */
const BUSY_TIMEOUT_MS = 2000

export type DatabaseRefused =
  | { readonly type: 'CannotOpen'; readonly why: string }
  | { readonly type: 'Damaged'; readonly why: string }
  | { readonly type: 'FromNewerVersion'; readonly migration: string }

/** Opens `hub.sqlite` in a folder, which is made if needed; `:memory:` for a database that dies with the process. `read later`: somebody reads its pages while it is in use. */
export const openDatabase = (folder: string, now: Millis, migrations = MIGRATIONS, reading: 'read first' | 'read later' = 'read first'): Result<DatabaseSync, DatabaseRefused> => {
  const opened = openFile(folder, reading)
  if (!opened.ok) return opened
  const sql = opened.value
  const refused = tryMigrate(sql, migrations, now) ?? addDigests(sql)
  if (refused) {
    sql.close()
    return err(refused)
  }
  sql.exec('PRAGMA foreign_keys = ON')
  if (migrations.includes(ANSWER_CELL_TABLES)) noteChanges(sql)
  return opened
}

/**
 * A new run of the hub on this database, durable before it returns: `dbId.bootCounter.run`.
 * `run` is random: a database put back from a copy counts its starts again, and must not repeat an epoch that devices have seen.
 * Devices compare it, so they notice a restored or exchanged database and send again what it lost.
 */
export const beginRun = (sql: DatabaseSync, newDbId: string, run: string): string => {
  sql.exec('BEGIN IMMEDIATE')
  sql.prepare(`INSERT INTO hub_run (one, db_id, boots) VALUES (1, ?, 1) ON CONFLICT (one) DO UPDATE SET boots = boots + 1`).run(newDbId)
  const row = oneRow<{ readonly db_id: string; readonly boots: number }>(sql.prepare('SELECT db_id, boots FROM hub_run'))!
  sql.exec('COMMIT')
  return `${row.db_id}.${row.boots}.${run}`
}

const openFile = (folder: string, reading: 'read first' | 'read later'): Result<DatabaseSync, DatabaseRefused> => {
  let sql: DatabaseSync | null = null
  try {
    if (folder !== ':memory:') mkdirSync(folder, { recursive: true, mode: 0o700 })
    sql = new DatabaseSync(folder === ':memory:' ? folder : join(folder, 'hub.sqlite'), { timeout: BUSY_TIMEOUT_MS })
    // Names, addresses and contacts lie in it; its journals take the same mode.
    if (folder !== ':memory:') chmodSync(join(folder, 'hub.sqlite'), 0o600)
    teachDigests(sql)
    // FULL: an acknowledged event survives a power cut; NORMAL loses the tail of the log.
    // What a statement needs to undo itself stays in memory: in files it was a third of the time of an event, and they would hold what is erased.
    sql.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 1000`)
    if (reading === 'read later') return ok(sql)
    const { quick_check: found } = oneRow<{ readonly quick_check: string }>(sql.prepare('PRAGMA quick_check(1)'))!
    if (found === 'ok') return ok(sql)
    sql.close()
    return err({ type: 'Damaged', why: found })
  } catch (error) {
    sql?.close()
    const why = error instanceof Error ? error.message : String(error)
    return err({ type: isCorrupt(error) ? 'Damaged' : 'CannotOpen', why })
  }
}

const SQLITE_CORRUPT = 11
/** The first page no longer says what it belongs to. */
const SQLITE_NOTADB = 26
/** Pages that cannot be read. */
export const isCorrupt = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && [SQLITE_CORRUPT, SQLITE_NOTADB].includes(error.errcode & 0xff)

/** A page that nobody has read yet may turn out to be damaged here. */
const tryMigrate = (sql: DatabaseSync, migrations: readonly Migration[], now: Millis): DatabaseRefused | null => {
  try {
    return migrate(sql, migrations, now)
  } catch (error) {
    if (isCorrupt(error)) return { type: 'Damaged', why: error instanceof Error ? error.message : String(error) }
    throw error
  }
}

const migrate = (sql: DatabaseSync, migrations: readonly Migration[], now: Millis): DatabaseRefused | null => {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS migration (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, applied_at INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS hub_run (one INTEGER PRIMARY KEY CHECK (one = 1), db_id TEXT NOT NULL, boots INTEGER NOT NULL) STRICT;
  `)
  const rows = allRows<{ readonly name: string }>(sql.prepare('SELECT name FROM migration ORDER BY n'))
  const applied = new Set(rows.map((row) => row.name))
  const known = new Set(migrations.map((step) => step.name))
  const foreign = rows.find((row) => !known.has(row.name))
  if (foreign) return { type: 'FromNewerVersion', migration: foreign.name }
  const missing = migrations.filter((step) => !applied.has(step.name))
  // A new database is made in one step: there is nothing that a later one could fail on, and each waits for the disk.
  if (rows.length === 0) applySteps(sql, missing, now)
  else for (const step of missing) applySteps(sql, [step], now)
  return null
}

/** A schema that cannot be understood was changed on the disk: nothing else writes it. */
const addDigests = (sql: DatabaseSync): DatabaseRefused | null => {
  try {
    ensureDigests(sql)
    return null
  } catch (error) {
    return { type: 'Damaged', why: error instanceof Error ? error.message : String(error) }
  }
}

const applySteps = (sql: DatabaseSync, steps: readonly Migration[], now: Millis): void => {
  sql.exec('BEGIN IMMEDIATE')
  try {
    for (const step of steps) {
      sql.exec(step.sql)
      sql.prepare('INSERT INTO migration (name, applied_at) VALUES (?, ?)').run(step.name, now)
    }
    sql.exec('COMMIT')
  } catch (error) {
    sql.exec('ROLLBACK')
    throw error
  }
}
