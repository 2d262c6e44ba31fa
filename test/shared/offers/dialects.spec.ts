import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { whyUnsupported } from '#shared/offers/unsupported.ts'

describe('dialects are data', () => {
  it('of our own shop and fourteen known ones, some in several ways', () => {
    expect(Object.keys(DIALECTS)).toEqual(['einklang', 'sylius', 'vendure', 'vendure-3', 'vendure-3-order-tax', 'vendure-2', 'medusa', 'medusa-2.18', 'woocommerce', 'woocommerce-10', 'shopware', 'saleor', 'spree', 'solidus', 'prestashop', 'magento', 'commercetools', 'commercetools-best-deal', 'shopify', 'shopify-pos', 'sfcc'])
  })
  it('each of which the engine can compute', () => {
    for (const policies of Object.values(DIALECTS)) expect(whyUnsupported([], policies, {})).toEqual([])
  })
  it('while a policy that nobody wrote is named, not guessed', () => {
    expect(whyUnsupported([], { distribute: 'byMoonlight' as never, tax: 'nowhere' as never }, {})).toEqual(['distribution byMoonlight', 'tax nowhere'])
  })
  it('and the engine itself asks for no shop by name, only for the values of policies', () => {
    const folder = new URL('../../../shared/offers/', import.meta.url)
    const shops = /\b(vendure|sylius|medusa|woocommerce|shopware|saleor|spree|solidus|prestashop|magento|commercetools|shopify|sfcc|einklang)\b/i
    const policyValues = /'(sylius-(lines|units|units-decimal)|vendure|shopware)'|\b(shopware|vendure):/g
    const naming = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && name !== 'dialects.ts')
      .filter((name) => shops.test(readFileSync(new URL(name, folder), 'utf8').replaceAll(policyValues, '')))
    expect(naming).toEqual([])
  })
})
