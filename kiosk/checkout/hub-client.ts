/** The phone's questions to the shop. */
import type { ToShopReply, ToShopRequest } from '#shared/protocol/shop-checkout.ts'
import type { StoreReply, OpenReply, OpenRequest, OrderReply, OrderRequest, PriceRequest } from '#shared/protocol/checkout.ts'
import type { ToKioskReply, ToKioskRequest } from '#shared/protocol/bring.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** offline: nobody answered · busy: asked too often · failed: answered with something else. */
export type NoAnswer = { readonly type: 'offline' | 'busy' | 'failed' }

/** A phone on the edge of the network: longer than any answer needs, shorter than patience. */
const TIMEOUT_MS = 12_000

export const openCode = (request: OpenRequest): Promise<Result<OpenReply, NoAnswer>> => ask('/api/handoff/open', request)
export const priceCode = (request: PriceRequest): Promise<Result<OpenReply, NoAnswer>> => ask('/api/handoff/price', request)
export const shopCode = (request: ToShopRequest): Promise<Result<ToShopReply, NoAnswer>> => ask('/api/handoff/shop', request)
export const sendOrder = (request: OrderRequest): Promise<Result<OrderReply, NoAnswer>> => ask('/api/orders', request)

export const sendToKiosk = (request: ToKioskRequest): Promise<Result<ToKioskReply, NoAnswer>> => ask('/api/handoff/to-kiosk', request)

/** Whose page this is, for a page without a basket. */
export const askStore = (): Promise<Result<StoreReply, NoAnswer>> => send('/api/store', { method: 'GET' })

const ask = <Reply extends { readonly type: string }>(path: string, body: object): Promise<Result<Reply, NoAnswer>> =>
  send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const send = async <Reply extends { readonly type: string }>(path: string, request: RequestInit): Promise<Result<Reply, NoAnswer>> => {
  try {
    const response = await fetch(path, { ...request, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (response.status === 429 || response.status === 503) return err({ type: 'busy' })
    const reply: unknown = response.ok ? await response.json() : null
    return isReply<Reply>(reply) ? ok(reply) : err({ type: 'failed' })
  } catch {
    return err({ type: 'offline' })
  }
}

const isReply = <Reply>(value: unknown): value is Reply => typeof value === 'object' && value !== null && 'type' in value
