import { describe, expect, it } from 'vitest'
import { misuseFlags, type MisuseFlag, type ResponseStart } from '#shared/feedback/misuse.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'

const at = (...ms: readonly number[]): readonly ResponseStart[] => ms.map((one) => ({ at: millis(one), value: 5 }))
const start = (ms: number, value: number | null = 5): ResponseStart => ({ at: millis(ms), value })
/** The flags of each response, one after the other. */
const flagsOf = (starts: readonly ResponseStart[]): readonly (readonly MisuseFlag[])[] => starts.map((one, i) => misuseFlags(one, starts.slice(Math.max(0, i - 60), i)))

describe('a response is flagged, never deleted', () => {
  it('as too fast when it begins 1.9 s after another on the device', () => {
    expect(misuseFlags(start(10_000), at(8_100))).toEqual(['too-fast'])
    expect(misuseFlags(start(10_000), at(8_000))).toEqual([])
  })
  it('as a burst when it is the tenth within a minute', () => {
    const every5s = Array.from({ length: 9 }, (_, i) => i * 5_000)
    expect(misuseFlags(start(50_000), at(...every5s))).toEqual(['burst'])
    expect(misuseFlags(start(50_000), at(...every5s.slice(1)))).toEqual([])
  })
  it('not for what came after it', () => expect(misuseFlags(start(10_000), at(10_500))).toEqual([]))
  it('as play when a child tries four different faces within ten seconds', () => {
    const child = [start(0, 5), start(3_000, 1), start(6_000, 3), start(9_000, 4)]
    expect(flagsOf(child)).toEqual([[], [], [], ['play']])
    expect(flagsOf([...child.slice(0, 3), start(10_001, 4)]).flat()).toEqual([])
    expect(flagsOf([...child.slice(0, 3), start(9_000, 3)]).flat()).toEqual([])
  })
  it('as play when the whole scale is swept within half a minute, up or down', () => {
    const sweep = (values: readonly number[], everyMs: number) => flagsOf(values.map((value, i) => start(i * everyMs, value))).at(-1)
    expect(sweep([1, 2, 3, 4, 5], 7_000)).toEqual(['play'])
    expect(sweep([9, 8, 7, 6, 5], 7_000)).toEqual(['play'])
    expect(sweep([1, 2, 3, 5, 4], 7_000)).toEqual([])
    expect(sweep([1, 2, 3, 4, 5], 8_000)).toEqual([])
  })
  it('never as play for what has no scale', () => expect(misuseFlags(start(9_000, null), [start(0, 1), start(3_000, 2), start(6_000, 3)])).toEqual([]))
})

describe('the busiest honest exit', () => {
  /** Five people a minute on average, whenever they come; nobody begins before the one in front is away. */
  const traffic = (seed: number, shares: readonly number[]): readonly ResponseStart[] => {
    const random = seededRandom(seed)
    const starts: ResponseStart[] = []
    for (let now = 0; starts.length < 4_000; ) {
      now += 2_000 + Math.floor(-Math.log(1 - random()) * 10_000)
      let rest = random()
      const value = shares.findIndex((share) => (rest -= share) < 0) + 1
      starts.push(start(now, value === 0 ? shares.length : value))
    }
    return starts
  }
  it('is taken for play by less than one answer in 300, where most are content', () => {
    const flagged = flagsOf(traffic(1, [0.05, 0.08, 0.12, 0.25, 0.5])).filter((flags) => flags.includes('play')).length
    expect(flagged).toBeLessThan(4_000 / 300)
  })
  it('and by less than one in 100 where every face is as likely', () => {
    const flagged = flagsOf(traffic(2, [0.2, 0.2, 0.2, 0.2, 0.2])).filter((flags) => flags.includes('play')).length
    expect(flagged).toBeLessThan(4_000 / 100)
  })
  it('while a child among them is seen within the first ten taps, in 99 of 100 visits', () => {
    const random = seededRandom(3)
    const seen = Array.from({ length: 400 }, () => {
      let now = 0
      const taps = Array.from({ length: 10 }, () => start((now += 2_000 + Math.floor(random() * 1_500)), 1 + Math.floor(random() * 5)))
      return flagsOf(taps).flat().some((flag) => flag === 'play' || flag === 'burst')
    })
    expect(seen.filter(Boolean).length).toBeGreaterThanOrEqual(396)
  })
})
