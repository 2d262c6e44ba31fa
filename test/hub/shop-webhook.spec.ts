import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment, type ReadAssortment } from '#shared/protocol/documents.ts'
import { CONSUMER, startRecordedShop, type RecordedShop } from '../contract/shops/woocommerce/recorded-shop.ts'
import { NOTED, worldOf } from '../contract/shops/woocommerce/world.ts'
import { connect, pairTestDevice, startTestHub, type Link, type TestHub } from './test-hub.ts'

const SECRET = 'the secret of the webhooks'
const world = worldOf(NOTED.filter(({ id }) => ['plain-one/gross', 'cart-10/gross', 'plain-mixed-vat-shipping/gross'].includes(id)), null)
const TEN = [...world.coupons.values()].find(({ amount }) => amount === '10')!
let shop: RecordedShop
let hub: TestHub
let device: Link

beforeAll(async () => {
  shop = await startRecordedShop({ world })
  hub = await startTestHub({ empty: true, shop: { name: 'woocommerce', url: shop.url, secret: { user: CONSUMER.key, password: CONSUMER.secret }, webhookSecret: SECRET, options: {} } })
  await hub.webShop!.look()
  device = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
})
afterAll(async () => {
  device?.close()
  await hub?.remove()
  await shop?.close()
})

type Pulled = { readonly head: { readonly rev: number; readonly hash: string }; readonly items: readonly (readonly [string, Json])[] }
const onDevice = async (): Promise<ReadAssortment & { readonly rev: number }> => {
  const { head, items } = (await device.ask('pull', { pv: 1, have: null })) as Pulled
  const read = documentsToAssortment({ hash: head.hash, items: Object.fromEntries(items) })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return { ...read.value, rev: head.rev }
}
const nextRelease = (): Promise<unknown> => new Promise((resolve) => device.socket.once('release', resolve))
const address = (of: TestHub): string => `${of.url}/shop/webhook`
const post = (body: string, headers: Record<string, string> = {}, of: TestHub = hub): Promise<number> => fetch(address(of), { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }).then(({ status }) => status)
const signed = (body: string, secret = SECRET): Record<string, string> => ({ 'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'), 'x-wc-webhook-topic': 'coupon.updated' })

describe('a web shop that calls the hub', () => {
  it('has what changed on the devices at once, as a new release', async () => {
    const before = await onDevice()
    const article = before.products[0]!.sku
    const price = (assortment: ReadAssortment): number => quoteBasket({ lines: [{ sku: article as Sku, quantity: 1 }], codes: [TEN.code], delivery: 'pickup' }, assortment, { now: millis(Date.now()), channel: 'store', clockVerified: true }).totalCents
    shop.changeCoupon(TEN.id, { amount: '25.00' })
    const release = nextRelease()
    expect(await shop.call(address(hub), 'coupon.updated', SECRET)).toBe(200)
    await release
    const after = await onDevice()
    expect([price(before), price(after), after.rev - before.rev]).toEqual([1799, 1499, 1])
  })
  it('may call as often as it likes: a flood is a handful of readings', async () => {
    await hub.webShop!.lookAfresh()
    const perReading = await questionsOf(() => hub.webShop!.lookAfresh())
    const before = shop.asked()
    const statuses = await Promise.all(Array.from({ length: 300 }, () => shop.call(address(hub), 'product.updated', SECRET)))
    expect(new Set(statuses)).toEqual(new Set([200]))
    // What was told during a reading is looked for after it; then it rests.
    await hub.webShop!.lookAfresh()
    expect((shop.asked() - before) / perReading).toBeLessThanOrEqual(4)
  })
  it('is not read for what is of no concern, nor for the first call that tries the address', async () => {
    await hub.webShop!.lookAfresh()
    const before = shop.asked()
    expect([await shop.call(address(hub), 'order.created', SECRET), await post('webhook_id=7')]).toEqual([200, 200])
    expect(shop.asked()).toBe(before)
  })
})

describe('whoever calls in its name', () => {
  it.each([
    ['without a signature', '{"id":1}', {}],
    ['with that of another secret', '{"id":1}', signed('{"id":1}', 'guessed')],
    ['with that of another body', '{"id":2}', signed('{"id":1}')],
    ['with one that is none', '{"id":1}', { 'x-wc-webhook-signature': '!' }],
  ])('%s is refused, and nothing is read', async (_, body, headers) => {
    const before = shop.asked()
    expect(await post(body, headers)).toBe(401)
    expect(shop.asked()).toBe(before)
  })
  it('is told in the log once, by number alone', () => {
    const told = hub.lines.filter(({ what }) => what === 'calls in the name of the web shop were refused')
    expect(told.map(({ level, facts }) => [level, facts])).toEqual([['warn', { shop: 'woocommerce', calls: 1 }]])
    expect(JSON.stringify(hub.lines)).not.toMatch(/guessed|the secret/)
  })
  it('with more than a megabyte is not read to the end', async () => {
    const status = await post('x'.repeat(1_200_000), signed('x')).catch(() => 413)
    expect(status).toBe(413)
  })
  it('again and again is no longer read at all, and the hub goes on', async () => {
    const statuses = await Promise.all(Array.from({ length: 200 }, () => post('{"id":1}')))
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(64)
    expect(statuses.at(-1)).toBe(429)
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200)
    expect((await onDevice()).rev).toBe(2)
  })
})

describe('a hub without such calls', () => {
  it('has no such address, and no other way than calling has one', async () => {
    expect((await fetch(address(hub))).status).toBe(404)
    const alone = await startTestHub()
    try {
      expect(await post('{}', {}, alone)).toBe(404)
    } finally {
      await alone.remove()
    }
  })
})

describe('a change that comes while the one before is still compared', () => {
  it('is read first: no further basket is asked for', async () => {
    const coupon = TEN.id
    let carts = 0
    let atCart: (() => void) | null = null
    const busy = await startRecordedShop({
      world,
      before: (request) => {
        if (request.method === 'GET' && request.url === '/wp-json/wc/store/v1/cart' && (carts += 1) === 5) atCart?.()
        return false
      },
    })
    const its = await startTestHub({ empty: true, shop: { name: 'woocommerce', url: busy.url, secret: { user: CONSUMER.key, password: CONSUMER.secret }, webhookSecret: SECRET, options: {} } })
    try {
      await its.webShop!.look()
      expect(carts).toBe(60)
      const read = (): number => its.lines.filter(({ what }) => what === 'web shop taken over').length
      const before = read()
      const whole = Promise.withResolvers<void>()
      carts = 0
      atCart = () => {
        busy.changeCoupon(coupon, { amount: '30.00' })
        void busy.call(address(its), 'coupon.updated', SECRET).then(() => whole.resolve())
      }
      busy.changeCoupon(coupon, { amount: '20.00' })
      await busy.call(address(its), 'coupon.updated', SECRET)
      await whole.promise
      await its.webShop!.look()
      expect(its.lines.map(({ what }) => what)).toContain('prices of the web shop were compared in part only')
      expect(read() - before).toBeGreaterThanOrEqual(2)
    } finally {
      await its.remove()
      await busy.close()
    }
  })
})

const questionsOf = async (task: () => Promise<unknown>): Promise<number> => {
  const before = shop.asked()
  await task()
  return shop.asked() - before
}
