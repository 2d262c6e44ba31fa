/** Answers about offers without a shopper's basket: valid now? where? what is missing? The web shop and the staff tablet both compute them here. */
import { compileOffers } from '../offers/compile-offers.ts'
import { rational } from '../kernel/rational.ts'
import type { Sku } from '../kernel/ids.ts'
import type { Product } from '../catalogue/product.ts'
import { matchesFilter } from '../offers/filter.ts'
import type { Condition, Effect, Filter, Offer, PublishedOffer } from '../offers/offer.ts'
import { oncePer } from '../offers/once.ts'
import type { Missing, Verdict } from '../offers/priced-basket.ts'
import { priceAndJudge } from '../offers/price-basket.ts'
import type { Assortment } from './assortment.ts'
import { EMPTY_BASKET } from './basket.ts'
import { pricingContext, pricingLineOf, taxonParents, type KnownLine } from './pricing-of-basket.ts'
import type { QuoteFacts } from './quote.ts'

/** What a web shop says about one offer, now. */
export type OfferAnswer = {
  readonly offer: string
  readonly validNow: boolean
  readonly channels: readonly string[]
  readonly from: string | null
  readonly until: string | null
  /** Verdict for one piece of the asked product, or for an empty basket. */
  readonly verdict: Verdict
  /** Release the answer was computed from. */
  readonly releaseHash: string
  readonly at: number
}

export type OfferQuestion = { readonly offer: string } | { readonly sku: string }

/**
 * What this release says about one offer, or about all that concern one article.
 * Shape   the verdict is for one piece of the article, or for an empty basket; each offer is judged on a channel it holds on.
 * Order   by offer number.
 */
export const answerOffers = (question: OfferQuestion, assortment: Assortment, facts: QuoteFacts): readonly OfferAnswer[] => {
  const product = 'sku' in question ? (assortment.productsBySku.get(question.sku as Sku) ?? null) : null
  const wanted = 'offer' in question ? assortment.offers.filter(({ offer }) => offer.id === question.offer) : offersOfProduct(product, assortment)
  const lines = product ? [{ product, quantity: 1 }] : []
  return [...wanted].sort((a, b) => a.number - b.number).map((offer) => answerOne(offer, lines, assortment, facts))
}

/** Offers that one article can take part in, whole-basket offers included. */
export const offersOfProduct = (product: Product | null, assortment: Assortment): readonly PublishedOffer[] => {
  if (!product) return []
  const parents = taxonParents(assortment.categories)
  const line = pricingLineOf({ product, quantity: 1 })
  const candidate = { line, unit: rational(product.priceCents), reduced: line.reduced ?? false }
  const isSelected = (filter: Filter | undefined): boolean => matchesFilter(candidate, filter, parents)
  return assortment.offers.filter(({ offer }) => effectFilters(offer).some(isSelected) || conditionFilters(offer.when).some(isSelected))
}

const answerOne = (published: PublishedOffer, lines: readonly KnownLine[], assortment: Assortment, facts: QuoteFacts): OfferAnswer => {
  const { offer } = published
  const channel = offer.channels && !offer.channels.includes(facts.channel) ? (offer.channels[0] as QuoteFacts['channel']) : facts.channel
  const context = pricingContext(lines, EMPTY_BASKET, assortment, { ...facts, channel })
  const [verdict] = priceAndJudge(compileOffers(promisesOf(assortment), assortment.policies), context).verdictsOf([offer.id])
  if (!verdict) throw new Error(`an offer of the release without a verdict: ${offer.id}`)
  return {
    offer: offer.id,
    validNow: isValidNow(verdict),
    channels: offer.channels ?? ['store', 'web'],
    from: offer.window?.from ?? null,
    until: offer.window?.until ?? null,
    verdict,
    releaseHash: assortment.hash,
    at: facts.now,
  }
}

const promisesOf = oncePer(({ offers }: Assortment): readonly Offer[] => offers.map(({ offer }) => offer))

const BY_CLOCK = new Set<Missing['type']>(['weekday', 'timeOfDay'])

/** Open at this moment, whatever the basket still lacks. */
const isValidNow = (verdict: Verdict): boolean =>
  verdict.status !== 'inactive' && !(verdict.status === 'missed' && verdict.missing.some(({ type }) => BY_CLOCK.has(type)))

const effectFilters = ({ effects }: Offer): readonly (Filter | undefined)[] => effects.flatMap(filtersOfEffect)

const filtersOfEffect = (effect: Effect): readonly (Filter | undefined)[] => {
  switch (effect.type) {
    case 'buyGet':
      return [effect.buy.select, effect.get.select]
    case 'set':
      return effect.groups.map(({ select }) => select)
    case 'gift':
      return [{ skus: [effect.sku] }]
    case 'shippingDiscount':
      return [undefined]
    default:
      return [effect.select]
  }
}

const conditionFilters = (when: Condition | undefined): readonly Filter[] => {
  if (!when) return []
  if (when.type === 'all' || when.type === 'any') return when.of.flatMap(conditionFilters)
  return 'select' in when && when.select ? [when.select] : []
}
