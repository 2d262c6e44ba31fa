/** Opens the database, or first puts it back if it is damaged or gone and a whole copy exists. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { openDatabase, type DatabaseRefused } from './open-database.ts'
import { DATABASE_FILE, isRestoreWanted, restoreNewest, type Restored } from './restore-database.ts'
import { salvage, type Salvaged } from './salvage.ts'

/** `salvaged`: what could still be read of the database that was replaced. */
export type OpenedDatabase = { readonly sql: DatabaseSync; readonly restored: (Restored & { readonly salvaged: Salvaged }) | null }

/** Errors  the database's own fault if there is no whole copy; then nothing is changed. */
export const openOrRestore = (
  { dataDir, backupDir }: { readonly dataDir: string; readonly backupDir: string },
  now: Millis,
): Result<OpenedDatabase, DatabaseRefused> => {
  const wanted = isRestoreWanted(dataDir)
  const isThere = dataDir === ':memory:' || existsSync(join(dataDir, DATABASE_FILE))
  const first = isThere ? openDatabase(dataDir, now) : null
  if (first?.ok && !wanted) return ok({ sql: first.value, restored: null })
  if (first && !first.ok && first.error.type !== 'Damaged') return first
  if (first?.ok) first.value.close()
  const restored = restoreNewest(dataDir, backupDir, now)
  if (!restored.ok && first && !first.ok) return first
  const again = openDatabase(dataDir, now)
  if (!again.ok) return again
  if (!restored.ok) return ok({ sql: again.value, restored: null })
  const { damaged } = restored.value
  const salvaged = damaged === null ? { rows: 0, events: [] } : salvage(again.value, damaged)
  return ok({ sql: again.value, restored: { ...restored.value, salvaged } })
}
