/** Which tax a category bears. */
import { rational, type Rational } from '../../kernel/rational.ts'
import type { PricingContext } from '../pricing-context.ts'

/** `included`: prices contain the tax. */
export type TaxRate = { readonly percent: Rational; readonly included: boolean }

/** Category of lines that name none. */
export const DEFAULT_TAX_CATEGORY = 'standard'

/** Null if the category bears no tax here. */
export const taxRateOf = (category: string | undefined, context: PricingContext): TaxRate | null => {
  const rate = context.tax?.rates[category ?? DEFAULT_TAX_CATEGORY]
  if (rate === undefined) return null
  return typeof rate === 'string'
    ? { percent: rational(rate), included: context.tax!.pricesIncludeTax }
    : { percent: rational(rate.percent), included: rate.included }
}
