/** What a value takes off a price. */
import { add, compare, maxOf, minOf, multiply, rational, roundedPercentOf, subtract, toNumber, type Rational, type RoundingMode } from '../kernel/rational.ts'
import type { SimpleValue, Value } from './offer.ts'

/** Quantities by which a tiered value climbs. */
export type TierFacts = { readonly lineAmount: Rational; readonly orderSubtotalInitial: Rational; readonly selectedQuantity: number }

type Schedule = Extract<Value, { schedule: unknown }>['schedule']
type Tiered = Extract<Value, { tiers: unknown }>

/**
 * The reduction of `base`, the price of `units` pieces; never below zero, never above `base`.
 * Units   minor units; only a percentage can need rounding.
 */
export const reductionOf = (value: SimpleValue, base: Rational, units: number, mode: RoundingMode): Rational => {
  if ('percent' in value) return minOf(roundedPercentOf(base, rational(value.percent), mode), base)
  if ('amountMinor' in value) return minOf(rational(value.amountMinor), base)
  const price = 'priceMinor' in value ? rational(value.priceMinor) : multiply(rational(value.unitPriceMinor), units)
  return maxOf(subtract(base, price), 0)
}

/**
 * A percentage of `units` pieces as binary floating point multiplies it, in the order of the shop's own code: piece × percent ÷ 100 × pieces.
 * Source  a product that lands beside a half is rounded to the other side; to charge the shop's cents one must land there too.
 */
export const doublePercentOf = (unit: Rational, percent: string, units: number): Rational => rational(toNumber(unit) * (Number(percent) / 100) * units)

/** The value in force: a tiered value becomes its highest reached tier. */
export const valueInForce = (value: Value, facts: () => TierFacts): SimpleValue | { readonly schedule: Schedule } =>
  'tiers' in value ? reachedTier(value, facts()) : value

/** First unit, following units, nothing beyond `maxUnits` (0 or none: no limit). */
export const scheduleAmount = ({ firstMinor, nextMinor, maxUnits }: Schedule, units: number): Rational => {
  const counted = maxUnits ? Math.min(units, maxUnits) : units
  return counted < 1 ? 0 : add(rational(firstMinor), multiply(rational(nextMinor), counted - 1))
}

/** The next tier above what is reached, if any. */
export const nextTier = (value: Value, facts: TierFacts): { readonly from: number; readonly by: Tiered['tiersBy'] } | null => {
  if (!('tiers' in value)) return null
  const reached = facts[value.tiersBy]
  const above = value.tiers.filter((tier) => compare(rational(tier.from), reached) > 0).sort((a, b) => a.from - b.from)[0]
  return above ? { from: above.from, by: value.tiersBy } : null
}

const reachedTier = (value: Tiered, facts: TierFacts): SimpleValue => {
  const reached = facts[value.tiersBy]
  const tiers = value.tiers.filter((tier) => compare(rational(tier.from), reached) <= 0).sort((a, b) => b.from - a.from)
  return tiers[0]?.value ?? value.base
}
