/** The phone's questions to the shop. */
import { askHub, readHub, type NoAnswer } from '../lib/platform/ask-hub.ts'
import type { ToShopReply, ToShopRequest } from '#shared/protocol/shop-checkout.ts'
import type { StoreReply, OpenReply, OpenRequest, OrderReply, OrderRequest, PriceRequest } from '#shared/protocol/checkout.ts'
import type { ToKioskReply, ToKioskRequest } from '#shared/protocol/bring.ts'
import type { Result } from '#shared/kernel/result.ts'

export type { NoAnswer } from '../lib/platform/ask-hub.ts'

export const openCode = (request: OpenRequest): Promise<Result<OpenReply, NoAnswer>> => askHub('/api/handoff/open', request)
export const priceCode = (request: PriceRequest): Promise<Result<OpenReply, NoAnswer>> => askHub('/api/handoff/price', request)
export const shopCode = (request: ToShopRequest): Promise<Result<ToShopReply, NoAnswer>> => askHub('/api/handoff/shop', request)
export const sendOrder = (request: OrderRequest): Promise<Result<OrderReply, NoAnswer>> => askHub('/api/orders', request)

export const sendToKiosk = (request: ToKioskRequest): Promise<Result<ToKioskReply, NoAnswer>> => askHub('/api/handoff/to-kiosk', request)

/** Whose page this is, for a page without a basket. */
export const askStore = (): Promise<Result<StoreReply, NoAnswer>> => readHub('/api/store')
