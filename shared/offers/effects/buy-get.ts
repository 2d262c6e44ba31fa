/** Buy some pieces, get others cheaper. */
import { add, compare, divide, isPositive, minOf, multiply, rational, round, subtract, sumOf, toNumber, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import { selectLines, type LineShare, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import { basisToListed, listedToBasis } from '../tax/tax-basis.ts'
import { reductionOf } from '../value.ts'
import { roomOf } from './discounted-units.ts'
import { roundingOf } from './effect-facts.ts'
import { takeTurns } from './in-turn.ts'
import { byUnitPrice, countPerLine, piecesOf } from './pieces.ts'
import { onFirstUnits } from './unit-shares.ts'

type BuyGet = Extract<Effect, { type: 'buyGet' }>

/** The mode of the offer, else of the shop. */
export const proposeBuyGet = (effect: BuyGet, state: PricingState): Proposal => {
  switch (effect.mode ?? state.policies.buyGet ?? 'flatY') {
    case 'flatY':
      return flatY(effect, state)
    case 'reserve':
      return reserve(effect, state)
    case 'inTurn':
      return inTurn(effect, state)
    case 'apart':
      return apart(effect, state)
  }
}

/** As soon as the buy side is there, the cheapest pieces of the get side, even if they were counted as bought; once, not per X, unless `repeat` says so. */
const flatY = (effect: BuyGet, state: PricingState): Proposal => {
  const bought = selectLines(state, effect.buy.select).reduce((sum, line) => sum + line.line.quantity, 0)
  const times = timesBought(bought, sumOf(selectLines(state, effect.buy.select).map((line) => line.base)), effect)
  if (times === 0) return {}
  const targets = [...selectLines(state, effect.get.select)].sort(byUnitPrice('priceAsc'))
  return { lines: sharesOf(piecesOf(targets).slice(0, times * effect.get.quantity), effect, state) }
}

/** How often the buy side is there, `repeat` times at most. */
const timesBought = (pieces: number, worth: Rational, { buy, repeat = 1 }: BuyGet): number => {
  const byPieces = buy.quantity > 0 ? Math.floor(pieces / buy.quantity) : Infinity
  const bySpend = buy.spendMinor ? toNumber(round(divide(worth, rational(buy.spendMinor)), 'floor')) : Infinity
  return Math.min(repeat, byPieces, bySpend)
}

/**
 * The bought pieces are kept back and are nobody's gift, also not that of later offers. All or nothing on the get side.
 * Order   dearest line first, the later line on equal sums.
 */
const reserve = (effect: BuyGet, state: PricingState): Proposal => {
  const most = Math.min(effect.repeat ?? 1, state.lines.reduce((sum, line) => sum + line.line.quantity, 0) || 1)
  for (let times = most; times > 0; times--) {
    const kept = keptBack(effect, times, state)
    const free = (line: LineState): number => Math.max(0, line.line.quantity - (state.reserved.get(line.line.id) ?? 0) - (kept?.get(line.line.id) ?? 0))
    const wanted = times * effect.get.quantity
    const targets = kept ? [...selectLines(state, effect.get.select)].sort(dearestFirst) : []
    const pieces = targets.flatMap((line) => Array.from({ length: Math.min(wanted, free(line)) }, () => line)).slice(0, wanted)
    if (kept && pieces.length >= wanted) return { lines: sharesOf(pieces, effect, state), reserve: kept }
  }
  return {}
}

const dearestFirst = (a: LineState, b: LineState): number => compare(b.base, a.base) || b.index - a.index

/** Pieces per line that count as bought; null if there are too few. */
const keptBack = ({ buy }: BuyGet, times: number, state: PricingState): ReadonlyMap<string, number> | null => {
  const kept = new Map<string, number>()
  let toKeep = times * buy.quantity
  let toSpend = multiply(rational(buy.spendMinor ?? 0), times)
  for (const line of [...selectLines(state, buy.select)].sort(dearestFirst)) {
    let pieces = Math.min(line.line.quantity, toKeep)
    if (isPositive(toSpend) && isPositive(line.unit)) pieces = Math.max(pieces, Math.min(line.line.quantity, toNumber(round(divide(toSpend, line.unit), 'ceil'))))
    if (pieces > 0) kept.set(line.line.id, pieces)
    toKeep -= Math.min(pieces, toKeep)
    toSpend = subtract(toSpend, multiply(line.unit, pieces))
  }
  return toKeep > 0 || isPositive(toSpend) ? null : kept
}

const inTurn = (effect: BuyGet, state: PricingState): Proposal => {
  const { bought, given } = takeTurns(effect, state)
  if (given.size === 0) return {}
  const byId = (pieces: ReadonlyMap<LineState, number>): ReadonlyMap<string, number> => new Map([...pieces].map(([line, count]) => [line.line.id, count]))
  return { lines: [...given].map(([line, units]) => shareOf(line, units, effect, state)), reserve: byId(bought), give: byId(given) }
}

/** Bought and given pieces are different ones: the dearest count as bought, the cheapest of the others are given; up to `repeat` times. */
const apart = (effect: BuyGet, state: PricingState): Proposal => {
  const given = givenApart(effect, state)
  return { lines: sharesOf(given, effect, state) }
}

const givenApart = (effect: BuyGet, state: PricingState): readonly LineState[] => {
  const targets = piecesOf([...selectLines(state, effect.get.select)].sort(byUnitPrice('priceAsc')))
  const buyable = selectLines(state, effect.buy.select)
  for (let times = Math.min(effect.repeat ?? 1, targets.length); times > 0; times--) {
    for (let given = Math.min(times * effect.get.quantity, targets.length); given > (times - 1) * effect.get.quantity; given--) {
      const chosen = countPerLine(targets.slice(0, given))
      const left = buyable.reduce((sum, line) => sum + line.line.quantity - (chosen.get(line) ?? 0), 0)
      if (left >= times * effect.buy.quantity && isSpent(effect, times, buyable, chosen)) return targets.slice(0, given)
    }
  }
  return []
}

/** What is bought, without the given pieces, costs enough. */
const isSpent = ({ buy }: BuyGet, times: number, buyable: readonly LineState[], given: ReadonlyMap<LineState, number>): boolean => {
  if (buy.spendMinor === undefined) return true
  const worth = buyable.reduce<Rational>((sum, line) => add(sum, multiply(line.unit, line.line.quantity - (given.get(line) ?? 0))), 0)
  return compare(worth, multiply(rational(buy.spendMinor), times)) >= 0
}

const sharesOf = (pieces: readonly LineState[], effect: BuyGet, state: PricingState): readonly LineShare[] =>
  [...countPerLine(pieces)].map(([line, units]) => shareOf(line, units, effect, state))

const shareOf = (line: LineState, units: number, { get, taxBasis = 'list' }: BuyGet, state: PricingState): LineShare => {
  const mode = roundingOf(state)
  const unit = listedToBasis(line.unit, line.line.taxCategory, taxBasis, state)
  const amount: Rational = 'percent' in get.value ? reductionOf(get.value, multiply(line.unit, units), units, mode) : basisToListed(multiply(reductionOf(get.value, unit, 1, mode), units), line.line.taxCategory, taxBasis, state)
  return onFirstUnits(line, minOf(amount, roomOf(line, state)), units)
}
