/**
 * The list of people in a file beside the database and one beside its copies: a copy is older than the removal of a person, and than their new password.
 * The file holds what the database holds, hashes and no more, with the same rights, and is written anew with each change: nobody who was removed stays in it. One-time codes are not in it:
 * they are short, good for a day, and a new one is made in a moment.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import type { PeopleStore } from '#hub/ports/people.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { flush } from '../database/flush.ts'
import { allRows, oneRow } from '../database/rows.ts'

const FILE = 'people-list.json'
const COLUMNS = ['id', 'name', 'key', 'role', 'password', 'password_rev', 'pin', 'pin_rev', 'code_hash', 'code_until', 'code_tries'] as const

const text = v.nullable(v.string())
const whole = v.pipe(v.number(), v.safeInteger())
const Row = v.strictObject({ id: v.string(), name: v.string(), key: v.string(), role: v.picklist(['staff', 'manager']), password: text, password_rev: whole, pin: text, pin_rev: whole, code_hash: text, code_until: v.nullable(whole), code_tries: whole })
/** `db`: the database it belongs to, whose copies have the same; `n`: how many changes there were. */
const List = v.strictObject({ db: v.string(), n: whole, people: v.array(Row) })
type List = Omit<v.InferOutput<typeof List>, 'people'> & { readonly people: readonly v.InferOutput<typeof Row>[] }

/** As the store, with every change beside the database once it is committed. */
export const peopleBeside = (sql: DatabaseSync, store: PeopleStore, transactions: Transactions, folders: readonly string[]): PeopleStore => {
  const count = sql.prepare('INSERT INTO people_change (one, n) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET n = n + 1')
  const change = <T>(act: () => T): T =>
    transactions.run((tx) => {
      const done = act()
      count.run()
      tx.afterCommit(() => writeList(sql, folders))
      return done
    })
  return { ...store, save: (person) => change(() => store.save(person)), remove: (id) => change(() => store.remove(id)) }
}

/**
 * Takes over what a file knows and this database, put back from a copy, does not: whoever was removed since is gone, whoever came or chose another password has it.
 * Shape  how many changes the database did not know of; 0 as a rule.
 */
export const takePeopleFromBeside = (sql: DatabaseSync, transactions: Transactions, folders: readonly string[]): number => {
  const own = listOf(sql)
  if (own === null) return 0
  const newest = folders.map(readList).filter((list) => list?.db === own.db).sort((a, b) => b!.n - a!.n)[0]
  const behind = (newest?.n ?? 0) - own.n
  if (newest && behind > 0) transactions.run(() => putList(sql, newest))
  else if (own.n > 0 && folders.some((folder) => readList(folder)?.n !== own.n)) writeList(sql, folders)
  return Math.max(0, behind)
}

/** Null: this database has never been run. */
const listOf = (sql: DatabaseSync): List | null => {
  const run = oneRow<{ readonly db: string }>(sql.prepare('SELECT db_id AS db FROM hub_run'))
  return run && { db: run.db, n: oneRow<{ readonly n: number }>(sql.prepare('SELECT n FROM people_change'))?.n ?? 0, people: allRows(sql.prepare(`SELECT ${COLUMNS.map((column) => (column.startsWith('code_') ? `${column === 'code_tries' ? 0 : 'NULL'} AS ${column}` : column)).join(', ')} FROM person ORDER BY id`)) }
}

const putList = (sql: DatabaseSync, { n, people }: List): void => {
  sql.prepare('DELETE FROM person').run()
  const put = sql.prepare(`INSERT INTO person (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`)
  for (const row of people) put.run(...COLUMNS.map((column) => row[column]))
  sql.prepare('DELETE FROM person_device WHERE person NOT IN (SELECT id FROM person)').run()
  sql.prepare('INSERT INTO people_change (one, n) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET n = excluded.n').run(n)
}

/** A disk that takes nothing now gets the list with the next change, or at the next start. */
const writeList = (sql: DatabaseSync, folders: readonly string[]): void => {
  const list = listOf(sql)
  for (const folder of list === null ? [] : folders) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const part = join(folder, `${FILE}.part`)
      writeFileSync(part, JSON.stringify(list), { mode: 0o600 })
      chmodSync(part, 0o600)
      flush(part)
      renameSync(part, join(folder, FILE))
      flush(folder)
    } catch {
      // told by the health of the disk; the list itself is in the database
    }
  }
}

/** Null: there is none, or none that can be read. */
const readList = (folder: string): List | null => {
  const file = join(folder, FILE)
  if (!existsSync(file)) return null
  try {
    const list = v.safeParse(List, JSON.parse(readFileSync(file, 'utf8')))
    return list.success ? list.output : null
  } catch {
    return null
  }
}
