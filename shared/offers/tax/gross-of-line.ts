/** A line's price with tax. */
import { add, round, type Rational } from '../../kernel/rational.ts'
import type { PricingContext } from '../pricing-context.ts'
import { taxOf } from './tax-of.ts'
import { taxRateOf } from './tax-rate.ts'

/** Rounded once per line, half up; an untaxed or tax-included amount is its own gross. */
export const grossOfLine = (amount: Rational, category: string | undefined, context: PricingContext): Rational => {
  const rate = taxRateOf(category, context)
  return !rate || rate.included ? amount : round(add(amount, taxOf(amount, rate)), 'halfUp')
}
