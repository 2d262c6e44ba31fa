/** What stands on the label of one article: the price of a single piece with everything that belongs to it. */
import type { Quote } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Localised } from '#shared/kernel/language.ts'

export type ArticleFacts = {
  /** To pay for one piece now, without deposit. */
  readonly nowCents: number
  /** Selling price before any offer. */
  readonly usualCents: number
  readonly isReduced: boolean
  /** Lowest price of the 30 days before the reduction; null where none is announced or the law exempts it. */
  readonly priorCents: number | null
  readonly unitPrice: { readonly cents: number; readonly per: 'kg' | 'l' | 'piece' } | null
  readonly depositCents: number
  /** The offer that makes it cheaper, in its own words. */
  readonly badge: Localised | null
}
