/** What whoever starts the hub tells of the shop, read; a sentence where it cannot be. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { ShopifyConfig } from './shopify-shop.ts'

export const SHOPIFY_OPTIONS = ['country', 'tax', 'reduced-tax', 'reduced-tax-collections', 'storefront-token', 'checkout'] as const

export type ShopifyOptions = Pick<ShopifyConfig, 'country' | 'tax' | 'storefrontToken' | 'opens'>

export const readOptions = (options: { readonly [name: string]: string }): Result<ShopifyOptions, string> => {
  const country = (options['country'] ?? 'DE').toUpperCase()
  if (!/^[A-Z]{2}$/.test(country)) return err(`--shop-option country: "${country}" is no country of two letters`)
  const percent = percentIn(options['tax'])
  if (percent === null) return err('--shop-option tax=19: the rate of tax is missing, and no interface of Shopify tells it')
  const reduced = reducedIn(options['reduced-tax'], options['reduced-tax-collections'])
  if (reduced === 'odd') return err('--shop-option reduced-tax=7 and reduced-tax-collections=ID,ID belong together')
  const opens = options['checkout'] ?? 'cart'
  if (opens !== 'cart' && opens !== 'buy') return err(`--shop-option checkout: "${opens}" is neither cart nor buy`)
  return ok({ country, tax: { percent, reduced }, storefrontToken: options['storefront-token'] ?? null, opens })
}

const percentIn = (text: string | undefined): number | null => (text !== undefined && /^\d{1,2}(\.\d{1,2})?$/.test(text) ? Number(text) : null)

const reducedIn = (tax: string | undefined, collections: string | undefined): ShopifyConfig['tax']['reduced'] | 'odd' => {
  if (tax === undefined && collections === undefined) return null
  const percent = percentIn(tax)
  const ids = (collections ?? '').split(',').map((one) => one.trim())
  return percent === null || ids.some((id) => !/^\d{1,20}$/.test(id)) ? 'odd' : { percent, collections: ids }
}
