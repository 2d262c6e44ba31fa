/** The audit log as a chain: each row is hashed together with the hash before it, and what a witness outside the database says of the newest rows must be found in it. */
import { bytesToHex, utf8 } from '../kernel/bytes.ts'
import { canonicalJson } from '../kernel/json.ts'
import { sha256 } from '../kernel/sha256.ts'
import type { Millis } from '../kernel/time.ts'
import type { AuditAct } from './audit-act.ts'

/** What happened: ids alone, no names, no words, nothing secret. `count`: how many things it was done to. */
export type AuditWord = {
  /** A person's id, that of a program's token, or one of `NAMELESS`. */
  readonly who: string
  readonly what: AuditAct
  /** The device on which it was done; null: on none. */
  readonly device: string | null
  /** What it was done to; null: nothing that has an id. */
  readonly object: string | null
  readonly count?: number
}

/** `n` counts from 1 without a hole. */
export type AuditEntry = Required<AuditWord> & { readonly n: number; readonly at: Millis }

/** A row as it is kept. `hash`: 64 hex digits. */
export type AuditRow = AuditEntry & { readonly hash: string }

/** Where a chain begins: the last row that went by its age, or nothing. */
export type AuditPlace = { readonly n: number; readonly hash: string }

/** What stands before the first row. */
export const AUDIT_BEGIN: AuditPlace = { n: 0, hash: '0'.repeat(64) }

/** SHA-256 of a text, as 64 hex digits; the hub passes a quicker one of its platform. */
export type TextDigest = (text: string) => string
const pureDigest: TextDigest = (text) => bytesToHex(sha256(utf8(text)))

/**
 * Hash of a row behind the one before it.
 * Source  SHA-256 over the hash before (64 hex digits) and the canonical JSON of the row.
 */
export const auditHash = (before: string, { n, at, who, what, device, object, count }: AuditEntry, digest: TextDigest = pureDigest): string =>
  digest(before + canonicalJson({ n, at, who, what, device, object, count }))

const ID = /^[\w.:/-]{1,80}$/

/** Whether a word holds ids alone. */
export const isAuditWord = ({ who, device, object, count }: AuditWord): boolean =>
  [who, device ?? 'x', object ?? 'x'].every((id) => ID.test(id)) && Number.isSafeInteger(count ?? 0) && (count ?? 0) >= 0

/**
 * One line of the witness: row `n` had this hash. `anew`: the database was put back or cut, and this row follows the last one that is left,
 * so what was said of it and of later ones counts no more.
 */
export type AuditClaim = AuditPlace & { readonly anew: boolean }

/** What a witness says in the end, by row. */
export const claimsOf = (lines: readonly AuditClaim[]): ReadonlyMap<number, string> => {
  const claims = new Map<number, string>()
  for (const { n, hash, anew } of lines) {
    if (anew) for (const later of claims.keys()) if (later >= n) claims.delete(later)
    claims.set(n, hash)
  }
  return claims
}

/** A place where rows are known to be missing, because the log itself says so: a copy was put back, or the tail was cut. */
export type AuditGap = { readonly n: number; readonly what: 'backup.restored' | 'audit.cut'; readonly missing: number; readonly at: number }

/**
 * `changed`: the row does not fit its hash. `missing`: a row with this number is not there. `rewritten`: the chain fits itself, and a witness remembers another.
 * `cut`: the witness knows rows behind the last one. `unwitnessed`: nobody outside the database remembers anything.
 */
export type AuditBreak = { readonly n: number; readonly why: 'changed' | 'missing' | 'rewritten' | 'cut' | 'unwitnessed' }

/** `rows`: how many were read. `broken`: the first row that is not as it was. */
export type AuditState = { readonly rows: number; readonly last: AuditPlace; readonly gaps: readonly AuditGap[]; readonly broken: AuditBreak | null }

/** Reads a chain row by row, so that a long one need not be held, nor read at one go. */
export type AuditReader = { add(row: AuditRow): void; end(): AuditState }

/**
 * Begins to read a chain behind `base`.
 * Shape   `witnesses`: what each of them says; an empty list: there is none to ask, which is no fault.
 * Order   rows by number; after the first broken one nothing is judged any more, only counted.
 */
export const readAudit = (base: AuditPlace, witnesses: readonly (readonly AuditClaim[])[], digest: TextDigest = pureDigest): AuditReader => {
  const claims = witnesses.map(claimsOf)
  let last = base
  let rows = 0
  let broken: AuditBreak | null = null
  const gaps: AuditGap[] = []
  return {
    add: (row) => {
      rows += 1
      if (broken) return
      broken = breakOf(last, row, claims, digest)
      if (broken) return
      if (row.what === 'audit.cut' || (row.what === 'backup.restored' && row.count > 0)) gaps.push({ n: row.n, what: row.what, missing: row.count, at: row.at })
      last = { n: row.n, hash: row.hash }
    },
    end: () => ({ rows, last, gaps, broken: broken ?? endOf(last, rows, claims) }),
  }
}

const breakOf = (last: AuditPlace, row: AuditRow, claims: readonly ReadonlyMap<number, string>[], digest: TextDigest): AuditBreak | null => {
  if (row.n !== last.n + 1) return { n: last.n + 1, why: 'missing' }
  if (row.hash !== auditHash(last.hash, row, digest)) return { n: row.n, why: 'changed' }
  return claims.some((said) => (said.get(row.n) ?? row.hash) !== row.hash) ? { n: row.n, why: 'rewritten' } : null
}

const endOf = (last: AuditPlace, rows: number, claims: readonly ReadonlyMap<number, string>[]): AuditBreak | null => {
  if (claims.some((said) => lastClaimed(said) > last.n)) return { n: last.n + 1, why: 'cut' }
  const isForgotten = claims.length > 0 && rows > 0 && claims.every((said) => said.size === 0)
  return isForgotten ? { n: last.n - rows + 1, why: 'unwitnessed' } : null
}

/** The newest row that a witness knows; 0: none. */
export const lastClaimed = (claims: ReadonlyMap<number, string>): number => [...claims.keys()].reduce((max, n) => Math.max(max, n), 0)
