/** Opens the database, or first puts it back if it is damaged or gone and a whole copy exists. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { listBackups } from './backups.ts'
import { howToRead, type Reading } from './clean-stop.ts'
import { MAX_FINDINGS } from './check-copy.ts'
import { GROWING } from './growing-tables.ts'
import { lookAtTail } from './look-at-tail.ts'
import { MIGRATIONS } from '../database/migrations.ts'
import { openDatabase, type DatabaseRefused } from '../database/open-database.ts'
import { repairRows } from './repair-rows.ts'
import { DATABASE_FILE, restoreNewest, restoreWanted, type Restored } from './restore-database.ts'
import { damagedRows } from '../database/row-digests.ts'
import { salvage, type Salvaged } from './salvage.ts'

/** `salvaged`: what could still be read of the database that was replaced. `mended`: rows that had changed on the disk and are as they were. */
export type OpenedDatabase = { readonly sql: DatabaseSync; readonly restored: (Restored & { readonly salvaged: Salvaged }) | null; readonly mended: number; /** Most of its pages are still to be read. */ readonly unread: boolean }

/** Errors  the database's own fault if there is no whole copy; then nothing is changed. */
export const openOrRestore = (
  { dataDir, backupDir }: { readonly dataDir: string; readonly backupDir: string },
  now: Millis,
): Result<OpenedDatabase, DatabaseRefused> => {
  const wanted = restoreWanted(dataDir)
  const isThere = dataDir === ':memory:' || existsSync(join(dataDir, DATABASE_FILE))
  const reading = isThere && dataDir !== ':memory:' && !wanted ? howToRead(dataDir) : 'first'
  const unread = reading !== 'first'
  const first = isThere ? openDatabase(dataDir, now, MIGRATIONS, unread ? 'read later' : 'read first') : null
  const mended = first?.ok && !wanted ? mendAtStart(first.value, backupDir, reading) : null
  if (first?.ok && mended !== null) return ok({ sql: first.value, restored: null, mended, unread })
  if (first && !first.ok && first.error.type !== 'Damaged') return first
  if (first?.ok) first.value.close()
  const restored = restoreNewest(dataDir, backupDir, now, wanted?.chosen)
  if (!restored.ok && first && !first.ok) return first
  const again = openDatabase(dataDir, now)
  if (!again.ok) return again
  if (!restored.ok) return ok({ sql: again.value, restored: null, mended: 0, unread: false })
  const { damaged } = restored.value
  const salvaged = damaged === null ? { rows: 0, events: [] } : salvage(again.value, damaged)
  return ok({ sql: again.value, restored: { ...restored.value, salvaged }, mended: 0, unread: false })
}

/** How many changed rows of what the hub relies on at once were mended; null if one could not be, and the whole must be put back. */
const mendAtStart = (sql: DatabaseSync, backupDir: string, reading: Reading): number | null => {
  const copies = listBackups(backupDir).map(({ name }) => join(backupDir, name))
  try {
    const found = reading === 'tail first' ? lookAtTail(sql, copies[0] ?? null, MAX_FINDINGS) : damagedRows(sql, MAX_FINDINGS, GROWING)
    const { lost } = repairRows(sql, found, copies)
    // What grows is as in the reading of the whole: what nobody can tell is left, and told.
    return lost.every(({ table }) => GROWING.has(table)) ? found.length - lost.length : null
  } catch {
    return null // a page that cannot be read
  }
}
