import { describe, expect, it } from 'vitest'
import { ALLOTMENT_FAULTS } from '#hub/tools/simulation/allotment-faults.ts'
import { simulateAllotments } from '#hub/tools/simulation/allotments.ts'

/** `npm run simulate` runs many more. */
const SEEDS = 400
/** A planted fault must show within so many. */
const FAULT_SEEDS = 300

const seedsTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1)
const violations = (seeds: readonly number[], faults = {}): readonly string[] =>
  seeds.flatMap((seed) => {
    const { violation } = simulateAllotments(seed, faults)
    return violation === null ? [] : [`seed ${seed}: ${violation}`]
  })

describe('an offer for the first so many', () => {
  it(`is never had once too often, is had by whom it was promised to, and no use of it is lost (${SEEDS} seeds)`, { timeout: 60_000 }, () => {
    expect(violations(seedsTo(SEEDS))).toEqual([])
  })
  it('runs the same way for the same seed', () => {
    expect(simulateAllotments(7)).toEqual(simulateAllotments(7))
  })
  it('is really given away: of 100 seeds more than 50 hand over, and orders come from kiosks and without', () => {
    const all = seedsTo(100).map((seed) => simulateAllotments(seed))
    expect(all.filter(({ handoffs }) => handoffs > 3).length).toBeGreaterThan(50)
    expect(all.some(({ steps }) => steps.some((step) => step.includes('qid') && step.includes('has the offer')))).toBe(true)
  })
  for (const [name, faults] of Object.entries(ALLOTMENT_FAULTS)) {
    it(`notices the planted fault "${name}"`, { timeout: 60_000 }, () => {
      expect(seedsTo(FAULT_SEEDS).some((seed) => simulateAllotments(seed, faults).violation !== null)).toBe(true)
    })
  }
})
