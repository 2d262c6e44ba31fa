/** Tax in or on an amount. */
import { add, divide, multiply, percentOf, type Rational } from '../../kernel/rational.ts'
import type { TaxRate } from './tax-rate.ts'

/** Exact tax: the part of `amount` that is tax if included, otherwise what comes on top. */
export const taxOf = (amount: Rational, { percent, included }: TaxRate): Rational =>
  included ? divide(multiply(amount, percent), add(100, percent)) : percentOf(amount, percent)
