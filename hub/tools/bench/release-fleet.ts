/** A change of prices on its way to every device of a large house: hint, pull, and the hash that says it arrived whole. */
import type { Json } from '#shared/kernel/json.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { PullReply } from '#shared/sync/wire.ts'
import { connectAll } from './light-device.ts'
import { startBare, startHub } from './measured-server.ts'
import { compare, quantile, type Comparison, type Scale } from './measure.ts'
import { applyChange, hintOf, pullChange, pullWhole } from './pull-release.ts'

const CHANGED_PRICES = 20

export const releaseFleet = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const size = quick ? 200 : 2000
  const ours = await spreadFromHub(size)
  const bare = await spreadFromBare(size, ours.reply, ours.hint)
  const peer = 'bare Socket.IO: the same hint and the same bytes, ready made, not checked'
  const unit = (what: string): string => `${what}, ${CHANGED_PRICES} prices to ${size} devices`
  const last = compare('release-fleet', unit('ms from the hint until the last device has checked its hash'), Math.max(...ours.times), Math.max(...bare.times), peer)
  return [
    Object.assign({}, last, { devicesWithoutIt: ours.withoutIt, publishMs: Math.round(ours.publishMs), bytesPerDevice: ours.bytes, bytesInAll: ours.bytes * size, wholeReleaseBytes: ours.wholeBytes }),
    compare('release-fleet', unit('ms until half of them have'), quantile(ours.times, 0.5), quantile(bare.times, 0.5), peer),
    compare('release-fleet', unit('ms of processor per device'), ours.cpuMs / size, bare.cpuMs / size, peer),
  ]
}

const spreadFromHub = async (size: number) => {
  const hub = await startHub(size)
  try {
    const fleet = await connectAll(hub.url, hub.devices)
    const held = await pullWhole(fleet[0]!)
    const prices = changePrices(held.items)
    const hints = fleet.map((device) => hintOf(device))
    const hinted = Promise.race(hints).then(() => performance.now())
    const before = await hub.read('gc')
    const startedAt = performance.now()
    const published = hub.process.publish(prices)
    const arrivals = fleet.map(async (device, i) => {
      await hints[i]
      const reply = await pullChange(device, held)
      applyChange(reply, held)
      return { at: performance.now(), reply }
    })
    const settled = await Promise.allSettled(arrivals)
    const all = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await published
    const after = await hub.read()
    for (const device of fleet) device.close()
    const hintedAt = await hinted
    const reply = all[0]!.reply
    return { withoutIt: size - all.length, times: all.map(({ at }) => at - hintedAt), publishMs: hintedAt - startedAt, reply, hint: await hints[0]!, bytes: sizeOf(reply) + sizeOf(await hints[0]!), wholeBytes: sizeOf(held.items), cpuMs: after.cpuMs - before.cpuMs }
  } finally {
    await hub.close()
  }
}

const spreadFromBare = async (size: number, reply: PullReply, hint: unknown) => {
  const bare = await startBare('echo', size)
  try {
    const fleet = await connectAll(bare.url, bare.devices)
    const hints = fleet.map((device) => hintOf(device))
    const before = await bare.read('gc')
    const hinted = Promise.race(hints).then(() => performance.now())
    bare.tell({ release: reply, hint })
    const times = await Promise.all(fleet.map(async (device, i) => {
      await hints[i]
      await device.ask('pull', { pv: PROTOCOL_VERSION, have: null })
      return performance.now()
    }))
    const after = await bare.read()
    for (const device of fleet) device.close()
    const hintedAt = await hinted
    return { times: times.map((at) => at - hintedAt), cpuMs: after.cpuMs - before.cpuMs }
  } finally {
    await bare.close()
  }
}

type Priced = { readonly priceCents: number; readonly priceHistory: readonly { readonly from: string; readonly cents: number }[] }

/** Some articles are five cents dearer from today on. */
const changePrices = (items: Documents): { readonly [id: string]: Json } => {
  const today = localTime(millis(Date.now()), 'Europe/Berlin').day
  const products = Object.entries(items).filter(([id]) => id.startsWith('product/')).slice(0, CHANGED_PRICES)
  return Object.fromEntries(products.map(([id, body]) => {
    const product = body as unknown as Priced
    const priceCents = product.priceCents + 5
    return [id, { ...product, priceCents, priceHistory: [{ from: today, cents: priceCents }, ...product.priceHistory.filter(({ from }) => from < today)] } as unknown as Json]
  }))
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))
