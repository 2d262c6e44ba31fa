/** A priced basket as it is told and charged: whole cents in every line, and every reduction at a line, also in shops that keep fractions or take order offers off the sum alone. */
import { rational, toNumber } from '../kernel/rational.ts'
import { largestRemainder } from '../offers/distribution/largest-remainder.ts'
import type { PricedBasket, PricedLine, PricedShipping, Reduction } from '../offers/priced-basket.ts'

/** The amounts that people see; those of the engine where it rounds and shares by itself. */
export type WholeAmounts = Pick<PricedBasket, 'totalMinor' | 'itemsMinor' | 'shippingMinor' | 'lines' | 'shipping'>

/**
 * Errors  none: what is charged is rounded half up, once, as such shops do at payment; lines and shares follow it by largest remainder, so that they add up.
 * Shape   each line: base less its reductions is its total, where base is whole.
 */
export const inWholeCents = (priced: PricedBasket): WholeAmounts => {
  if (priced.basketReductions.length === 0 && isWhole(priced)) return priced
  const totalMinor = Math.round(priced.totalMinor)
  const shipping = priced.shipping.map(wholeShipping)
  const shippingMinor = sum(shipping.map((one) => one.totalMinor))
  const itemsMinor = Number.isInteger(priced.itemsMinor) ? priced.itemsMinor : Math.max(0, totalMinor - shippingMinor)
  const totals = shared(itemsMinor, priced.lines.map((line) => line.totalMinor))
  return { totalMinor, itemsMinor, shippingMinor, shipping, lines: priced.lines.map((line, i) => wholeLine(line, totals[i]!, priced)) }
}

const isWhole = ({ totalMinor, itemsMinor, lines, shipping }: PricedBasket): boolean =>
  Number.isInteger(totalMinor) && Number.isInteger(itemsMinor) && lines.every((line) => Number.isInteger(line.totalMinor) && Number.isInteger(line.baseMinor) && line.reductions.every(isWholeAmount)) && shipping.every((one) => Number.isInteger(one.totalMinor) && one.reductions.every(isWholeAmount))

const isWholeAmount = ({ amountMinor }: Reduction): boolean => Number.isInteger(amountMinor)

const wholeLine = (line: PricedLine, totalMinor: number, { lines, basketReductions }: PricedBasket): PricedLine => {
  const all = lines.reduce((total, one) => total + one.totalMinor, 0)
  const ofBasket = all === 0 ? [] : basketReductions.map(({ offerId, amountMinor }) => ({ offerId, amountMinor: (amountMinor * line.totalMinor) / all }))
  const baseMinor = Math.round(line.baseMinor)
  const reductions = wholeReductions([...line.reductions, ...ofBasket], baseMinor - totalMinor)
  return { ...line, baseMinor, totalMinor, discountMinor: baseMinor - totalMinor, reductions }
}

const wholeShipping = (one: PricedShipping): PricedShipping => {
  const totalMinor = Math.round(one.totalMinor)
  return { ...one, totalMinor, discountMinor: one.amountMinor - totalMinor, reductions: wholeReductions(one.reductions, one.amountMinor - totalMinor) }
}

const wholeReductions = (reductions: readonly Reduction[], taken: number): readonly Reduction[] => {
  const amounts = shared(taken, reductions.map(({ amountMinor }) => amountMinor))
  return reductions.map(({ offerId }, i) => ({ offerId, amountMinor: amounts[i]! })).filter(({ amountMinor }) => amountMinor !== 0)
}

const shared = (whole: number, weights: readonly number[]): readonly number[] => largestRemainder(whole, weights.map((weight) => rational(weight))).map(toNumber)

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
