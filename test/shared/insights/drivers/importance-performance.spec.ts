import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importancePerformance } from '#shared/insights/drivers/importance-performance.ts'

describe('importance and performance', () => {
  const rated = [
    { key: 'checkout', importance: 0.4, score: 2.9 },
    { key: 'staff', importance: 0.4, score: 4.4 },
    { key: 'music', importance: 0.1, score: 3 },
    { key: 'parking', importance: 0.1, score: 4.1 },
  ]
  it('part the ratings at their means: what matters and goes badly comes first (Martilla and James 1977)', () => {
    const { importanceCut, performanceCut, placed } = importancePerformance(rated)
    expect([importanceCut, performanceCut]).toEqual([0.25, 3.6])
    expect(placed.map(({ key, quadrant }) => [key, quadrant])).toEqual([['checkout', 'concentrate'], ['staff', 'keep'], ['music', 'low'], ['parking', 'overdone']])
  })
  it('against a target of 4.3 leave only staff well', () => {
    expect(importancePerformance(rated, 4.3).placed.map(({ quadrant }) => quadrant)).toEqual(['concentrate', 'keep', 'low', 'low'])
  })
  it('exactly on the cut counts as above it', () => {
    expect(importancePerformance([{ key: 'a', importance: 0.5, score: 3 }]).placed[0]!.quadrant).toBe('keep')
  })
  it('never leave everything to be concentrated on when cut at the means', () => {
    fc.assert(fc.property(fc.array(fc.record({ key: fc.string(), importance: fc.integer({ min: 0, max: 100 }), score: fc.integer({ min: 1, max: 5 }) }), { minLength: 1 }), (some) =>
      importancePerformance(some).placed.some(({ quadrant }) => quadrant !== 'concentrate')))
  })
})
