import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { namesOf, quoteOf } from '#hub/shops/shopify/shopify-cart.ts'
import { cartReply, discountsReply } from '#hub/shops/shopify/shopify-queries.ts'
import { shopifyShop, type ShopifyConfig } from '#hub/shops/shopify/shopify-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import * as v from 'valibot'
import { acceptOrders } from '../accept-orders.ts'
import { answerGraphql } from '../graphql-answer.ts'
import { acceptShop, type ShopRig } from '../shop-acceptance.ts'
import { PRICED } from './shopify-prices.ts'
import { ADMIN_TOKEN, startShopify, type ShopifyServer } from './shopify-server.ts'
import { DISCOUNTS, NOT_COMPUTABLE, VARIANTS } from './shopify-world.ts'

const CONFIG: Omit<ShopifyConfig, 'url'> = {
  adminToken: ADMIN_TOKEN,
  storefrontToken: null,
  wait: () => Promise.resolve(),
  country: 'DE',
  tax: { percent: 19, reduced: { percent: 7, collections: ['31', '33'] } },
  opens: 'cart',
  webhookSecret: null,
  // So that every list has several pages.
  pageSizes: { variants: 3, collections: 2, discounts: 4, orders: 1 },
}

const SKUS: { readonly [variant: string]: string } = { 101: 'KAFFEE', 102: 'TEE', 103: 'TASSE-BLAU', 104: 'TASSE-ROT', 105: 'id:105', 107: 'BROT' }
const BASKETS = PRICED.map(({ lines, codes }): Basket => ({ lines: lines.map(([variant, quantity]) => ({ sku: SKUS[variant]! as Sku, quantity })), codes, delivery: 'pickup' }))

const CART = `query($id:ID!){made:cart(id:$id){checkoutUrl discountCodes{code applicable} cost{totalAmount{amount currencyCode}} lines(first:250){nodes{quantity
  merchandise{...on ProductVariant{id}} cost{subtotalAmount{amount currencyCode}} discountAllocations(lineLevelOnly:false){kind:__typename
  discountedAmount{amount currencyCode} ...on CartAutomaticDiscountAllocation{title} ...on CartCodeDiscountAllocation{code}}} pageInfo{hasNextPage}}}}`

/** Follows the link to the checkout, as a phone does, and reads the cart that lies there. */
const readCheckout = async (url: string, lines: ShopQuote['lines'] = []): Promise<ShopQuote> => {
  const { origin } = new URL(url)
  const moved = await fetch(url, { redirect: 'manual' })
  const id = `gid://shopify/Cart/${/^\/checkouts\/cn\/(.+)$/.exec(moved.headers.get('location') ?? '')![1]!}?key=k`
  const said = await fetch(`${origin}/api/2026-07/graphql.json`, { method: 'POST', body: JSON.stringify({ query: CART, variables: { id } }) })
  const { data } = (await said.json()) as { readonly data: { readonly made: unknown } }
  const record = v.parse(cartReply, { made: { cart: data.made, userErrors: [], warnings: [] } }).made.cart!
  // Oldest line first, as they were added.
  const asked = lines.length > 0 ? lines : [...record.lines.nodes].reverse().map(({ merchandise, quantity }) => ({ key: merchandise.id!.split('/').at(-1)!, quantity }))
  const quote = quoteOf({ record, refusedCodes: [] }, asked, names())
  if (!quote.ok) throw new Error(JSON.stringify(quote.error))
  return quote.value
}

const names = () => {
  const query = 'query{page:discountNodes(first:100){nodes{id discount{kind:__typename ...on DiscountAutomaticBasic{title} ...on DiscountAutomaticBxgy{title} ...on DiscountCodeBasic{codes(first:10){nodes{code} pageInfo{hasNextPage}}}}} pageInfo{hasNextPage}}}'
  const list = { discountNodes: () => ({ nodes: DISCOUNTS, pageInfo: { hasNextPage: false } }) }
  return namesOf(v.parse(discountsReply, answerGraphql(query, {}, list).data).page.nodes)
}

const start = async (): Promise<ShopRig> => {
  const server = await startShopify()
  return {
    at: (url, door) => shopifyShop({ ...CONFIG, url }, door),
    url: server.url,
    // All but the draft.
    articles: VARIANTS.length - 1,
    promotions: DISCOUNTS.length,
    notComputable: NOT_COMPUTABLE,
    baskets: BASKETS,
    dialect: 'shopify',
    changePromotion: async () => server.changeDiscount(),
    readCheckout,
    stop: () => server.close(),
  }
}

acceptShop('a Shopify store', { start, baskets: BASKETS.length, able: ['quote', 'openCheckout'] })

describe('prices worked out with a pencil', () => {
  it.each(PRICED.map((one) => [one.lines.map(([variant, quantity]) => `${quantity} × ${variant}`).join(', '), one.codes.join(), one] as const))('%s %s add up', (_, __, { lines, off, total }) => {
    const cents = (variant: string): number => Math.round(Number(VARIANTS.find((one) => one['id'] === `gid://shopify/ProductVariant/${variant}`)!['price']) * 100)
    const before = lines.reduce((sum, [variant, quantity]) => sum + cents(variant) * quantity, 0)
    expect(before - Object.values(off).flat().reduce((sum, [, amount]) => sum + amount, 0)).toBe(total)
  })
})

describe('a Shopify store, beside its prices', () => {
  let server: ShopifyServer
  let shop: WebShop
  beforeAll(async () => {
    server = await startShopify()
    shop = shopifyShop({ ...CONFIG, url: server.url }, fetchDoor())
  })
  afterAll(() => server.close())
  const read = async (of = shop) => {
    const said = await (of.read as Extract<WebShop['read'], Function>)()
    if (!said.ok) throw new Error(JSON.stringify(said.error))
    return said.value
  }

  it('tells of each article its price in this market, its tax, its collections and its stock', async () => {
    const { articles, categories } = await read()
    expect(articles.map(({ sku, key, product, priceMinor, taxPercent, taxons, stock, ean }) => [sku, key, product, priceMinor, taxPercent, taxons, stock, ean])).toEqual([
      ['KAFFEE', '101', '11', 999, 7, ['collection:31'], 120, '4006381333931'],
      ['TEE', '102', '12', 449, 7, ['collection:31'], null, ''],
      ['TASSE-BLAU', '103', '13', 1200, 19, ['collection:32'], null, ''],
      ['TASSE-ROT', '104', '13', 1180, 19, ['collection:32'], null, ''],
      ['id:105', '105', '15', 695, 7, ['collection:33', 'collection:34', 'collection:35', 'collection:36', 'collection:37', 'collection:31'], null, ''],
      ['BROT', '107', '17', 320, 7, ['collection:33'], null, ''],
    ])
    expect(categories).toHaveLength(7)
  })
  it('leaves out what has no plain price per piece, and says why', async () => {
    expect((await read()).leftOut).toEqual([
      { what: 'Geschenkkarte', why: 'gift cards are sold in the web shop' },
      { what: 'Großpackung', why: 'its price depends on the number of pieces' },
      { what: 'Abo', why: 'it is sold as a subscription only' },
    ])
  })
  it('makes carts that say what they are for, and name no person', async () => {
    server.carts.length = 0
    const cart = { lines: [{ key: '101', quantity: 2 }], codes: [], delivery: null }
    await (shop.quote as Extract<WebShop['quote'], Function>)(cart)
    await (shop.openCheckout as Extract<WebShop['openCheckout'], Function>)(cart, { store: 'store-1', device: 'kiosk-1', handoff: 'h1' })
    expect(server.carts.map(({ attributes, country }) => [attributes, country])).toEqual([
      [[{ key: 'einklang_purpose', value: 'quote' }], 'DE'],
      [[{ key: 'einklang_store', value: 'store-1' }, { key: 'einklang_device', value: 'kiosk-1' }, { key: 'einklang_handoff', value: 'h1' }], 'DE'],
    ])
  })
  it('or opens its checkout by a link that anybody can write, without being asked', async () => {
    const link = shopifyShop({ ...CONFIG, url: `${server.url}/`, opens: 'buy' }, fetchDoor())
    const asked = server.asked.length
    expect(await (link.openCheckout as Extract<WebShop['openCheckout'], Function>)({ lines: [{ key: '101', quantity: 2 }, { key: '103', quantity: 1 }], codes: ['HERBST10'], delivery: null }, { store: 's', device: 'd', handoff: 'h' })).toEqual({
      ok: true,
      value: { url: `${server.url}/buy/101:2,103:1?discounts%2Fcodes%2F0=HERBST10&attribution%2Futm_source=kiosk&attribution%2Futm_medium=s&attribution%2Futm_content=d&attribution%2Futm_id=h`, leaves: ['delivery'] },
    })
    expect(server.asked.length).toBe(asked)
    expect(link.ordersSince).toEqual({ unable: 'an order that began with a link to /buy does not tell which link it was' })
  })
  it('does not let in whoever has no token', async () => {
    expect(await (shopifyShop({ ...CONFIG, url: server.url, adminToken: 'another' }, fetchDoor()).read as Extract<WebShop['read'], Function>)()).toEqual({ ok: false, error: { type: 'Refused', why: 'it answered 401' } })
  })
  it('is told where it answers in another version of its interface', async () => {
    server.version = '2027-01'
    expect(await (shop.read as Extract<WebShop['read'], Function>)()).toEqual({ ok: false, error: { type: 'Nonsense', why: 'it answers in version 2027-01 of its interface, asked for 2026-07' } })
    server.version = '2026-07'
  })
  it('is asked no faster than its points come back, and left alone where they do not', async () => {
    const waits: number[] = []
    const patient = (refill: boolean): WebShop => shopifyShop({ ...CONFIG, url: server.url, wait: (ms) => {
      waits.push(ms)
      if (refill) server.points!.available = Math.min(server.points!.most, server.points!.available + (ms / 1000) * server.points!.perSecond)
      return Promise.resolve()
    } }, fetchDoor())
    server.points = { available: 200, most: 1000, perSecond: 50 }
    await read(patient(true))
    // 200 − 120 leaves 80 of the 120 that the next one costs: 0.8 s, and then 2.4 s each.
    expect(waits.slice(0, 3)).toEqual([800, 2400, 2400])
    waits.length = 0
    server.points = { available: 0, most: 1000, perSecond: 50 }
    expect(await (patient(false).read as Extract<WebShop['read'], Function>)()).toEqual({ ok: false, error: { type: 'RateLimited', retryAfterMs: 2400 } })
    expect(waits).toEqual([2400, 2400, 2400])
    server.points = { available: 0, most: 1000, perSecond: 1 }
    waits.length = 0
    expect(await (patient(false).read as Extract<WebShop['read'], Function>)()).toEqual({ ok: false, error: { type: 'RateLimited', retryAfterMs: 120_000 } })
    expect(waits).toEqual([])
    server.points = null
  })
  it('returns orders that began as our baskets, each change once more', async () => {
    let at = Date.parse('2026-11-22T09:00:00Z')
    const ordered = shopifyShop({ ...CONFIG, url: server.url }, fetchDoor())
    server.orders.push({ name: '#1000', createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z', cancelledAt: null, attributes: { gift: 'yes' }, total: '5.0' })
    const later = (): string => new Date((at += 10 * 60_000)).toISOString()
    const order = async (): Promise<{ readonly number: string; readonly totalMinor: number }> => {
      const cart = server.carts.at(-1)!
      const name = `#${1001 + server.orders.length}`
      const now = later()
      server.orders.push({ name, createdAt: new Date().toISOString(), updatedAt: now, cancelledAt: null, attributes: Object.fromEntries(cart.attributes.map(({ key, value }) => [key, value])), total: '19.98' })
      return { number: name, totalMinor: 1998 }
    }
    const cancel = async (number: string): Promise<void> => {
      const i = server.orders.findIndex(({ name }) => name === number)
      const now = later()
      server.orders[i] = { ...server.orders[i]!, updatedAt: now, cancelledAt: now }
    }
    await acceptOrders(ordered, { order, cancel }, { lines: [{ key: '101', quantity: 2 }], codes: [], delivery: null }, { store: 's', device: 'd', handoff: '' })
  })
})
