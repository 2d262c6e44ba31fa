/** Everything a web shop's prices depend on, read at one go: the hub makes a release of it, and its hash tells whether anything changed. */
import type { TranslatedOffers } from '../translated-offers.ts'
import type { Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'

/** Texts by language, `de`, `en` …; what the shop has, none may be there. */
export type ShopTexts = { readonly [language: string]: string }

/** One sellable article. `key`: by which the shop's carts call it. */
export type ShopArticle = {
  /** As offers name it; made by `articleKeys`, so it fits into document ids. */
  readonly sku: string
  readonly key: string
  /** What its variants have in common; offers may name it. */
  readonly product: string
  readonly name: ShopTexts
  /** Id of a category of this snapshot. */
  readonly category: string | null
  /** Whatever offers name groups of articles by: facets, tags, collections. Categories need not be repeated. */
  readonly taxons: readonly string[]
  /** Minor units, as the shop lists prices. */
  readonly priceMinor: number
  readonly taxPercent: number
  /** Empty where the shop has none. */
  readonly ean: string
  /** Pieces to be had; null where the shop does not count. Not part of the hash: every sale would be a change. */
  readonly stock: number | null
}

export type ShopCategory = { readonly id: string; readonly parent: string | null; readonly name: ShopTexts }

/** A promotion as people know it, whether anybody can compute it or not. */
export type ShopPromotion = {
  readonly id: string
  readonly name: ShopTexts
  readonly description: ShopTexts
} & Pick<Offer, 'enabled' | 'window' | 'trigger'>

/** A way of delivery; `priceMinor` null: only the shop can tell, and `why`. */
export type ShopDelivery = {
  readonly key: string
  readonly kind: 'pickup' | 'home'
  readonly name: ShopTexts
  /** With tax. */
  readonly priceMinor: number | null
  readonly taxPercent: number
  readonly why?: string
}

/** One way in which this shop may calculate. `when`: the setting that leads to it, for people. */
export type DialectCandidate = { readonly name: string; readonly policies: Policies; readonly when: string }

/** What was not taken over, and why. */
export type LeftOut = { readonly what: string; readonly why: string }

/**
 * Shape  `promotions` names every promotion of the shop once; each of them is either in `translated.offers` or in `translated.notComputable`.
 *        Offers name articles by `sku`.
 */
export type ShopSnapshot = {
  /** Of everything here but the stock; see `contentHash`. */
  readonly hash: string
  /** As the shop calls itself. */
  readonly shopName: string
  readonly currency: string
  readonly pricesIncludeTax: boolean
  readonly articles: readonly ShopArticle[]
  readonly categories: readonly ShopCategory[]
  readonly promotions: readonly ShopPromotion[]
  readonly translated: TranslatedOffers
  readonly deliveries: readonly ShopDelivery[]
  /** Likeliest first; with more than one only a probe tells which it is. */
  readonly dialects: readonly [DialectCandidate, ...DialectCandidate[]]
  /** Further settings that decide cents, as the shop tells them. */
  readonly settings: { readonly [name: string]: string }
  readonly leftOut: readonly LeftOut[]
}
