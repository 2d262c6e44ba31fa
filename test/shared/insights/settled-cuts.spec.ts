import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutsOf, settleCuts } from '#shared/insights/settled-cuts.ts'
import * as plain from './plain-settled-cuts.ts'

type Row = plain.Row

/** Counts of some rows over some days, in one or two parts, in up to three divisions of the same whole. */
const tables = fc
  .record({ units: fc.integer({ min: 1, max: 90 }), rows: fc.integer({ min: 1, max: 6 }), parts: fc.integer({ min: 1, max: 2 }), divisions: fc.integer({ min: 1, max: 3 }), most: fc.constantFrom(2, 7, 30) })
  .chain(({ units, rows, parts, divisions, most }) => {
    const day = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 0, max: most }) }), { minLength: rows * parts, maxLength: rows * parts })
    return fc.record({ rows: fc.constant(rows), parts: fc.constant(parts), turns: fc.constant(divisions), days: fc.array(day, { minLength: units, maxLength: units }) })
  })

type Table = { readonly rows: number; readonly parts: number; readonly turns: number; readonly days: readonly (readonly number[])[] }

/** The whole, and divisions of it; the second and third move what they hold from row to row, day by day. */
const dividedOf = ({ rows, parts, turns, days }: Table): { readonly whole: Row; readonly divisions: readonly Row[][] } => ({
  whole: { parts: Array.from({ length: parts }, (_, part) => days.map((day) => day.filter((_, i) => i % parts === part).reduce((a, b) => a + b, 0))) },
  divisions: Array.from({ length: turns }, (_, turn) =>
    Array.from({ length: rows }, (_, row) => ({ parts: Array.from({ length: parts }, (_, part) => days.map((day, d) => day[((row + turn * d) % rows) * parts + part]!)) })),
  ),
})

const settledBy = (rules: Pick<typeof plain, 'cutsOf' | 'settleCuts'>, table: Table, isGiven: boolean) => {
  const { whole, divisions } = dividedOf(table)
  const wholeCuts = rules.cutsOf(whole)
  const cut: readonly plain.Division[] = divisions.map((rows) => ({ rows, cuts: rows.map((row) => rules.cutsOf(row)) }))
  rules.settleCuts(whole, wholeCuts, cut, isGiven)
  return { wholeCuts, cuts: cut.map(({ cuts }) => cuts) }
}

describe('cuts settled with running sums', () => {
  it('are those of the rule as it is told', () => {
    fc.assert(
      fc.property(tables, fc.boolean(), (table, isGiven) => {
        expect(settledBy({ cutsOf, settleCuts: (whole, cuts, divisions, given) => settleCuts(whole, cuts, divisions, { isGiven: given ?? false }) }, table, isGiven)).toEqual(settledBy(plain, table, isGiven))
      }),
      { numRuns: 150 },
    )
  })
})
