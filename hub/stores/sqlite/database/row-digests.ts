/**
 * Every row of every table carries a digest of its own columns, computed by the database itself as a generated column.
 * The database's own check of its pages finds one bit flip in ten; this finds those in the rows. Stores do not know of it.
 */
import { hash } from 'node:crypto'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { allRows, oneRow } from './rows.ts'

const COLUMN = 'row_digest'
const GENERATED = /\s*row_digest BLOB GENERATED ALWAYS AS \(row_digest\(([^)]*)\)\) STORED,/
const DIGEST_BYTES = 8

/** A row whose columns no longer match its digest, by its primary key. */
export type DamagedRow = { readonly table: string; readonly key: readonly SQLInputValue[] }

/** Every connection needs it before it writes to, or checks, these tables. It runs for every row written: a text made by hand and one answer for all cost a third of the plain way. */
export const teachDigests = (sql: DatabaseSync): void => {
  // The database copies the answer before it asks again.
  const digest = new Uint8Array(DIGEST_BYTES)
  sql.function(COLUMN, { deterministic: true, varargs: true }, (...values: readonly SQLInputValue[]) => {
    let row = ''
    for (let i = 0; i < values.length; i++) row += encode(values[i]!)
    const bytes: string = hash('sha256', row, 'latin1')
    for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = bytes.charCodeAt(i)
    return digest
  })
}

/** No two rows are written alike: each value with its kind and, where it could run into the next, its length. */
const encode = (value: SQLInputValue): string => {
  if (value === null) return 'n;'
  if (typeof value === 'string') return `s${value.length};${value}`
  return typeof value === 'object' ? `b${Buffer.from(value as Uint8Array).toString('hex')};` : `i${value};`
}

/**
 * Gives the digest to tables that lack it, or whose columns have changed. Runs once after the migrations, in one transaction.
 * Order  foreign keys must be off: a table is rebuilt under a second name and takes the place of the first.
 */
export const ensureDigests = (sql: DatabaseSync): void => {
  const stale = tablesOf(sql).filter((table) => GENERATED.exec(table.sql)?.[1] !== table.columns.join(', '))
  if (stale.length === 0) return
  sql.exec('BEGIN IMMEDIATE')
  try {
    for (const table of stale) rebuild(sql, table)
    sql.exec('COMMIT')
  } catch (error) {
    sql.exec('ROLLBACK')
    throw error
  }
}

/** Reads every row of all tables but `except`, oldest tables first; at most `limit` findings. Throws if a page cannot be read at all. */
export const damagedRows = (sql: DatabaseSync, limit: number, except: ReadonlySet<string> = NONE): readonly DamagedRow[] => {
  const found: DamagedRow[] = []
  for (const { name, key, columns } of tablesOf(sql)) {
    if (except.has(name)) continue
    const bad = sql.prepare(`SELECT ${key.join(', ')} FROM ${name} WHERE ${COLUMN} IS NOT ${COLUMN}(${columns.join(', ')}) LIMIT ?`)
    for (const row of allRows<Record<string, SQLInputValue>>(bad, limit - found.length)) found.push({ table: name, key: key.map((column) => row[column]!) })
    if (found.length >= limit) break
  }
  return found
}

/** `columns`: without the digest. `key`: the primary key's, in its order. */
export type Table = { readonly name: string; readonly sql: string; readonly columns: readonly string[]; readonly key: readonly string[] }
const NONE: ReadonlySet<string> = new Set()

type Column = { readonly name: string; readonly pk: number; readonly hidden: number }

/** The hub's own tables in the order in which they were made. */
export const tablesOf = (sql: DatabaseSync): readonly Table[] =>
  allRows<{ readonly name: string; readonly sql: string }>(sql.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid`)).map((table) => {
    const columns = allRows<Column>(sql.prepare(`SELECT name, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid`), table.name).filter(({ hidden }) => hidden === 0)
    return { name: table.name, sql: table.sql, columns: columns.map(({ name }) => name), key: columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk).map(({ name }) => name) }
  })

const rebuild = (sql: DatabaseSync, { name, sql: ddl, columns }: Table): void => {
  const list = columns.join(', ')
  const indexes = allRows<{ readonly sql: string }>(sql.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`), name)
  const body = ddl.replace(GENERATED, '').slice(ddl.indexOf('(') + 1)
  const create = (as: string): string => `CREATE TABLE ${as} ( ${COLUMN} BLOB GENERATED ALWAYS AS (${COLUMN}(${list})) STORED,${body}`
  // A renaming reads the whole schema again, and a new database has eighty tables.
  if (oneRow(sql.prepare(`SELECT 1 FROM ${name} LIMIT 1`)) === null) sql.exec(`DROP TABLE ${name}; ${create(name)}`)
  else sql.exec(`${create(`${name}__new`)}; INSERT INTO ${name}__new (${list}) SELECT ${list} FROM ${name}; DROP TABLE ${name}; ALTER TABLE ${name}__new RENAME TO ${name}`)
  for (const index of indexes) sql.exec(index.sql)
  const broken = oneRow(sql.prepare(`SELECT 1 FROM pragma_foreign_key_check(?)`), name)
  if (broken) throw new Error(`table ${name} would lose what it refers to`)
}
