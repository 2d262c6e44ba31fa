/** Basket and release as the price engine wants them. */
import type { Category, Product } from '../catalogue/product.ts'
import { oncePer } from '../offers/once.ts'
import type { PricingContext, PricingLine, PricingShipping } from '../offers/pricing-context.ts'
import type { Assortment } from './assortment.ts'
import type { Basket } from './basket.ts'
import type { QuoteFacts } from './quote.ts'

export type KnownLine = { readonly product: Product; readonly quantity: number }

/**
 * Everything the engine needs for these lines.
 * Order   lines by article number, however they were put in, because shares and ties follow the order and every surface must get the same cents.
 */
export const pricingContext = (lines: readonly KnownLine[], basket: Basket, assortment: Assortment, facts: QuoteFacts): PricingContext => {
  const { store } = assortment
  const sorted = [...lines].sort((a, b) => a.product.number - b.product.number)
  return {
    currency: store.currency,
    channel: facts.channel,
    store: store.id,
    country: store.country,
    now: new Date(Math.floor(facts.now / 1000) * 1000).toISOString(), // whole seconds, as hand-offs carry them
    timeZone: store.timeZone,
    ...(facts.customer && { customer: facts.customer }),
    couponCodes: basket.codes,
    taxonParents: taxonParents(assortment.categories),
    tax: { pricesIncludeTax: true, rates: ratesOf(assortment) },
    lines: sorted.map(pricingLineOf),
    shipping: lines.length === 0 ? [] : shippingOf(basket, assortment),
  }
}

export const SHIPPING_ID = 'delivery'

/** One line as the engine sees it. */
export const pricingLineOf = ({ product, quantity }: KnownLine): PricingLine => ({
  id: product.sku,
  sku: product.sku,
  product: product.sku,
  taxons: product.taxons,
  unitPriceMinor: product.priceCents,
  quantity,
  taxCategory: taxCategory(product.taxRateBps),
  reduced: isReduced(product),
})

/** Announced cheaper than the price before it. */
const isReduced = ({ priceHistory }: Product): boolean =>
  priceHistory.length > 1 && priceHistory[0]!.cents < priceHistory[1]!.cents

const shippingOf = (basket: Basket, { store }: Assortment): readonly PricingShipping[] =>
  store.shipping
    .filter((method) => method.id === basket.delivery)
    .map((method) => ({ id: SHIPPING_ID, method: method.id, amountMinor: method.priceCents, taxCategory: taxCategory(method.taxRateBps) }))

/** Each category with all its ancestors, nearest first; a circle in the data ends where it closes. */
export const taxonParents = oncePer((categories: readonly Category[]): { readonly [taxon: string]: readonly string[] } => {
  const parentOf = new Map(categories.map((category) => [category.id, category.parent]))
  const ancestors = (id: string): readonly string[] => {
    const chain: string[] = []
    for (let at = parentOf.get(id) ?? null; at !== null && !chain.includes(at); at = parentOf.get(at) ?? null) chain.push(at)
    return chain
  }
  return Object.fromEntries(categories.map(({ id }) => [id, ancestors(id)]))
})

const ratesOf = oncePer(({ products, store }: Assortment): { readonly [category: string]: string } =>
  Object.fromEntries([...new Set([...products, ...store.shipping].map(({ taxRateBps }) => taxRateBps))].map((bps) => [taxCategory(bps), percentOf(bps)])),
)

const taxCategory = (bps: number): string => `vat-${bps}`

/** 1 bps = 0.01 %, as an exact decimal: 1900 → "19", 1050 → "10.5". */
const percentOf = (bps: number): string => {
  const fraction = String(bps % 100).padStart(2, '0').replace(/0+$/, '')
  return `${Math.floor(bps / 100)}${fraction === '' ? '' : `.${fraction}`}`
}
