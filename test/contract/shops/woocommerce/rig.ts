/** The recorded shop as a rig of the acceptance suite: beside the recorded carts it has what no device can compute. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { wooShop } from '#hub/shops/woocommerce/woocommerce-shop.ts'
import type { ShopRig } from '../shop-acceptance.ts'
import { cartRecord } from './recorded-cart.ts'
import { CONSUMER, startRecordedShop, type OrderRecord, type RecordedShop } from './recorded-shop.ts'
import { PLAIN_COUPON, PLAIN_PRODUCT, type World } from './world.ts'

/** Not sold to a kiosk, each for another reason; the variable product has one variant that is, and one that is open. */
const PRODUCTS = [
  { ...PLAIN_PRODUCT, id: 9001, sku: 'BUNDLE', name: 'Set aus drei', type: 'bundle' },
  { ...PLAIN_PRODUCT, id: 9002, sku: 'VOUCHER', name: 'Gutschein', virtual: true },
  { ...PLAIN_PRODUCT, id: 9003, sku: 'ONE', name: 'Einzelstück', sold_individually: true },
  { ...PLAIN_PRODUCT, id: 9004, sku: 'GONE', name: 'Unverkäuflich', purchasable: false },
  { ...PLAIN_PRODUCT, id: 9005, sku: 'SHIRT', name: 'Hemd', type: 'variable', attributes: [{ name: 'Größe', variation: true }, { name: 'Farbe', variation: true }], variations: [9006, 9007] },
]
const SIZE = { name: 'Größe', option: 'M' }
const VARIATIONS = {
  9005: [
    { ...PLAIN_PRODUCT, id: 9006, sku: 'SHIRT-M-BLUE', attributes: [SIZE, { name: 'Farbe', option: 'Blau' }] },
    { ...PLAIN_PRODUCT, id: 9007, sku: 'SHIRT-M-ANY', attributes: [SIZE] },
  ],
}
const COUPONS = [
  { ...PLAIN_COUPON, id: 8001, code: 'first-hundred', discount_type: 'percent', amount: '20.00', usage_limit: 100 },
  { ...PLAIN_COUPON, id: 8002, code: 'once-each', discount_type: 'percent', amount: '20.00', usage_limit_per_user: 1 },
  { ...PLAIN_COUPON, id: 8003, code: 'vip', discount_type: 'percent', amount: '20.00', email_restrictions: ['vip@example.test'] },
  { ...PLAIN_COUPON, id: 8004, code: 'subscriber', discount_type: 'recurring_percent', amount: '20.00' },
  { ...PLAIN_COUPON, id: 8005, code: 'two-pieces', discount_type: 'fixed_cart', amount: '2.00', limit_usage_to_x_items: 2 },
  { ...PLAIN_COUPON, id: 8006, code: 'switched-off', discount_type: 'percent', amount: '50.00', status: 'draft' },
]
const PLUGIN = 'woo-discount-rules'

export const recordedRig = async (world: World, dialect: string): Promise<ShopRig> => {
  const shop = await startRecordedShop({ world, products: PRODUCTS, variations: VARIATIONS, coupons: COUPONS, plugins: [PLUGIN, 'akismet'] })
  const isByAmount = world.free?.requires === 'min_amount'
  return {
    url: shop.url,
    at: (url, door) => wooShop({ url, consumerKey: CONSUMER.key, consumerSecret: CONSUMER.secret, webhookSecret: 'shh', checkoutPage: null, pageSize: 7 }, door),
    articles: world.products.size + PRODUCTS.length + 1,
    promotions: world.coupons.size + COUPONS.length + (isByAmount ? 1 : 0) + 1,
    notComputable: ['8001', '8002', '8003', '8004', '8005', `plugin:${PLUGIN}`],
    baskets: world.baskets,
    dialect,
    changePromotion: async () => shop.changeCoupon([...world.coupons.keys()][0]!, { amount: '11.00' }),
    readCheckout: async (url) => {
      const link = new URL(url)
      const page = link.pathname === '/checkout/' ? link : new URL((await fetch(link, { redirect: 'manual' })).headers.get('location')!, url)
      if (page.searchParams.get('utm_id') !== '0123456789abcdef' || page.searchParams.get('utm_source') !== 'kiosk') throw new Error(`the way to ${page.pathname} forgot where it came from`)
      return checkoutQuote((await (await fetch(`${shop.url}/wp-json/wc/store/v1/cart`, { headers: { 'cart-token': page.searchParams.get('session')! } })).json()) as never, world)
    },
    orders: orderRig(shop),
    stop: shop.close,
  }
}

/** A guest orders what is in the session of the checkout page; the shop keeps with it where the page was opened from. */
const orderRig = (shop: RecordedShop): NonNullable<ShopRig['orders']> => {
  const placed = new Map<string, OrderRecord>()
  const stamp = (): string => new Date().toISOString().slice(0, 19)
  return {
    order: async (url) => {
      const page = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!, url)
      const { totals } = (await (await fetch(`${shop.url}/wp-json/wc/store/v1/cart`, { headers: { 'cart-token': page.searchParams.get('session')! } })).json()) as CartJson
      const id = 3001 + placed.size
      const [total, number] = [Number(totals['total_price']), String(id)]
      const meta_data = ['utm_source', 'utm_medium', 'utm_content', 'utm_id'].map((name, i) => ({ id: i + 1, key: `_wc_order_attribution_${name}`, value: page.searchParams.get(name) }))
      placed.set(number, { id, number, status: 'processing', total: (total / 100).toFixed(2), currency: 'EUR', date_created_gmt: stamp(), date_modified_gmt: stamp(), meta_data: [...meta_data, { id: 9, key: '_wc_order_attribution_session_pages', value: 2 }] })
      shop.putOrder(placed.get(number)!)
      return { number, totalMinor: total }
    },
    cancel: async (number) => shop.putOrder({ ...placed.get(number)!, status: 'cancelled', date_modified_gmt: stamp() }),
  }
}

type CartJson = { readonly items: readonly { readonly id: number; readonly quantity: number; readonly totals: { readonly [name: string]: string } }[]; readonly coupons: readonly { readonly code: string; readonly totals: { readonly [name: string]: string } }[]; readonly totals: { readonly [name: string]: string } }

/** As a person adds up what stands there; the delivery that the shop chose by itself is not counted. */
const checkoutQuote = ({ items, coupons, totals }: CartJson & ReturnType<typeof cartRecord>, world: World): ShopQuote => {
  const sum = (of: { readonly [name: string]: string }, ...names: readonly string[]): number => names.reduce((all, name) => all + Number(of[name]), 0)
  const delivery = sum(totals, 'total_shipping', 'total_shipping_tax')
  return {
    lines: items.map((item) => ({ key: String(item.id), quantity: item.quantity, beforeMinor: sum(item.totals, 'line_subtotal', 'line_subtotal_tax'), totalMinor: sum(item.totals, 'line_total', 'line_total_tax') })),
    discounts: coupons.map((coupon) => ({ promotion: String([...world.coupons.values()].find((one) => one.code.toLowerCase() === coupon.code)!.id), minor: sum(coupon.totals, 'total_discount', 'total_discount_tax') })),
    deliveryMinor: 0,
    taxMinor: sum(totals, 'total_tax') - sum(totals, 'total_shipping_tax'),
    totalMinor: sum(totals, 'total_price') - delivery,
    refusedCodes: [],
  }
}
