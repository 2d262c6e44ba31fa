/** What the database itself does not notice: values of rows that changed on the disk. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Migration } from '#hub/stores/sqlite/database/migration.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { damagedRows, tablesOf } from '#hub/stores/sqlite/database/row-digests.ts'
import { millis } from '#shared/kernel/time.ts'

let folder: string
const open = (migrations?: readonly Migration[]): DatabaseSync => {
  const opened = openDatabase(folder, millis(1), migrations)
  if (!opened.ok) throw new Error(opened.error.type)
  return opened.value
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-digests-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Closes the database and changes bytes of its file, as a tired disk would. */
const change = (sql: DatabaseSync, from: string, to: string): void => {
  sql.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  sql.close()
  const file = join(folder, 'hub.sqlite')
  const bytes = readFileSync(file, 'latin1')
  expect(bytes.split(from).length).toBe(2)
  writeFileSync(file, bytes.replace(from, to), 'latin1')
}

const PEOPLE: Migration = { name: 'people-1', sql: `CREATE TABLE shop (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE person (id TEXT PRIMARY KEY, shop TEXT REFERENCES shop, age INTEGER, photo BLOB, UNIQUE (shop, age), CHECK (age > 0)) STRICT;
  CREATE INDEX person_age ON person (age) WHERE age > 10;
  INSERT INTO shop (id) VALUES ('s1');
  INSERT INTO person (id, shop, age, photo) VALUES ('anna', 's1', 30, x'00ff'), ('bert', NULL, NULL, NULL)` }

describe('every row', () => {
  it('of every table of the hub has a digest', () => {
    const sql = open()
    const tables = tablesOf(sql)
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['event', 'feedback', 'shop_order', 'claim', 'release', 'device']))
    expect(tables.filter((table) => !table.sql.includes('row_digest')).map(({ name }) => name)).toEqual([])
    expect(damagedRows(sql, 10)).toEqual([])
    sql.close()
  })

  it('is found when one of its letters changed on the disk, which the check of pages does not see', () => {
    const sql = open([PEOPLE])
    sql.exec(`INSERT INTO person (id, age, photo) VALUES ('Müller-Lüdenscheidt', 54, x'01')`)
    change(sql, 'denscheidt\x36\x01', 'denscheidt\x37\x01')
    const again = open([PEOPLE]) // 54 has become 55, and no page is the worse for it
    expect(damagedRows(again, 10)).toEqual([{ table: 'person', key: ['Müller-Lüdenscheidt'] }])
    again.close()
  })

  it('keeps its table as it was made: keys, checks, references and indexes', () => {
    const sql = open([PEOPLE])
    expect(sql.prepare('SELECT id, shop, age, hex(photo) AS photo FROM person ORDER BY id').all()).toEqual([
      { id: 'anna', shop: 's1', age: 30, photo: '00FF' },
      { id: 'bert', shop: null, age: null, photo: '' },
    ])
    expect(() => sql.exec(`INSERT INTO person (id, age) VALUES ('c', -1)`)).toThrow(/CHECK/)
    expect(() => sql.exec(`INSERT INTO person (id, shop, age) VALUES ('c', 's1', 30)`)).toThrow(/UNIQUE/)
    expect(() => sql.exec(`INSERT INTO person (id, shop) VALUES ('c', 'none')`)).toThrow(/FOREIGN KEY/)
    expect(sql.prepare(`SELECT name FROM sqlite_schema WHERE name = 'person_age'`).all()).toHaveLength(1)
    sql.close()
  })

  it('gets a new digest when a later version gives its table a column', () => {
    open([PEOPLE]).close()
    const sql = open([PEOPLE, { name: 'people-2', sql: `ALTER TABLE person ADD COLUMN town TEXT; UPDATE person SET town = 'Köln'` }])
    expect(damagedRows(sql, 10)).toEqual([])
    expect(tablesOf(sql).find(({ name }) => name === 'person')!.sql.match(/row_digest\(([^)]*)\)/)![1]).toBe('id, shop, age, photo, town')
    sql.close()
  })

  it('is the same in every version: the first eight bytes of SHA-256 over each value with its kind', () => {
    const sql = open()
    const written = 's4;Käsei-12;n;b00ff;s1;x'
    const digest = sql.prepare('SELECT hex(row_digest(?, ?, ?, ?, ?)) AS d').get('Käse', -12, null, Uint8Array.of(0, 255), 'x')
    expect(digest).toEqual({ d: createHash('sha256').update(written).digest('hex').slice(0, 16).toUpperCase() })
    sql.close()
  })

  it('tells any two different rows apart', () => {
    const sql = open()
    const digest = sql.prepare('SELECT hex(row_digest(?, ?, ?)) AS d')
    const value = fc.oneof(fc.constant(null), fc.integer(), fc.string({ maxLength: 4 }), fc.constantFrom('n;', 's1;', 'i1;', '1', ''), fc.uint8Array({ maxLength: 3 }))
    const triple = fc.tuple(value, value, value)
    const plain = (row: readonly unknown[]): string => JSON.stringify(row.map((one) => (one instanceof Uint8Array ? { bytes: [...one] } : one)))
    fc.assert(fc.property(triple, triple, (a, b) => (digest.get(...a)!['d'] === digest.get(...b)!['d']) === (plain(a) === plain(b))), { numRuns: 500 })
    sql.close()
  })
})
