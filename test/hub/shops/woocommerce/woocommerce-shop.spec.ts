import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { isAble, type Able, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { connectShop } from '#hub/connect-shop.ts'
import { wooShop } from '#hub/shops/woocommerce/woocommerce-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import { candidatesOf, freshNumbers } from '#hub/use-cases/shops/draft-shop.ts'
import { askShop, judgeProbe, type Probe } from '#hub/use-cases/parity/probe-shop.ts'
import { millis } from '#shared/kernel/time.ts'
import { CONSUMER, startRecordedShop, type RecordedShop, type ShopTerms } from '../../../contract/shops/woocommerce/recorded-shop.ts'
import { NOTED, PLAIN_COUPON, PLAIN_PRODUCT, worldOf, type World } from '../../../contract/shops/woocommerce/world.ts'

const SECRET = 'secret of the webhooks'
const QUICK = { timeoutMs: 1000, maxBytes: 2_000_000, tries: 1, waitMs: 1, maxWaitMs: 1 } as const
const SMALL = worldOf(NOTED.filter(({ id }) => ['plain-one/gross', 'cart-10/gross'].includes(id)), null)
const running: RecordedShop[] = []
afterEach(async () => {
  for (const shop of running.splice(0)) await shop.close()
})

const open = async (terms: Partial<ShopTerms> = {}, more: Partial<Parameters<typeof wooShop>[0]> = {}): Promise<{ readonly shop: WebShop; readonly server: RecordedShop }> => {
  const server = await startRecordedShop({ world: SMALL, ...terms })
  running.push(server)
  return { server, shop: wooShop({ url: server.url, consumerKey: CONSUMER.key, consumerSecret: CONSUMER.secret, webhookSecret: SECRET, checkoutPage: null, pageSize: 50, ...more }, fetchDoor(QUICK)) }
}
const need = <T>(able: Able<T>): T => {
  if (isAble(able)) return able
  throw new Error(JSON.stringify(able))
}
const read = async (shop: WebShop): Promise<ShopSnapshot> => {
  const said = await need(shop.read)()
  if (!said.ok) throw new Error(JSON.stringify(said.error))
  return said.value
}
const compare = async (world: World): Promise<Probe> => {
  const { shop } = await open({ world })
  const drafts = candidatesOf(await read(shop), {}, { numberOf: freshNumbers(), at: millis(Date.now()) })
  if (!drafts.ok) throw new Error(drafts.error.why)
  return judgeProbe(await askShop(world.baskets, drafts.value[0], need(shop.quote)), drafts.value, millis(Date.now()))
}

describe('free delivery of a WooCommerce shop is what the records say', () => {
  it.each([
    ['by a code', { requires: 'coupon' }, 'free-shipping-coupon/gross'],
    ['from an amount on, after discounts', { requires: 'min_amount', minAmount: 8000 }, 'free-shipping-lost-by-coupon/gross'],
    ['from an amount on, before discounts', { requires: 'min_amount', minAmount: 8000, ignoreDiscounts: true }, 'free-shipping-ignoring-coupon/gross'],
  ])('%s', async (_, free, named) => {
    const delivered = NOTED.filter(({ shipping, roundAtSubtotal }) => shipping && !roundAtSubtotal)
    const world = worldOf(delivered, free)
    expect(world.answers.map(({ noted }) => noted.id)).toContain(named)
    expect(await compare(world)).toMatchObject({ total: world.baskets.length, equal: world.baskets.length, differences: [] })
  })
})

describe('a WooCommerce shop is read', () => {
  const snapshotWith = async (terms: Partial<ShopTerms>): Promise<ShopSnapshot> => read((await open(terms)).shop)
  const CATEGORIES: World = { ...SMALL, categories: new Map([['Garten', 3]]) }

  it('with variants as articles of their own, and coupons of their product', async () => {
    const shirt = { ...PLAIN_PRODUCT, id: 7001, sku: 'SHIRT', name: 'Hemd &amp; Hose', type: 'variable', attributes: [{ name: 'Größe', variation: true }], categories: [{ id: 3 }], variations: [7002, 7003] }
    const variant = (id: number, option: string, more: object = {}) => ({ ...PLAIN_PRODUCT, id, sku: `SHIRT-${option}`, tax_class: 'parent', price: '19.99', attributes: [{ name: 'Größe', option }], ...more })
    const { articles, translated } = await snapshotWith({
      world: CATEGORIES, products: [shirt], variations: { 7001: [variant(7002, 'M', { on_sale: true, manage_stock: true, stock_quantity: 4 }), variant(7003, 'L', { stock_status: 'outofstock' })] },
      coupons: [{ ...PLAIN_COUPON, id: 8001, code: 'Shirts', discount_type: 'percent', amount: '10.00', product_ids: [7001], exclude_sale_items: true }],
    })
    expect(articles.filter(({ key }) => key.startsWith('700'))).toEqual([
      { sku: 'SHIRT-M', key: '7002', product: '7002', name: { de: 'Hemd & Hose – M' }, category: '3', taxons: ['3', 'on-sale'], priceMinor: 1999, taxPercent: 19, ean: '', stock: 4 },
      { sku: 'SHIRT-L', key: '7003', product: '7003', name: { de: 'Hemd & Hose – L' }, category: '3', taxons: ['3'], priceMinor: 1999, taxPercent: 19, ean: '', stock: 0 },
    ])
    expect(translated.offers.find(({ id }) => String(id) === '8001')).toMatchObject({ trigger: { codes: ['shirts'] }, effects: [{ type: 'orderDiscount', select: { products: ['7001', '7002', '7003'], notTaxons: ['on-sale'] } }] })
  })
  it('with what its settings say about calculating', async () => {
    const { dialects } = await snapshotWith({ settings: { woocommerce_calc_discounts_sequentially: 'yes', woocommerce_tax_round_at_subtotal: 'yes' } })
    expect(dialects).toMatchObject([{ name: 'woocommerce-10-subtotal-tax-sequential', policies: { tax: 'wooSubtotal', sequential: true, exclusive: 'firstCodeOnly' } }])
  })
  it('with delivery that follows the tax of the articles left to the shop, where these differ', async () => {
    const deliveryOf = async (world: World) => (await snapshotWith({ world, settings: { woocommerce_shipping_tax_class: 'inherit' } })).deliveries[0]
    expect(await deliveryOf(SMALL)).toMatchObject({ priceMinor: null, why: 'its tax follows the articles in the basket, or depends on more than the country' })
    expect(await deliveryOf(worldOf(NOTED.filter(({ id }) => id === 'plain-one/gross'), null))).toMatchObject({ priceMinor: 583, taxPercent: 19 })
  })
  it('without codes where it has switched them off', async () => {
    expect((await snapshotWith({ settings: { woocommerce_enable_coupons: 'no' } })).promotions.map(({ enabled }) => enabled)).toEqual([false])
  })
  it('though the key may not see its plugins, and says so', async () => {
    const { leftOut } = await snapshotWith({ before: only('/system_status', (response) => response.writeHead(403).end('{"code":"woocommerce_rest_cannot_view","message":"no"}')) })
    expect(leftOut).toEqual([{ what: 'plugins', why: 'this key may not see which ones work on prices; only comparing baskets shows it' }])
  })
})

const only = (path: string, answer: (response: ServerResponse) => unknown) => (request: IncomingMessage, response: ServerResponse): boolean => {
  if (!request.url?.includes(path)) return false
  answer(response)
  return true
}

describe('trouble with a WooCommerce shop is told', () => {
  it.each([
    ['in maintenance', only('/wp-json', (response) => response.writeHead(503, { 'retry-after': '600', 'content-type': 'text/html' }).end('Briefly unavailable for scheduled maintenance.')), { type: 'Unreachable', why: 'it answered 503' }],
    ['whose plugin writes into the answer', only('/coupons', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<br />\n<b>Warning</b>: Undefined array key in /plugin.php\n[]')), { type: 'Nonsense', why: 'its answer is no JSON: a plugin or theme writes into it, or this is no address of a shop' }],
    ['without WooCommerce', only('/wc/v3', (response) => response.writeHead(404).end('{"code":"rest_no_route","message":"No route was found","data":{"status":404}}')), { type: 'Nonsense', why: 'it has no such interface: WooCommerce is not active there, or too old' }],
    ['that is asked too often', only('/products', (response) => response.writeHead(429, { 'retry-after': '30' }).end('{}')), { type: 'RateLimited', retryAfterMs: 30_000 }],
    ['whose proxy takes the number of pages away', only('/taxes', (response) => response.writeHead(200).end('[]')), { type: 'Nonsense', why: 'it does not tell how many records there are (X-WP-Total)' }],
    ['whose list grows while it is read', only('/coupons', (response) => response.writeHead(200, { 'x-wp-total': '3', 'x-wp-totalpages': '1' }).end('[]')), { type: 'Unreachable', why: 'its lists changed while they were read' }],
    ['with a field of another kind', only('/categories', (response) => response.writeHead(200, { 'x-wp-total': '1', 'x-wp-totalpages': '1' }).end('[{"id":"1","name":"A","parent":0}]')), { type: 'Nonsense', why: '0.id: Invalid type: Expected number but received "1"' }],
  ] as const)('%s', async (_, before, error) => {
    expect(await need((await open({ before })).shop.read)()).toEqual({ ok: false, error })
  })
  it('a wrong key', async () => {
    expect(await need((await open({}, { consumerSecret: 'cs_old' })).shop.read)()).toEqual({ ok: false, error: { type: 'Refused', why: 'it answered 401' } })
  })
  it('prices without cents', async () => {
    expect(await need((await open({ settings: { woocommerce_price_num_decimals: '0' } })).shop.read)()).toMatchObject({ ok: false, error: { type: 'Refused' } })
  })
  it('a byte order mark before the answer is none', async () => {
    const before = only('/taxes', (response) => response.writeHead(200, { 'x-wp-total': '0', 'x-wp-totalpages': '0' }).end('\uFEFF[]'))
    expect(await need((await open({ before })).shop.read)()).toMatchObject({ ok: true })
  })
})

describe('the way into its checkout', () => {
  const ORIGIN = { store: 'store-1', device: 'kiosk-1', handoff: '0123456789abcdef' }
  const CART = { lines: [{ key: '101', quantity: 2 }], codes: [], delivery: null }

  it('is its link, with the code and where it came from', async () => {
    const { shop, server } = await open()
    expect(await need(shop.openCheckout)({ ...CART, codes: ['A B&C'] }, ORIGIN)).toEqual({ ok: true, value: { url: `${server.url}/checkout-link/?products=101:2&coupon=A+B%26C&utm_source=kiosk&utm_medium=store-1&utm_content=kiosk-1&utm_id=0123456789abcdef`, leaves: ['delivery'] } })
    expect(server.asked()).toBe(0)
  })
  it('is a cart that was filled, where there are several codes', async () => {
    const { shop, server } = await open({}, { checkoutPage: 'https://shop.example/kasse/' })
    await read(shop)
    const { lines, codes } = SMALL.answers.find((one) => one.codes.length > 0)!
    const said = await need(shop.openCheckout)({ lines: lines.map(({ id, quantity }) => ({ key: String(id), quantity })), codes: [...codes, 'nope'], delivery: null }, ORIGIN)
    const url = new URL(said.ok ? said.value.url : '')
    expect([url.origin + url.pathname, url.searchParams.get('utm_id')]).toEqual(['https://shop.example/kasse/', '0123456789abcdef'])
    expect(server.carts.get(url.searchParams.get('session')!)).toMatchObject({ lines, codes })
  })
  it('leaves nothing in carts that were only asked for a price', async () => {
    const { shop, server } = await open()
    await need(shop.quote)({ ...CART, lines: [{ key: '101', quantity: 1 }] })
    expect([...server.carts.values()].map(({ lines }) => lines)).toEqual([[]])
  })
})

describe('its orders', () => {
  const order = (id: number, at: string, status: string, utm: { readonly [name: string]: string } = { utm_source: 'kiosk', utm_id: 'handoff-1' }) => ({ id, number: `W${id}`, status, total: '19.99', currency: 'EUR', date_created_gmt: '2026-11-20T10:00:00', date_modified_gmt: at, meta_data: Object.entries(utm).map(([name, value]) => ({ id: 1, key: `_wc_order_attribution_${name}`, value })) })

  it('come back with their hand-off; those of others, and those not placed yet, do not', async () => {
    const orders = [order(1, '2026-11-20T10:01:00', 'processing'), order(2, '2026-11-20T10:02:00', 'cancelled'), order(3, '2026-11-20T10:03:00', 'pending'), order(4, '2026-11-20T10:04:00', 'processing', { utm_source: 'newsletter', utm_id: 'x' }), order(5, '2026-11-20T10:05:00', 'completed', {})]
    const { shop } = await open({ orders })
    const all = await need(shop.ordersSince)(null)
    expect(all).toEqual({ ok: true, value: { cursor: '2026-11-20T10:05:00Z', orders: [
      { number: 'W1', placedAt: Date.parse('2026-11-20T10:00:00Z'), handoff: 'handoff-1', totalMinor: 1999, state: 'placed' },
      { number: 'W2', placedAt: Date.parse('2026-11-20T10:00:00Z'), handoff: 'handoff-1', totalMinor: 1999, state: 'cancelled' },
    ] } })
  })
  it('are asked for from a minute before what was seen, so that none is missed', async () => {
    const asked: (string | null)[] = []
    const before = (request: IncomingMessage): boolean => {
      asked.push(new URL(request.url!, 'http://x').searchParams.get('modified_after'))
      return false
    }
    const { shop } = await open({ before, orders: [order(1, '2026-11-20T10:01:00', 'processing')] })
    expect(await need(shop.ordersSince)('2026-11-20T10:01:30Z')).toMatchObject({ ok: true, value: { orders: [{ number: 'W1' }], cursor: '2026-11-20T10:01:30Z' } })
    expect(asked).toEqual(['2026-11-20T10:00:30'])
  })
})

describe('its calls', () => {
  const verdict = async (body: string, headers: Record<string, string>) => need((await open()).shop.checkWebhook)({ headers, body: new TextEncoder().encode(body) })
  const sign = (body: string, secret = SECRET): string => createHmac('sha256', secret).update(body).digest('base64')
  it.each([
    ['a coupon', 'coupon.deleted', 'changed'],
    ['a product', 'product.updated', 'changed'],
    ['an order', 'order.created', 'nothing'],
    ['nothing known', '', 'nothing'],
  ] as const)('signed, about %s', async (_, topic, due) => {
    expect(await verdict('{"id":1}', { 'x-wc-webhook-signature': sign('{"id":1}'), 'x-wc-webhook-topic': topic })).toBe(due)
  })
  it('with the signature of an example that was worked out elsewhere', async () => {
    const shop = wooShop({ url: 'https://shop.example', consumerKey: 'k', consumerSecret: 's', webhookSecret: 'key', checkoutPage: null }, fetchDoor())
    // The well-known HMAC-SHA256 of this sentence under "key".
    const signature = Buffer.from('f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8', 'hex').toString('base64')
    const call = { headers: { 'x-wc-webhook-signature': signature, 'x-wc-webhook-topic': 'product.created' }, body: new TextEncoder().encode('The quick brown fox jumps over the lazy dog') }
    expect(await need(shop.checkWebhook)(call)).toBe('changed')
  })
  it('unsigned are forged, but for the one that only tries the address', async () => {
    expect([await verdict('{"id":1}', {}), await verdict('webhook_id=12', {}), await verdict('webhook_id=12&x=1', {}), await verdict('{}', { 'x-wc-webhook-signature': sign('{}', 'other') })]).toEqual(['forged', 'nothing', 'forged', 'forged'])
  })
  it('cannot be told from others without the secret', () => {
    expect(wooShop({ url: 'https://shop.example', consumerKey: 'k', consumerSecret: 's', webhookSecret: null, checkoutPage: null }, fetchDoor()).checkWebhook).toHaveProperty('unable')
  })
})

describe('a store is connected to it', () => {
  const access = { name: 'woocommerce', url: 'https://shop.example', secret: { user: 'ck', password: 'cs' }, options: {} }
  it('by key and secret', () => {
    expect(connectShop({ ...access, webhookSecret: 'shh', options: { 'checkout-page': 'https://shop.example/kasse/' } }, fetchDoor())).toMatchObject({ ok: true, value: { name: 'woocommerce', checkWebhook: expect.any(Function) } })
  })
  it.each([
    ['without', { ...access, secret: null }, 'SHOP_USER (a consumer key) and SHOP_PASSWORD (its consumer secret) are missing'],
    ['with one key only', { ...access, secret: { key: 'ck' } }, 'SHOP_USER (a consumer key) and SHOP_PASSWORD (its consumer secret) are missing'],
    ['with a page that is none', { ...access, options: { 'checkout-page': 'kasse' } }, '--shop-option checkout-page: "kasse" is no address'],
  ])('not %s', (_, wrong, error) => {
    expect(connectShop(wrong, fetchDoor())).toEqual({ ok: false, error })
  })
})
