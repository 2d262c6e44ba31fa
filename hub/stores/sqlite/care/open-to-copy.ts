/** A database as somebody needs it who copies it or puts another in its place. */
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Beside a running hub too: nothing is written. */
export const openToCopy = (file: string): DatabaseSync => new DatabaseSync(file, { readOnly: true })

/** Whether another process has it open: only alone can a database leave its journal. One that cannot be opened at all is nobody's. */
export const isInUse = (file: string): boolean => {
  if (!existsSync(file)) return false
  let sql: DatabaseSync | null = null
  try {
    sql = new DatabaseSync(file, { timeout: 0 })
    sql.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK')
    return false
  } catch (error) {
    return error instanceof Error && 'errcode' in error && (error.errcode === 5 || error.errcode === 261)
  } finally {
    sql?.close()
  }
}
