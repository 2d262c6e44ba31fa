/** The built-in web shop: prices with the same engine from its own current release, and keeps its orders itself. */
import { answerOffers } from '#shared/basket/offer-answers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Channel, QuoteFacts } from '#shared/basket/quote.ts'
import type { Json } from '#shared/kernel/json.ts'
import { canonicalJson } from '#shared/kernel/json.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { localTime, type Millis } from '#shared/kernel/time.ts'
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { OrderStore } from '#hub/ports/quotes.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { NewOrder, PlacedOrder, ShopTrouble, WebShop } from '#hub/ports/web-shop.ts'

export type BuiltinShopParts = {
  readonly assortments: Assortments
  readonly orders: OrderStore
  readonly transactions: Transactions
  readonly clock: Clock
  readonly random: Random
  /** Facts of a customer card, by its number as printed. */
  readonly findMember: (card: string) => PricingCustomer | null
}

const CLOSED: ShopTrouble = { type: 'ShopTrouble', why: 'closed' }
/** Order numbers tried before giving up; with 32^4 a day the second try is already rare. */
const NUMBER_TRIES = 20

export const builtinShop = (parts: BuiltinShopParts): WebShop => {
  const factsNow = (channel: Channel, customer: PricingCustomer | null): QuoteFacts => ({
    now: parts.clock.now(),
    channel,
    clockVerified: true,
    ...(customer && { customer }),
  })
  return {
    name: 'builtin',
    quote: async ({ basket, channel, customer }) => {
      const assortment = parts.assortments.current()
      return assortment ? ok(quoteBasket(basket, assortment, factsNow(channel, customer))) : err(CLOSED)
    },
    findMember: async (card) => parts.findMember(card),
    checkOffers: async (question) => {
      const assortment = parts.assortments.current()
      return assortment ? ok(answerOffers(question, assortment, factsNow('web', null))) : err(CLOSED)
    },
    placeOrder: async (order) => {
      const assortment = parts.assortments.current()
      return assortment ? ok(parts.transactions.run(() => placeOnce(order, assortment.store.timeZone, parts))) : err(CLOSED)
    },
    findOrder: async (id) => parts.orders.find(id),
  }
}

const placeOnce = (order: NewOrder, timeZone: string, { orders, random }: BuiltinShopParts): PlacedOrder => {
  const known = orders.find(order.id)
  if (known) return known
  for (let tries = 0; tries < NUMBER_TRIES; tries++) {
    const number = orderNumber(order.placedAt, timeZone, random)
    const { id, qid, placedAt, person } = order
    const placed: PlacedOrder = { id, number, qid, placedAt, delivery: order.basket.delivery, totalCents: order.quote.totalCents }
    if (orders.add({ ...placed, person, quote: agreedQuote(order) })) return placed
  }
  throw new Error('no free order number')
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Day and four characters, easy to say at the counter: `1122-7KQ4`. */
const orderNumber = (at: Millis, timeZone: string, random: Random): string => {
  const day = localTime(at, timeZone).day.slice(5).replace('-', '')
  return `${day}-${Array.from(random.bytes(4), (byte) => CROCKFORD[byte % 32]).join('')}`
}

/** What was agreed, as it can be shown to a court: basket, release, sums and every step of the calculation. */
const agreedQuote = ({ basket, quote }: NewOrder): string => {
  const { releaseHash, facts, itemsCents, depositCents, savingsCents, totalCents, taxIncludedCents, priced } = quote
  const agreed = { basket, releaseHash, at: facts.now, channel: facts.channel, itemsCents, depositCents, savingsCents, totalCents, taxIncludedCents, priced }
  return canonicalJson(JSON.parse(JSON.stringify(agreed)) as Json)
}
