/** Offers beside those that apply: begun by this basket, or held on another channel. */
import type { OfferId } from '../kernel/ids.ts'
import { rational } from '../kernel/rational.ts'
import { matchesFilter } from '../offers/filter.ts'
import type { Filter, Offer, PublishedOffer } from '../offers/offer.ts'
import { oncePer } from '../offers/once.ts'
import type { Missing, Verdict } from '../offers/priced-basket.ts'
import type { Assortment } from './assortment.ts'
import { pricingLineOf, taxonParents, type KnownLine } from './pricing-of-basket.ts'
import type { Channel, NearOffer, Quote } from './quote.ts'

/** What buying more can bring. */
const BY_SHOPPING = new Set<Missing['type']>(['amount', 'quantity', 'product'])

/**
 * Only what can be bought here: nobody is sent for an article that the store no longer has.
 * Order  nearest first: the smallest missing amount, then pieces.
 */
export const nearOffers = (begun: readonly Verdict[], lines: readonly KnownLine[], assortment: Assortment): readonly NearOffer[] => {
  const parents = taxonParents(assortment.categories)
  const offersById = publishedById(assortment)
  const matches = (filter: Filter | undefined) => (line: KnownLine): boolean => matchesFilter({ line: pricingLineOf(line), unit: rational(line.product.priceCents), reduced: false }, filter, parents)
  const isInBasket = (filter: Filter | undefined): boolean => lines.some(matches(filter))
  const isSold = (part: Missing): boolean => (part.type !== 'quantity' && part.type !== 'product') || assortment.products.some((product) => matches(part.select)({ product, quantity: part.select?.quantityMin ?? 1 }))
  return begun
    .flatMap((verdict) => (verdict.status === 'missed' && isNear(verdict.missing, offersById.get(verdict.offerId)!.offer, isInBasket) && verdict.missing.every(isSold) ? [{ id: verdict.offerId, missing: verdict.missing }] : []))
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

/** Offers that hold on another channel only, in the order of the release; of those in `isComputed`. */
export const elsewhereOffers = (assortment: Assortment, channel: Channel, isComputed: (id: OfferId) => boolean): Quote['elsewhere'] =>
  channelOffers(assortment)
    .filter(({ offer }) => offer.enabled !== false && !offer.channels!.includes(channel) && isComputed(offer.id))
    .map((offer) => ({ offer, onlyOn: onlyChannel(offer.offer) }))

const channelOffers = oncePer((assortment: Assortment): readonly PublishedOffer[] => assortment.offers.filter(({ offer }) => offer.channels !== undefined))

/** The only channel an offer holds on; null if it is not limited to one. */
export const onlyChannel = ({ channels }: Offer): Channel | null => {
  if (channels?.length !== 1) return null
  return channels[0] === 'store' || channels[0] === 'web' ? channels[0] : null
}

/** The offers of a release by their id. */
export const publishedById = oncePer((assortment: Assortment): ReadonlyMap<OfferId, PublishedOffer> => new Map(assortment.offers.map((published) => [published.offer.id, published])))
