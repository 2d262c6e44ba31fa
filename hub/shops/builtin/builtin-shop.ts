/** The built-in web shop: prices with the same engine from its own current release, and keeps its orders itself. */
import { answerOffers } from '#shared/basket/offer-answers.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { countedOffer, isLimited, oneUnitOf, usedLimited } from '#shared/basket/limited-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Channel, OfferUnits, QuoteFacts } from '#shared/basket/quote.ts'
import type { Json } from '#shared/kernel/json.ts'
import { canonicalJson } from '#shared/kernel/json.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { localTime, type Millis } from '#shared/kernel/time.ts'
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import { mayUse, settleUses, type Buyer } from '#shared/sync/allotment-hub.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { OrderStore } from '#hub/ports/quotes.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { NewOrder, PlacedOrder, ShopTrouble, UsesGone, WebShop } from '#hub/ports/web-shop.ts'

export type BuiltinShopParts = {
  readonly assortments: Assortments
  readonly orders: OrderStore
  readonly allotments: AllotmentLedger
  readonly transactions: Transactions
  readonly clock: Clock
  readonly random: Random
  /** Facts of a customer card, by its number as printed. */
  readonly findMember: (card: string) => PricingCustomer | null
}

const GONE: UsesGone = { type: 'UsesGone' }
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
    quote: async ({ basket, channel, customer, handoff }) => {
      const assortment = parts.assortments.current()
      if (!assortment) return err(CLOSED)
      const units = unitsFor({ holder: handoff ?? '', customer: customer?.id ?? null }, assortment, parts)
      return ok(quoteBasket(basket, assortment, { ...factsNow(channel, customer), units }))
    },
    findMember: async (card) => parts.findMember(card),
    checkOffers: async (question) => {
      const assortment = parts.assortments.current()
      return assortment ? ok(answerOffers(question, assortment, factsNow('web', null))) : err(CLOSED)
    },
    placeOrder: async (order) => {
      const assortment = parts.assortments.current()
      if (!assortment) return err(CLOSED)
      const placed = parts.transactions.run(() => placeOnce(order, assortment, parts))
      return placed ? ok(placed) : err(GONE)
    },
    findOrder: async (id) => parts.orders.find(id),
  }
}

/** Null if a limited offer of it has no use left. */
const placeOnce = (order: NewOrder, current: Assortment, parts: BuiltinShopParts): PlacedOrder | null => {
  const { orders, random } = parts
  const known = orders.find(order.id)
  if (known) return known
  if (!settleLimited(order, current, parts)) return null
  for (let tries = 0; tries < NUMBER_TRIES; tries++) {
    const number = orderNumber(order.placedAt, current.store.timeZone, random)
    const { id, qid, placedAt, person } = order
    const placed: PlacedOrder = { id, number, qid, placedAt, delivery: order.basket.delivery, totalCents: order.quote.totalCents }
    if (orders.add({ ...placed, person, quote: agreedQuote(order) })) return placed
  }
  throw new Error('no free order number')
}

/** The limited offers that this buyer may have now, one use each. */
const unitsFor = (buyer: Buyer, { offers }: Assortment, { allotments, clock }: BuiltinShopParts): OfferUnits =>
  oneUnitOf(offers.flatMap(({ offer }) => (isLimited(offer) && mayUse(allotments, countedOffer(offer), buyer, clock.now()) ? [offer.id] : [])))

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
const agreedQuote = ({ basket, quote }: NewOrder): string => {
  const { releaseHash, facts, itemsCents, depositCents, savingsCents, totalCents, taxIncludedCents, priced } = quote
  const agreed = { basket, releaseHash, at: facts.now, channel: facts.channel, itemsCents, depositCents, savingsCents, totalCents, taxIncludedCents, priced }
  return canonicalJson(JSON.parse(JSON.stringify(agreed)) as Json)
}
