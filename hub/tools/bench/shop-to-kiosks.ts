/** A promotion that was changed in the web shop on its way to the price that every kiosk of a house shows: the shop's call or the hub's own turn, reading, publishing, hint, pull, hash, price. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { PullReply } from '#shared/sync/wire.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { connectAll, pairFleet, type LightDevice } from './light-device.ts'
import { endChild, firstLine, startBare, startScript } from './measured-server.ts'
import { compare, quantile, type Comparison, type Scale } from './measure.ts'
import { applyChange, hintOf, pullChange, pullWhole, type Held } from './pull-release.ts'

const KIOSKS = 100
const SECRET = 'secret of the webhooks'
/** Key and secret of the recorded shop. */
const CONSUMER = { SHOP_USER: 'ck_0123456789abcdef', SHOP_PASSWORD: 'cs_fedcba9876543210', SHOP_WEBHOOK_SECRET: SECRET } as const
/** As the hub keeps a shop: sixty seconds after a reading, or twenty times as long as it took, and looked for every fifteen. */
const POLL = 'the lists are read 60 s after the last time (or 20 times as long as that took), looked for every 15 s'
const ARRIVAL_LIMIT_MS = 180_000
/** Said when a change is published, and again when it was compared. */
const TAKEN = 'web shop taken over'

const PEER = 'bare Socket.IO: the same hint and bytes, ready made, not checked, and the same pricing'
const unit = (what: string): string => `ms from the change in the shop until ${KIOSKS} kiosks have its price, ${what}`

export const shopToKiosks = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const house = await openHouse()
  try {
    const rounds = quick ? 3 : 8
    const ours: number[] = []
    for (let round = 0; round < rounds; round++) ours.push(...(await house.change(true)))
    const floor = await bareFloor(house.last(), rounds)
    const facts = { kiosks: KIOSKS, articles: house.articles, offers: house.coupons, rounds, ownMs: Number(house.ownMs().toFixed(1)) }
    return bothOf(ours, floor, 'the shop calls', facts)
  } finally {
    await house.close()
  }
}

/** One change, right after a reading: nobody waits longer than this. */
export const shopPolled = async (): Promise<readonly Comparison[]> => {
  const house = await openHouse()
  try {
    const ours = await house.change(false)
    return bothOf(ours, await bareFloor(house.last(), 2), `nobody calls, at worst: ${POLL}`, { kiosks: KIOSKS, rounds: 1 })
  } finally {
    await house.close()
  }
}

const bothOf = (ours: readonly number[], floor: readonly number[], what: string, facts: object): readonly Comparison[] => [
  Object.assign({}, compare('shop-to-kiosks', unit(`${what}, p50`), quantile(ours, 0.5), quantile(floor, 0.5), PEER), facts),
  compare('shop-to-kiosks', unit(`${what}, p99`), quantile(ours, 0.99), quantile(floor, 0.99), PEER),
]

type Told = { readonly url: string; readonly code: string; readonly articles: number; readonly coupons: number }
type Sent = { readonly reply: PullReply; readonly hint: unknown; readonly items: Documents }

const openHouse = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-'))
  const shop = startScript('test/bench/recorded-shop.ts', [SECRET])
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true }), () => endChild(shop)]
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).reverse()) await end()
  }
  try {
    const told = JSON.parse(await firstLine(shop)) as Told
    const devices = pairFleet(folder, KIOSKS)
    const hub = await HubProcess.start({ dataDir: folder, args: ['--empty', '--shop', 'woocommerce', '--shop-url', told.url], env: CONSUMER })
    closers.push(() => hub.kill())
    await until(() => hub.log.some((line) => line.includes(TAKEN)), 'the shop was not taken over')
    const fleet = await connectAll(hub.url, devices)
    closers.push(() => fleet.forEach((device) => device.close()))
    // All of them hold the same one; a hundred times its hash in one process would hold up their answers to the hub's pings.
    const whole = await pullWhole(fleet[0]!)
    const held = fleet.map(() => whole)
    return { ...told, close, ...changes({ hub, fleet, held, shop: (amount, isCalled) => void shop.send({ amount, call: isCalled ? `${hub.url}/shop/webhook` : null }), code: told.code }) }
  } catch (error) {
    await close()
    throw error
  }
}

type House = { readonly hub: HubProcess; readonly fleet: readonly LightDevice[]; readonly held: Held[]; readonly shop: (amount: string, isCalled: boolean) => void; readonly code: string }

const changes = ({ hub, fleet, held, shop, code }: House) => {
  let percent = 10
  let last: Sent | null = null
  let ownMs = 0
  const taken = (): number => hub.log.filter((line) => line.includes(TAKEN)).length

  /** Times of all kiosks. Here they share a processor, which they do not in a store: what each of them computes is timed by itself and added. */
  const change = async (isCalled: boolean): Promise<readonly number[]> => {
    percent = percent === 10 ? 20 : 10
    const before = priceOf(held[0]!.items, code)
    const takenBefore = taken()
    const hints = fleet.map(hintOf)
    const startedAt = performance.now()
    shop(`${percent}.00`, isCalled)
    const arrivals = await Promise.all(fleet.map(async (device, i) => {
      for (let told = hints[i]!; ; ) {
        const hint = await withLimit(told)
        told = hintOf(device)
        const reply = await pullChange(device, held[i]!)
        // Told of the release that it has: it came while it connected.
        if (reply.type !== 'same') return { hint, reply, ms: performance.now() - startedAt }
      }
    }))
    // The next change finds the hub at rest, as a house mostly is: what is compared afterwards is over, and so is the pause after a reading.
    await until(() => taken() >= takenBefore + 2, 'the change was not compared')
    const atRest = isCalled ? sleep(2.2 * (performance.now() - startedAt) + 500) : null
    const times: number[] = []
    for (const [i, { hint, reply, ms }] of arrivals.entries()) {
      const takenAt = performance.now()
      held[i] = applyChange(reply, held[i]!)
      const price = priceOf(held[i]!.items, code)
      ownMs = performance.now() - takenAt
      if (price === before) throw new Error('the price did not change')
      last = { reply, hint, items: held[i]!.items }
      times.push(ms + ownMs)
      await breathe()
    }
    await atRest
    return times
  }
  return { change, last: () => last!, ownMs: () => ownMs }
}

/** As a kiosk after a change: all documents read, one basket with the code priced. */
const priceOf = (items: Documents, code: string): number => {
  const assortment = documentsToAssortment({ hash: 'bench', items })
  if (!assortment.ok) throw new Error(JSON.stringify(assortment.error))
  const dear = assortment.value.products.toSorted((a, b) => b.priceCents - a.priceCents).slice(0, 3)
  return quoteBasket({ lines: dear.map(({ sku }) => ({ sku: sku as Sku, quantity: 1 })), codes: [code], delivery: 'pickup' }, assortment.value, { now: millis(Date.now()), channel: 'store', clockVerified: true }).totalCents
}

const bareFloor = async ({ reply, hint, items }: Sent, rounds: number): Promise<readonly number[]> => {
  const bare = await startBare('echo', KIOSKS)
  try {
    const fleet = await connectAll(bare.url, bare.devices)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const hints = fleet.map(hintOf)
      const startedAt = performance.now()
      bare.tell({ release: reply, hint })
      const arrivals = await Promise.all(fleet.map(async (device, i) => {
        await hints[i]
        await device.ask('pull', { pv: PROTOCOL_VERSION, have: null })
        return performance.now() - startedAt
      }))
      for (const ms of arrivals) {
        const pricedAt = performance.now()
        priceOf(items, '')
        times.push(ms + performance.now() - pricedAt)
        await breathe()
      }
    }
    for (const device of fleet) device.close()
    return times
  } finally {
    await bare.close()
  }
}

const withLimit = async <T>(promise: Promise<T>): Promise<T> => {
  const late = sleep(ARRIVAL_LIMIT_MS, null, { ref: false }).then(() => {
    throw new Error('a kiosk was told nothing')
  })
  return Promise.race([promise, late])
}

const until = async (isSo: () => boolean, otherwise: string): Promise<void> => {
  const endAt = performance.now() + ARRIVAL_LIMIT_MS
  while (!isSo()) {
    if (performance.now() > endAt) throw new Error(otherwise)
    await sleep(20)
  }
}
