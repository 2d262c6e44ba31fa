/** How an amount is split over lines: one function per policy value. */
import type { Rational } from '../../kernel/rational.ts'
import type { Policies } from '../policies.ts'
import { exactShares } from './exact-shares.ts'
import { floorMaxError } from './floor-max-error.ts'
import { largestRemainder } from './largest-remainder.ts'
import { lastTakesRest } from './last-takes-rest.ts'
import { roundThenFirst } from './round-then-first.ts'
import { runningFromLast } from './running-from-last.ts'

/** One share per weight, in the same order; the shares add up to `total` unless all weights are zero. */
export type Distribute = (total: Rational, weights: readonly Rational[]) => Rational[]

const BY_NAME: { readonly [name: string]: Distribute } = {
  roundThenFirst,
  floorMaxError,
  largestRemainder,
  runningFromLast,
  lastTakesRest,
  exact: exactShares,
  ProportionateDistribution: lastTakesRest,
  EvenDistribution: largestRemainder,
  IndividualApplication: lastTakesRest,
}

/** The split a policy names; null for policies that do not split over lines in proportion. */
export const distributionNamed = (name: string): Distribute | null => (Object.hasOwn(BY_NAME, name) ? BY_NAME[name]! : null)

/** How this shop splits an amount that must land on lines even where it otherwise gives none to them. */
export const proportionalSplit = (policies: Policies): Distribute =>
  distributionNamed(policies.distribute ?? 'largestRemainder') ?? (policies.percentRound?.mode === 'none' ? exactShares : largestRemainder)
