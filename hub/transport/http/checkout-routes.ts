/** The questions of the phone checkout. Bodies are never logged. */
import type { Json } from '#shared/kernel/json.ts'
import { strictObject } from 'valibot'
import { OpenRequest, OrderRequest, PriceRequest, type OpenReply, type OrderReply, type StoreReply } from '#shared/protocol/checkout.ts'
import { ToShopRequest, type ToShopReply } from '#shared/protocol/shop-checkout.ts'
import { checkoutStore } from '#hub/use-cases/baskets/checkout-view.ts'
import { goToShop } from '#hub/use-cases/baskets/go-to-shop.ts'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { placeOrder } from '#hub/use-cases/baskets/place-order.ts'
import { priceHandoff } from '#hub/use-cases/baskets/price-handoff.ts'
import type { CheckoutParts } from '#hub/use-cases/baskets/settle-handoff.ts'
import { route, type HttpReply, type Route } from './route.ts'

/** A person scans once and may reload; a machine that guesses codes gets nowhere. */
const OPENS_PER_MINUTE = 10
/** Choosing delivery, typing a card number, correcting it. */
const PRICES_PER_MINUTE = 30
const ORDERS_PER_MINUTE = 10
/** Each may ask the web shop several times. */
const TRIPS_PER_MINUTE = 10
const STORES_PER_MINUTE = 60

export const checkoutRoutes = (parts: CheckoutParts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/store',
    perMinute: STORES_PER_MINUTE,
    schema: strictObject({}),
    handler: () => reply(storeReply(parts)),
  }),
  route({
    method: 'POST',
    path: '/api/handoff/open',
    perMinute: OPENS_PER_MINUTE,
    schema: OpenRequest,
    handler: async ({ digits, session, orderId }, { host }) => reply(await openHandoff({ digits, session, orderId, host }, parts)),
  }),
  route({
    method: 'POST',
    path: '/api/handoff/price',
    perMinute: PRICES_PER_MINUTE,
    schema: PriceRequest,
    handler: async ({ digits, session, ...wishes }, { host }) => reply(await priceHandoff({ digits, session, host }, wishes, parts)),
  }),
  route({
    method: 'POST',
    path: '/api/handoff/shop',
    perMinute: TRIPS_PER_MINUTE,
    schema: ToShopRequest,
    handler: async ({ digits, session, totalCents, ...wishes }, { host }) => reply(await goToShop({ digits, session, host, wishes, totalCents }, parts)),
  }),
  route({
    method: 'POST',
    path: '/api/orders',
    perMinute: ORDERS_PER_MINUTE,
    schema: OrderRequest,
    handler: async ({ digits, session, orderId, delivery, card, codes, name, email, address, totalCents }, { host }) => {
      const question = { digits, session, host, orderId, wishes: { delivery, card, codes }, person: { name, email, address }, totalCents }
      return reply(await placeOrder(question, parts))
    },
  }),
]

const storeReply = ({ assortments }: CheckoutParts): StoreReply => {
  const current = assortments.current()
  return current ? { type: 'store', store: checkoutStore(current, assortments.brand()) } : { type: 'refused', why: 'closed' }
}

/** Every understood question is answered with 200 and a typed value, the refusals too. */
const reply = (answer: OpenReply | OrderReply | StoreReply | ToShopReply): HttpReply => ({ status: 200, body: answer as Json })
