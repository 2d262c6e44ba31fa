import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { WebhookCall } from '#hub/ports/web-shop/shop-checkout.ts'
import { isAble, toldCapabilities, type Able, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { discover, type UcpProfile } from '#hub/shops/ucp/ucp-profile.ts'
import { sessionReply } from '#hub/shops/ucp/ucp-replies.ts'
import { quoteOf } from '#hub/shops/ucp/ucp-session.ts'
import { ucpShop, type UcpConfig } from '#hub/shops/ucp/ucp-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { deadAddress, oddServer, ODDITIES } from '../odd-server.ts'
import { acceptShop, type ShopRig } from '../shop-acceptance.ts'
import { PRICED } from './ucp-prices.ts'
import { startUcp, VERSION, type Served, type UcpServer } from './ucp-server.ts'

let keys = 0
const CONFIG: Omit<UcpConfig, 'url'> = { agent: 'https://store.example/ucp.json', apiKey: null, newKey: () => `key-${++keys}`, country: 'DE', tax: 19, calledAt: null, now: () => 0, pageSize: 2 }
const QUICK = { timeoutMs: 400, maxBytes: 2_000_000, tries: 2, waitMs: 1, maxWaitMs: 10 } as const
const ORIGIN = { store: 'store-1', device: 'kiosk-1', handoff: 'h1' }

const need = <T>(capability: Able<T>): T => {
  if (isAble(capability)) return capability
  throw new Error(`not able: ${JSON.stringify(capability)}`)
}
const profileOf = async (url: string): Promise<UcpProfile> => {
  const said = await discover(url, fetchDoor())
  if (!said.ok) throw new Error(JSON.stringify(said.error))
  return said.value
}

/** Z2lkOi8v… is gid://shop/Variant/7, spelled by its bytes. */
const SKUS: { readonly [id: string]: string } = { 'kaffee-1kg': 'KAFFEE', tee: 'TEE', 'gid://shop/Variant/7': 'id:Z2lkOi8vc2hvcC9WYXJpYW50Lzc', honig: 'HONIG' }
const BASKETS = PRICED.map(({ lines, codes }): Basket => ({ lines: lines.map(([id, quantity]) => ({ sku: SKUS[id]! as Sku, quantity })), codes, delivery: 'pickup' }))

/** Goes where a browser is led, and asks the shop for the cart that lies there. */
const readCheckout = async (url: string): Promise<ShopQuote> => {
  const moved = await fetch(url, { redirect: 'manual' })
  expect([moved.status, moved.headers.get('cache-control')]).toEqual([303, 'no-store'])
  const id = /cart=(.+)$/.exec(moved.headers.get('location') ?? '')![1]!
  const said = await fetch(`${new URL(url).origin}/ucp/carts/${id}`, { headers: { 'ucp-agent': 'profile="https://phone.example"' } })
  const record = v.parse(sessionReply, await said.json())
  const quote = quoteOf(record, { lines: [], codes: [] }, { path: '/carts', takesCodes: true })
  if (!quote.ok) throw new Error(JSON.stringify(quote.error))
  return quote.value
}

const start = async (): Promise<ShopRig> => {
  const server = await startUcp()
  const profile = await profileOf(server.url)
  return {
    at: (url, door) => ucpShop({ ...CONFIG, url }, { ...profile, rest: `${url}/ucp` }, door),
    url: server.url,
    articles: 7,
    promotions: 1,
    notComputable: ['reductions'],
    baskets: BASKETS,
    dialect: 'ucp',
    // The protocol shows no promotion; one that is seen in it is a lower price.
    changePromotion: async () => void (server.prices['tee'] = 399),
    readCheckout,
    stop: () => server.close(),
  }
}

acceptShop('a shop that speaks the Universal Commerce Protocol', { start, baskets: BASKETS.length, able: ['quote', 'openCheckout'] })

describe('a shop that speaks the Universal Commerce Protocol', () => {
  let server: UcpServer
  beforeAll(async () => {
    server = await startUcp()
  })
  afterAll(() => server.close())
  beforeEach(() => {
    server.serves = new Set<Served>(['catalog.search', 'cart', 'checkout', 'discount', 'order', 'permalink'])
    Object.assign(server, { version: VERSION, supported: {}, schemaHost: 'ucp.dev', addsTax: false, runsShort: false })
    server.asked.length = 0
  })
  const shopOf = async (config: Partial<UcpConfig> = {}): Promise<WebShop> => ucpShop({ ...CONFIG, url: server.url, ...config }, await profileOf(server.url), fetchDoor())
  const COFFEE: ShopCart = { lines: [{ key: 'kaffee-1kg', quantity: 2 }], codes: [], delivery: null }

  it('can what its profile says that it serves', async () => {
    expect(toldCapabilities(await shopOf({ calledAt: 'https://store.example/shop/webhook' }))).toMatchObject({ read: null, quote: null, openCheckout: null, checkWebhook: null })
  })
  it.each([
    [['cart', 'discount', 'permalink'], 'read', 'its profile serves no search of the catalogue (dev.ucp.shopping.catalog.search)'],
    [['catalog.search'], 'quote', 'its profile serves neither carts nor checkouts (dev.ucp.shopping.cart, dev.ucp.shopping.checkout)'],
    [['catalog.search'], 'openCheckout', 'its profile serves neither carts nor checkouts (dev.ucp.shopping.cart, dev.ucp.shopping.checkout)'],
    [['cart'], 'checkWebhook', 'its profile serves no orders (dev.ucp.shopping.order), so it calls nobody'],
    [['cart', 'order'], 'checkWebhook', 'the address at which it calls is part of its signature: name it with the option called-at'],
    [['cart', 'order'], 'ordersSince', 'the protocol has no list of orders: the shop tells them one by one, by calls'],
  ] as const)('serves %j, so it is no help with %s', async (serves, capability, why) => {
    server.serves = new Set<Served>(serves)
    expect(toldCapabilities(await shopOf())[capability]).toBe(why)
  })
  it('is not read before somebody names its rate of tax', async () => {
    expect(toldCapabilities(await shopOf({ tax: null })).read).toBe('the protocol does not tell rates of tax: name the one of all articles with the option tax')
  })
  it('is believed in no capability whose schema lies elsewhere', async () => {
    server.schemaHost = 'evil.example'
    expect(toldCapabilities(await shopOf()).read).toContain('serves no search')
    server.schemaHost = 'shopping.ucp.dev'
    expect(toldCapabilities(await shopOf()).read).toBeNull()
    server.schemaHost = 'ping.ucp.dev'
    expect(toldCapabilities(await shopOf()).read).toContain('serves no search')
  })
  it('is asked for the profile of a version that is known, where it speaks a newer one', async () => {
    server.version = '2027-03-01'
    expect(await discover(server.url, fetchDoor())).toEqual({ ok: false, error: { type: 'Refused', why: 'it speaks version 2027-03-01 of the protocol; known here are 2026-08-25 and 2026-04-08' } })
    server.supported = { '2026-04-08': `${server.url}/older/ucp` }
    expect(await discover(server.url, fetchDoor())).toMatchObject({ ok: true, value: { version: '2026-04-08', rest: `${server.url}/ucp`, serves: { cart: true } } })
    server.supported = { '2026-04-08': 'http://192.0.2.1/ucp' }
    expect(await discover(server.url, fetchDoor())).toMatchObject({ ok: false, error: { type: 'Refused' } })
  })
  it.each([
    ['silent', 'Unreachable'], ['torn', 'Unreachable'], ['broken', 'Unreachable'], ['busy', 'RateLimited'], ['locked', 'Refused'],
    ['page', 'Nonsense'], ['empty', 'Nonsense'], ['half', 'Nonsense'], ['moved', 'Nonsense'], ['huge', 'Nonsense'],
  ] as const)('is not found out at a server that is %s: %s', async (oddity, type) => {
    const odd = await oddServer(ODDITIES[oddity])
    try {
      expect(await discover(odd.url, fetchDoor(QUICK))).toMatchObject({ ok: false, error: { type } })
    } finally {
      await odd.close()
    }
  })
  it('nor where nobody is', async () => {
    expect(await discover(await deadAddress(), fetchDoor(QUICK))).toMatchObject({ ok: false, error: { type: 'Unreachable', why: 'ECONNREFUSED' } })
  })
  it('is read whole, with what is left out and why', async () => {
    const said = await need((await shopOf()).read)()
    if (!said.ok) throw new Error(JSON.stringify(said.error))
    expect(said.value.articles.map(({ sku, key, product, name, priceMinor, taxPercent, ean }) => [sku, key, product, name, priceMinor, taxPercent, ean])).toEqual([
      ['KAFFEE', 'kaffee-1kg', 'p1', { und: 'Kaffee' }, 999, 19, '4006381333931'],
      ['TEE', 'tee', 'p2', { und: 'Tee' }, 449, 19, ''],
      ['id:Z2lkOi8vc2hvcC9WYXJpYW50Lzc', 'gid://shop/Variant/7', 'p3', { und: 'Tasse blau' }, 1200, 19, ''],
      ['HONIG', 'honig', 'p4', { und: 'Honig' }, 695, 19, ''],
    ])
    const [food, drinks, home] = said.value.categories
    expect([food, drinks, home]).toEqual([{ id: expect.any(String), parent: null, name: { und: 'Lebensmittel' } }, { id: expect.any(String), parent: food!.id, name: { und: 'Heißgetränke' } }, { id: expect.any(String), parent: null, name: { und: 'Haushalt' } }])
    expect(said.value.articles.map(({ category }) => category)).toEqual([drinks!.id, drinks!.id, home!.id, food!.id])
    expect(said.value.leftOut).toEqual([{ what: 'Tasse rot', why: 'its price is in USD' }, { what: 'Bananen', why: 'it is sold by measure' }, { what: 'Dattel', why: 'the shop does not sell it at present' }])
    expect(server.asked.filter((one) => one.endsWith('/catalog/search'))).toHaveLength(3)
  })
  it('prices a cart that it gives up again, with a key for each change and our profile', async () => {
    const shop = await shopOf({ apiKey: 'secret' })
    server.asked.length = 0
    expect(await need(shop.quote)(COFFEE)).toEqual({
      ok: true,
      value: { lines: [{ key: 'kaffee-1kg', quantity: 2, beforeMinor: 1998, totalMinor: 1998 }], discounts: [], deliveryMinor: 0, taxMinor: null, totalMinor: 1998, refusedCodes: [] },
    })
    expect(server.asked).toEqual(['POST /ucp/carts', expect.stringMatching(/^POST \/ucp\/carts\/cart_\d+\/cancel$/)])
    expect(server.last.headers).toMatchObject({ 'ucp-agent': 'profile="https://store.example/ucp.json"', 'x-api-key': 'secret', 'idempotency-key': `key-${keys}` })
  })
  it('tells what comes off as one sum that is left to its checkout', async () => {
    expect(await need((await shopOf()).quote)({ lines: [{ key: 'kaffee-1kg', quantity: 4 }], codes: ['herbst10', 'NIE'], delivery: null })).toMatchObject({
      ok: true, value: { discounts: [{ promotion: 'reductions', minor: 400 }], totalMinor: 3596, refusedCodes: [{ code: 'NIE', why: 'discount_code_invalid' }] },
    })
  })
  it('prices by a checkout where it serves no cart, without codes where it takes none', async () => {
    server.serves = new Set<Served>(['checkout', 'permalink'])
    const shop = await shopOf()
    server.asked.length = 0
    expect(await need(shop.quote)({ ...COFFEE, codes: ['HERBST10'] })).toMatchObject({ ok: true, value: { totalMinor: 1998, refusedCodes: [{ code: 'HERBST10', why: 'the shop takes codes in its checkout only' }] } })
    expect(server.asked).toEqual(['POST /ucp/checkout-sessions', expect.stringMatching(/\/cancel$/)])
    expect(server.last.body).toBeNull()
  })
  it('is refused where it adds tax to its prices', async () => {
    server.addsTax = true
    expect(await need((await shopOf()).quote)(COFFEE)).toEqual({ ok: false, error: { type: 'Refused', why: 'its prices are without tax, which shoppers in a store must not be shown' } })
  })
  it('refuses a cart of which it has too few pieces', async () => {
    server.runsShort = true
    expect(await need((await shopOf()).quote)(COFFEE)).toEqual({ ok: false, error: { type: 'CartRefused', why: 'it has fewer pieces of an article than asked for' } })
    expect(server.asked.at(-1)).toMatch(/\/cancel$/)
  })
  it.each([
    [422, { code: 'version_unsupported', content: 'Protocol version 2026-08-25 is not supported' }, { type: 'Refused', why: 'Protocol version 2026-08-25 is not supported' }],
    [424, { code: 'profile_unreachable', content: 'Unable to fetch agent profile' }, { type: 'Refused', why: 'Unable to fetch agent profile' }],
    [200, { ucp: { version: VERSION, status: 'error' }, messages: [{ type: 'error', code: 'capabilities_incompatible', content: 'No compatible capabilities' }] }, { type: 'Refused', why: 'No compatible capabilities' }],
    [200, { ucp: { version: VERSION, status: 'error' }, messages: [{ type: 'error', code: 'out_of_stock', content: 'All items are out of stock' }] }, { type: 'CartRefused', why: 'All items are out of stock' }],
    [409, { errors: 'Conflict' }, { type: 'Nonsense', why: 'it answered 409' }],
    [202, {}, { type: 'Nonsense', why: 'it answered 202' }],
    [201, { id: 'c', currency: 'USD', line_items: [], totals: [] }, { type: 'Refused', why: 'it sells in USD here' }],
    [201, { id: 'c', currency: 'EUR', line_items: [{ item: { id: 'kaffee-1kg' }, quantity: 2, totals: [] }], totals: [{ type: 'subtotal', amount: 1998 }, { type: 'total', amount: 1990 }] }, { type: 'Nonsense', why: 'its totals do not add up: 1998, not 1990' }],
    [201, { id: 'c', currency: 'EUR', line_items: [{ item: { id: 'kaffee-1kg' }, quantity: 2, totals: [] }], totals: [] }, { type: 'Nonsense', why: 'a cart without a total' }],
    [201, { id: 'c', currency: 'EUR', line_items: [{ item: { id: 'kaffee-1kg' }, quantity: 2, totals: [] }], totals: [{ type: 'total', amount: 19.98 }] }, { type: 'Nonsense', why: expect.stringContaining('totals.0.amount') }],
  ] as const)('tells as what it is when it answers %d %j', async (status, body, error) => {
    const odd = await oddServer((_, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)))
    try {
      const shop = ucpShop({ ...CONFIG, url: odd.url }, { ...(await profileOf(server.url)), rest: odd.url }, fetchDoor(QUICK))
      expect(await need(shop.quote)(COFFEE)).toEqual({ ok: false, error })
    } finally {
      await odd.close()
    }
  })
  it('opens by its link, ids spelled as they must be', async () => {
    const opened = await need((await shopOf()).openCheckout)({ lines: [{ key: 'gid://shop/Variant/7', quantity: 1 }], codes: ['HERBST10'], delivery: null }, ORIGIN)
    expect(opened).toMatchObject({ ok: true, value: { leaves: ['delivery'], url: expect.stringContaining('/buy/~Z2lkOi8vc2hvcC9WYXJpYW50Lzc:1?discounts') } })
  })
  it('else by the address at which its cart goes on, which knows where it came from', async () => {
    server.serves = new Set<Served>(['cart', 'discount'])
    const shop = await shopOf()
    expect(await need(shop.openCheckout)(COFFEE, ORIGIN)).toMatchObject({ ok: true, value: { url: expect.stringMatching(/\/checkout\?cart=cart_\d+$/), leaves: ['delivery'] } })
    expect(server.last.body).toMatchObject({ attribution: { utm_source: 'kiosk', utm_medium: 'store-1', utm_content: 'kiosk-1', utm_id: 'h1' } })
    server.serves = new Set<Served>(['cart'])
    expect(await need((await shopOf()).openCheckout)({ ...COFFEE, codes: ['HERBST10'] }, ORIGIN)).toMatchObject({ ok: true, value: { leaves: ['delivery', 'several codes'] } })
  })
})

describe('calls of a shop that speaks the Universal Commerce Protocol', () => {
  const AT = 'https://store.example/shop/webhook'
  const BODY = new TextEncoder().encode('{"id":"order_1"}')
  const PARTS = ['@method', '@authority', '@path', 'ucp-agent', 'content-digest', 'content-type']
  let server: UcpServer
  let pair: CryptoKeyPair
  let other: CryptoKeyPair
  let shop: WebShop
  let time = 0
  const jwk = async ({ publicKey }: CryptoKeyPair, kid: string): Promise<object> => ({ ...(await crypto.subtle.exportKey('jwk', publicKey)), kid, use: 'sig' })

  beforeAll(async () => {
    server = await startUcp()
    pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    other = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
    server.keys = [{ kid: 'seal', kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', use: 'enc' }, await jwk(pair, 'shop-2026')]
    shop = ucpShop({ ...CONFIG, url: server.url, calledAt: AT, now: () => time }, await profileOf(server.url), fetchDoor())
  })
  afterAll(() => server.close())

  type Made = { readonly parts?: readonly string[]; readonly by?: CryptoKeyPair; readonly kid?: string; readonly path?: string; readonly body?: Uint8Array; readonly more?: { readonly [name: string]: string } }
  const call = async ({ parts = PARTS, by = pair, kid = 'shop-2026', path = '/shop/webhook', body = BODY, more = {} }: Made = {}): Promise<WebhookCall> => {
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', BODY)).toString('base64')
    const headers = { 'content-type': 'application/json', 'content-digest': `sha-256=:${digest}:`, 'ucp-agent': 'profile="https://shop.example/.well-known/ucp"', 'webhook-id': 'w1', 'webhook-timestamp': '1', ...more }
    const values: { readonly [name: string]: string } = { '@method': 'POST', '@authority': 'store.example', '@path': path, ...headers }
    const parameters = `(${parts.map((part) => `"${part}"`).join(' ')});created=1738617600;keyid="${kid}"`
    const base = [...parts.map((part) => `"${part}": ${values[part]}`), `"@signature-params": ${parameters}`].join('\n')
    const algorithm = by.publicKey.algorithm.name === 'ECDSA' ? { name: 'ECDSA', hash: 'SHA-256' } : 'Ed25519'
    const signature = Buffer.from(await crypto.subtle.sign(algorithm, by.privateKey, new TextEncoder().encode(base))).toString('base64')
    return { headers: { ...headers, 'signature-input': `sig1=${parameters}`, signature: `sig1=:${signature}:` }, body }
  }
  const verdict = async (made: WebhookCall): Promise<string> => need(shop.checkWebhook)(made)

  it('are genuine when a key of its profile signed them, and change no price', async () => {
    expect(await verdict(await call())).toBe('nothing')
  })
  it.each([
    ['another body', { body: new TextEncoder().encode('{"id":"order_2"}') }],
    ['another path', { path: '/elsewhere' }],
    ['a body that is not covered', { parts: ['@method', '@authority', '@path', 'ucp-agent'] }],
    ['an address that is not covered', { parts: ['@method', '@path', 'ucp-agent', 'content-digest', 'content-type'] }],
    ['a profile that is not covered', { parts: PARTS.filter((part) => part !== 'ucp-agent') }],
    ['a key to repeat it that is not covered', { more: { 'idempotency-key': 'k' } }],
    ['a key that seals and does not sign', { kid: 'seal' }],
    ['a key that nobody knows', { kid: 'unknown' }],
  ] as const)('are forged with %s', async (_, made) => {
    expect(await verdict(await call(made))).toBe('forged')
  })
  it('are forged with the key of another', async () => {
    expect(await verdict(await call({ by: await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']) }))).toBe('forged')
  })
  it.each([['nothing', {}], ['no signature', { 'signature-input': 'sig1=("@method");keyid="shop-2026"' }], ['rubbish', { 'signature-input': 'sig1=(((', signature: ':::' }]])('are forged with %s', async (_, headers) => {
    expect(await verdict({ headers: headers as WebhookCall['headers'], body: BODY })).toBe('forged')
  })
  it('are genuine with a new key as soon as its profile has it, and it is asked for that once a minute at most', async () => {
    time += 60_000
    server.asked.length = 0
    const made = await call({ by: other, kid: 'shop-2027' })
    expect([await verdict(made), await verdict(made), await verdict(made)]).toEqual(['forged', 'forged', 'forged'])
    expect(server.asked).toEqual(['GET /.well-known/ucp'])
    server.keys = [await jwk(other, 'shop-2027')]
    time += 60_000
    expect(await verdict(made)).toBe('nothing')
    expect(await verdict(await call())).toBe('forged')
  })
})
