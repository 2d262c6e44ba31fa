import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { isAble, type Able } from '#hub/ports/web-shop/web-shop.ts'
import { shopwareShop } from '#hub/shops/shopware/shopware-shop.ts'
import { buyRoute } from '#hub/shops/shopware/storefront/buy-route.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { oddServer } from '../odd-server.ts'
import { acceptShop, type ShopRig } from '../shop-acceptance.ts'
import { PRICED } from './shopware-prices.ts'
import { CLIENT, startShopware, type ShopwareServer } from './shopware-server.ts'
import { ACCESS_KEY, BOOK, COFFEE, CUP, ids, NOT_COMPUTABLE, PLATE, POT, SHIRT, type Record_ } from './shopware-world.ts'

const SKUS: { readonly [key: string]: string } = { [POT]: 'SW-1', [COFFEE]: 'SW-2', [CUP]: 'SW-3', [PLATE]: 'SW-4', [BOOK]: 'SW-5', [SHIRT]: 'SW-61' }
/** Delivered and collected in turn; what comes off the delivery is always delivered. */
const BASKETS: readonly Basket[] = PRICED.map(({ lines, codes = [], delivery }, i) => ({ lines: lines.map(([key, quantity]) => ({ sku: SKUS[key] as Sku, quantity })), codes, delivery: delivery || i % 3 === 0 ? 'home' : 'pickup' }))

/** The example route in a server of its own. */
const startStorefront = async (shop: string): Promise<{ readonly url: string; stop(): void }> => {
  const server = createServer((request, response) => {
    const options = { shop, accessKey: ACCESS_KEY, cartPage: 'https://shop.example/cart', sessionHeaders: (token: string) => ({ 'set-cookie': `sw-context-token=${token}; Path=/; Secure; HttpOnly` }) }
    void buyRoute(new Request(`http://${request.headers.host}${request.url}`), options).then(async (answer) => response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** As the phone's browser: the cookie of the answer and where it leads. */
const follow = async (url: string): Promise<{ readonly token: string; readonly location: URL }> => {
  const answer = await fetch(url, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  return { token: /sw-context-token=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')![1]!, location: new URL(answer.headers.get('location')!) }
}
const storeApi = async (server: ShopwareServer, method: string, path: string, token: string, body?: object): Promise<Record_> => {
  const answer = await fetch(`${server.url}/store-api${path}`, { method, headers: { 'sw-access-key': ACCESS_KEY, 'sw-context-token': token, 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) })
  return (await answer.json()) as Record_
}

type Line = { readonly type: string; readonly referencedId: string; readonly quantity: number; readonly price: { readonly totalPrice: number; readonly calculatedTaxes: readonly { readonly tax: number }[] }; readonly payload: { readonly promotionId: string; readonly discountScope: string } }

/** Read by other code than the connector's. */
const readCheckout = async (server: ShopwareServer, url: string): Promise<ShopQuote> => {
  const { token } = await follow(url)
  const cart = await storeApi(server, 'GET', '/checkout/cart', token)
  const lines = cart['lineItems'] as readonly Line[]
  const cents = (euros: number): number => Math.round(euros * 100)
  const articles = lines.filter(({ type }) => type === 'product')
  const promotions = lines.filter(({ type, payload }) => type === 'promotion' && payload.discountScope !== 'delivery')
  return {
    lines: articles.map(({ referencedId, quantity, price }) => ({ key: referencedId, quantity, beforeMinor: cents(price.totalPrice), totalMinor: cents(price.totalPrice) })),
    discounts: promotions.map(({ payload, price }) => ({ promotion: payload.promotionId, minor: -cents(price.totalPrice) })),
    deliveryMinor: 0,
    taxMinor: cents([...articles, ...promotions].flatMap(({ price }) => price.calculatedTaxes).reduce((sum, { tax }) => sum + tax, 0)),
    totalMinor: cents([...articles, ...promotions].reduce((sum, { price }) => sum + price.totalPrice, 0)),
    refusedCodes: [],
  }
}

const start = async (): Promise<ShopRig> => {
  const server = await startShopware()
  const storefront = await startStorefront(server.url)
  return {
    url: server.url,
    at: (url, door) => shopwareShop({ url, ...CLIENT, salesChannel: null, storefront: `${storefront.url}/buy`, webhookSecret: null, pageSize: 5 }, door),
    articles: 10,
    promotions: 18,
    notComputable: NOT_COMPUTABLE,
    baskets: BASKETS,
    dialect: 'shopware',
    changePromotion: async () => {
      const promotions = server.world['promotion']!
      const at = promotions.findIndex(({ id }) => id === ids.ten)
      const [discount] = promotions[at]!['discounts'] as readonly Record_[]
      promotions[at] = { ...promotions[at], discounts: [{ ...discount, value: 11 }] }
    },
    readCheckout: (url) => readCheckout(server, url),
    orders: {
      order: async (url) => {
        const { token, location } = await follow(url)
        const placed = await storeApi(server, 'POST', '/checkout/order', token, { affiliateCode: location.searchParams.get('affiliateCode'), campaignCode: location.searchParams.get('campaignCode') })
        return { number: String(placed['orderNumber']), totalMinor: Math.round(Number(placed['amountTotal']) * 100) }
      },
      cancel: async (number) => server.cancel(number),
    },
    stop: async () => {
      storefront.stop()
      await server.stop()
    },
  }
}

acceptShop('Shopware 6, by its documentation', { start, baskets: PRICED.length, able: ['quote', 'openCheckout', 'ordersSince'] })

const need = <T>(capability: Able<T>): T => {
  if (isAble(capability)) return capability
  throw new Error(JSON.stringify(capability))
}
const withServer = async (test: (server: ShopwareServer) => Promise<void>): Promise<void> => {
  const server = await startShopware()
  try {
    await test(server)
  } finally {
    await server.stop()
  }
}
const QUICK = { timeoutMs: 2000, maxBytes: 2_000_000, tries: 2, waitMs: 1, maxWaitMs: 10 } as const
const shopOf = (server: ShopwareServer, more: Partial<Parameters<typeof shopwareShop>[0]> = {}): ReturnType<typeof shopwareShop> =>
  shopwareShop({ url: server.url, ...CLIENT, salesChannel: null, storefront: null, webhookSecret: null, pageSize: 7, ...more }, fetchDoor(QUICK))

describe('a Shopware shop', () => {
  it('is asked with one token until that has expired, then with another', () =>
    withServer(async (server) => {
      const shop = shopOf(server)
      expect([(await need(shop.read)()).ok, (await need(shop.read)()).ok, server.state.tokens]).toEqual([true, true, 1])
      server.expireTokens()
      expect([(await need(shop.read)()).ok, server.state.tokens]).toEqual([true, 2])
    }))
  it('does not let in who has another secret', () => withServer(async (server) => expect(await need(shopOf(server, { clientSecret: 'anders' }).read)()).toEqual({ ok: false, error: { type: 'Refused', why: 'it answered 401' } })))
  it('keeps no cart of a quote', () =>
    withServer(async (server) => {
      expect(await need(shopOf(server).quote)({ lines: [{ key: POT, quantity: 1 }], codes: ['NO-SUCH'], delivery: null })).toMatchObject({ ok: true, value: { refusedCodes: [{ code: 'NO-SUCH', why: 'promotion-not-found' }] } })
      expect(server.state.carts).toBe(0)
    }))
  it('takes in variants with their options, and tells what it leaves out', () =>
    withServer(async (server) => {
      const said = await need(shopOf(server).read)()
      if (!said.ok) throw new Error(JSON.stringify(said.error))
      expect(said.value.articles.filter(({ product }) => product === said.value.articles.at(-1)!.product).map(({ sku, name, stock }) => [sku, name['de-DE'], stock])).toEqual([['SW-61', 'Schürze (Rot)', null], ['SW-62', 'Schürze (Blau)', 0]])
      expect(said.value.leftOut).toEqual([
        { what: 'Servietten', why: 'it is sold in several pieces at once only' },
        { what: 'Filter', why: 'its price depends on the quantity' },
        { what: 'Muster', why: 'its price 1.999 has parts of a cent' },
      ])
      expect(said.value.deliveries.map(({ priceMinor, taxPercent, why }) => [priceMinor, taxPercent, why])).toEqual([[490, 19, undefined], [null, 0, 'its price depends on the basket']])
      expect(said.value.articles.map(({ taxPercent }) => taxPercent)).toEqual([19, 7, 19, 19, 7, 19, 19])
    }))
  it('is refused where it rounds prices otherwise, or has several sales channels of which none is named', () =>
    withServer(async (server) => {
      const [euro] = server.world['currency']!
      server.world['currency']![0] = { ...euro, itemRounding: { decimals: 2, interval: 0.05 } }
      expect(await need(shopOf(server).read)()).toEqual({ ok: false, error: { type: 'Refused', why: 'it rounds prices to 0.05, not to a cent' } })
      server.world['currency']![0] = euro!
      server.world['sales-channel']!.push({ ...server.world['sales-channel']![0], id: 'zweiter', name: 'Zweiter', translated: { name: 'Zweiter' }, accessKey: 'SWSC2' })
      expect(await need(shopOf(server).read)()).toEqual({ ok: false, error: { type: 'Refused', why: 'name one of its sales channels: Kaffeehaus, Zweiter' } })
      expect(await need(shopOf(server, { salesChannel: 'Kaffeehaus' }).read)()).toMatchObject({ ok: true })
    }))
  it('that rounds totals to five cents in its country says so in how it calculates', () =>
    withServer(async (server) => {
      const [euro] = server.world['currency']!
      server.world['currency']![0] = { ...euro, countryRoundings: [{ countryId: server.world['sales-channel']![0]!['countryId'], itemRounding: { decimals: 2, interval: 0.01 }, totalRounding: { decimals: 2, interval: 0.05 } }] }
      const said = await need(shopOf(server).read)()
      expect(said.ok && said.value.dialects[0].policies.cashRounding).toEqual({ intervalMinor: 5, mode: 'halfUp' })
      // 14.85 − 2.85 = 12.00; 8.95 + 12.00 − 1.79 = 19.16, so 19.15
      expect(await need(shopOf(server).quote)({ lines: [{ key: PLATE, quantity: 1 }, { key: BOOK, quantity: 1 }], codes: [], delivery: null })).toMatchObject({ ok: true, value: { totalMinor: 1915 } })
    }))
  it('whose pages end before they are through is told, not taken for a small one', async () => {
    const server = await oddServer((request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request.url === '/api/oauth/token' ? { access_token: 't' } : { total: 3, data: [] })))
    try {
      const shop = shopwareShop({ url: server.url, ...CLIENT, salesChannel: null, storefront: null, webhookSecret: null }, fetchDoor(QUICK))
      expect(await need(shop.read)()).toEqual({ ok: false, error: { type: 'Nonsense', why: 'sales-channel: its pages end after 0 of 3' } })
    } finally {
      await server.close()
    }
  })
  it('takes no cart from which an article is gone', () =>
    withServer(async (server) => {
      expect(await need(shopOf(server).quote)({ lines: [{ key: POT, quantity: 1 }, { key: 'ff'.repeat(16), quantity: 1 }], codes: [], delivery: null })).toEqual({ ok: false, error: { type: 'CartRefused', why: 'The product could not be found' } })
    }))
  it('of another version, which leaves out what is needed, is told by the field', () =>
    withServer(async (server) => {
      server.world['promotion']![3] = { ...server.world['promotion']![3], priority: undefined }
      expect(await need(shopOf(server).read)()).toEqual({ ok: false, error: { type: 'Nonsense', why: expect.stringContaining('promotion: data.3.priority: Invalid key') } })
    }))
})
