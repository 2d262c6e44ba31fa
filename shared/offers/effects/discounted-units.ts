/** How many pieces of which line an effect may touch. */
import { compare, divide, isPositive, maxOf, multiply, rational, subtract, type Rational } from '../../kernel/rational.ts'
import type { Filter, MaxUnits } from '../offer.ts'
import type { Policies } from '../policies.ts'
import { selectLines, type LineState, type LineUnits, type PricingState } from '../pricing-state.ts'
import { listedToBasis } from '../tax/tax-basis.ts'

/** A line and how many of its pieces take part. */
export type DiscountedUnits = LineUnits

/** The selected lines with the pieces that `maxUnits` leaves them, in the order in which they are served. */
export const discountedUnits = (state: PricingState, select: Filter | undefined, maxUnits: MaxUnits | undefined): readonly DiscountedUnits[] => {
  const { itemOrder, distribute } = state.policies
  if (!select && !maxUnits && !itemOrder && distribute !== 'wooPerUnit') return (state.found.allUnits ??= state.lines.map(withAllUnits))
  const selected = inItemOrder(selectLines(state, select), itemOrder)
  // Where reductions go piece by piece, an article that costs nothing any more is none.
  const lines = distribute === 'wooPerUnit' ? selected.filter((line) => isPositive(line.rest)) : selected
  return maxUnits ? limitedUnits(lines, maxUnits, state) : lines.map(withAllUnits)
}

const limitedUnits = (lines: readonly LineState[], maxUnits: MaxUnits, state: PricingState): readonly DiscountedUnits[] => {
  if (maxUnits.per === 'line') return lines.map((line) => ({ line, units: Math.min(line.line.quantity, maxUnits.count) }))
  let left = maxUnits.count
  return inPickOrder(lines, maxUnits.pick, state).map((line) => {
    const units = Math.min(left, line.line.quantity)
    left -= units
    return { line, units }
  })
}

/** The same without lines of which no piece takes part. */
export const touchedUnits = (state: PricingState, select: Filter | undefined, maxUnits: MaxUnits | undefined): readonly DiscountedUnits[] => {
  const units = discountedUnits(state, select, maxUnits)
  return units.every((one) => one.units > 0) ? units : units.filter((one) => one.units > 0)
}

const withAllUnits = (line: LineState): DiscountedUnits => ({ line, units: line.line.quantity })

/** The price of `units` pieces of a line: as listed, or the same part of what is left to pay. */
export const priceOfUnits = (line: LineState, units: number, base: 'list' | 'current'): Rational => {
  if (base === 'list') return multiply(line.unit, units)
  return units === line.line.quantity ? line.rest : divide(multiply(line.rest, units), line.line.quantity)
}

/** How much cheaper a line may still become. */
export const roomOf = (line: LineState, state: PricingState): Rational => {
  const minimum = state.policies.minPrice ? multiply(rational(line.line.minUnitPriceMinor ?? 0), line.line.quantity) : 0
  return maxOf(subtract(line.rest, minimum), 0)
}

/** Dearest first by unit price × quantity²: a shop that multiplies a line price by the quantity once more. */
const byLineSquared = (a: LineState, b: LineState): number => compare(lineSquared(b), lineSquared(a))
const lineSquared = (line: LineState): Rational => multiply(line.base, line.line.quantity)

const inItemOrder = (lines: readonly LineState[], order: Policies['itemOrder']): readonly LineState[] => {
  if (order === 'dearestUnit') return [...lines].sort((a, b) => compare(b.unit, a.unit))
  return order === 'dearestLineSquared' ? [...lines].sort(byLineSquared) : lines
}

/** Which lines have their turn first where pieces are limited over the whole basket. */
export const inPickOrder = (lines: readonly LineState[], pick: MaxUnits['pick'], state: PricingState): readonly LineState[] => {
  const priceOf = ({ unit, line }: LineState): Rational => listedToBasis(unit, line.taxCategory, state.policies.cheapestBy ?? 'list', state)
  if (pick === 'cheapest') return [...lines].sort((a, b) => compare(priceOf(a), priceOf(b)))
  return pick === 'dearestLineSquared' ? [...lines].sort(byLineSquared) : lines
}

