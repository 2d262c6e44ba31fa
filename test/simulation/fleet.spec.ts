import { describe, expect, it } from 'vitest'
import { sumCounts } from '#hub/tools/simulation/coverage.ts'
import { HEALED_FAULTS, PLANTED_FAULTS } from '#hub/tools/simulation/planted-faults.ts'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { simulateFleet } from '#hub/tools/simulation/simulate-fleet.ts'
import caught from './caught.json' with { type: 'json' }
import failed from './failed-seeds.json' with { type: 'json' }

/** `npm run simulate` runs many more. */
const SEEDS = 300
/** A fault that a second defence heals must stay green for so many. */
const HEALED_SEEDS = 60

const violations = (seeds: readonly number[], faults = {}): readonly string[] =>
  seeds.flatMap((seed) => {
    const { violation } = simulateFleet(seed, faults)
    return violation === null ? [] : [`seed ${seed}: ${violation}`]
  })
const seedsTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1)
/** Seeds that show a planted fault. When the weather changes: `npm run simulate -- --fault NAME --seeds 5000` names others. */
const seedsOf = (name: string): readonly number[] => (caught as { readonly [name: string]: readonly number[] })[name] ?? []

describe('a fleet in bad weather', () => {
  it(`loses nothing, doubles nothing and comes home, whatever happens, and all that may happen happens (${SEEDS} seeds)`, { timeout: 60_000 }, () => {
    const outcomes = seedsTo(SEEDS).map((seed) => simulateFleet(seed))
    expect(outcomes.filter(({ violation }) => violation !== null).map(({ seed, violation }) => [seed, violation])).toEqual([])
    const counts = sumCounts(outcomes.map((outcome) => outcome.counts))
    expect(WEATHER.filter((what) => (counts[what] ?? 0) === 0)).toEqual([])
  })
  it('also with every seed that ever failed', { timeout: 60_000 }, () => {
    expect(violations(failed.map(({ seed }) => seed))).toEqual([])
  })
  it('also with every seed that shows a planted fault', { timeout: 60_000 }, () => {
    expect(violations([...new Set(Object.values(caught).flat())])).toEqual([])
  })
  it('runs the same way for the same seed', () => {
    expect(simulateFleet(7)).toEqual(simulateFleet(7))
    expect(simulateFleet(7, {}, true)).toEqual({ ...simulateFleet(7), steps: simulateFleet(7, {}, true).steps })
    expect(simulateFleet(7, {}, true).steps).not.toEqual(simulateFleet(8, {}, true).steps)
  })
})

describe('a mistake in the fleet', () => {
  for (const [name, faults] of Object.entries(PLANTED_FAULTS)) {
    it(`is noticed: ${name}`, { timeout: 60_000 }, () => {
      const seeds = seedsOf(name)
      expect(seeds.length).toBeGreaterThan(0)
      expect(violations(seeds, faults)).toHaveLength(seeds.length)
    })
  }
  for (const [name, { alone, healedBy, together }] of Object.entries(HEALED_FAULTS)) {
    it(`is healed by ${healedBy}, and noticed without it: ${name}`, { timeout: 60_000 }, () => {
      expect(violations(seedsTo(HEALED_SEEDS), alone)).toEqual([])
      const seeds = seedsOf(`${name} unhealed`)
      expect(seeds.length).toBeGreaterThan(0)
      expect(violations(seeds, together)).toHaveLength(seeds.length)
    })
  }
})

const WEATHER = [
  'message lost', 'message doubled', 'message out of order', 'message very late', 'answer too late', 'answer forged', 'connection cut',
  'page dies before its transaction', 'page dies after its transaction', 'page dies at a release', 'device power cut', 'device clock set',
  'device with two senders', 'device cloned', 'device re-imaged', 'device wiped', 'device disk full', 'write refused by a full disk',
  'confirmation remembered while frozen', 'device disk thawed', 'app updated', 'app rolled back', 'app and hub speak different protocols',
  'hub dies before its commit', 'hub dies after its commit', 'hub killed', 'hub lost a tail', 'hub restored',
  'hub restored from an older copy, the newest is damaged', 'hub lost everything before its first copy', 'hub disk full', 'push refused: hub disk full',
  'hub updated', 'hub rolled back', 'hub database exchanged for an empty one', 'hub database brought back', 'event erased', 'event: parked',
  'event: parked, then understood', 'event: quarantined', 'event: known already', 'event safe and removed from its device', 'outbox rotated', 'loss declared',
  'push answered: fork', 'push answered: gap', 'push answered: upgrade', 'push answered: disk', 'pull answered: delta', 'pull answered: snapshot',
]

describe('chance from a seed', () => {
  it('is the same everywhere', () => {
    const random = new SeededRandom(1)
    expect([random.word(), random.word(), random.word()]).toEqual([2_420_951_833, 2_513_034_076, 3_847_892_949])
  })
  it('is even: 60,000 throws of a die give each number between 9,600 and 10,400 times', () => {
    const random = new SeededRandom(42)
    const counts = [0, 0, 0, 0, 0, 0]
    for (let i = 0; i < 60_000; i++) counts[random.below(6)]! += 1
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})
