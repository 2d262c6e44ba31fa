/** A shop's promotions as offer documents: exact where every device gets the shop's cents, else told and left to the checkout, with the reason. */
import type { ShopArticle, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { Condition, Filter, Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { isKey, MAX_TEXT } from '#shared/protocol/document-fields.ts'
import { readPublishedOffer } from '#shared/protocol/offer-document.ts'
import { badgeOf, inBoth } from './shop-words.ts'

/** How one promotion of the shop came into the release. `why` where it is left to the checkout. */
export type ImportedOffer = { readonly promotion: string; readonly id: OfferId; readonly name: string; readonly why: string | null }

export type OfferDocuments = { readonly documents: readonly (readonly [string, Json])[]; readonly offers: readonly ImportedOffer[] }

export type OfferTerms = {
  readonly policies: Policies
  readonly at: Millis
  /** Short number of a promotion; null where none is left. */
  readonly numberOf: (promotion: string) => number | null
  /** Promotions found to differ from the shop, and how. */
  readonly distrusted: ReadonlyMap<string, string>
}

const PICTURE = '/icons/mark.svg'
const SUMMARY = { exact: { de: 'Wie im Online-Shop.', en: 'As in the web shop.' }, checkout: { de: 'Wird an der Kasse des Online-Shops berechnet.', en: 'Worked out at the checkout of the web shop.' } } as const

/** Promotions that are switched off or over are in force nowhere and are no documents. */
export const offerDocuments = ({ promotions, translated, articles }: ShopSnapshot, terms: OfferTerms): OfferDocuments => {
  const rank = new Map(translated.offers.map((offer, i) => [String(offer.id), { offer, priority: translated.offers.length - i }]))
  const reasons = new Map<string, string>(translated.notComputable.map(({ offerId, why }) => [offerId, why]))
  for (const { offerId, what, leave } of translated.warnings) if (leave) reasons.set(offerId, what)
  const documents: (readonly [string, Json])[] = []
  const offers: ImportedOffer[] = []
  for (const promotion of promotions) {
    if (promotion.enabled === false || isOver(promotion, terms.at)) continue
    const number = terms.numberOf(promotion.id)
    if (number === null) continue
    const id = (isKey(promotion.id) ? promotion.id : `promotion:${number}`) as OfferId
    const known = rank.get(promotion.id)
    const exact = known && exactBody({ ...known.offer, id, priority: known.priority }, promotion, number, articles)
    const why = terms.distrusted.get(promotion.id) ?? reasons.get(promotion.id) ?? (exact ? whyNot(id, exact, known.offer, terms.policies) : 'the shop does not say what it does')
    documents.push([`offer/${id}`, why === null ? exact! : toldBody(id, promotion, number)])
    offers.push({ promotion: promotion.id, id, name: inBoth(promotion.name, { de: id, en: id }).en, why })
  }
  return { documents, offers }
}

const isOver = ({ window }: ShopPromotion, at: Millis): boolean => window?.until !== undefined && Date.parse(window.until) < at

const whyNot = (id: OfferId, body: Json, offer: Offer, policies: Policies): string | null => {
  if (offer.limits) return 'its uses are limited, and the web shop counts them'
  const read = readPublishedOffer(id, body, policies)
  return read.ok ? null : `${read.error.path}: ${read.error.reason}`
}

const exactBody = (offer: Offer, promotion: ShopPromotion, number: number, articles: readonly ShopArticle[]): Json => {
  const bySku = withoutProducts(offer, articles)
  return told(bySku, promotion, number, { badge: badgeOf(offer.effects), summary: SUMMARY.exact, certainty: needsCustomer(offer.when) ? 'checkout' : 'exact' })
}

/** Without an effect nobody can compute it, which is the point; words, code and time are read all the same. */
const toldBody = (id: OfferId, promotion: ShopPromotion, number: number): Json => {
  const { window, trigger } = promotion
  return told({ id, ...(window && { window }), ...(trigger && { trigger }), when: { type: 'never' }, effects: [] }, promotion, number, { badge: { de: 'Kasse', en: 'Checkout' }, summary: SUMMARY.checkout, certainty: 'checkout' })
}

const told = (offer: Offer, { name, description }: ShopPromotion, number: number, how: { readonly badge: object; readonly summary: { readonly de: string; readonly en: string }; readonly certainty: string }): Json =>
  JSON.parse(JSON.stringify({
    offer, number, badge: how.badge, title: inBoth(name, { de: `Angebot ${number}`, en: `Offer ${number}` }), summary: inBoth(description, how.summary, MAX_TEXT), picture: PICTURE, certainty: how.certainty,
  })) as Json

const CUSTOMER_FACTS = new Set<Condition['type']>(['customerGroup', 'customerTag', 'birthday', 'nthOrder'])

const needsCustomer = (when: Condition | undefined): boolean => {
  if (when === undefined) return false
  if (when.type === 'all' || when.type === 'any') return when.of.some(needsCustomer)
  return when.type === 'not' ? needsCustomer(when.of) : CUSTOMER_FACTS.has(when.type)
}

/** The house knows articles, not what several of them have in common: a product becomes the list of its articles. */
const withoutProducts = (offer: Offer, articles: readonly ShopArticle[]): Offer => {
  if (!JSON.stringify(offer).includes('roducts"')) return offer
  const skusOf = (products: readonly string[]): readonly string[] => articles.filter(({ product }) => products.includes(product)).map(({ sku }) => sku)
  const filter = ({ products, notProducts, any, ...rest }: Filter): Filter => ({
    ...rest,
    ...(products && { skus: rest.skus ? rest.skus.filter((sku) => skusOf(products).includes(sku)) : skusOf(products) }),
    ...(notProducts && { notSkus: [...(rest.notSkus ?? []), ...skusOf(notProducts)] }),
    ...(any && { any: any.map(filter) }),
  })
  return rewritten(offer, filter) as Offer
}

const FILTERS = new Set(['select'])

/** Every filter of a condition or effect stands under the same key. */
const rewritten = (part: unknown, filter: (given: Filter) => Filter): unknown => {
  if (Array.isArray(part)) return part.map((one) => rewritten(one, filter))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, FILTERS.has(key) ? filter(value as Filter) : rewritten(value, filter)]))
}

