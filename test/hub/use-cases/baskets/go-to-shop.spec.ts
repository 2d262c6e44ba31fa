import { describe, expect, it } from 'vitest'
import type { ToldCart } from '#hub/ports/parity-watch.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, OpenedCheckout } from '#hub/ports/web-shop/shop-checkout.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { Able, WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { sqliteCheckoutLinks, sqliteReturnedOrders } from '#hub/stores/sqlite/baskets/checkout-links.ts'
import type { ForeignShop } from '#hub/use-cases/shops/foreign-shop.ts'
import { goToShop } from '#hub/use-cases/baskets/go-to-shop.ts'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { placeOrder } from '#hub/use-cases/baskets/place-order.ts'
import { refusedKeys } from '#hub/use-cases/shops/refused-articles.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { ToShopReply } from '#shared/protocol/shop-checkout.ts'
import { basket, offer, shop } from '../../../shared/basket/small-shop.ts'
import { checkoutBench } from '../../checkout/checkout-bench.ts'

type Told<T> = Result<T, ShopTrouble | CartRefused>
const DOWN: ShopTrouble = { type: 'Unreachable', why: 'no answer' }

/** A checkout whose web shop charges `totals` in turn, the last one from then on, and refuses what is in `refuses`. */
const foreignBench = async (options: { readonly quote?: Able<true>; readonly opens?: Able<true>; readonly unknown?: string } = {}) => {
  const bench = await checkoutBench()
  const says = { totalMinor: 0, refuses: new Set<string>(), trouble: null as ShopTrouble | null, opened: null as Told<OpenedCheckout> | null, stuck: false }
  const asked: ShopCart[] = []
  const made: { readonly cart: ShopCart; readonly attribution: Attribution }[] = []
  const told: ToldCart[] = []
  let ring = (): void => undefined
  const refusedOf = ({ lines }: ShopCart): Told<never> | null => (says.trouble ? err(says.trouble) : lines.some(({ key }) => says.refuses.has(key)) ? err({ type: 'CartRefused', why: 'sold out' }) : null)
  const quote = async (cart: ShopCart): Promise<Told<ShopQuote>> => {
    asked.push(cart)
    if (says.stuck) await new Promise(() => undefined)
    return refusedOf(cart) ?? ok({ lines: [], discounts: [], deliveryMinor: 0, taxMinor: 0, totalMinor: says.totalMinor, refusedCodes: [] })
  }
  const openCheckout = async (cart: ShopCart, attribution: Attribution): Promise<Told<OpenedCheckout>> => {
    made.push({ cart, attribution })
    return says.opened ?? refusedOf(cart) ?? ok({ url: `https://shop.example/cart/${made.length}`, leaves: ['delivery'] })
  }
  const returned = sqliteReturnedOrders(bench.sql)
  const no = { unable: 'not in this test' }
  const foreign: ForeignShop = {
    shop: { name: 'paper', quote: options.quote && options.quote !== true ? options.quote : quote, openCheckout: options.opens && options.opens !== true ? options.opens : openCheckout, findMember: no } satisfies Pick<WebShop, 'name' | 'quote' | 'openCheckout' | 'findMember'>,
    keysOf: ({ products }) => ({ articles: new Map(products.flatMap(({ sku }) => (sku === options.unknown ? [] : [[sku, `key-${sku}`]]))), deliveries: { pickup: null, home: 'post' } }),
    links: sqliteCheckoutLinks(bench.sql),
    returned,
    parity: { cartTold: (cart) => void told.push(cart) },
    timer: { every: (_ms, task) => { ring = task; return () => { ring = () => undefined } } },
    underWay: new Map(),
  }
  const parts = { ...bench.parts, shop: { ...bench.parts.shop, findMember: no }, foreign }
  const go = (digits: string, totalCents: number, change: { readonly session?: string; readonly delivery?: 'pickup' | 'home'; readonly without?: readonly string[] } = {}): Promise<ToShopReply> => {
    const { orderId: _, ...question } = bench.question(digits, change.session ?? 'a')
    return goToShop({ ...question, wishes: { delivery: change.delivery ?? 'pickup', card: null, codes: [], without: change.without ?? [] }, totalCents }, parts)
  }
  return { ...bench, parts, foreign, returned, says, asked, made, told, go, ring: () => ring() }
}

describe('on to the web shop', () => {
  it('with the basket as its cart, at the price that stood on the page, told of nobody', async () => {
    const bench = await foreignBench()
    const { digits, qid, totalCents } = await bench.show(basket({ cheese: 2, bread: 1 }, { codes: ['HERBST-10'] }))
    bench.says.totalMinor = totalCents
    expect(await bench.go(digits, totalCents)).toEqual({ type: 'to shop', url: 'https://shop.example/cart/1', leaves: ['delivery'], codes: ['HERBST-10'], confirmed: true })
    expect(bench.made).toEqual([{ cart: { lines: [{ key: 'key-bread', quantity: 1 }, { key: 'key-cheese', quantity: 2 }], codes: ['HERBST-10'], delivery: null }, attribution: { store: '17', device: bench.kiosk.dev, handoff: qid } }])
    expect(bench.told).toMatchObject([{ qid, dev: bench.kiosk.dev, owedCents: totalCents, cart: { totalMinor: totalCents } }])
    expect(bench.hints).toEqual([{ qid, state: 'opened' }])
  })
  it('once: the same page gets the same link, also when it asks twice at the same moment', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.says.totalMinor = totalCents
    const replies = await Promise.all([bench.go(digits, totalCents), bench.go(digits, totalCents), bench.go(digits, totalCents)])
    expect([new Set(replies.map((reply) => JSON.stringify(reply))).size, bench.made.length, bench.foreign.underWay.size]).toEqual([1, 1, 0])
    bench.later(23)
    expect(await bench.go(digits, totalCents)).toEqual(replies[0])
    expect(bench.made).toHaveLength(1)
  })
  it('with another cart for another delivery, and for another phone one without what exists once', async () => {
    const bench = await foreignBench()
    const once = offer(9, 'once', { trigger: { type: 'code', codes: ['ONCE'] }, limits: { total: 1, used: 0 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })
    bench.publish(shop({ offers: [once] }))
    const { digits, totalCents } = await bench.show(basket({ bread: 1 }, { codes: ['ONCE'] }))
    bench.says.totalMinor = totalCents
    await bench.go(digits, totalCents)
    bench.says.totalMinor = totalCents + 490
    await bench.go(digits, totalCents + 490, { delivery: 'home' })
    bench.says.totalMinor = totalCents + 100
    await bench.go(digits, totalCents + 100, { session: 'b' })
    expect(bench.made.map(({ cart: { codes, delivery } }) => [codes, delivery])).toEqual([[['ONCE'], null], [['ONCE'], 'post'], [[], null]])
  })
  it('never at another price unseen: the shop’s is shown first, and opened when it is agreed to', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.says.totalMinor = totalCents + 7
    expect(await bench.go(digits, totalCents)).toMatchObject({ type: 'shop price', shopCents: totalCents + 7, view: { totalCents }, refusedCodes: [] })
    expect(bench.made).toEqual([])
    expect(await bench.go(digits, totalCents + 7)).toMatchObject({ type: 'to shop', confirmed: true })
    bench.says.totalMinor = totalCents - 7
    expect(await bench.go(digits, totalCents)).toMatchObject({ type: 'shop price', shopCents: totalCents - 7 })
    expect(bench.made).toHaveLength(1)
  })
  it('not at a price of ours that has moved since the page was made', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.says.totalMinor = totalCents
    expect(await bench.go(digits, totalCents + 5)).toMatchObject({ type: 'price changed', view: { totalCents } })
    expect(bench.made).toEqual([])
  })
  it('without a promise: a price that rose is today’s, and what changed is listed', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ bread: 1 }))
    bench.publish(shop({ products: shop().products.map((one) => (one.sku === 'bread' ? Object.assign({}, one, { priceCents: cents(399), priceHistory: [{ from: '2026-11-20' as Day, cents: cents(399) }] }) : one)) }))
    const opened = await openHandoff(bench.question(digits, 'a'), bench.parts)
    expect(opened).toMatchObject({ type: 'open', view: { totalCents: totalCents + 50, basis: 'today', shop: { opens: true }, changes: [{ type: 'unit price' }, { type: 'total' }] } })
  })
  it('says so where the shop could not be asked, and leads there all the same', async () => {
    const bench = await foreignBench({ quote: { unable: 'it has no interface for it' } })
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    expect(await bench.go(digits, totalCents)).toMatchObject({ type: 'to shop', confirmed: false })
    expect(bench.told).toEqual([])
    const shut = await foreignBench()
    const code = await shut.show(basket({ cheese: 1 }))
    shut.says.trouble = { type: 'Refused', why: 'no permission' }
    expect(await shut.go(code.digits, code.totalCents)).toEqual({ type: 'shop away', why: 'down' })
  })
})

describe('a web shop on a bad day', () => {
  it('is down or busy, and the basket stays', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.says.trouble = DOWN
    expect(await bench.go(digits, totalCents)).toEqual({ type: 'shop away', why: 'down' })
    bench.says.trouble = { type: 'RateLimited', retryAfterMs: 5 }
    expect(await bench.go(digits, totalCents)).toEqual({ type: 'shop away', why: 'busy' })
    bench.says.trouble = null
    bench.says.totalMinor = totalCents
    expect(await bench.go(digits, totalCents)).toMatchObject({ type: 'to shop' })
  })
  it('takes longer than a phone waits', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.says.stuck = true
    const reply = bench.go(digits, totalCents)
    while (bench.asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
    bench.ring()
    expect(await reply).toEqual({ type: 'shop away', why: 'down' })
  })
  it('gives a link that leads nowhere', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.says.totalMinor = totalCents
    for (const url of ['javascript:alert(1)', '/cart', '']) {
      bench.says.opened = ok({ url, leaves: [] })
      expect(await bench.go(digits, totalCents)).toEqual({ type: 'shop away', why: 'down' })
    }
  })
  it('does not take an article: which one is found, and it goes on without it', async () => {
    const bench = await foreignBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1, bread: 1, tea: 2 }))
    bench.says.totalMinor = totalCents
    bench.says.refuses.add('key-tea')
    expect(await bench.go(digits, totalCents)).toEqual({ type: 'cart refused', articles: [{ sku: 'tea', name: { de: 'tea', en: 'tea' } }] })
    // 12.99 and 3.49 are below the 20 € from which five are taken off.
    bench.says.totalMinor = 1648
    expect([totalCents, await bench.go(digits, totalCents, { without: ['tea'] })]).toMatchObject([1814, { type: 'price changed', view: { totalCents: 1648 } }])
    expect(await bench.go(digits, 1648, { without: ['tea'] })).toMatchObject({ type: 'to shop' })
    expect(bench.made[0]!.cart.lines.map(({ key }) => key)).toEqual(['key-bread', 'key-cheese'])
  })
  it('never heard of an article', async () => {
    const bench = await foreignBench({ unknown: 'tea' })
    const { digits, totalCents } = await bench.show(basket({ cheese: 1, tea: 1 }))
    expect(await bench.go(digits, totalCents)).toMatchObject({ type: 'cart refused', articles: [{ sku: 'tea' }] })
    expect(bench.asked).toEqual([])
  })
  it('cannot be opened from here: nobody’s order is taken, and the page says who helps', async () => {
    const bench = await foreignBench({ opens: { unable: 'it has no route' } })
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    expect(await openHandoff(bench.question(digits, 'a'), bench.parts)).toMatchObject({ type: 'open', view: { shop: { opens: false } } })
    expect(await bench.go(digits, totalCents)).toEqual({ type: 'refused', why: 'closed' })
    const order = { ...bench.question(digits, 'a'), wishes: { delivery: 'pickup', card: null, codes: [] } as const, person: { name: 'Ada', email: null, address: null }, totalCents }
    expect(await placeOrder(order, bench.parts)).toEqual({ type: 'refused', why: 'closed' })
  })
})

describe('an order that came back', () => {
  it('is shown to the page that went there, to nobody else, and may be cancelled', async () => {
    const bench = await foreignBench()
    const { digits, qid, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.says.totalMinor = totalCents
    await bench.go(digits, totalCents)
    const order = { number: 'W-7', placedAt: millis(5), handoff: qid, totalMinor: 1299, state: 'placed' } as const
    bench.returned.take('paper', order, millis(6))
    expect(await openHandoff(bench.question(digits, 'a'), bench.parts)).toMatchObject({ type: 'ordered there', order: { number: 'W-7', totalCents: 1299 } })
    expect(await openHandoff(bench.question(digits, 'b'), bench.parts)).toEqual({ type: 'refused', why: 'used' })
    expect(await bench.go(digits, totalCents, { session: 'b' })).toEqual({ type: 'refused', why: 'used' })
    bench.returned.take('paper', { ...order, state: 'cancelled' }, millis(7))
    expect(await openHandoff(bench.question(digits, 'a'), bench.parts)).toMatchObject({ type: 'open' })
  })
})

describe('which articles a shop refuses', () => {
  const cart = (n: number): Pick<ShopCart, 'lines'> => ({ lines: Array.from({ length: n }, (_, i) => ({ key: String(i), quantity: 1 })) })
  const refusing = (keys: readonly string[], max = Infinity) => {
    let asked = 0
    const quote = async ({ lines }: ShopCart): Promise<Told<ShopQuote>> => {
      asked += 1
      if (asked > max) return err(DOWN)
      return lines.some(({ key }) => keys.includes(key)) ? err({ type: 'CartRefused', why: 'no' }) : ok({} as ShopQuote)
    }
    return { quote, asked: () => asked }
  }
  it('is found by halves: one of sixty with at most 13 questions', async () => {
    const { quote, asked } = refusing(['41'])
    expect([[...(await refusedKeys(cart(60), quote))], asked() <= 13]).toEqual([['41'], true])
  })
  it('is several where it is several, and nobody knows where only all together are refused', async () => {
    expect([...(await refusedKeys(cart(6), refusing(['0', '5']).quote))]).toEqual(['0', '5'])
    const together = async ({ lines }: ShopCart): Promise<Told<ShopQuote>> => (lines.length === 6 ? err({ type: 'CartRefused', why: 'too much' }) : ok({} as ShopQuote))
    expect((await refusedKeys(cart(6), together)).size).toBe(0)
  })
  it('is not half told: where questions run out or the shop falls silent, none is named', async () => {
    expect((await refusedKeys(cart(60), refusing(['1', '20', '40', '59']).quote)).size).toBe(0)
    expect((await refusedKeys(cart(6), refusing(['0', '5'], 3).quote)).size).toBe(0)
  })
})
