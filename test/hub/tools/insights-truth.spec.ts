import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { clothing, drivers, groceries, orders, pointOfSale, supermarket, type Desk } from './truth-tables.ts'

/** Another folder with tables and a TRUTH.json may be named; what this repository may hold is the rest. */
const OTHER = process.env['EINKLANG_TRUTH']
const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname
const FOLDERS = OTHER === undefined ? [join(FIXTURES, 'truth'), join(FIXTURES, 'feedback')] : [OTHER]
const TRUTH = JSON.parse(readFileSync(OTHER === undefined ? join(FIXTURES, 'truth/truth.json') : join(OTHER, 'TRUTH.json'), 'utf8'))

const TABLES = {
  'reviews_clothing.csv': clothing,
  'survey_supermarket.csv': supermarket,
  'survey_drivers_10pt.csv': drivers,
  'survey_pos_karlsruhe.csv': pointOfSale,
  'baskets_groceries.csv': groceries,
  'orders_online_retail_dach.csv': orders,
} as const

type Table = keyof typeof TABLES
const fileOf = (table: string): string => FOLDERS.flatMap((folder) => [join(folder, `${table}.gz`), join(folder, table)]).find(existsSync) ?? ''
const HERE = (Object.keys(TABLES) as Table[]).filter((table) => table in TRUTH && fileOf(table) !== '')

const folders: string[] = []
const emptyDesk = (): Desk => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-truth-'))
  folders.push(folder)
  return { folder }
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

type Value = number | string | boolean | null | readonly Value[] | { readonly [key: string]: Value }

const decimals = (value: number): number => String(value).split('.')[1]?.length ?? 0

/** Every place at which ours is not the true figure to the digits given, and how many figures were compared. */
const compare = (ours: Value | undefined, truth: Value, place: string, found: { differences: string[]; figures: number }): void => {
  if (typeof truth === 'object' && truth !== null) {
    for (const [key, value] of Object.entries(truth)) compare((ours as { readonly [key: string]: Value } | undefined)?.[key], value, `${place}/${key}`, found)
    if (Array.isArray(truth) && Array.isArray(ours) && ours.length !== truth.length) found.differences.push(`${place}: ${ours.length} instead of ${truth.length}`)
    return
  }
  found.figures += 1
  const equal = typeof truth === 'number' && typeof ours === 'number' ? Math.abs(ours - truth) <= 0.5 * 10 ** -decimals(truth) + 1e-9 : ours === truth
  if (!equal) found.differences.push(`${place}: ${String(ours)} instead of ${String(truth)}`)
}

describe('figures that others computed from real tables equal ours, to the digits given', () => {
  it.each(HERE)('%s, imported and read through the public commands', (table) => {
    const found = { differences: [], figures: 0 }
    compare(TABLES[table](emptyDesk(), fileOf(table), TRUTH[table]), TRUTH[table], table, found)
    expect(found.differences).toEqual([])
    expect(found.figures).toBeGreaterThan(20)
  })
  it('and three tables at least were there', () => expect(HERE.length).toBeGreaterThanOrEqual(3))
})
