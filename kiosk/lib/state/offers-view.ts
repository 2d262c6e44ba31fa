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
  const taken = new Map(quote.applied.map((reason) => [reason.offer.offer.id, reason.cents]))
  const applied = new Set(quote.priced.applied)
  const near = new Map(quote.near.map(({ offer, missing }, place) => [offer.offer.id, { missing, place }]))
  const atCheckout = new Map(quote.atCheckout.map((left) => [left.offer.offer.id, left]))
  const placeOf = ({ offer }: OfferStanding): number => near.get(offer.offer.id)?.place ?? -1
  const all = assortment.offers.flatMap((offer): readonly OfferStanding[] => {
    const { id } = offer.offer
    if (applied.has(id)) return [new Standing(offer, 'applied', quote, { cents: taken.get(id) ?? 0, share: 1 })]
    const missing = near.get(id)?.missing ?? []
    const share = shareDone(offer, missing)
    if (near.has(id) && isWithinReach(share, missing)) return [new Standing(offer, 'near', quote, { missing, share })]
    const left = atCheckout.get(id)
    if (left) return [new Standing(offer, 'checkout', quote, { left })]
    return quote.isActive(id) ? [new Standing(offer, 'open', quote)] : []
  })
  for (const left of quote.atCheckout) if (left.why === 'not understood') all.push(new Standing(left.offer, 'checkout', quote, { left }))
  return all.toSorted((a, b) => ORDER[a.status] - ORDER[b.status] || placeOf(a) - placeOf(b))
}

/** Asks for the engine's word only when somebody reads it: a list of offers needs none of them. */
class Standing implements OfferStanding {
  readonly offer: PublishedOffer
  readonly status: OfferStanding['status']
  readonly cents: number
  readonly missing: readonly Missing[]
  readonly share: number
  readonly left: OfferStanding['left']
  readonly at: Millis
  readonly #quote: Quote
  #verdict: Verdict | null | undefined

  constructor(offer: PublishedOffer, status: OfferStanding['status'], quote: Quote, { cents = 0, missing = [], share = 0, left = null }: Partial<Pick<OfferStanding, 'cents' | 'missing' | 'share' | 'left'>> = {}) {
    this.offer = offer
    this.status = status
    this.cents = cents
    this.missing = missing
    this.share = share
    this.left = left
    this.at = quote.facts.now
    this.#quote = quote
  }

  get verdict(): Verdict | null {
    if (this.#verdict === undefined) this.#verdict = this.#quote.verdictOf(this.offer.offer.id)
    return this.#verdict
  }
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

/** What the checkout may take off this very basket: not a limited offer for articles that are not in it. */
export const leftToCheckout = (quote: Quote, assortment: Assortment): readonly CheckoutOffer[] =>
  quote.atCheckout.filter(({ offer, why }) => {
    if (why !== 'limit') return true
    const articles = articlesOf(offer, assortment)
    return articles.length === 0 || articles.some(({ sku }) => quote.lines.some((line) => line.sku === sku))
  })

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
