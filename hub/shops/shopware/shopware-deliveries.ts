/** Ways of delivery with one price for every basket; all others are chosen and paid in the shop. Pure. */
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { ShopDelivery } from '#hub/ports/web-shop/shop-snapshot.ts'
import { amountOf, taxOf, type PriceTerms } from './shopware-prices.ts'
import type { ProductRecord, ShippingRecord } from './shopware-replies.ts'
import { constantOf, ruleTree, type Why } from './shopware-rules.ts'
import { textsOf } from './shopware-texts.ts'

/** How a row of prices is applied: by pieces, by the worth of the cart, by weight, by volume. */
const BY = { quantity: 1, worth: 2 } as const

export const deliveryOf = (method: ShippingRecord, products: readonly ProductRecord[], rates: ReadonlySet<number>, terms: PriceTerms): ShopDelivery => {
  const told = { key: method.id, kind: /pick|abhol|collect/i.test(`${method.technicalName ?? ''} ${method.translated?.name ?? method.name ?? ''}`) ? ('pickup' as const) : ('home' as const), name: textsOf(method) }
  const price = priceOf(method, products, terms)
  if ('why' in price) return { ...told, priceMinor: null, taxPercent: 0, why: price.why }
  const tax = rateOf(method, rates, terms)
  return 'why' in tax ? { ...told, priceMinor: null, taxPercent: 0, why: tax.why } : { ...told, priceMinor: price.minor, taxPercent: tax.percent }
}

const priceOf = (method: ShippingRecord, products: readonly ProductRecord[], terms: PriceTerms): { readonly minor: number } | Why => {
  if (method.availabilityRuleId !== null && holds(method.availabilityRuleId, terms) !== true) return { why: 'who may have it is decided by a rule' }
  if (products.some(({ shippingFree }) => shippingFree === true)) return { why: 'articles that are delivered free of charge change its price' }
  const rows = method.prices.filter(({ ruleId }) => ruleId === null || holds(ruleId, terms) !== false)
  const [row] = rows
  if (!row || rows.length > 1) return { why: 'its price depends on the basket' }
  const isForAll = (row.quantityStart ?? 0) <= (row.calculation === BY.quantity ? 1 : 0) && row.quantityEnd === null && (row.calculation === BY.quantity || row.calculation === BY.worth)
  if (!isForAll || (row.ruleId !== null && holds(row.ruleId, terms) !== true) || (row.calculationRuleId !== null && holds(row.calculationRuleId, terms) !== true)) return { why: 'its price depends on the basket' }
  const listed = amountOf(row.currencyPrice, terms)
  const minor = listed === null ? null : minorOf(listed)
  return minor === null || minor < 0 ? { why: 'its price cannot be read' } : { minor }
}

const holds = (ruleId: string, { rules, world }: PriceTerms): boolean | null => {
  const rule = rules.find(({ id }) => id === ruleId)
  return rule ? constantOf(ruleTree(rule), world) : null
}

/** Unless it is fixed, its tax follows the articles of the cart, which is one rate only where they all have the same. */
const rateOf = ({ taxType, taxId }: ShippingRecord, rates: ReadonlySet<number>, terms: PriceTerms): { readonly percent: number } | Why => {
  if (taxType === 'fixed') return taxOf(taxId, terms)
  return rates.size === 1 ? { percent: [...rates][0]! } : { why: 'its rate of tax follows the articles of the cart; set a fixed one in the shop' }
}
