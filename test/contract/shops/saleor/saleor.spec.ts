import { createHmac, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { isAble, type Able, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { saleorShop, type SaleorConfig } from '#hub/shops/saleor/saleor-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { oddServer } from '../odd-server.ts'
import { acceptShop, type ShopRig } from '../shop-acceptance.ts'
import { PRICED } from './saleor-prices.ts'
import { startSaleor, TOKEN, type SaleorServer } from './saleor-server.ts'
import { BEER, id, JUICE, LARGE, MUG, NOT_COMPUTABLE, POSTER, saleorWorld, SHIRT, VOUCHERS, type Node } from './saleor-world.ts'

const SKUS: { readonly [key: string]: string } = { [JUICE]: 'J-1', [BEER]: 'B-1', [MUG]: 'M-1', [SHIRT]: 'S-1', [POSTER]: 'P-1', [LARGE]: `id:${LARGE.replaceAll('=', '')}` }
const basket = (lines: readonly (readonly [string, number])[], codes: readonly string[], delivery: Basket['delivery']): Basket => ({ lines: lines.map(([key, quantity]) => ({ sku: SKUS[key] as Sku, quantity })), codes, delivery })
const BASKETS: readonly Basket[] = [
  ...PRICED.map(({ lines, code, delivery }, i) => basket(lines.map(({ key, quantity }) => [key, quantity]), code === undefined ? [] : [code], delivery || i % 3 === 0 ? 'home' : 'pickup')),
  // 10.96 is less than its minimum of 20.00
  basket([[MUG, 1]], ['FUENF'], 'pickup'),
  // a checkout has one code: the first that it takes
  basket([[JUICE, 3], [BEER, 2]], ['ZEHN', 'DRINK'], 'pickup'),
]

const graphql = async (server: SaleorServer, query: string, variables: object): Promise<Node> => {
  const answer = await fetch(`${server.url}/graphql/`, { method: 'POST', body: JSON.stringify({ query, variables }) })
  return ((await answer.json()) as { readonly data: Node }).data
}
const checkoutOf = (url: string): string => new URL(url).searchParams.get('checkout')!
type Money = { readonly gross: { readonly amount: number }; readonly tax: { readonly amount: number } }
type Line = { readonly quantity: number; readonly variant: { readonly id: string }; readonly undiscountedTotalPrice: { readonly amount: number }; readonly totalPrice: Money }

/** As the storefront's own page would show it; who has the id may read it. */
const readCheckout = async (server: SaleorServer, url: string): Promise<ShopQuote> => {
  const { checkout } = await graphql(server, 'query($id:ID!){checkout(id:$id){lines{quantity variant{id} undiscountedTotalPrice{amount} totalPrice{gross{amount} tax{amount}}} totalPrice{gross{amount} tax{amount}} voucherCode discountName}}', { id: checkoutOf(url) })
  const { lines, totalPrice, voucherCode, discountName } = checkout as unknown as { readonly lines: readonly Line[]; readonly totalPrice: Money; readonly voucherCode: string | null; readonly discountName: string | null }
  const cents = (euros: number): number => Math.round(euros * 100)
  const priced = PRICED.find((one) => (one.code ?? null) === voucherCode && (voucherCode !== null || (one.discountName ?? null) === discountName) && one.lines.every((line, i) => line.key === lines[i]?.variant.id && line.quantity === lines[i].quantity))!
  const minor = priced.lines.reduce((sum, { catalogue, quantity, total }) => sum + catalogue * quantity - total, 0)
  const owner = { ZEHN: VOUCHERS.ten, FUENF: VOUCHERS.five, DRINK: VOUCHERS.drinks, POSTER: VOUCHERS.poster, EINS: VOUCHERS.once, BECHER: VOUCHERS.mug }[voucherCode ?? ''] ?? { 'Ab 60': id('PromotionRule', 3), 'Ab 100: 12 €': id('PromotionRule', 4) }[discountName ?? ''] ?? null
  return {
    lines: lines.map((line) => ({ key: line.variant.id, quantity: line.quantity, beforeMinor: cents(line.undiscountedTotalPrice.amount), totalMinor: cents(line.totalPrice.gross.amount) })),
    discounts: minor === 0 ? [] : [{ promotion: owner, minor }],
    deliveryMinor: 0,
    taxMinor: cents(totalPrice.tax.amount),
    totalMinor: cents(totalPrice.gross.amount),
    refusedCodes: [],
  }
}

const start = async (): Promise<ShopRig> => {
  const server = await startSaleor()
  return {
    url: server.url,
    at: (url, door) => saleorShop({ url: `${url}/graphql/`, token: TOKEN, channel: null, storefront: 'https://shop.example/checkout', webhookSecret: null, pageSize: 3 }, door),
    articles: 8,
    promotions: 16,
    notComputable: NOT_COMPUTABLE,
    baskets: BASKETS,
    dialect: 'saleor-3.21',
    changePromotion: async () => {
      const [first] = server.world.lists['promotions']!
      const [rule, ...others] = first!['rules'] as readonly Node[]
      server.world.lists['promotions']![0] = { ...first, rules: [{ ...rule, rewardValue: 16 }, ...others] }
    },
    readCheckout: (url) => readCheckout(server, url),
    orders: {
      order: async (url) => {
        const { done } = await graphql(server, 'mutation($id:ID!){done:checkoutComplete(id:$id){order{number total{gross{amount}}}}}', { id: checkoutOf(url) })
        const { order } = done as unknown as { readonly order: { readonly number: string; readonly total: Money } }
        return { number: order.number, totalMinor: Math.round(order.total.gross.amount * 100) }
      },
      cancel: async (number) => server.cancel(number),
    },
    stop: () => server.stop(),
  }
}

acceptShop('Saleor 3, by its documentation', { start, baskets: BASKETS.length, able: ['quote', 'openCheckout', 'ordersSince'] })

const need = <T>(capability: Able<T>): T => {
  if (isAble(capability)) return capability
  throw new Error(JSON.stringify(capability))
}
const withServer = async (test: (server: SaleorServer) => Promise<void>): Promise<void> => {
  const server = await startSaleor()
  try {
    await test(server)
  } finally {
    await server.stop()
  }
}
const QUICK = { timeoutMs: 2000, maxBytes: 2_000_000, tries: 2, waitMs: 1, maxWaitMs: 10 } as const
const shopOf = (server: SaleorServer, more: Partial<SaleorConfig> = {}): WebShop => saleorShop({ url: `${server.url}/graphql/`, token: TOKEN, channel: null, storefront: null, webhookSecret: null, pageSize: 4, ...more }, fetchDoor(QUICK))
const channelsOf = (server: SaleorServer): Node[] => server.world.fixed['channels'] as unknown as Node[]
const withTax = (server: SaleorServer, more: Node): void => {
  const [first] = channelsOf(server)
  channelsOf(server)[0] = { ...first, taxConfiguration: { ...(first!['taxConfiguration'] as Node), ...more } }
}

describe('a Saleor shop', () => {
  it('does not let in who has another token', () =>
    withServer(async (server) => expect(await need(shopOf(server, { token: 'anders' }).read)()).toMatchObject({ ok: false, error: { type: 'Refused', why: expect.stringContaining('see the guide for its permissions') } })))
  it('keeps no article of a quote', () =>
    withServer(async (server) => {
      const shop = shopOf(server)
      expect(await need(shop.quote)({ lines: [{ key: JUICE, quantity: 2 }], codes: ['NO-SUCH'], delivery: null })).toMatchObject({ ok: true, value: { totalMinor: 798, refusedCodes: [{ code: 'NO-SUCH', why: 'INVALID' }] } })
      expect(server.filled()).toBe(0)
    }))
  it('opens a checkout that holds no person, and says what it could not carry', () =>
    withServer(async (server) => {
      const opened = await need(shopOf(server, { storefront: 'https://shop.example/checkout?lang=de' }).openCheckout)({ lines: [{ key: JUICE, quantity: 3 }, { key: BEER, quantity: 2 }], codes: ['ZEHN', 'DRINK'], delivery: null }, { store: 's1', device: 'd1', handoff: 'h1' })
      expect(opened).toEqual({ ok: true, value: { url: expect.stringMatching(/^https:\/\/shop\.example\/checkout\?lang=de&checkout=Q2hlY2tvdXQ6MQ%3D%3D&utm_source=kiosk&utm_medium=s1&utm_content=d1&utm_id=h1$/), leaves: ['delivery', 'several codes'] } })
    }))
  it.each([
    [{ taxCalculationStrategy: 'TAX_APP' }, 'its tax is made by an app'],
    [{ chargeTaxes: false }, 'it charges no tax'],
    [{ countries: [{ country: { code: 'DE' } }] }, 'its tax in DE is an exception of the channel'],
  ])('with %j is refused: %s', (more, why) =>
    withServer(async (server) => {
      withTax(server, more)
      expect(await need(shopOf(server).read)()).toEqual({ ok: false, error: { type: 'Refused', why } })
    }))
  it('with prices without tax is read, and told so', () =>
    withServer(async (server) => {
      withTax(server, { pricesEnteredWithTax: false })
      expect(await need(shopOf(server).read)()).toMatchObject({ ok: true, value: { pricesIncludeTax: false } })
    }))
  it('with several channels needs the name of one', () =>
    withServer(async (server) => {
      channelsOf(server)[1] = { ...channelsOf(server)[1]!, isActive: true }
      expect(await need(shopOf(server).read)()).toEqual({ ok: false, error: { type: 'Refused', why: 'name one of its channels: de, old' } })
      expect(await need(shopOf(server, { channel: 'de' }).read)()).toMatchObject({ ok: true })
    }))
  it('of another version, which does not know a field, is told by it', () =>
    withServer(async (server) => {
      const { singleUse: _, ...older } = server.world.lists['vouchers']![0]!
      server.world.lists['vouchers']![0] = older
      expect(await need(shopOf(server).read)()).toEqual({ ok: false, error: { type: 'Nonsense', why: "Field 'singleUse' doesn't exist on type 'an object'" } })
    }))
  it.each([
    ['half an answer beside an error', { data: { shop: { name: 'x' }, channels: null }, errors: [{ message: 'timeout in channels', extensions: { exception: { code: 'DatabaseError' } } }] }, { type: 'Nonsense', why: 'timeout in channels' }],
    ['a whole one beside an error', { data: { shop: { name: 'x' }, channels: [] }, errors: [{ message: 'You need one of: MANAGE_TAXES', extensions: { exception: { code: 'PermissionDenied' } } }] }, { type: 'Refused', why: 'You need one of: MANAGE_TAXES (see the guide for its permissions)' }],
    ['no channel', { data: { shop: { name: 'x' }, channels: [] } }, { type: 'Refused', why: 'name one of its channels: ' }],
  ])('that gives %s is told', async (_, body, error) => {
    const server = await oddServer((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)))
    try {
      expect(await need(saleorShop({ url: `${server.url}/graphql/`, token: TOKEN, channel: null, storefront: null, webhookSecret: null }, fetchDoor(QUICK)).read)()).toEqual({ ok: false, error })
    } finally {
      await server.close()
    }
  })
  it('leaves order rules to the checkout while a gift may take their place', () =>
    withServer(async (server) => {
      const [first] = saleorWorld().lists['promotions']!
      const [rule] = first!['rules'] as readonly Node[]
      server.world.lists['promotions']!.push({ ...first, id: id('Promotion', 9), type: 'ORDER', rules: [{ ...rule, id: id('PromotionRule', 9), rewardType: 'GIFT', giftIds: [MUG] }] })
      const said = await need(shopOf(server).read)()
      expect(said.ok && said.value.translated.notComputable.filter(({ why }) => why.includes('gift')).map(({ offerId, why }) => [offerId, why])).toEqual([
        [id('PromotionRule', 3), 'the gift of another rule may take its place'],
        [id('PromotionRule', 4), 'the gift of another rule may take its place'],
        [id('PromotionRule', 9), 'which of its gifts is put in depends on what is in stock'],
      ])
    }))
})

describe('a call of a Saleor shop', () => {
  const BODY = '[{"product":{"id":"1"}}]'
  const check = async (shop: WebShop, signature: string | undefined, event = 'product_updated', body = BODY): Promise<string> => need(shop.checkWebhook)({ headers: { 'saleor-event': event, ...(signature !== undefined && { 'saleor-signature': signature }) }, body: new TextEncoder().encode(body) })
  const jws = ({ privateKey }: SaleorServer, body = BODY, alg = 'RS256'): string => {
    const header = Buffer.from(JSON.stringify({ alg, b64: false, crit: ['b64'], kid: '1', typ: 'JWT' })).toString('base64url')
    return `${header}..${sign('sha256', Buffer.from(`${header}.${body}`), privateKey).toString('base64url')}`
  }
  it('is genuine with its own key', () =>
    withServer(async (server) => {
      const shop = shopOf(server)
      expect([await check(shop, jws(server)), await check(shop, jws(server), 'voucher_code_export_completed'), await check(shop, jws(server), 'order_created')]).toEqual(['changed', 'nothing', 'nothing'])
    }))
  it.each(['product_created', 'product_variant_updated', 'product_variant_price_updated', 'promotion_rule_updated', 'promotion_started', 'promotion_ended', 'voucher_deleted', 'voucher_codes_created', 'category_updated', 'shipping_price_updated', 'channel_status_changed'])('that tells %s is a change', (event) =>
    withServer(async (server) => expect(await check(shopOf(server), jws(server), event)).toBe('changed')))
  it('is forged over another body, by another shop, by another method, in another form or without a signature', () =>
    withServer((server) =>
      withServer(async (other) => {
        const shop = shopOf(server)
        const good = jws(server)
        expect(await Promise.all([check(shop, good, 'product_updated', `${BODY} `), check(shop, jws(other)), check(shop, jws(server, BODY, 'HS256')), check(shop, good.replace('..', '.x.')), check(shop, 'abc'), check(shop, '..'), check(shop, undefined)])).toEqual(Array.from({ length: 7 }, () => 'forged'))
      })))
  it('is genuine with the secret of the webhook, where it has one', () =>
    withServer(async (server) => {
      const shop = shopOf(server, { webhookSecret: 'geheim' })
      const hmac = (secret: string): string => createHmac('sha256', secret).update(BODY).digest('hex')
      expect([await check(shop, hmac('geheim')), await check(shop, hmac('anders')), await check(shop, jws(server))]).toEqual(['changed', 'forged', 'forged'])
    }))
})
