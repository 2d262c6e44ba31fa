/**
 * The witness of the audit log: a file in a folder of its own beside the database, and one beside its copies, with the number and hash of each newest row.
 * A line is written after the commit, so the file may lag behind the database and never runs ahead of it.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditClaim } from '#shared/privacy/audit.ts'

const FILE = 'audit-heads'
const LINE = /^(\d{1,15}) ([0-9a-f]{64})( anew)?$/

/** A power cut may leave half a line; the next one begins on its own. A disk that takes nothing now gets a later line with the next act. */
export const writeClaim = (folder: string, { n, hash, anew }: AuditClaim): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    appendFileSync(join(folder, FILE), `\n${n} ${hash}${anew ? ' anew' : ''}`, { mode: 0o600 })
  } catch {
    // told by the health of the disk; the chain itself is in the database
  }
}

export const readClaims = (folder: string): readonly AuditClaim[] => {
  const file = join(folder, FILE)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').flatMap((line) => {
    const [, n, hash, anew] = LINE.exec(line) ?? []
    return n === undefined ? [] : [{ n: Number(n), hash: hash!, anew: anew !== undefined }]
  })
}
