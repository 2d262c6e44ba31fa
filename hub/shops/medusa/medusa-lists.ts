/** Everything that was read from the shop at one go. */
import type { MedusaCounter } from './medusa-counter.ts'
import type { MedusaCategoryRecord, MedusaPreferences, MedusaPriceListRecord, MedusaProductRecord, MedusaPromotionRecord, MedusaSaleRecord, MedusaShippingRecord, MedusaTaxes } from './medusa-replies.ts'

export type MedusaLists = {
  readonly counter: MedusaCounter
  readonly preferences: MedusaPreferences
  readonly taxes: MedusaTaxes
  readonly products: readonly MedusaProductRecord[]
  /** What the store sells, as a guest sees it. */
  readonly sold: readonly MedusaSaleRecord[]
  readonly categories: readonly MedusaCategoryRecord[]
  readonly priceLists: readonly MedusaPriceListRecord[]
  readonly shipping: readonly MedusaShippingRecord[]
  readonly promotions: readonly MedusaPromotionRecord[]
}
