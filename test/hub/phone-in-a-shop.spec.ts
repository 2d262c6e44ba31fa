import { createSign } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { encodeHandoff, handoffDigits, handoffMessage } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import { base64UrlToBytes, bytesToHex } from '#shared/kernel/bytes.ts'
import type { QuoteId, Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { FunnelReply } from '#shared/protocol/funnel.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { startPaperStorefront } from '../browser/harness/paper-storefront.ts'
import { connect, eventId, pairTestDevice, postJson, signIn, startTestHub, type Link, type TestDevice } from './test-hub.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const QID = '00112233445566ff' as QuoteId
const SESSION = { session: 'a'.repeat(32) }

const assortmentOn = async (link: Link) => {
  const { head, items } = (await link.ask('pull', { pv: 3, have: null })) as { readonly head: { readonly hash: string }; readonly items: readonly (readonly [string, Json])[] }
  const read = documentsToAssortment({ hash: head.hash, items: Object.fromEntries(items) })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

/** A basket as the kiosk signs it, and what it tells the hub of it. */
const handOver = async (kiosk: TestDevice, link: Link, url: string) => {
  const assortment = await assortmentOn(link)
  const now = millis(Date.now())
  const held = { lines: [{ sku: 'cups-1' as Sku, quantity: 2 }, { sku: 'jugs-2' as Sku, quantity: 1 }], codes: [], delivery: 'pickup' } as const
  const quote = quoteBasket(held, assortment, { now, channel: 'store', clockVerified: true })
  const pub = base64UrlToBytes(kiosk.pub)
  const keyId = bytesToHex(sha256(pub.ok ? pub.value : new Uint8Array()).subarray(0, 4))
  const body = encodeHandoff(handoffOf(held, quote, assortment, { qid: QID, keyId, at: now }))
  const signature = createSign('sha256').update(handoffMessage(body, new URL(url).host)).sign({ key: kiosk.key, dsaEncoding: 'ieee-p1363' })
  const digits = handoffDigits(body, new Uint8Array(signature))
  return { digits, totalCents: quote.totalCents, told: { qid: QID, code: shortCode(QID), digits, totalCents: quote.totalCents, releaseHash: assortment.hash, lines: 2 } }
}

describe('a hub with another program as web shop', () => {
  it('leads the phone there, hears of the order, and tells kiosk and manager', async () => {
    const storefront = await startPaperStorefront()
    closers.push(() => storefront.stop())
    const hub = await startTestHub({ deps: { shop: storefront.shop } })
    closers.push(() => hub.remove())
    await hub.webShop!.look()
    const kiosk = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
    const link = await connect(hub.url, kiosk)
    const manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
    await signIn(hub, manager)
    closers.push(() => link.close(), () => manager.close())
    const hints: unknown[] = []
    link.socket.on('handoff', (hint: unknown) => void hints.push(hint))
    const { digits, totalCents, told } = await handOver(kiosk, link, hub.url)
    const ask = async (path: string, body: object): Promise<unknown> => (await postJson(`${hub.url}${path}`, { digits, ...SESSION, ...body })).json()
    const funnel = async (): Promise<FunnelReply> => ((await manager.ask('funnel.read', {})) as { readonly value: FunnelReply }).value

    expect(await ask('/api/handoff/open', { orderId: 'b'.repeat(32) })).toMatchObject({ type: 'open', view: { totalCents, shop: { opens: true }, changes: [] } })
    const wishes = { delivery: 'pickup', card: null, codes: [], without: [] }
    expect(await ask('/api/orders', { orderId: 'b'.repeat(32), delivery: 'pickup', card: null, codes: [], name: 'Ada', email: null, address: null, totalCents })).toEqual({ type: 'refused', why: 'closed' })
    expect(await ask('/api/handoff/shop', { ...wishes, totalCents })).toEqual({ type: 'to shop', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/cart\/0$/), leaves: ['delivery'], codes: [], confirmed: true })
    expect(storefront.opened[0]).toMatchObject({ cart: { lines: [{ key: '01', quantity: 2 }, { key: '12', quantity: 1 }], delivery: null }, attribution: { device: kiosk.dev, handoff: QID } })
    expect([await storefront.charges(0), await ask('/api/handoff/shop', { ...wishes, totalCents }), storefront.opened.length]).toMatchObject([totalCents, { url: storefront.opened[0]!.url }, 1])
    expect(await ask('/api/handoff/shop', { ...wishes, delivery: 'home', totalCents: totalCents + 490 })).toMatchObject({ type: 'to shop', leaves: [] })
    expect(storefront.opened[1]!.cart.delivery).toBe('d')
    expect(await funnel()).toMatchObject({ overall: { visits: 0 }, early: { opened: 1, ordered: 0 }, orders: { type: 'read back' } })

    const number = storefront.order(0)
    expect(await hub.orders!.look()).toMatchObject({ ok: true, value: { moved: 1 } })
    expect(await ask('/api/handoff/open', { orderId: 'b'.repeat(32) })).toMatchObject({ type: 'ordered there', order: { number, totalCents: 4242 } })
    expect(await ask('/api/handoff/open', { session: 'c'.repeat(32), orderId: 'd'.repeat(32) })).toEqual({ type: 'refused', why: 'used' })
    const event = (seq: number, t: string, p: object) => ({ seq, id: eventId(seq), t, v: 1, at: Date.now(), off: 0, boot: 'boot', mono: seq, sid: 'visit', p })
    const ev = [event(1, 'visit.started', { touchpoint: null, language: 'de', basket: true }), event(2, 'basket.begun', {}), event(3, 'basket.handed-over', told)]
    expect(await link.ask('push', { pv: 3, ep: 'e'.repeat(16), prev: NO_CHAIN, ev })).toMatchObject({ upto: 3 })
    expect(await funnel()).toMatchObject({ overall: { visits: 1, told: 1, baskets: 1, shownTold: 1, shown: 1, opened: 1, ordered: 1 }, early: { opened: 0, ordered: 0 }, cancelled: 0 })
    expect(hints).toEqual([{ qid: QID, state: 'opened' }, { qid: QID, state: 'ordered' }])

    storefront.order(0, 'cancelled')
    await hub.orders!.look()
    expect(await funnel()).toMatchObject({ overall: { opened: 1, ordered: 0 }, cancelled: 1 })
    expect(await ask('/api/handoff/open', { orderId: 'b'.repeat(32) })).toMatchObject({ type: 'open' })
  })
})
