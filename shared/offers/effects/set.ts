/** Bundles, mix and match, every nth piece: complete sets of pieces are found first, then some of them become cheaper. */
import { minOf, multiply, rational, sumOf, type Rational } from '../../kernel/rational.ts'
import { distributionNamed } from '../distribution/distribute.ts'
import { matchesFilter } from '../filter.ts'
import type { Effect } from '../offer.ts'
import { itemsTotal, type LineShare, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import { reductionOf } from '../value.ts'
import { roomOf } from './discounted-units.ts'
import { roundingOf } from './effect-facts.ts'
import { byUnitPrice, countPerLine, piecesOf } from './pieces.ts'
import { onFirstUnits } from './unit-shares.ts'

type SetOffer = Extract<Effect, { type: 'set' }>
/** Pieces that belong together. */
type Package = readonly LineState[]

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
  const all = piecesOf(state.lines)
  const taken = new Set<number>()
  const sets: Package[][] = []
  for (;;) {
    const set = effect.groups.map((group) => {
      const candidates = all
        .map((line, at) => ({ line, at }))
        .filter(({ line, at }) => !taken.has(at) && matchesFilter(line, group.select, state.context.taxonParents))
        .sort((a, b) => byUnitPrice(group.sort)(a.line, b.line))
        .slice(0, group.count)
      for (const { at } of candidates) taken.add(at)
      return candidates.map(({ line }) => line)
    })
    if (set.length === 0 || set.some((pieces, i) => pieces.length < effect.groups[i]!.count || pieces.length === 0)) return sets
    sets.push(set)
  }
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
  const split = distributionNamed(state.policies.distribute ?? 'largestRemainder') ?? distributionNamed('largestRemainder')!
  const shares = split(amount, prices)
  return counts.map(([line, units], i) => onFirstUnits(line, minOf(shares[i]!, roomOf(line, state)), units))
}

const ownLine = (pieces: Package, amount: Rational, state: PricingState): Proposal => {
  const basket = state.policies.capAtCart ? minOf(amount, itemsTotal(state)) : amount
  const counts = [...countPerLine(pieces)]
  const shares = distributionNamed('exact')!(basket, counts.map(([line, units]) => multiply(line.unit, units)))
  return { basket, lines: counts.map(([line], i) => ({ line, amount: shares[i]! })) }
}
