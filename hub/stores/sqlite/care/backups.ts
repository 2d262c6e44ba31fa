/** Backups as SQLite files of a folder, best on another disk: `hub-<time>.sqlite`. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backup, type DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import type { Backup, BackupRefused, Backups, CheckedCopy } from '#hub/ports/backups.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { flush } from '../database/flush.ts'
import { repairRows } from './repair-rows.ts'

/** Pages per step; between two steps the hub goes on writing. */
const PAGES_PER_STEP = 200
const NO_FAULT = 'not an error'
const MOST_TRIES = 10
const NAME = /^hub-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.sqlite$/

/** `keyFolder`: where the hub's keys lie, which belong to every copy. */
export const sqliteBackups = (sql: DatabaseSync, keyFolder: string, folder: string): Backups => ({
  make: async (at) => {
    const name = nameAt(at)
    const part = join(folder, `${name}.part`)
    const copied = await copyTo(sql, folder, part)
    if (!copied.ok) return copied
    copyKeys(keyFolder, folder)
    const checked = await checkInThread(part)
    if (!checked.ok) {
      removeFile(part)
      return checked
    }
    const { size } = statSync(part)
    renameSync(part, join(folder, name))
    flush(folder)
    return ok<Backup>({ ...checked.value, name, at, bytes: size })
  },
  check: () => checkInThread(sql.location()!),
  list: () => listBackups(folder),
  remove: (name) => removeFile(join(folder, name)),
  mend: ({ rows }) => {
    const repairs = repairRows(sql, rows, listBackups(folder).map(({ name }) => join(folder, name)))
    return { fromCopy: repairs.fromCopy.length, asked: repairs.asked.length, derived: repairs.derived.length, lost: repairs.lost.length }
  },
})

/** Newest first. Half-made copies and foreign files are not among them. */
export const listBackups = (folder: string): ReturnType<Backups['list']> => {
  const found = namesIn(folder).flatMap((name) => {
    const [, hour, minute, second, ms] = NAME.exec(name) ?? []
    return hour === undefined ? [] : [{ name, at: millis(Date.parse(`${hour}:${minute}:${second}.${ms}Z`)) }]
  })
  return found.toSorted((a, b) => b.at - a.at)
}

/** Names of the hub's key files in a folder. */
export const keyFilesIn = (folder: string): readonly string[] => namesIn(folder).filter((name) => name.endsWith('-key'))

/** A folder that is not there yet, or is none, holds nothing. */
const namesIn = (folder: string): readonly string[] => (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [])

const copyKeys = (from: string, to: string): void => {
  for (const name of keyFilesIn(from)) {
    copyFileSync(join(from, name), join(to, name))
    chmodSync(join(to, name), 0o600)
    flush(join(to, name))
  }
}

const nameAt = (at: Millis): string => `hub-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}.sqlite`

const copyTo = async (sql: DatabaseSync, folder: string, part: string): Promise<Result<void, BackupRefused>> => {
  for (let tries = 1; ; tries++) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      await backup(sql, part, { rate: PAGES_PER_STEP })
      chmodSync(part, 0o600)
      flush(part)
      return ok(undefined)
    } catch (error) {
      for (const end of ['', '-wal', '-shm', '-journal']) removeFile(`${part}${end}`)
      const why = error instanceof Error ? error.message : String(error)
      // What is written between two steps may end a copy without a fault of anything: SQLite then says that there is none.
      if (why !== NO_FAULT || tries === MOST_TRIES) return err({ type: 'CopyFailed', why })
    }
  }
}

const checkInThread = (file: string): Promise<Result<CheckedCopy, BackupRefused>> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./check-copy-worker.ts', import.meta.url), { workerData: file })
    const end = (error: unknown): void => resolve(err({ type: 'CopyFailed', why: error instanceof Error ? error.message : String(error) }))
    worker.once('message', resolve)
    worker.once('error', end)
    worker.once('exit', (code) => end(`the check ended with ${code}`))
  })

const removeFile = (file: string): void => rmSync(file, { force: true })
