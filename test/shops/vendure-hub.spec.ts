import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment, type ReadAssortment } from '#shared/protocol/documents.ts'
import { connect, pairTestDevice, startTestHub, type Link, type TestHub } from '../hub/test-hub.ts'
import type { RunningShop } from './running-shop.ts'
import { runVendure } from './running-vendure.ts'
import { PASSWORD } from './shop-process.ts'
import { USER } from './vendure-admin.ts'

let shop: RunningShop
let hub: TestHub
let device: Link

beforeAll(async () => {
  shop = await runVendure()
  hub = await startTestHub({ empty: true, shop: shop.access })
  await hub.webShop!.look()
  device = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
}, 240_000)
afterAll(async () => {
  device?.close()
  await hub?.remove()
  await shop?.stop()
})

type Pulled = { readonly head: { readonly rev: number; readonly hash: string }; readonly items: readonly (readonly [string, Json])[] }
const onDevice = async (): Promise<ReadAssortment & { readonly rev: number }> => {
  const { head, items } = (await device.ask('pull', { pv: 1, have: null })) as Pulled
  const read = documentsToAssortment({ hash: head.hash, items: Object.fromEntries(items) })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return { ...read.value, rev: head.rev }
}
const priceOf = (assortment: ReadAssortment, codes: readonly string[]): number =>
  quoteBasket({ lines: [{ sku: 'ART-8' as Sku, quantity: 1 }], codes, delivery: 'pickup' }, assortment, { now: millis(Date.now()), channel: 'store', clockVerified: true }).totalCents
const compared = () => hub.lines.filter(({ what }) => what.includes('baskets equal to the cent')).map(({ what, facts }) => `${what}, ${String(facts['different'])} different`)

describe('a hub with a running web shop', () => {
  it('has what it sells and promises on the devices, and compared its prices before', async () => {
    const { products, offers, unread, rev } = await onDevice()
    expect([products.length, rev]).toEqual([24, 1])
    expect(offers.map(({ offer }) => offer.name).toSorted()).toEqual(['five off ten articles', 'free delivery from 50', 'not yet', 'one euro per line', 'organic 15', 'some articles 12.5', 'ten percent', 'thirty euros: three off', 'two for one'])
    // Two prices, a plugin, uses that only the shop counts.
    expect(unread.map(({ told }) => told.title.en).toSorted()).toEqual(['first hundred', 'full moon', 'red, from twenty'])
    expect(compared()).toEqual([expect.stringMatching(/^\d\d of 60 baskets equal to the cent, 0 different$/)])
  })
  it('never writes its secret anywhere', () => {
    expect(JSON.stringify(hub.lines)).not.toContain(PASSWORD)
  })
  it('brings a changed promotion to the devices as a new signed release', async () => {
    const before = await onDevice()
    await shop.setPercent(20)
    expect(await hub.webShop!.look()).toMatchObject({ ok: true, value: { type: 'published', report: { dialect: 'vendure-3' } } })
    const after = await onDevice()
    expect([after.rev, priceOf(before, ['TEN']) - priceOf(after, ['TEN'])]).toEqual([2, 1238])
    expect(compared()).toHaveLength(2)
  })
  it('changes nothing when nothing changed', async () => {
    expect([await hub.webShop!.look(), (await onDevice()).rev]).toEqual([{ ok: true, value: { type: 'unchanged' } }, 2])
  })
  it('is compared from the shell, the same baskets each time', () => {
    const run = (): string => spawnSync(process.execPath, ['hub/tools/parity.ts', '--shop', 'vendure', '--url', shop.access.url, '--baskets', '20'], { encoding: 'utf8', env: { ...process.env, SHOP_USER: USER, SHOP_PASSWORD: PASSWORD } }).stdout
    const said = run()
    expect(said).toContain('24 articles, 9 offers exact, 3 left to the checkout\n')
    expect(JSON.parse(said.trimEnd().split('\n').at(-1)!)).toMatchObject({ total: 20, different: 0, unstable: 0 })
    expect(run()).toBe(said)
  })
  it('stays with what it has while the shop is gone', async () => {
    await shop.stop()
    expect(await hub.webShop!.look()).toMatchObject({ ok: false, error: { type: 'Unreachable' } })
    expect((await onDevice()).rev).toBe(2)
    expect(hub.lines.find(({ what }) => what === 'the web shop could not be taken over')!.facts).toEqual({ shop: 'vendure', why: 'the shop does not answer: ECONNREFUSED' })
  })
})
