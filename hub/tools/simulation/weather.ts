/** How long the storm lasts, how bad it gets, and what a web shop changes meanwhile. */
import type { Json } from '#shared/kernel/json.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { SeededRandom } from './seeded-random.ts'

export const STORM_STEPS = 240
/** Rounds of calm within which everything must be home. */
export const HEALING_ROUNDS = 40
/** … and messages: ten times what the longest healthy healing took. */
export const HEALING_MESSAGES = 3000
export const MAX_MACHINES = 7
/** When the simulation begins: far enough from zero for a clock that is wrong by days. */
export const START_MS = 1_000 * 86_400_000
export const SKEWS_MS = [0, 0, 86_400_000, -86_400_000, 3_600_000, -20_000]
/** Between two steps; once in a while a long one. */
export const SHORT_WHILE_MS = 30
export const LONG_WHILE_MS = 3 * 3_600_000
/** How far ahead a release is published. */
export const MAX_AHEAD_MS = 4 * 3_600_000

/** Kinds of trouble; a seed has some of them and not others, so that each is also seen without the rest. */
export const TROUBLES = { hub: 0.8, copies: 0.8, erasure: 0.8, disks: 0.6, skew: 0.6, exchange: 0.4 } as const
export type Trouble = keyof typeof TROUBLES

/** One to three documents put, changed or taken away. */
export const changedItems = (random: SeededRandom, before: Documents): Documents => {
  const items: { [id: string]: Json } = { ...before }
  for (let i = 0; i <= random.below(3); i++) {
    const id = `product/${random.below(9)}`
    if (random.chance(0.3)) delete items[id]
    else items[id] = { price: random.below(1000) }
  }
  return items
}
