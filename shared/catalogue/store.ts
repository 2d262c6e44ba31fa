/** The store itself and how it looks: documents that every device of the store holds. */
import type { Localised } from '../kernel/language.ts'
import type { Cents } from '../kernel/money.ts'

export type ShippingMethod = {
  readonly id: 'pickup' | 'home'
  readonly name: Localised
  readonly priceCents: Cents
  readonly taxRateBps: number
}

export type Store = {
  readonly id: string
  /** Store number in hand-off codes, 0 … 65 535. */
  readonly number: number
  readonly name: string
  readonly address: string
  readonly timeZone: string
  readonly currency: 'EUR'
  readonly country: string
  /** Shown large beside every QR code; also the audience that hand-off signatures are bound to. Empty: the host that serves the checkout. */
  readonly checkoutDomain: string
  readonly shipping: readonly ShippingMethod[]
  /** How long a hand-off stays open, and how long a retired offer set is honoured. */
  readonly handoffHours: number
  readonly honourHours: number
  /** After this long without the hub a device shows only base prices. */
  readonly maxOfflineHours: number
}

/** A theme of the brand: CSS colours by token name, see kiosk/lib/styles/tokens.css. */
export type BrandColours = { readonly [token in 'ground' | 'ink' | 'brand' | 'brand-ink' | 'offer' | 'offer-ink']?: string }

/** The brand as a document of the hub, so kiosk, phone and print look alike. */
export type Brand = {
  readonly name: string
  readonly claim: Localised
  readonly light: BrandColours
  readonly dark: BrandColours
}
