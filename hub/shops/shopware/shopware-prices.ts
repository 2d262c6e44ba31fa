/** What one piece of an article costs every visitor, and at which rate of tax; where that depends on who asks or how many, nobody outside can tell. Pure. */
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { PriceRecord, ProductRecord, RuleRecord, TaxRecord } from './shopware-replies.ts'
import { constantOf, ruleTree, type RuleWorld, type Why } from './shopware-rules.ts'

export type PriceTerms = { readonly currency: string; readonly country: string; readonly gross: boolean; readonly rules: readonly RuleRecord[]; readonly taxes: readonly TaxRecord[]; readonly world: RuleWorld }

export const priceOf = (product: ProductRecord, terms: PriceTerms): { readonly minor: number } | Why => {
  const advanced = advancedPrice(product, terms)
  if (advanced !== null && 'why' in advanced) return advanced
  const listed = amountOf(advanced ?? product.price, terms)
  if (listed === null) return { why: 'it has no price in the currency of the sales channel' }
  const minor = minorOf(listed)
  return minor === null ? { why: `its price ${listed} has parts of a cent` } : { minor }
}

export const amountOf = (prices: readonly PriceRecord[], { currency, gross }: Pick<PriceTerms, 'currency' | 'gross'>): number | null => {
  const found = prices.find(({ currencyId }) => currencyId === currency)
  return found ? (gross ? found.gross : found.net) : null
}

/** Of the rules that hold, the one of the highest priority decides; null: the plain price holds. */
const advancedPrice = ({ prices }: ProductRecord, { rules, world }: PriceTerms): readonly PriceRecord[] | Why | null => {
  const named = new Set(prices.map(({ ruleId }) => ruleId))
  const inTurn = rules.filter(({ id }) => named.has(id)).sort((a, b) => b.priority - a.priority)
  if (inTurn.length < named.size) return { why: 'a rule of its prices cannot be read' }
  for (const rule of inTurn) {
    const holds = constantOf(ruleTree(rule), world)
    if (holds === null) return { why: `its price depends on the rule "${rule.name}"` }
    if (!holds) continue
    const rows = prices.filter(({ ruleId }) => ruleId === rule.id)
    return rows.length === 1 && rows[0]!.quantityStart <= 1 && rows[0]!.quantityEnd === null ? rows[0]!.price : { why: 'its price depends on the quantity' }
  }
  return null
}

/** Percent in the country of the sales channel. */
export const taxOf = (taxId: string | null, { country, taxes }: Pick<PriceTerms, 'country' | 'taxes'>): { readonly percent: number } | Why => {
  const tax = taxes.find(({ id }) => id === taxId)
  if (!tax) return { why: 'its rate of tax cannot be read' }
  const here = tax.rules.filter(({ countryId }) => countryId === country)
  if (here.length === 0) return { percent: tax.taxRate }
  const whole = here.find(({ type }) => type?.technicalName === 'entire_country')
  return whole && here.length === 1 ? { percent: whole.taxRate } : { why: 'its rate of tax depends on where it is delivered to' }
}
