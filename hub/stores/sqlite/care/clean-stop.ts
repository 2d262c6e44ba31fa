/**
 * Reading a large database before the hub listens takes seconds. A file that was closed in order and is untouched since need not wait for that, nor one whose run was killed: it is read while the hub runs.
 * A file that was closed in order and is another now is read first. Whatever changed it meanwhile, another program or somebody with a copy, changed its size, its time or its place on the disk too; what changes without a trace is found by that reading.
 */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flush } from '../database/flush.ts'
import { DATABASE_FILE } from './restore-database.ts'

const NOTE = 'stopped-in-order'
const UNREAD = 'unread-starts'
/** So many starts in a row may leave the reading to a run that then ends before it is through. */
const MOST_UNREAD = 3

/** `later`: while the hub runs. `tail first`: so too, but what was written last is read before. `first`: all of it before anybody is answered. */
export type Reading = 'first' | 'tail first' | 'later'

/** By what the last run left behind. Asks only once. */
export const howToRead = (folder: string): Reading => {
  const stop = takeCleanStop(folder)
  const starts = Number(existsSync(join(folder, UNREAD)) ? readFileSync(join(folder, UNREAD), 'utf8') : 0)
  if (stop === 'changed' || starts >= MOST_UNREAD) return 'first'
  writeFileSync(join(folder, UNREAD), `${starts + 1}`, { mode: 0o600 })
  return stop === 'untouched' ? 'later' : 'tail first'
}

/** All of it was read. */
export const noteRead = (folder: string): void => rmSync(join(folder, UNREAD), { force: true })

/** After the database was closed; not if something of it still lies in its log. */
export const noteCleanStop = (folder: string): void => {
  if (existsSync(join(folder, `${DATABASE_FILE}-wal`))) return
  writeFileSync(join(folder, NOTE), identityOf(folder), { mode: 0o600 })
  flush(join(folder, NOTE))
}

/** Whether the file is as the last run closed it; `killed`: that run left no note. Asks only once. */
export const takeCleanStop = (folder: string): 'untouched' | 'changed' | 'killed' => {
  const note = join(folder, NOTE)
  if (!existsSync(note)) return 'killed'
  const noted = readFileSync(note, 'utf8')
  rmSync(note)
  flush(folder)
  const isUntouched = existsSync(join(folder, DATABASE_FILE)) && !existsSync(join(folder, `${DATABASE_FILE}-wal`)) && identityOf(folder) === noted
  return isUntouched ? 'untouched' : 'changed'
}

const identityOf = (folder: string): string => {
  const { ino, size, mtimeNs, ctimeNs } = statSync(join(folder, DATABASE_FILE), { bigint: true })
  return [ino, size, mtimeNs, ctimeNs].join(' ')
}
