/** A basket onto a kiosk: the phone's own, or the cart of a web shop's page. Bodies are never logged. */
import type { Json } from '#shared/kernel/json.ts'
import { ToKioskRequest, WebBasketRequest } from '#shared/protocol/bring.ts'
import { phoneToKiosk, webToKiosk, type BringParts } from '#hub/use-cases/baskets/bring-basket.ts'
import type { CheckoutParts } from '#hub/use-cases/baskets/settle-handoff.ts'
import { route, type Route } from './route.ts'

/** A person taps once; every tap keeps one row for a day. */
const PHONES_PER_MINUTE = 10
/** A web shop asks for all its shoppers from one address. */
const WEB_PER_MINUTE = 60

export const bringRoutes = (parts: CheckoutParts & BringParts): readonly Route[] => [
  route({
    method: 'POST',
    path: '/api/handoff/to-kiosk',
    perMinute: PHONES_PER_MINUTE,
    schema: ToKioskRequest,
    handler: async ({ digits, session, ...wishes }, { host }) => ({ status: 200, body: (await phoneToKiosk({ digits, session, host }, wishes, parts)) as Json }),
  }),
  route({
    method: 'POST',
    path: '/api/baskets',
    perMinute: WEB_PER_MINUTE,
    schema: WebBasketRequest,
    handler: (request) => ({ status: 200, body: webToKiosk(request, parts) as Json }),
  }),
]
