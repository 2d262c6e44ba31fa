import { createSign } from 'node:crypto'
import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { placeOrder } from '#hub/use-cases/baskets/place-order.ts'
import type { CheckoutParts } from '#hub/use-cases/baskets/settle-handoff.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { encodeHandoff, handoffDigits, handoffMessage } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import type { Json } from '#shared/kernel/json.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import type { OpenReply, OrderReply } from '#shared/protocol/checkout.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { basket, facts, offer, shop } from '../../shared/basket/small-shop.ts'
import { pairTestDevice, startTestHub, type TestDevice, type TestHub } from '../test-hub.ts'
import { checkoutBench } from './checkout-bench.ts'

const PHONES = 200
const ONCE = offer(9, 'once', { trigger: { type: 'code', codes: ['ONCE'] }, limits: { total: 1, used: 0 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })
const PICKUP = { delivery: 'pickup', card: null, codes: [] as readonly string[] } as const
const nameOf = (phone: number): string => phone.toString(16).padStart(4, '0').repeat(8)
const orderOf = (phone: number): string => phone.toString(16).padStart(4, 'f').repeat(8)

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** What 200 phones say to each other without knowing it. */
type Outcome = { readonly benefits: number; readonly elsewhere: number; readonly ordered: number; readonly orderedWithBenefit: number }
const outcomeOf = (fullCents: number, opened: readonly OpenReply[], ordered: readonly OrderReply[]): Outcome => {
  const views = opened.flatMap((reply) => (reply.type === 'open' ? [reply.view] : []))
  expect(views).toHaveLength(PHONES)
  const orders = ordered.flatMap((reply) => (reply.type === 'ordered' ? [reply.order] : []))
  return {
    benefits: views.filter(({ totalCents }) => totalCents === fullCents - 100).length,
    elsewhere: views.filter(({ elsewhere, totalCents }) => elsewhere && totalCents === fullCents).length,
    ordered: orders.length,
    orderedWithBenefit: orders.filter(({ totalCents }) => totalCents === fullCents - 100).length,
  }
}

describe('200 phones open one code at once', () => {
  it('and one of them has the benefit, one of them orders: a hub over real HTTP', async () => {
    let now = Date.now()
    const hub = await startTestHub({ deps: { clock: { now: () => millis(now) } } })
    closers.push(() => hub.remove())
    const kiosk = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
    const current = publishOnce(hub, now)
    const held: Basket = { lines: [{ sku: current.products[0]!.sku, quantity: 1 }], codes: ['ONCE'], delivery: 'pickup' }
    const full = quoteBasket({ ...held, codes: [] }, current, facts({ now: millis(now) })).totalCents
    const digits = codeOf(held, current, { kiosk, host: new URL(hub.url).host, now })
    const pass = (): void => void (now += 61_000)
    const opened = await atOnce(pass, (phone) => post<OpenReply>(hub, phone, '/api/handoff/open', { digits, session: nameOf(phone), orderId: orderOf(phone) }))
    const ordered = await atOnce(pass, (phone) =>
      post<OrderReply>(hub, phone, '/api/orders', {
        digits, session: nameOf(phone), orderId: orderOf(phone), ...PICKUP, name: 'Ada', email: null, address: null,
        totalCents: (opened[phone] as Extract<OpenReply, { type: 'open' }>).view.totalCents,
      }),
    )
    expect(outcomeOf(full, opened, ordered)).toMatchObject({ benefits: 1, elsewhere: PHONES - 1, ordered: 1 })
    expect(new Set(ordered.map((reply) => (reply.type === 'refused' ? reply.why : reply.type)))).toEqual(new Set(['ordered', 'used']))
  })

  const inParts = async (change: (parts: CheckoutParts) => CheckoutParts): Promise<Outcome> => {
    const bench = await checkoutBench()
    bench.publish(shop({ offers: [ONCE] }))
    const { digits } = await bench.show(basket({ bread: 1 }, { codes: ['ONCE'] }))
    const parts = change(bench.parts)
    const question = (phone: number) => ({ ...bench.question(digits), session: nameOf(phone), orderId: orderOf(phone) })
    const phones = Array.from({ length: PHONES }, (_, i) => i)
    const opened = await Promise.all(phones.map((phone) => openHandoff(question(phone), parts)))
    const person = { name: 'Ada', email: null, address: null }
    const ordered = await Promise.all(phones.map((phone) => placeOrder({ ...question(phone), wishes: PICKUP, person, totalCents: 249 }, parts)))
    return outcomeOf(349, opened, ordered)
  }
  it('which is the claim’s doing: without one, all of them were promised it', async () => {
    expect(await inParts((parts) => parts)).toMatchObject({ benefits: 1, ordered: 1, orderedWithBenefit: 1 })
    expect((await inParts((parts) => ({ ...parts, quotes: { ...parts.quotes, claim: () => null } }))).benefits).toBe(PHONES)
  })
})

describe('one address that guesses codes', () => {
  it('is told to wait after ten a minute, and heard again in the next', async () => {
    let now = Date.now()
    const hub = await startTestHub({ empty: true, deps: { clock: { now: () => millis(now) } } })
    closers.push(() => hub.remove())
    const guess = (n: number) => post<{ readonly code?: string; readonly why?: string }>(hub, 0, '/api/handoff/open', { digits: `1${n}`, session: nameOf(n), orderId: orderOf(n) })
    for (let n = 0; n < 10; n++) expect(await guess(n)).toMatchObject({ why: 'closed' })
    expect(await guess(10)).toEqual({ code: 'busy' })
    now += 61_000
    expect(await guess(11)).toMatchObject({ why: 'closed' })
  })
})

/** The demo store, and one offer that may be used once. */
const publishOnce = (hub: TestHub, now: number): Assortment => {
  const items = { ...demoDocuments(localTime(millis(now), 'Europe/Berlin').day), 'offer/once': JSON.parse(JSON.stringify({ ...ONCE, number: 60_000 })) as Json }
  const published = hub.publish(items)
  if (!published.ok) throw new Error(JSON.stringify(published.error).slice(0, 500))
  const read = documentsToAssortment({ hash: published.value.hash, items })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

/** A code as a paired kiosk signs it. */
const codeOf = (held: Basket, current: Assortment, { kiosk, host, now }: { readonly kiosk: TestDevice; readonly host: string; readonly now: number }): string => {
  const quote = quoteBasket(held, current, facts({ now: millis(now) }))
  const keyId = bytesToHex(sha256(new Uint8Array(Buffer.from(kiosk.pub, 'base64url'))).slice(0, 4))
  const body = encodeHandoff(handoffOf(held, quote, current, { qid: 'f00dcafe12345678' as QuoteId, keyId, at: millis(now) }))
  const signature = createSign('sha256').update(handoffMessage(body, current.store.checkoutDomain || host)).sign({ key: kiosk.key, dsaEncoding: 'ieee-p1363' })
  return handoffDigits(body, new Uint8Array(signature))
}

/** Ten a minute and address are let in. Where a machine has as many addresses of its own as there are phones, all come at once; elsewhere ten by ten, a minute apart. */
const HAS_ADDRESSES = process.platform === 'linux'
const atOnce = async <T>(pass: () => void, ask: (phone: number) => Promise<T>): Promise<readonly T[]> => {
  const wave = HAS_ADDRESSES ? PHONES : 10
  const answers: T[] = []
  for (let from = 0; from < PHONES; from += wave) {
    answers.push(...(await Promise.all(Array.from({ length: wave }, (_, i) => ask(from + i)))))
    if (!HAS_ADDRESSES) pass()
  }
  return answers
}

const post = <T>(hub: TestHub, phone: number, path: string, question: object): Promise<T> => {
  const body = JSON.stringify(question)
  const localAddress = HAS_ADDRESSES ? `127.0.1.${phone + 1}` : undefined
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = request(`${hub.url}${path}`, { method: 'POST', headers, agent: false, ...(localAddress && { localAddress }) }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString()) as T))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
