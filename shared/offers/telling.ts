/** To whom a verdict is told, and how things are called there. */
import type { Language } from '../kernel/language.ts'
import type { OfferId } from '../kernel/ids.ts'

/** How things are called; the caller knows the documents. */
export type Names = {
  readonly offer: (id: OfferId) => string
  readonly product: (sku: string) => string
  /** Articles that the shop has: of a selection the others are not told. All, if absent. */
  readonly isSold?: (sku: string) => boolean
  readonly taxon: (id: string) => string
  /** As in "Für …"; without it a group is who shows the loyalty card. */
  readonly customerGroup?: (id: string) => string
  readonly customerTag?: (id: string) => string
  readonly store?: (id: string) => string
  readonly shippingMethod?: (id: string) => string
}

/** To whom and how a verdict is told. */
export type Telling = {
  readonly language: Language
  readonly names: Names
  /** `EUR` if absent. */
  readonly currency?: string
  /** For dates; UTC if absent. */
  readonly timeZone?: string
  /** `checkout`: only the web shop knows the facts, so it takes the money off. */
  readonly certainty?: 'exact' | 'checkout'
}
