/** A hub with a running shop: taken over, changed in the shop, gone; and nothing stops. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment, type ReadAssortment } from '#shared/protocol/documents.ts'
import { connect, pairTestDevice, startTestHub, type Link, type TestHub } from '../hub/test-hub.ts'
import type { RunningShop } from './running-shop.ts'
import { PASSWORD } from './shop-process.ts'

export type HubTerms = {
  readonly start: () => Promise<RunningShop>
  readonly dialect: string
  readonly articles: number
  /** Names of offers that devices compute, and of those that are left to the checkout: by the rules, or by what the comparison found. */
  readonly computed: readonly string[]
  readonly left: readonly string[]
  /** One piece of an article with a code of ten percent, and how much less it costs once the code is of another one. Units  cents. */
  readonly code: { readonly name: string; readonly sku: string; readonly percent: number; readonly lessCents: number }
}

const run = promisify(execFile)
/** The shop prices dozens of baskets. */
const SLOW_MS = 180_000

type Pulled = { readonly head: { readonly rev: number; readonly hash: string }; readonly items: readonly (readonly [string, Json])[] }

export const acceptHub = ({ start, dialect, articles, computed, left, code }: HubTerms): void => {
  let shop: RunningShop
  let hub: TestHub
  let device: Link

  beforeAll(async () => {
    shop = await start()
    hub = await startTestHub({ empty: true, shop: shop.access })
    await hub.webShop!.look()
    device = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  }, 240_000)
  afterAll(async () => {
    device?.close()
    await hub?.remove()
    await shop?.stop()
  })

  const onDevice = async (): Promise<ReadAssortment & { readonly rev: number }> => {
    const { head, items } = (await device.ask('pull', { pv: 1, have: null })) as Pulled
    const read = documentsToAssortment({ hash: head.hash, items: Object.fromEntries(items) })
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { ...read.value, rev: head.rev }
  }
  const priceOf = (assortment: ReadAssortment): number =>
    quoteBasket({ lines: [{ sku: code.sku as Sku, quantity: 1 }], codes: [code.name], delivery: 'pickup' }, assortment, { now: millis(Date.now()), channel: 'store', clockVerified: true }).totalCents
  const compared = (): readonly string[] => hub.lines.filter(({ what }) => what.includes('baskets equal to the cent')).map(({ what, facts }) => `${what}, ${String(facts['different'])} different`)

  void describe(`a hub with a running ${dialect}`, () => {
    it('has what it sells and promises on the devices, and compared its prices before', async () => {
      const { products, offers, unread, rev } = await onDevice()
      expect([products.length, rev]).toEqual([articles, 1])
      expect(offers.map(({ offer }) => offer.name).toSorted()).toEqual(computed.toSorted())
      expect(unread.map(({ told }) => told.title.en).toSorted()).toEqual(left.toSorted())
      expect(compared()).toEqual([expect.stringMatching(/^\d\d of 60 baskets equal to the cent, 0 different$/)])
    })
    it('never writes its secret anywhere', () => {
      expect(JSON.stringify(hub.lines)).not.toContain(PASSWORD)
    })
    it('brings a changed promotion to the devices as a new signed release', async () => {
      const before = await onDevice()
      await shop.setPercent(code.percent)
      expect(await hub.webShop!.look()).toMatchObject({ ok: true, value: { type: 'published', report: { dialect } } })
      const after = await onDevice()
      expect([after.rev, priceOf(before) - priceOf(after)]).toEqual([2, code.lessCents])
      expect(compared()).toHaveLength(2)
    }, SLOW_MS)
    it('changes nothing when nothing changed', async () => {
      expect([await hub.webShop!.look(), (await onDevice()).rev]).toEqual([{ ok: true, value: { type: 'unchanged' } }, 2])
    })
    it('is compared from the shell, the same baskets each time', async () => {
      const { name, url, secret } = shop.access
      const user = secret && 'user' in secret ? secret.user : ''
      const ask = async (): Promise<string> => (await run(process.execPath, ['hub/tools/parity.ts', '--shop', name, '--url', url, '--baskets', '12'], { env: { ...process.env, SHOP_USER: user, SHOP_PASSWORD: PASSWORD } })).stdout
      const said = await ask()
      expect(said).toContain(`${articles} articles, ${computed.length} offers exact, ${left.length} left to the checkout\n`)
      expect(JSON.parse(said.trimEnd().split('\n').at(-1)!)).toMatchObject({ total: 12, different: 0, unstable: 0 })
      expect(await ask()).toBe(said)
    }, SLOW_MS)
    it('stays with what it has while the shop is gone', async () => {
      await shop.stop()
      expect(await hub.webShop!.look()).toMatchObject({ ok: false, error: { type: 'Unreachable' } })
      expect((await onDevice()).rev).toBe(2)
      expect(hub.lines.find(({ what }) => what === 'the web shop could not be taken over')!.facts).toEqual({ shop: shop.access.name, why: 'the shop does not answer: ECONNREFUSED' })
    })
  })
}
