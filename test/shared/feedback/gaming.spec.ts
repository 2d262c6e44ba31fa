import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestRuns, isFarAbove, RUN_GAP_MS, RUN_RESPONSES, type DeviceDay, type JudgedStart } from '#shared/feedback/gaming.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'

const MINUTE = 60_000
/** Closes at 20:00 on a day that begins at nought. */
const CLOSES = 20 * 60 * MINUTE
const isQuiet = (at: number): boolean => at >= CLOSES
const start = (i: number, at: number, value = 5): JudgedStart => ({ response: `r${i}`, at: millis(at), best: value === 5, good: value >= 4 })

describe('a run of the best answer while nobody shops', () => {
  it('is flagged as a whole: six times the best face after closing', () => {
    const run = Array.from({ length: 6 }, (_, i) => start(i, CLOSES + i * 30_000))
    expect(bestRuns(run, isQuiet)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'r5'])
    expect(bestRuns(run.slice(1), isQuiet)).toEqual([])
  })
  it('is no run with another answer in it, or with more than two minutes in between', () => {
    const answers = [5, 5, 5, 4, 5, 5, 5]
    expect(bestRuns(answers.map((value, i) => start(i, CLOSES + i * 30_000, value)), isQuiet)).toEqual([])
    expect(bestRuns(Array.from({ length: 6 }, (_, i) => start(i, CLOSES + i * (RUN_GAP_MS + 1))), isQuiet)).toEqual([])
  })
  it('is a good day while the store is open: any number of best answers is nobody’s business', () => {
    expect(bestRuns(Array.from({ length: 40 }, (_, i) => start(i, CLOSES - (41 - i) * 30_000)), isQuiet)).toEqual([])
  })
  it('names only responses of quiet minutes, RUN_RESPONSES of them or more', () => {
    const starts = fc.array(fc.record({ gap: fc.nat(200_000), value: fc.integer({ min: 1, max: 5 }) }), { maxLength: 60 }).map((gaps) => {
      let now = CLOSES - 20 * MINUTE
      return gaps.map(({ gap, value }, i) => start(i, (now += gap), value))
    })
    fc.assert(fc.property(starts, (all) => {
      const found = bestRuns(all, isQuiet)
      const named = all.filter(({ response }) => found.includes(response))
      return (found.length === 0 || found.length >= RUN_RESPONSES) && named.every(({ at, best }) => best && isQuiet(at))
    }))
  })
})

describe('a day of a device far above its own', () => {
  const steady: readonly DeviceDay[] = Array.from({ length: 28 }, (_, i) => ({ good: 28 + (i % 5), n: 40 }))
  it('is found: 40 of 40 where 30 of 40 are usual', () => {
    expect(isFarAbove({ good: 40, n: 40 }, steady)).toBe(true)
    expect(isFarAbove({ good: 35, n: 40 }, steady)).toBe(false)
  })
  it('is not looked for below: that is what alarms are for', () => expect(isFarAbove({ good: 5, n: 40 }, steady)).toBe(false))
  it('is not said of a young device, a quiet day or few answers', () => {
    expect(isFarAbove({ good: 40, n: 40 }, steady.slice(0, 6))).toBe(false)
    expect(isFarAbove({ good: 19, n: 19 }, steady)).toBe(false)
    expect(isFarAbove({ good: 40, n: 40 }, steady.map(() => ({ good: 2, n: 3 })))).toBe(false)
  })
  it('is rarer where days differ anyway: with days of 10 and 38 of 40 the best one is nothing new', () => {
    expect(isFarAbove({ good: 40, n: 40 }, steady.map((_, i) => ({ good: i % 2 === 0 ? 10 : 38, n: 40 })))).toBe(false)
  })
  it('is said of at most one honest day in 1,000 of devices whose days differ, and of nearly all days that were doubled with the best answer', () => {
    const random = seededRandom(11)
    const dayOf = (n: number, share: number): DeviceDay => ({ n, good: Array.from({ length: n }, () => random() < share).filter(Boolean).length })
    let honest = 0
    let helped = 0
    const devices = 300
    for (let device = 0; device < devices; device++) {
      const usual = 0.55 + 0.3 * random()
      const days = Array.from({ length: 38 }, () => dayOf(25 + Math.floor(60 * random()), Math.min(0.97, usual + 0.06 * (random() - 0.5))))
      for (let i = 28; i < 38; i++) {
        if (isFarAbove(days[i]!, days.slice(0, i))) honest += 1
        if (usual < 0.7 && isFarAbove({ n: 2 * days[i]!.n, good: days[i]!.good + days[i]!.n }, days.slice(0, i))) helped += 1 / 10
      }
    }
    expect(honest).toBeLessThanOrEqual((devices * 10) / 1_000)
    expect(helped).toBeGreaterThan(0)
  })
})
