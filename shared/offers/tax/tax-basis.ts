/** Amounts of lines with or without tax, whatever way they are listed. */
import { add, round, subtract, sumOf, type Rational } from '../../kernel/rational.ts'
import type { TaxBasis } from '../offer.ts'
import type { LineState, PricingState } from '../pricing-state.ts'
import { taxOf } from './tax-of.ts'
import { DEFAULT_TAX_CATEGORY, taxRateOf, type TaxRate } from './tax-rate.ts'

/** A listed amount in another basis, exactly. */
export const listedToBasis = (amount: Rational, category: string | undefined, basis: TaxBasis, { context }: PricingState): Rational => {
  const rate = taxRateOf(category, context)
  if (!rate || basis === 'list' || (basis === 'gross') === rate.included) return amount
  return rate.included ? subtract(amount, taxOf(amount, rate)) : add(amount, taxOf(amount, rate))
}

/** The way back. */
export const basisToListed = (amount: Rational, category: string | undefined, basis: TaxBasis, { context }: PricingState): Rational => {
  const rate = taxRateOf(category, context)
  if (!rate || basis === 'list' || (basis === 'gross') === rate.included) return amount
  return rate.included ? add(amount, taxOf(amount, { ...rate, included: false })) : subtract(amount, taxOf(amount, { ...rate, included: true }))
}

/** Sum of lines in a basis. Each is rounded once, half up, unless the shop rounds nothing; where tax is made per rate, so is it here. */
export const sumInBasis = (lines: readonly LineState[], amountOf: (line: LineState) => Rational, basis: TaxBasis, state: PricingState): Rational => {
  if (basis === 'list' || !state.context.tax) {
    let sum: Rational = 0
    for (const line of lines) sum = add(sum, amountOf(line))
    return sum
  }
  const mode = state.policies.percentRound?.mode === 'none' ? 'none' : 'halfUp'
  const told = (line: LineState, basis: TaxBasis): Rational => {
    const listed = amountOf(line)
    const amount = listedToBasis(listed, line.line.taxCategory, basis, state)
    return amount === listed ? listed : round(amount, mode)
  }
  if (basis !== 'gross' || (state.context.tax.calc ?? state.policies.tax) !== 'perRate') return sumOf(lines.map((line) => told(line, basis)))
  const nets = lines.map((line) => ({ category: line.line.taxCategory, net: told(line, 'net') }))
  return add(sumOf(nets.map(({ net }) => net)), sumOf(taxPerRate(nets, state).map(({ tax }) => tax)))
}

/** Tax on top of the nets of one category, rounded half up. */
type RateTax = { readonly category: string; readonly rate: TaxRate; readonly net: Rational; readonly tax: Rational }

/** Order  by first occurrence. Categories that bear no tax are left out. */
export const taxPerRate = (nets: readonly { readonly category: string | undefined; readonly net: Rational }[], { context }: PricingState): readonly RateTax[] => {
  const sums = new Map<string, Rational>()
  for (const { category = DEFAULT_TAX_CATEGORY, net } of nets) sums.set(category, add(sums.get(category) ?? 0, net))
  return [...sums].flatMap(([category, net]) => {
    const rate = taxRateOf(category, context)
    return rate ? [{ category, rate, net, tax: round(taxOf(net, { ...rate, included: false }), 'halfUp') }] : []
  })
}
