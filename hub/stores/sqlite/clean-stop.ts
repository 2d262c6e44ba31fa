/**
 * Reading a large database before the hub listens takes seconds. A file that was closed in order and is untouched since need not wait for that: it is read while the hub runs.
 * Whatever changed it meanwhile, another program or somebody with a copy, changed its size, its time or its place on the disk too; what changes without a trace is found by that reading.
 */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flush } from './flush.ts'
import { DATABASE_FILE } from './restore-database.ts'

const NOTE = 'stopped-in-order'

/** After the database was closed; not if something of it still lies in its log. */
export const noteCleanStop = (folder: string): void => {
  if (existsSync(join(folder, `${DATABASE_FILE}-wal`))) return
  writeFileSync(join(folder, NOTE), identityOf(folder), { mode: 0o600 })
  flush(join(folder, NOTE))
}

/** Whether the file is as the last run closed it. Asks only once: a run that ends otherwise leaves no note. */
export const takeCleanStop = (folder: string): boolean => {
  const note = join(folder, NOTE)
  if (!existsSync(note)) return false
  const noted = readFileSync(note, 'utf8')
  rmSync(note)
  flush(folder)
  return existsSync(join(folder, DATABASE_FILE)) && !existsSync(join(folder, `${DATABASE_FILE}-wal`)) && identityOf(folder) === noted
}

const identityOf = (folder: string): string => {
  const { ino, size, mtimeNs, ctimeNs } = statSync(join(folder, DATABASE_FILE), { bigint: true })
  return [ino, size, mtimeNs, ctimeNs].join(' ')
}
