/** The built-in web shop: its catalogue and offers are the release in force, and it keeps its orders itself. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { countedOffer, usedLimited } from '#shared/basket/limited-offers.ts'
import type { Json } from '#shared/kernel/json.ts'
import { canonicalJson } from '#shared/kernel/json.ts'
import { cents } from '#shared/kernel/money.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { localTime, type Millis } from '#shared/kernel/time.ts'
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import { settleUses } from '#shared/sync/allotment-hub.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { OrderStore } from '#hub/ports/quotes.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { NewOrder, OwnOrders, PlacedOrder, ShopClosed, UsesGone } from '#hub/ports/web-shop/own-orders.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'

export type BuiltinShopParts = {
  readonly assortments: Assortments
  readonly orders: OrderStore
  readonly allotments: AllotmentLedger
  readonly transactions: Transactions
  readonly random: Random
  /** Facts of a customer card, by its number as printed. */
  readonly findMember: (card: string) => PricingCustomer | null
}

const GONE: UsesGone = { type: 'UsesGone' }
const CLOSED: ShopClosed = { type: 'ShopClosed' }
/** Order numbers tried before giving up; with 32^4 a day the second try is already rare. */
const NUMBER_TRIES = 20

export const builtinShop = (parts: BuiltinShopParts): WebShop & { readonly ownOrders: OwnOrders } => ({
  name: 'builtin',
  read: { unable: 'its catalogue and offers are the release itself: nothing is to be read from elsewhere' },
  quote: { unable: 'it has no engine of its own: its price is the price of the release' },
  openCheckout: { unable: 'its checkout is the page on which the phone opens the basket' },
  ordersSince: { unable: 'its orders are taken by the hub and known at once' },
  checkWebhook: { unable: 'it changes by releases only' },
  findMember: async (card) => parts.findMember(card),
  ownOrders: {
    place: async (order) => {
      const assortment = parts.assortments.current()
      if (!assortment) return err(CLOSED)
      const placed = parts.transactions.run(() => placeOnce(order, assortment, parts))
      return placed ? ok(placed) : err(GONE)
    },
    find: async (id) => parts.orders.find(id),
  },
})

/** Null if a limited offer of it has no use left. */
const placeOnce = (order: NewOrder, current: Assortment, parts: BuiltinShopParts): PlacedOrder | null => {
  const { orders, random } = parts
  const known = orders.find(order.id)
  if (known) return known
  if (!settleLimited(order, current, parts)) return null
  for (let tries = 0; tries < NUMBER_TRIES; tries++) {
    const number = orderNumber(order.placedAt, current.store.timeZone, random)
    const { id, qid, placedAt, person } = order
    const placed: PlacedOrder = { id, number, qid, placedAt, delivery: order.basket.delivery, totalCents: cents(order.quote.totalCents - (order.loweredCents ?? 0)) }
    if (orders.add({ ...placed, person, quote: agreedQuote(order) })) return placed
  }
  throw new Error('no free order number')
}

/** The limits of today count, also for a price that was promised under an earlier release. */
const settleLimited = ({ quote, qid, id, placedAt }: NewOrder, current: Assortment, { assortments, allotments }: BuiltinShopParts): boolean => {
  const agreed = assortments.find(quote.releaseHash)?.assortment ?? current
  const used = usedLimited(quote, agreed.offers).map((one) => current.offers.find(({ offer }) => offer.id === one.offer.id) ?? one)
  const buyer = { holder: qid ?? id, customer: quote.facts.customer?.id ?? null }
  return settleUses(allotments, used.map(({ offer }) => countedOffer(offer)), buyer, placedAt)
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Day and four characters, easy to say at the counter: `1122-7KQ4`. */
const orderNumber = (at: Millis, timeZone: string, random: Random): string => {
  const day = localTime(at, timeZone).day.slice(5).replace('-', '')
  return `${day}-${Array.from(random.bytes(4), (byte) => CROCKFORD[byte % 32]).join('')}`
}

/** What was agreed, as it can be shown to a court: basket, release, sums and every step of the calculation. */
const agreedQuote = ({ basket, quote, loweredCents }: NewOrder): string => {
  const { releaseHash, facts, itemsCents, depositCents, savingsCents, totalCents, taxIncludedCents, priced } = quote
  const agreed = { basket, releaseHash, at: facts.now, channel: facts.channel, itemsCents, depositCents, savingsCents, totalCents, taxIncludedCents, priced, ...(loweredCents && { loweredCents }) }
  return canonicalJson(JSON.parse(JSON.stringify(agreed)) as Json)
}
