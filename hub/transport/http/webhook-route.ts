/** `POST /shop/webhook`: where the connected web shop calls when something changed. Whoever else calls learns nothing, changes nothing, and is soon not even read. */
import type { IncomingMessage } from 'node:http'
import type { Clock } from '#hub/ports/clock.ts'
import type { AddressOf } from '#hub/ports/visitor-address.ts'
import type { WebhookCall } from '#hub/ports/web-shop/shop-checkout.ts'
import { rateLimit } from './rate-limit.ts'
import { readBody } from './read-body.ts'
import type { HttpReply } from './route.ts'

export const WEBHOOK_PATH = '/shop/webhook'

/** False: the call is not the shop's. */
export type TakeWebhook = (call: WebhookCall) => Promise<boolean>

/** An article with all its variants and texts; a shop that sends more is read at its next turn all the same. */
const MAX_CALL_BYTES = 1024 * 1024
/** Per minute and address. A change of many articles is a call for each, and a shop that is told "too many" some times in a row stops calling for good. */
const CALLS = 3000
/** After so many that were not the shop's, an address is not read for the rest of the minute. */
const FORGED = 30

export const webhookReply = (take: TakeWebhook, clock: Clock, addressOf: AddressOf): ((request: IncomingMessage) => Promise<HttpReply>) => {
  const limit = rateLimit(clock)
  const forgers = rateLimit(clock)
  const refused = new Map<string, number>()
  const isForger = (address: string): boolean => {
    const until = refused.get(address)
    if (until === undefined) return false
    if (until > clock.now()) return true
    refused.delete(address)
    return false
  }
  return async (request) => {
    const address = addressOf(request)
    if (isForger(address)) return { ...TOO_MANY, retryMs: refused.get(address)! - clock.now() }
    if (!limit(address, CALLS)) return { ...TOO_MANY, retryMs: limit.waitMs(address) }
    const body = await readBody(request, MAX_CALL_BYTES)
    if (!body.ok) return { status: body.error.type === 'TooLarge' ? 413 : 400, body: { code: 'bad_request' } }
    if (await take({ headers: plainHeaders(request), body: body.value })) return { status: 200, body: { ok: true } }
    if (!forgers(address, FORGED)) {
      if (refused.size >= MAX_FORGERS) refused.delete(refused.keys().next().value!)
      refused.set(address, clock.now() + SHUT_MS)
    }
    return { status: 401, body: { code: 'forbidden' } }
  }
}

const TOO_MANY: HttpReply = { status: 429, body: { code: 'busy' } }
const SHUT_MS = 60_000
/** Addresses that are remembered. */
const MAX_FORGERS = 10_000

const plainHeaders = ({ headers }: IncomingMessage): WebhookCall['headers'] => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))
