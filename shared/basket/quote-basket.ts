/** The one price of the house: kiosk, staff tablet, phone and order all ask here. */
import type { OfferId } from '../kernel/ids.ts'
import { cents, sumCents, type Cents } from '../kernel/money.ts'
import { rational } from '../kernel/rational.ts'
import { matchesFilter } from '../offers/filter.ts'
import type { Filter, Offer, PublishedOffer } from '../offers/offer.ts'
import { priceBasket } from '../offers/price-basket.ts'
import { once } from '../offers/once.ts'
import type { Missing, PricedBasket, PricedLine, Reduction, Verdict } from '../offers/priced-basket.ts'
import { announcedReduction } from './announced-reduction.ts'
import type { Assortment } from './assortment.ts'
import type { Basket } from './basket.ts'
import { certainOffers } from './certain-offers.ts'
import { spelledCode } from './offer-codes.ts'
import { pricingContext, pricingLineOf, taxonParents, type KnownLine } from './pricing-of-basket.ts'
import { unreadAtCheckout } from './unread-offers.ts'
import type { Channel, NearOffer, Quote, QuoteDelivery, QuoteFacts, QuoteLine, QuoteReason } from './quote.ts'

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
  const priced = priceBasket(computed.map(({ offer }) => offer), assortment.policies, context)
  const offersById = new Map(assortment.offers.map((published) => [published.offer.id, published]))
  const pricedById = new Map(priced.lines.map((line) => [line.id, line]))
  const lines = known.map((line) => quoteLine(line, pricedById.get(line.product.sku)!, { priced, offersById, assortment, facts }))
  const delivery = quoteDelivery(basket, priced, offersById)
  const depositCents = sumCents(lines.map((line) => line.depositCents))
  return {
    releaseHash: assortment.hash,
    facts,
    lines,
    unknown: basket.lines.filter((line) => !assortment.productsBySku.has(line.sku)),
    unknownCodes: basket.codes.filter((code) => spelledCode(code, assortment) === null),
    gifts: giftsOf(priced, assortment, offersById),
    delivery,
    itemsCents: cents(priced.itemsMinor),
    depositCents,
    savingsCents: sumCents([...lines, delivery].flatMap(({ reasons }) => reasons.map((reason) => reason.cents))),
    totalCents: sumCents([cents(priced.totalMinor), depositCents]),
    taxIncludedCents: cents(Math.round(priced.taxIncludedMinor)),
    applied: appliedOffers([...lines, delivery]),
    near: nearOffers(priced, known, assortment, offersById),
    atCheckout: [...atCheckout, ...unreadAtCheckout(assortment, facts, codes)],
    elsewhere: elsewhereOffers(priced.verdicts, offersById),
    priced,
  }
}

/** The only channel an offer holds on; null if it is not limited to one. */
export const onlyChannel = ({ channels }: Offer): Channel | null => {
  if (channels?.length !== 1) return null
  return channels[0] === 'store' || channels[0] === 'web' ? channels[0] : null
}

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
  const announced = once(() => announcedReduction({ product, reasons }, assortment, facts))
  return {
    sku: product.sku,
    product,
    quantity,
    unitCents: product.priceCents,
    baseCents,
    reasons,
    totalCents: cents(line.totalMinor),
    depositCents: cents(product.depositCents * quantity),
    get announced() {
      return announced()
    },
  }
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

const quoteDelivery = (basket: Basket, priced: PricedBasket, offersById: OffersById): QuoteDelivery => ({
  method: basket.delivery,
  baseCents: sumCents(priced.shipping.map((shipping) => cents(shipping.amountMinor))),
  reasons: reasonsOf(priced.shipping.flatMap((shipping) => shipping.reductions), offersById),
  totalCents: cents(priced.shippingMinor),
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

const giftsOf = (priced: PricedBasket, { products }: Assortment, offersById: OffersById): Quote['gifts'] =>
  priced.gifts.flatMap(({ sku, quantity, offerId }) => {
    const product = products.find((known) => known.sku === sku) ?? null
    return [{ sku: (product?.sku ?? sku) as Quote['gifts'][number]['sku'], product, quantity, offer: offersById.get(offerId)! }]
  })

const BY_SHOPPING = new Set<Missing['type']>(['amount', 'quantity', 'product'])

const nearOffers = ({ verdicts }: PricedBasket, lines: readonly KnownLine[], assortment: Assortment, offersById: OffersById): readonly NearOffer[] => {
  const parents = taxonParents(assortment.categories)
  const isInBasket = (filter: Filter | undefined): boolean =>
    lines.some((line) => matchesFilter({ line: pricingLineOf(line), unit: rational(line.product.priceCents), reduced: false }, filter, parents))
  return verdicts
    .flatMap((verdict) => (verdict.status === 'missed' && isNear(verdict.missing, offersById.get(verdict.offerId)!.offer, isInBasket) ? [{ id: verdict.offerId, missing: verdict.missing }] : []))
    .map(({ id, missing }) => ({ offer: offersById.get(id)!, missing, onlyOn: onlyChannel(offersById.get(id)!.offer) }))
    .sort((a, b) => distance(a.missing) - distance(b.missing) || a.offer.number - b.offer.number)
}

/** More shopping reaches it, and the basket already holds a beginning of it. */
const isNear = (missing: readonly Missing[], offer: Offer, isInBasket: (filter: Filter | undefined) => boolean): boolean =>
  missing.every(({ type }) => BY_SHOPPING.has(type)) &&
  (missing.some((part) => (part.type === 'amount' || part.type === 'quantity') && isInBasket(part.select)) || partsOf(offer).some(isInBasket))

/** The selections of which an offer wants something each: having one of them is a beginning. */
const partsOf = ({ effects }: Offer): readonly Filter[] =>
  effects
    .flatMap((effect) => (effect.type === 'set' ? effect.groups.map((group) => group.select) : effect.type === 'buyGet' ? [effect.buy.select] : []))
    .filter((select) => select !== undefined)

/** Rough cents to the offer: a missing piece counts like 2 euros, for sorting only. */
const distance = (missing: readonly Missing[]): number =>
  missing.reduce((sum, part) => sum + (part.type === 'amount' ? part.minor : 200 * (part.type === 'quantity' ? part.pieces : 1)), 0)

const elsewhereOffers = (verdicts: readonly Verdict[], offersById: OffersById): Quote['elsewhere'] =>
  verdicts
    .filter((verdict) => verdict.status === 'inactive' && verdict.why === 'channel')
    .map(({ offerId }) => offersById.get(offerId)!)
    .map((offer) => ({ offer, onlyOn: onlyChannel(offer.offer) }))
