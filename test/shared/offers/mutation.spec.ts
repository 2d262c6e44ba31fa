import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeCase, type OfferCase } from '#hub/tools/conformance/judge-case.ts'
import { ROUNDING_MODES } from '#shared/kernel/rational.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'

const folder = new URL('../../vectors/', import.meta.url)
const vectors = readdirSync(folder).flatMap((name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly cases: readonly OfferCase[] }).cases)
const DISTRIBUTIONS = ['roundThenFirst', 'floorMaxError', 'largestRemainder', 'runningFromLast', 'lastTakesRest', 'wooPerUnit', 'exact', 'none', 'ProportionateDistribution', 'EvenDistribution', 'IndividualApplication'] as const
/** Two names of one distribution. */
const SAME: ReadonlySet<string> = new Set(['lastTakesRest', 'ProportionateDistribution'])

/** How many of a dialect's own vectors a wrong policy fails. */
const failures = (dialect: string, wrong: Policies): number => {
  const known = { [dialect]: { ...(DIALECTS as { readonly [name: string]: Policies })[dialect], ...wrong } }
  return vectors.filter((one) => one.dialect === dialect && judgeCase(one, known).status !== 'passed').length
}

describe.each(Object.entries<Policies>(DIALECTS))('%s: our vectors notice', (dialect, policies) => {
  it('no fault where there is none', () => {
    expect(failures(dialect, {})).toBe(0)
  })
  it('every wrong rounding of a percentage', () => {
    const { scope, mode: right } = policies.percentRound!
    const unnoticed = ROUNDING_MODES.filter((mode) => mode !== right && failures(dialect, { percentRound: { scope, mode } }) === 0)
    expect(unnoticed).toEqual([])
  })
  it('every wrong place to round it, where anything is rounded and prices are not kept per piece', () => {
    const { scope: right, mode } = policies.percentRound!
    if (mode === 'none' || policies.units) return
    const unnoticed = (['unit', 'line', 'order'] as const).filter((scope) => scope !== right && failures(dialect, { percentRound: { scope, mode } }) === 0)
    expect(unnoticed).toEqual([])
  })
  it('every wrong distribution', () => {
    const right = policies.distribute!
    const unnoticed = DISTRIBUTIONS.filter((distribute) => distribute !== right && !(SAME.has(distribute) && SAME.has(right)) && failures(dialect, { distribute }) === 0)
    expect(unnoticed).toEqual([])
  })
  it('every wrong rounding of a shelf price', () => {
    const { catalog } = policies
    if (!catalog) return
    const unnoticed = ROUNDING_MODES.filter((mode) => mode !== catalog.mode && failures(dialect, { catalog: { ...catalog, mode } }) === 0)
    expect(unnoticed).toEqual([])
  })
})
