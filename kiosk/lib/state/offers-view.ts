/** How every open offer of the store stands towards a basket: in it, nearly reached, left to the checkout, or simply open. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { CheckoutOffer, Quote } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { matchesFilter } from '#shared/offers/filter.ts'
import type { Condition, Effect, Filter, PublishedOffer } from '#shared/offers/offer.ts'
import type { Missing, Verdict } from '#shared/offers/priced-basket.ts'

export type OfferStanding = {
  readonly offer: PublishedOffer
  readonly status: 'applied' | 'near' | 'checkout' | 'open'
  /** What it takes off this basket. */
  readonly cents: number
  readonly missing: readonly Missing[]
  /** The engine's own word; null for what only the checkout computes. */
  readonly verdict: Verdict | null
  /** How much of the way is done, 0 … 1. */
  readonly share: number
  /** Why the checkout computes it; null if this device does. */
  readonly left: CheckoutOffer | null
  /** The instant it was looked at. */
  readonly at: Millis
}

/** Applied ones first, then the nearest, then the others in the store's order, last what only the checkout can take off. Offers outside their time or channel are left out. */
export const standings = (quote: Quote, assortment: Assortment): readonly OfferStanding[] => {
  const verdicts = new Map(quote.priced.verdicts.map((verdict) => [verdict.offerId, verdict]))
  const elsewhere = new Set(quote.elsewhere.map(({ offer }) => offer.offer.id))
  const applied = new Map(quote.applied.map((reason) => [reason.offer.offer.id, reason.cents]))
  const near = new Map(quote.near.map(({ offer, missing }) => [offer.offer.id, missing]))
  const atCheckout = new Map(quote.atCheckout.map((left) => [left.offer.offer.id, left]))
  const at = quote.facts.now
  const all: OfferStanding[] = assortment.offers.flatMap((offer): readonly OfferStanding[] => {
    const { id } = offer.offer
    const verdict = verdicts.get(id) ?? null
    const missing = near.get(id) ?? []
    if (applied.has(id) || verdict?.status === 'applied') return [{ offer, status: 'applied', cents: applied.get(id) ?? 0, missing: [], verdict, share: 1, left: null, at }]
    const share = shareDone(offer, missing)
    if (near.has(id) && isWithinReach(share, missing)) return [{ offer, status: 'near', cents: 0, missing, verdict, share, left: null, at }]
    const left = atCheckout.get(id)
    if (left) return [{ offer, status: 'checkout', cents: 0, missing: [], verdict: null, share: 0, left, at }]
    return verdict && verdict.status !== 'inactive' && !elsewhere.has(id) ? [{ offer, status: 'open', cents: 0, missing: [], verdict, share: 0, left: null, at }] : []
  })
  all.push(...quote.atCheckout.filter(({ why }) => why === 'not understood').map((left): OfferStanding => ({ offer: left.offer, status: 'checkout', cents: 0, missing: [], verdict: null, share: 0, left, at })))
  const nearest = quote.near.map(({ offer }) => offer.offer.id)
  return all.toSorted((a, b) => ORDER[a.status] - ORDER[b.status] || nearest.indexOf(a.offer.offer.id) - nearest.indexOf(b.offer.offer.id))
}

/** "Almost" is half of the way, or two pieces: nobody buys for 48 euros more to save 5. */
const isWithinReach = (share: number, missing: readonly Missing[]): boolean =>
  share >= 0.5 || missing.every((one) => one.type !== 'amount' && (one.type !== 'quantity' || one.pieces <= 2))

const ORDER = { applied: 0, near: 1, open: 2, checkout: 3 } as const

/** The articles an offer is about; empty if it is about the whole basket. */
export const articlesOf = (offer: PublishedOffer, assortment: Assortment): readonly Product[] => {
  const filters = [...offer.offer.effects.flatMap(filtersOfEffect), ...filtersOfCondition(offer.offer.when)]
  if (filters.length === 0) return []
  return assortment.products.filter((product) => filters.some((filter) => matches(product, filter)))
}

/** Offers that are about this article. */
export const offersFor = (product: Product, all: readonly OfferStanding[]): readonly OfferStanding[] =>
  all.filter(({ offer }) => [...offer.offer.effects.flatMap(filtersOfEffect), ...filtersOfCondition(offer.offer.when)].some((filter) => matches(product, filter)))

const matches = (product: Product, filter: Filter): boolean =>
  matchesFilter(
    {
      line: { id: product.sku, sku: product.sku, product: product.sku, taxons: product.taxons, unitPriceMinor: product.priceCents, quantity: 1 },
      unit: product.priceCents,
      reduced: product.priceHistory.length > 1 && product.priceHistory[0]!.cents < product.priceHistory[1]!.cents,
    },
    filter,
  )

const filtersOfEffect = (effect: Effect): readonly Filter[] => {
  switch (effect.type) {
    case 'buyGet':
      return present([effect.buy.select, effect.get.select])
    case 'set':
      return present(effect.groups.map((group) => group.select))
    case 'gift':
    case 'shippingDiscount':
      return []
    default:
      return present([effect.select])
  }
}

const filtersOfCondition = (condition: Condition | undefined): readonly Filter[] => {
  switch (condition?.type) {
    case 'all':
    case 'any':
      return condition.of.flatMap(filtersOfCondition)
    case 'contains':
    case 'allLines':
    case 'quantity':
    case 'lineQuantity':
    case 'subtotal':
    case 'grandTotal':
      return present([condition.select])
    default:
      return []
  }
}

const present = (filters: readonly (Filter | undefined)[]): readonly Filter[] => filters.filter((filter) => filter !== undefined)

const shareDone = ({ offer }: PublishedOffer, missing: readonly Missing[]): number => {
  const shares = missing.flatMap((one): readonly number[] => {
    if (one.type === 'amount') return shareOf(one.minor, amountNeeded(offer.when))
    if (one.type === 'quantity') return shareOf(one.pieces, Math.max(quantityNeeded(offer.when), ...offer.effects.map(piecesNeeded)))
    return [0]
  })
  return shares.length === 0 ? 0 : Math.min(...shares)
}

const shareOf = (left: number, needed: number): readonly number[] => [needed > left ? 1 - left / needed : 0]

const amountNeeded = (condition: Condition | undefined): number => {
  if (condition?.type === 'all' || condition?.type === 'any') return Math.max(0, ...condition.of.map(amountNeeded))
  return condition?.type === 'subtotal' || condition?.type === 'grandTotal' ? condition.amountMinor : 0
}

const quantityNeeded = (condition: Condition | undefined): number => {
  if (condition?.type === 'all' || condition?.type === 'any') return Math.max(0, ...condition.of.map(quantityNeeded))
  return condition?.type === 'quantity' || condition?.type === 'lineQuantity' ? condition.value : 0
}

const piecesNeeded = (effect: Effect): number => {
  if (effect.type === 'quantityGroups') return effect.groupSize
  if (effect.type === 'buyGet') return effect.buy.quantity + effect.get.quantity
  return effect.type === 'set' ? effect.groups.reduce((sum, group) => sum + group.count, 0) : 0
}
