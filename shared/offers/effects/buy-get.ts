/** Buy some pieces, get others cheaper. */
import { compare, minOf, multiply, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import { selectLines, type LineShare, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import { reductionOf } from '../value.ts'
import { roomOf } from './discounted-units.ts'
import { roundingOf } from './effect-facts.ts'
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
    case 'apart':
      return apart(effect, state)
  }
}

/** Once, not per X: as soon as the buy side is there, the cheapest pieces of the get side, even if they were counted as bought. */
const flatY = (effect: BuyGet, state: PricingState): Proposal => {
  const bought = selectLines(state, effect.buy.select).reduce((sum, line) => sum + line.line.quantity, 0)
  if (bought < effect.buy.quantity) return {}
  const targets = [...selectLines(state, effect.get.select)].sort(byUnitPrice('priceAsc'))
  return { lines: sharesOf(piecesOf(targets).slice(0, effect.get.quantity), effect, state) }
}

/**
 * The bought pieces are kept back and are nobody's gift, also not that of later offers. All or nothing on the get side.
 * Order   dearest line first, the later line on equal sums.
 */
const reserve = (effect: BuyGet, state: PricingState): Proposal => {
  const dearestFirst = (a: LineState, b: LineState): number => compare(b.base, a.base) || b.index - a.index
  const kept = new Map<string, number>()
  let toKeep = effect.buy.quantity
  for (const line of [...selectLines(state, effect.buy.select)].sort(dearestFirst)) {
    const pieces = Math.min(line.line.quantity, toKeep)
    if (pieces > 0) kept.set(line.line.id, pieces)
    toKeep -= pieces
  }
  if (toKeep > 0) return {}
  const free = (line: LineState): number => Math.max(0, line.line.quantity - (state.reserved.get(line.line.id) ?? 0) - (kept.get(line.line.id) ?? 0))
  const targets = [...selectLines(state, effect.get.select)].sort(dearestFirst)
  const pieces = targets.flatMap((line) => Array.from({ length: free(line) }, () => line)).slice(0, effect.get.quantity)
  if (pieces.length < effect.get.quantity) return {}
  return { lines: sharesOf(pieces, effect, state), reserve: kept }
}

/** Bought and given pieces are different ones: the dearest count as bought, the cheapest of the others are given; up to `repeat` times. */
const apart = (effect: BuyGet, state: PricingState): Proposal => {
  const given = givenApart(effect, state)
  return { lines: sharesOf(given, effect, state) }
}

const givenApart = (effect: BuyGet, state: PricingState): readonly LineState[] => {
  const targets = piecesOf([...selectLines(state, effect.get.select)].sort(byUnitPrice('priceAsc')))
  const buyable = selectLines(state, effect.buy.select)
  for (let times = effect.repeat ?? 1; times > 0; times--) {
    for (let given = Math.min(times * effect.get.quantity, targets.length); given > (times - 1) * effect.get.quantity; given--) {
      const chosen = countPerLine(targets.slice(0, given))
      const left = buyable.reduce((sum, line) => sum + line.line.quantity - (chosen.get(line) ?? 0), 0)
      if (left >= times * effect.buy.quantity) return targets.slice(0, given)
    }
  }
  return []
}

const sharesOf = (pieces: readonly LineState[], effect: BuyGet, state: PricingState): readonly LineShare[] =>
  [...countPerLine(pieces)].map(([line, units]) => {
    const price = multiply(line.unit, units)
    const amount: Rational = 'percent' in effect.get.value ? reductionOf(effect.get.value, price, units, roundingOf(state)) : multiply(reductionOf(effect.get.value, line.unit, 1, roundingOf(state)), units)
    return onFirstUnits(line, minOf(amount, roomOf(line, state)), units)
  })
