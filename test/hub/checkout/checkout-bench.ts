/** A hub's checkout over a real database, with a kiosk whose key it knows and a clock that stands where it is put. */
import { webcrypto } from 'node:crypto'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Handoff } from '#shared/handoff/handoff.ts'
import { encodeHandoff, handoffDigits, handoffMessage } from '#shared/handoff/encode-handoff.ts'
import { handoffOf, unitsOfHandoff } from '#shared/handoff/handoff-basket.ts'
import { bytesToBase64Url, bytesToHex } from '#shared/kernel/bytes.ts'
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { Hints } from '#shared/protocol/calls.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { LogFacts } from '#hub/ports/log.ts'
import { builtinShop } from '#hub/shops/builtin/builtin-shop.ts'
import { verifySignature } from '#hub/stores/keys/verify-signature.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteFunnelStore } from '#hub/stores/sqlite/feedback/funnel-store.ts'
import { sqliteOrderStore } from '#hub/stores/sqlite/baskets/order-store.ts'
import { sqliteQuoteStore } from '#hub/stores/sqlite/baskets/quote-store.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { readAssortments } from '#hub/use-cases/releases/read-assortments.ts'
import type { CheckoutParts } from '#hub/use-cases/baskets/settle-handoff.ts'
import { facts, NOON, shop } from '../../shared/basket/small-shop.ts'
import { releaseOf } from '../../shared/sync/signed-release.ts'

const HOST = 'shop.example.de'
const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** The documents of a small shop, as a hub publishes them. */
export const documentsOf = ({ store, policies, categories, products, offers }: Assortment): Documents => {
  const all = [
    ['store/main', store], ['policies/main', policies], ['brand/main', { name: 'Small', claim: { de: 's', en: 's' }, light: {}, dark: {} }],
    ...categories.map((one) => [`category/${one.id}`, { ...one, picture: '/pictures/x.svg' }]),
    ...products.map((one) => [`product/${one.sku}`, one]), ...offers.map((one) => [`offer/${one.offer.id}`, one]),
  ] as const
  return JSON.parse(JSON.stringify(Object.fromEntries(all))) as { [id: string]: Json }
}

export const checkoutBench = async () => {
  const opened = openDatabase(':memory:', NOON)
  if (!opened.ok) throw new Error('no database')
  const quotes = sqliteQuoteStore(opened.value)
  const orders = sqliteOrderStore(opened.value)
  let now = NOON
  const clock = { now: () => now }
  const stores = sqliteStores(opened.value, clock)
  const assortments = readAssortments(stores.documents)
  const hints: Hints['handoff'][] = []
  const warnings: LogFacts[] = []
  const log = { info: () => undefined, warn: (_what: string, said: LogFacts = {}) => void warnings.push(said), error: () => undefined }
  const random = { bytes: (length: number) => webcrypto.getRandomValues(new Uint8Array(length)) }
  const members = new Map([['10001', { id: '10001', groups: ['club'] }]])
  const shopParts = { assortments, orders, allotments: stores.allotments, transactions: stores.transactions, random, findMember: (card: string) => members.get(card) ?? null }
  const parts: CheckoutParts = {
    assortments, devices: stores.devices, quotes, transactions: stores.transactions, allotments: stores.allotments, shop: builtinShop(shopParts), foreign: null, funnel: sqliteFunnelStore(opened.value), clock, log,
    hints: { handoff: (_dev, hint) => void hints.push(hint) },
    verify: async (...signed) => verifySignature(...signed),
  }
  const publish = (assortment: Assortment, activeFrom?: Millis): void => {
    const items = documentsOf(assortment)
    stores.documents.publish(releaseOf(items, { rev: stores.documents.nextRev() - 1 }, { publishedAt: now, activeFrom: activeFrom ?? now }))
  }
  publish(shop())
  const kiosk = await pairKiosk(stores.devices.add)

  /** A code as the kiosk shows it now; `change` plants what is wrong with it. */
  const show = async (held: Basket, change: Partial<Handoff> = {}, audience = HOST): Promise<{ readonly digits: string; readonly qid: QuoteId; readonly totalCents: number }> => {
    const read = documentsToAssortment(stores.documents.current()!)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    const quote = quoteBasket(held, read.value, facts({ now, units: unitsOfHandoff({ reserved: change.reserved ?? [] }, read.value) }))
    const qid = bytesToHex(random.bytes(8)) as QuoteId
    const body = encodeHandoff({ ...handoffOf(held, quote, read.value, { qid, keyId: kiosk.keyId, at: now }), ...change })
    return { digits: handoffDigits(body, await kiosk.sign(handoffMessage(body, audience))), qid, totalCents: quote.totalCents }
  }
  return {
    parts, sql: opened.value, hints, warnings, quotes, orders, stores, kiosk, show, publish,
    later: (hours: number): void => {
      now = millis(now + hours * 3_600_000)
    },
    question: (digits: string, session = '1'): { readonly digits: string; readonly session: string; readonly orderId: string; readonly host: string } => ({
      digits, session: session.repeat(32), orderId: `${session}e`.repeat(16), host: HOST,
    }),
  }
}

const pairKiosk = async (add: (device: Parameters<ReturnType<typeof sqliteStores>['devices']['add']>[0]) => void) => {
  const pair = await webcrypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const raw = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey))
  const keyId = bytesToHex(sha256(raw).subarray(0, 4))
  const dev = 'ab'.repeat(16) as DeviceId
  add({ dev, name: 'Kiosk 1', role: 'kiosk', touchpoint: null, pub: bytesToBase64Url(raw), keyId, tokenHash: '00', pairedAt: NOON, revokedAt: null })
  return { dev, keyId, sign: async (message: Uint8Array<ArrayBuffer>) => new Uint8Array(await webcrypto.subtle.sign(curve, pair.privateKey, message)) }
}
