/** Bundles, mix and match, every nth piece: complete sets of pieces are found first, then some of them become cheaper. */
import { add, compare, minOf, multiply, rational, sumOf, type Rational } from '../../kernel/rational.ts'
import { exactShares } from '../distribution/exact-shares.ts'
import { proportionalSplit } from '../distribution/distribute.ts'
import type { Effect } from '../offer.ts'
import { itemsTotal, selectLines, type LineShare, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import { reductionOf } from '../value.ts'
import { roomOf } from './discounted-units.ts'
import { roundingOf } from './effect-facts.ts'
import { byUnitPrice, countPerLine } from './pieces.ts'
import { onFirstUnits } from './unit-shares.ts'

type SetOffer = Extract<Effect, { type: 'set' }>
/** Pieces that belong together. */
type Package = readonly LineState[]

/** Split over the lines by the price of their picked pieces. */
export const proposeSet = (effect: SetOffer, state: PricingState): Proposal => {
  const packages = pickPieces(packagesOf(effect, state), effect)
  const pieces = packages.flat()
  if (pieces.length === 0) return {}
  const amount = amountOf(packages, effect, state)
  if ((state.policies.distribute ?? 'largestRemainder') === 'none') return ownLine(pieces, amount, state)
  return { lines: sharesOf(pieces, amount, state) }
}

/** The complete sets in the basket, each as one list of pieces per group. A piece belongs to one set only. */
export const completeSets = (effect: SetOffer, state: PricingState): readonly (readonly Package[])[] => {
  const groups = effect.groups.map((group) => ({ count: group.count, atLeast: group.amountMinor === undefined ? null : rational(group.amountMinor), lines: [...selectLines(state, group.select)].sort(byUnitPrice(group.sort)) }))
  const left = new Map(groups.flatMap(({ lines }) => lines.map((line) => [line, line.line.quantity] as const)))
  const sets: (readonly Package[])[] = []
  for (;;) {
    const set = groups.map(({ count, atLeast, lines }) => (atLeast === null ? takePieces(lines, count, left) : takeWorth(lines, count, atLeast, left)))
    const isComplete = set.length > 0 && set.every((pieces, i) => pieces.length > 0 && (groups[i]!.atLeast === null ? pieces.length === groups[i]!.count : true))
    if (!isComplete) return sets
    sets.push(set)
  }
}

const takePieces = (lines: readonly LineState[], count: number, left: Map<LineState, number>): Package => {
  const taken: LineState[] = []
  for (const line of lines) {
    const pieces = Math.min(count - taken.length, left.get(line)!)
    for (let i = 0; i < pieces; i++) taken.push(line)
    left.set(line, left.get(line)! - pieces)
  }
  return taken
}

/** Piece by piece until they cost enough; nothing if they never do. */
const takeWorth = (lines: readonly LineState[], count: number, atLeast: Rational, left: Map<LineState, number>): Package => {
  const taken: LineState[] = []
  let worth: Rational = 0
  for (const line of lines) {
    while (left.get(line)! > 0 && (taken.length < count || compare(worth, atLeast) < 0)) {
      taken.push(line)
      worth = add(worth, line.unit)
      left.set(line, left.get(line)! - 1)
    }
  }
  return taken.length >= count && compare(worth, atLeast) >= 0 ? taken : []
}

const packagesOf = (effect: SetOffer, state: PricingState): readonly Package[] =>
  completeSets(effect, state).map((set) => (effect.group === undefined ? set.flat() : (set[effect.group] ?? [])))

/** `vertical`: the nth piece inside every package. `horizontal`: the pieces of all packages in one row, dealt out like cards. */
const pickPieces = (packages: readonly Package[], effect: SetOffer): readonly Package[] => {
  const pick = effect.pick
  if (!pick) return packages
  const sorted = (pieces: Package): Package => (pick.sort ? [...pieces].sort(byUnitPrice(pick.sort)) : pieces)
  const rows = pick.across === 'horizontal' ? dealOut(sorted(packages.flat()), packages.length) : packages.map(sorted)
  const uses = pick.maxUses === undefined || pick.maxUses === 'all' ? rows.length : Number(pick.maxUses)
  const isPicked = (position: number): boolean =>
    pick.nth === undefined || pick.nth === 'all' || (typeof pick.nth === 'number' ? pick.nth === position : pick.nth.includes(position))
  return rows.slice(0, uses).map((row) => row.filter((_, i) => isPicked(i + 1)))
}

const dealOut = (pieces: Package, hands: number): readonly Package[] =>
  Array.from({ length: hands }, (_, hand) => pieces.filter((_, i) => i % hands === hand))

/** A package price holds for every package; a percentage or an amount once for all that was picked. */
const amountOf = (packages: readonly Package[], effect: SetOffer, state: PricingState): Rational => {
  const mode = roundingOf(state)
  const price = (pieces: Package): Rational => sumOf(pieces.map((line) => line.unit))
  const amount =
    'priceMinor' in effect.value
      ? sumOf(packages.map((pieces) => reductionOf(effect.value, price(pieces), pieces.length, mode)))
      : 'unitPriceMinor' in effect.value
        ? sumOf(packages.flat().map((line) => reductionOf(effect.value, line.unit, 1, mode)))
        : reductionOf(effect.value, price(packages.flat()), 1, mode)
  return effect.capMinor === undefined ? amount : minOf(amount, rational(effect.capMinor))
}

/** Split by the price of the picked pieces, never above what a line still costs. */
const sharesOf = (pieces: Package, amount: Rational, state: PricingState): readonly LineShare[] => {
  const counts = [...countPerLine(pieces)].sort(([a], [b]) => a.index - b.index)
  const prices = counts.map(([line, units]) => multiply(line.unit, units))
  const shares = proportionalSplit(state.policies)(amount, prices)
  return counts.map(([line, units], i) => onFirstUnits(line, minOf(shares[i]!, roomOf(line, state)), units))
}

const ownLine = (pieces: Package, amount: Rational, state: PricingState): Proposal => {
  const basket = state.policies.capAtCart ? minOf(amount, itemsTotal(state)) : amount
  const counts = [...countPerLine(pieces)]
  const shares = exactShares(basket, counts.map(([line, units]) => multiply(line.unit, units)))
  return { basket, lines: counts.map(([line], i) => ({ line, amount: shares[i]! })) }
}
