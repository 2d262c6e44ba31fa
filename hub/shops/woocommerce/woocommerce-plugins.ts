/** Plugins of the shop that are known to work on prices: what they do is in no interface. */
import type { WooSystem } from './woocommerce-replies.ts'

/** By a part of their folder's name. */
const PRICING: readonly (readonly [RegExp, string])[] = [
  [/dynamic-pricing|discount-rules|pricing-rules|advanced-coupons|flycart|pricing-deals|conditional-discount/, 'it reduces articles or baskets by rules of its own'],
  [/smart-coupons|store-credit|gift-?card|gift-?certificate/, 'it makes coupons and credit of its own'],
  [/bundle|composite|mix-and-match|chained-products|buy-one-get-one|bogo/, 'it prices articles that are sold together'],
  [/wholesale|role-based|b2b|customer-specific|membership|points-and-rewards|loyalty/, 'it has prices for some customers only'],
  [/measurement-price|price-per-unit-calculator|name-your-price|product-addons|product-add-ons/, 'it works prices out of what shoppers enter'],
  [/multi-?currency|currency-switcher|price-based-country/, 'it has other prices in other countries'],
  [/extra-fee|additional-fee|payment-gateway-based-fee|conditional-fee/, 'it adds fees to the basket'],
]

export type PricingPlugin = { readonly id: string; readonly name: string; readonly why: string }

/** Order  as the shop lists them. */
export const pricingPlugins = (system: WooSystem | null): readonly PricingPlugin[] =>
  (system?.active_plugins ?? []).flatMap(({ plugin, name }) => {
    const slug = (plugin.split('/')[0] ?? '').toLowerCase().replace(/\.php$/, '')
    const known = PRICING.find(([pattern]) => pattern.test(slug))
    return known ? [{ id: `plugin:${slug}`.replace(/[^a-z0-9:._-]/g, '-').slice(0, 80), name: name === '' ? slug : name, why: `the plugin "${slug}": ${known[1]}, which no interface tells` }] : []
  })
