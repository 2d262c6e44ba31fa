/** The audit log in SQLite: append-only by triggers, chained by hashes, witnessed by files outside the database. */
import { hash } from 'node:crypto'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { AuditLog } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { AUDIT_BEGIN, auditHash, claimsOf, isAuditWord, lastClaimed, readAudit, type AuditPlace, type AuditRow, type AuditWord } from '#shared/privacy/audit.ts'
import type { AuditQueryFields } from '#shared/protocol/privacy.ts'
import { readClaims, writeClaim } from './audit-witness.ts'
import { allRows, oneRow } from '../database/rows.ts'

export type AuditParts = { readonly transactions: Transactions; readonly clock: Clock; /** Folders of its witnesses. */ readonly folders: readonly string[] }

/** Some ten milliseconds of reading. */
const ROWS_PER_PAUSE = 4000
const COLUMNS = 'n, at, who, what, device, object, count, hash'
const digest = (text: string): string => hash('sha256', text)

/** Whoever writes to the database by hand is stopped once; only rows behind which the chain begins may go. */
const APPEND_ONLY = `
  CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
  CREATE TRIGGER IF NOT EXISTS audit_remains BEFORE DELETE ON audit WHEN old.n > ifnull((SELECT n FROM audit_base), 0)
    BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;`

export const sqliteAuditLog = (sql: DatabaseSync, { transactions, clock, folders }: AuditParts): AuditLog => {
  sql.exec(APPEND_ONLY)
  const newest = sql.prepare('SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1')
  const base = sql.prepare('SELECT n, hash FROM audit_base')
  const insert = sql.prepare(`INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const beginning = (): AuditPlace => oneRow<AuditPlace>(base) ?? AUDIT_BEGIN
  const end = (): AuditPlace => oneRow<AuditPlace>(newest) ?? beginning()

  const write = (word: AuditWord, anew: boolean): void => {
    if (!isAuditWord(word)) throw new Error(`not an entry of the audit log: ${word.what}`)
    transactions.run((tx) => {
      const before = end()
      const entry = { n: before.n + 1, at: clock.now(), ...word, count: word.count ?? 0 }
      const claim = { n: entry.n, hash: auditHash(before.hash, entry, digest), anew }
      insert.run(entry.n, entry.at, entry.who, entry.what, entry.device, entry.object, entry.count, claim.hash)
      tx.afterCommit(() => folders.forEach((folder) => writeClaim(folder, claim)))
    })
  }
  return {
    record: (word) => write(word, false),
    ...reading(sql),
    verify: async (pause) => {
      const reader = readAudit(beginning(), folders.map(readClaims), digest)
      const some = sql.prepare(`SELECT ${COLUMNS} FROM audit WHERE n > ? ORDER BY n LIMIT ${ROWS_PER_PAUSE}`)
      for (let after = 0; ; await pause?.()) {
        const rows = allRows<AuditRow>(some, after)
        for (const row of rows) reader.add(row)
        if (rows.length < ROWS_PER_PAUSE) return reader.end()
        after = rows.at(-1)!.n
      }
    },
    tellGap: (restored) => {
      const known = Math.max(0, ...folders.map((folder) => lastClaimed(claimsOf(readClaims(folder)))))
      const missing = Math.max(0, known - end().n)
      if (!restored && missing === 0) return
      write({ who: 'hub', what: restored ? 'backup.restored' : 'audit.cut', device: null, object: restored?.name ?? null, count: missing }, true)
    },
    age: (at) => age(sql, at, (word) => write(word, false), transactions),
  }
}

const reading = (sql: DatabaseSync): Pick<AuditLog, 'list' | 'all' | 'actors' | 'oldest'> => {
  const all = sql.prepare(`SELECT ${COLUMNS} FROM audit ORDER BY n`)
  const actors = sql.prepare('SELECT who FROM audit GROUP BY who ORDER BY max(n) DESC')
  const oldest = sql.prepare('SELECT at FROM audit ORDER BY n LIMIT 1')
  return {
    list: (query) => {
      const { text, values } = whereOf(query)
      return allRows<AuditRow>(sql.prepare(`SELECT ${COLUMNS} FROM audit WHERE ${text} ORDER BY n DESC LIMIT ?`), ...values, query.limit)
    },
    all: () => all.iterate() as Iterable<unknown> as Iterable<AuditRow>,
    actors: () => allRows<{ readonly who: string }>(actors).map(({ who }) => who),
    oldest: () => {
      const row = oneRow<{ readonly at: number }>(oldest)
      return row && millis(row.at)
    },
  }
}

const whereOf = ({ before, who, what, from, until }: AuditQueryFields): { readonly text: string; readonly values: readonly SQLInputValue[] } => {
  const parts: readonly (readonly [string, SQLInputValue | undefined])[] = [['n < ?', before], ['who = ?', who], ['what = ?', what], ['at >= ?', from], ['at <= ?', until]]
  const given = parts.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]))
  return { text: ['true', ...given.map(({ text }) => text)].join(' AND '), values: given.map(({ value }) => value) }
}

/** Order  the base moves first: behind it rows may go. The entry says how many went and stays itself. */
const age = (sql: DatabaseSync, at: Millis, write: (word: AuditWord) => void, transactions: Transactions): number => {
  const last = oneRow<AuditPlace>(sql.prepare('SELECT n, hash FROM audit WHERE n < ifnull((SELECT min(n) FROM audit WHERE at >= ?), (SELECT max(n) FROM audit)) ORDER BY n DESC LIMIT 1'), at)
  if (!last) return 0
  return transactions.run(() => {
    sql.prepare('INSERT INTO audit_base (one, n, hash) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET n = excluded.n, hash = excluded.hash').run(last.n, last.hash)
    const gone = Number(sql.prepare('DELETE FROM audit WHERE n <= ?').run(last.n).changes)
    write({ who: 'hub', what: 'audit.aged', device: null, object: null, count: gone })
    return gone
  })
}
