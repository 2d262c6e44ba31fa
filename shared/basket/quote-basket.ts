/** The one price of the house: kiosk, staff tablet, phone and order all ask here. */
import type { OfferId, Sku } from '../kernel/ids.ts'
import { cents, sumCents, type Cents } from '../kernel/money.ts'
import { compileOffers } from '../offers/compile-offers.ts'
import type { Offer, PublishedOffer } from '../offers/offer.ts'
import { oncePer } from '../offers/once.ts'
import { priceAndJudge } from '../offers/price-basket.ts'
import type { PricedBasket, PricedLine, Reduction } from '../offers/priced-basket.ts'
import { announcedReduction } from './announced-reduction.ts'
import type { Assortment } from './assortment.ts'
import type { Basket } from './basket.ts'
import { certainOffers } from './certain-offers.ts'
import { spelledCode } from './offer-codes.ts'
import { LateLine, LateQuote } from './late-quote.ts'
import { elsewhereOffers, nearOffers, onlyChannel, publishedById } from './near-offers.ts'
import { pricingContext, type KnownLine } from './pricing-of-basket.ts'
import { unreadAtCheckout } from './unread-offers.ts'
import { inWholeCents, type WholeAmounts } from './whole-cents.ts'
import type { Quote, QuoteDelivery, QuoteFacts, QuoteLine, QuoteReason } from './quote.ts'

/**
 * Prices a basket under one release at one instant.
 * Order   lines come back in basket order; they are priced in article order, so the way a basket was filled never changes its cents.
 * Shape   unknown articles and codes are listed, never dropped; deposits are summed apart and added to the total.
 */
export const quoteBasket = (basket: Basket, assortment: Assortment, facts: QuoteFacts): Quote => {
  const known = knownLines(basket, assortment)
  const codes = spelledCodes(basket, assortment)
  const { computed, atCheckout } = certainOffers(assortment.offers, facts, assortment.store.timeZone, codes)
  const context = pricingContext(known, { ...basket, codes }, assortment, facts)
  const compiled = compileOffers(promisesOf(computed), assortment.policies)
  const judged = priceAndJudge(compiled, context)
  const { priced } = judged
  const offersById = publishedById(assortment)
  const whole = inWholeCents(priced)
  const pricedById = new Map(whole.lines.map((line) => [line.id, line]))
  const lines = known.map((line) => quoteLine(line, pricedById.get(line.product.sku)!, { priced, offersById, assortment, facts }))
  const delivery = quoteDelivery(basket, whole, offersById)
  const depositCents = sumCents(lines.map((line) => line.depositCents))
  const told = {
    releaseHash: assortment.hash,
    facts,
    lines,
    unknown: basket.lines.filter((line) => !assortment.productsBySku.has(line.sku)),
    unknownCodes: basket.codes.filter((code) => spelledCode(code, assortment) === null),
    gifts: giftsOf(priced, assortment, offersById),
    delivery,
    itemsCents: cents(whole.itemsMinor),
    depositCents,
    roundingCents: cents(whole.totalMinor - whole.itemsMinor - delivery.totalCents),
    savingsCents: sumCents([...lines, delivery].flatMap(({ reasons }) => reasons.map((reason) => reason.cents))),
    totalCents: sumCents([cents(whole.totalMinor), depositCents]),
    taxIncludedCents: cents(Math.round(priced.taxIncludedMinor)),
    applied: appliedOffers([...lines, delivery]),
    atCheckout: [...atCheckout, ...unreadAtCheckout(assortment, facts, codes)],
    priced,
  }
  return new LateQuote(told, judged, {
    near: () => nearOffers(judged.verdictsOfBegun(), known, assortment),
    elsewhere: () => elsewhereOffers(assortment, facts.channel, (id) => compiled.givenAt.has(id)),
  })
}

/** The same list for the same published offers, so that it is indexed once. */
const promisesOf = oncePer((offers: readonly PublishedOffer[]): readonly Offer[] => offers.map(({ offer }) => offer))

const knownLines = (basket: Basket, { productsBySku }: Assortment): readonly KnownLine[] =>
  basket.lines.flatMap(({ sku, quantity }) => {
    const product = productsBySku.get(sku)
    return product && quantity > 0 ? [{ product, quantity }] : []
  })

const spelledCodes = (basket: Basket, assortment: Assortment): readonly string[] =>
  basket.codes.map((code) => spelledCode(code, assortment)).filter((code) => code !== null)

type OffersById = ReadonlyMap<OfferId, PublishedOffer>

type Answer = { readonly priced: PricedBasket; readonly offersById: OffersById; readonly assortment: Assortment; readonly facts: QuoteFacts }

const quoteLine = ({ product, quantity }: KnownLine, line: PricedLine, { priced, offersById, assortment, facts }: Answer): QuoteLine => {
  const baseCents = cents(product.priceCents * quantity)
  const catalogue = catalogueReductions(line, cents(baseCents - line.baseMinor), priced)
  const reasons = reasonsOf([...catalogue, ...line.reductions], offersById)
  const told = {
    sku: product.sku,
    product,
    quantity,
    unitCents: product.priceCents,
    baseCents,
    reasons,
    totalCents: cents(line.totalMinor),
    depositCents: cents(product.depositCents * quantity),
  }
  return new LateLine(told, () => announcedReduction(told, assortment, facts))
}

/** What catalogue offers took off a whole line; several offers share in proportion, the last takes the rest. */
const catalogueReductions = (line: PricedLine, taken: Cents, priced: PricedBasket): readonly Reduction[] => {
  const steps = priced.trace.filter((step) => step.stage === 'catalog' && step.lineId === line.id && step.offerId !== undefined)
  const whole = steps.reduce((sum, step) => sum + Math.abs(step.amountMinor), 0)
  if (taken === 0 || whole === 0) return []
  let left: number = taken
  return steps.map((step, i) => {
    const amountMinor = i === steps.length - 1 ? left : Math.round((taken * Math.abs(step.amountMinor)) / whole)
    left -= amountMinor
    return { offerId: step.offerId!, amountMinor }
  })
}

const quoteDelivery = (basket: Basket, { shipping, shippingMinor }: WholeAmounts, offersById: OffersById): QuoteDelivery => ({
  method: basket.delivery,
  baseCents: sumCents(shipping.map(({ amountMinor }) => cents(amountMinor))),
  reasons: reasonsOf(shipping.flatMap(({ reductions }) => reductions), offersById),
  totalCents: cents(shippingMinor),
})

const reasonsOf = (reductions: readonly Reduction[], offersById: OffersById): readonly QuoteReason[] => {
  const byOffer = new Map<OfferId, number>()
  for (const { offerId, amountMinor } of reductions) byOffer.set(offerId, (byOffer.get(offerId) ?? 0) + amountMinor)
  return [...byOffer].filter(([, amount]) => amount !== 0).map(([id, amount]) => reason(offersById.get(id)!, cents(amount)))
}

const reason = (offer: PublishedOffer, amount: Cents): QuoteReason => ({ offer, cents: amount, onlyOn: onlyChannel(offer.offer) })

const appliedOffers = (parts: readonly { readonly reasons: readonly QuoteReason[] }[]): readonly QuoteReason[] => {
  const sums = new Map<PublishedOffer, Cents>()
  for (const { offer, cents: amount } of parts.flatMap(({ reasons }) => reasons)) sums.set(offer, sumCents([sums.get(offer) ?? cents(0), amount]))
  return [...sums].map(([offer, amount]) => reason(offer, amount)).sort((a, b) => b.cents - a.cents || a.offer.number - b.offer.number)
}

const giftsOf = (priced: PricedBasket, { productsBySku }: Assortment, offersById: OffersById): Quote['gifts'] =>
  priced.gifts.map(({ sku, quantity, unitPriceMinor, offerId }) => ({ sku: sku as Sku, product: productsBySku.get(sku as Sku) ?? null, quantity, unitCents: unitPriceMinor === undefined ? null : cents(unitPriceMinor), offer: offersById.get(offerId)! }))
