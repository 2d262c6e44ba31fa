/** The documents of one release, arranged for pricing and browsing. */
import type { Sku } from '../kernel/ids.ts'
import type { Category, Product } from '../catalogue/product.ts'
import type { Store } from '../catalogue/store.ts'
import type { PublishedOffer } from '../offers/offer.ts'
import type { UnreadOffer } from '../offers/read-offers.ts'
import type { Policies } from '../offers/policies.ts'

export type Assortment = {
  /** Release this assortment was made from. */
  readonly hash: string
  readonly store: Store
  readonly categories: readonly Category[]
  readonly products: readonly Product[]
  readonly productsBySku: ReadonlyMap<Sku, Product>
  readonly offers: readonly PublishedOffer[]
  /** Offers of the release that nobody here can compute; absent or empty where there are none. */
  readonly unread?: readonly UnreadOffer[]
  readonly policies: Policies
}
