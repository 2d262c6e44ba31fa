/** Settings, taxes and deliveries of the recorded shop, in the shapes of its REST interface. */
import type { World } from './world.ts'

export const ADDRESS = { country: 'DE', state: 'DE-BE', postcode: '10115', city: 'Berlin' } as const

const rate = (id: number, percent: string, taxClass: string) => ({ id, country: 'DE', state: '', postcode: '', city: '', postcodes: [], cities: [], rate: percent, name: `VAT ${Number(percent)}`, priority: 1, compound: false, shipping: true, order: id, class: taxClass })
export const taxRecords = [rate(1, '19.0000', 'standard'), rate(2, '7.0000', 'reduced-rate'), rate(3, '0.0000', 'zero-rate'), { ...rate(4, '20.0000', 'standard'), country: 'AT' }]
export const classesRecord = [{ slug: 'standard', name: 'Standard' }, { slug: 'reduced-rate', name: 'Reduced rate' }, { slug: 'zero-rate', name: 'Zero rate' }]

type Setting = { readonly id: string; readonly value: unknown }

export const settingsRecords = ({ roundAtSubtotal }: World, changed: { readonly [id: string]: string } = {}): { readonly general: readonly Setting[]; readonly tax: readonly Setting[] } => {
  const all = (values: { readonly [id: string]: unknown }): readonly Setting[] => Object.entries(values).map(([id, value]) => ({ id, value: changed[id] ?? value }))
  return {
    general: all({ woocommerce_store_address: 'Ring 1', woocommerce_store_city: ADDRESS.city, woocommerce_default_country: `${ADDRESS.country}:${ADDRESS.state}`, woocommerce_store_postcode: ADDRESS.postcode, woocommerce_specific_allowed_countries: ['DE', 'AT'], woocommerce_calc_taxes: 'yes', woocommerce_enable_coupons: 'yes', woocommerce_calc_discounts_sequentially: 'no', woocommerce_currency: 'EUR', woocommerce_price_num_decimals: '2' }),
    tax: all({ woocommerce_prices_include_tax: 'yes', woocommerce_tax_based_on: 'shipping', woocommerce_shipping_tax_class: '', woocommerce_tax_round_at_subtotal: roundAtSubtotal ? 'yes' : 'no', woocommerce_tax_display_shop: 'incl', woocommerce_tax_display_cart: 'incl' }),
  }
}

const method = (instance_id: number, method_id: string, title: string, settings: { readonly [name: string]: string }) => ({ id: instance_id, instance_id, title, order: instance_id, enabled: true, method_id, method_title: title, settings: Object.keys(settings).length === 0 ? [] : Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { id: name, value }])) })

export const zoneRecords = ({ free }: World): { readonly [path: string]: unknown } => ({
  '/shipping/zones': [{ id: 0, name: 'Rest der Welt', order: 0 }, { id: 1, name: 'Deutschland', order: 1 }],
  '/shipping/zones/0/locations': [],
  '/shipping/zones/0/methods': [method(9, 'flat_rate', 'Ausland', { cost: '[qty] * 5', tax_status: 'taxable' })],
  '/shipping/zones/1/locations': [{ code: 'DE', type: 'country' }],
  '/shipping/zones/1/methods': [
    method(1, 'flat_rate', 'Paket', { title: 'Paket', tax_status: 'taxable', cost: '4,90', class_costs: '', no_class_cost: '', type: 'class' }),
    ...(free ? [method(2, 'free_shipping', 'Kostenloser Versand', { title: 'Kostenloser Versand', requires: free.requires, min_amount: ((free.minAmount ?? 0) / 100).toFixed(2), ignore_discounts: free.ignoreDiscounts ? 'yes' : 'no' })] : []),
    method(3, 'table_rate', 'Spedition', {}),
  ],
})

export const systemRecord = (plugins: readonly string[]): object => ({
  environment: { version: '10.5.0', language: 'de_DE' },
  active_plugins: [{ plugin: 'woocommerce/woocommerce.php', name: 'WooCommerce', version: '10.5.0' }, ...plugins.map((slug) => ({ plugin: `${slug}/${slug}.php`, name: slug, version: '1.0' }))],
})
