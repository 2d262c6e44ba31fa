import { describe, expect, it } from 'vitest'
import { bootstrapIntervals, quantileOf } from '#shared/insights/drivers/bootstrap.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { meanOf, summaryOf } from '#shared/insights/statistics/summary.ts'

describe('quantiles of a sorted list (Hyndman and Fan, type 7)', () => {
  it.each([[0, 1], [0.25, 3.25], [0.5, 5.5], [1, 10]])('of 1 … 10 at %d is %d', (share, value) => expect(quantileOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share)).toBe(value))
})

describe('intervals by drawing again', () => {
  it('of a mean are those of Student within a twentieth of their width', () => {
    const random = seededRandom(1)
    const values = Array.from({ length: 200 }, () => 1 + Math.floor(5 * random()))
    const [drawn] = bootstrapIntervals(200, (rows) => [meanOf(rows.map((row) => values[row]!))], { random: seededRandom(2), rounds: 4000 })!
    const { low, high } = summaryOf(values).interval!
    expect(Math.abs(drawn!.low - low)).toBeLessThan((high - low) / 20)
    expect(Math.abs(drawn!.high - high)).toBeLessThan((high - low) / 20)
  })
  it('cover the true mean of 60 answers in 91 to 98 of 100 worlds', () => {
    const random = seededRandom(11)
    const covered = Array.from({ length: 300 }, (_, world) => {
      const values = Array.from({ length: 60 }, () => 1 + Math.floor(5 * random()))
      const [drawn] = bootstrapIntervals(60, (rows) => [meanOf(rows.map((row) => values[row]!))], { random: seededRandom(world), rounds: 200 })!
      return drawn!.low <= 3 && drawn!.high >= 3
    }).filter(Boolean).length
    expect(covered).toBeGreaterThanOrEqual(273)
    expect(covered).toBeLessThanOrEqual(294)
  })
  it('are unknown when most draws give nothing', () => {
    expect(bootstrapIntervals(5, () => null, { random: seededRandom(1), rounds: 10 })).toBeNull()
  })
})
