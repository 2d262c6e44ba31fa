/** Puts the newest good copy in the place of a damaged database. Devices notice the new run and send again what the copy lacks. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckedCopy } from '#hub/ports/backups.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { keyFilesIn, listBackups } from './backups.ts'
import { checkCopy } from './check-copy.ts'
import { flush } from '../database/flush.ts'

/** The database and the journals that belong to it. */
const PARTS = ['', '-wal', '-shm'] as const
export const DATABASE_FILE = 'hub.sqlite'
const WANTED = 'restore-wanted'

export type Restored = CheckedCopy & {
  readonly name: string
  /** When the copy was made. */
  readonly at: Millis
  /** Where the damaged file lies now; null if there was none. */
  readonly damaged: string | null
  /** Newer copies that were damaged too. */
  readonly skipped: readonly string[]
}

/** `tried`: copies that were found and none of them was whole. */
export type NothingToRestore = { readonly type: 'NothingToRestore'; readonly tried: readonly string[] }

/**
 * `chosen`: the copy that somebody asked for, tried before all others.
 * Order  the damaged file is set aside before anything else, never deleted: it may hold what no copy has.
 */
export const restoreNewest = (folder: string, backupFolder: string, now: Millis, chosen: string | null = null): Result<Restored, NothingToRestore> => {
  const skipped: string[] = []
  const copies = listBackups(backupFolder)
  for (const { name, at } of [...copies.filter((copy) => copy.name === chosen), ...copies.filter((copy) => copy.name !== chosen)]) {
    const checked = checkCopy(join(backupFolder, name))
    if (!checked.ok) {
      skipped.push(name)
      continue
    }
    const damaged = setAside(folder, now)
    putInPlace(join(backupFolder, name), folder)
    return ok({ ...checked.value, name, at, damaged, skipped })
  }
  return err({ type: 'NothingToRestore', tried: skipped })
}

/** The hub found damaged pages while it ran, or somebody chose a copy: the next start begins from one. */
export const wantRestore = (folder: string, chosen = ''): void => {
  writeFileSync(join(folder, WANTED), chosen)
  flush(folder)
}

/** Whether the last run, or somebody since, asked for it, and for which copy; asks only once. */
export const restoreWanted = (folder: string): { readonly chosen: string | null } | null => {
  const file = join(folder, WANTED)
  if (!existsSync(file)) return null
  const chosen = readFileSync(file, 'utf8').trim()
  rmSync(file)
  return { chosen: chosen === '' ? null : chosen }
}

/** Sets the database aside on purpose: the next start begins from `copy`. Returns where it lies now; null if there was none. */
export const chooseCopy = (folder: string, copy: string, now: Millis): string | null => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  wantRestore(folder, copy)
  return setAside(folder, now, 'replaced')
}

/** Keys that are gone from the data folder come back from beside the copies: without them sealed words stay shut. */
export const restoreKeys = (folder: string, backupFolder: string): void => {
  for (const name of keyFilesIn(backupFolder)) {
    if (existsSync(join(folder, name))) continue
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    copyFileSync(join(backupFolder, name), join(folder, name))
    chmodSync(join(folder, name), 0o600)
    flush(join(folder, name))
  }
}

const setAside = (folder: string, now: Millis, why: 'damaged' | 'replaced' = 'damaged'): string | null => {
  if (!existsSync(join(folder, DATABASE_FILE))) {
    for (const part of PARTS) rmSync(join(folder, `${DATABASE_FILE}${part}`), { force: true })
    return null
  }
  const aside = join(folder, `hub.${why}-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.sqlite`)
  for (const part of PARTS) if (existsSync(join(folder, `${DATABASE_FILE}${part}`))) renameSync(join(folder, `${DATABASE_FILE}${part}`), `${aside}${part}`)
  return aside
}

const putInPlace = (copy: string, folder: string): void => {
  const part = join(folder, `${DATABASE_FILE}.part`)
  copyFileSync(copy, part)
  flush(part)
  renameSync(part, join(folder, DATABASE_FILE))
  flush(folder)
}
