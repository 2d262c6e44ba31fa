/** A handed-over basket on its way from kiosk to phone. */
import type { Basket } from '../basket/basket.ts'
import type { OfferUnits } from '../basket/quote.ts'

export type QuoteState = 'shown' | 'opened' | 'ordered' | 'expired'

export type QuoteView = {
  readonly qid: string
  readonly code: string
  readonly checkWord: string
  readonly basket: Basket
  /** Uses of limited offers that it brings along. */
  readonly units: OfferUnits
  readonly issuedAt: number
  readonly expiresAt: number
  readonly state: QuoteState
  readonly totalCents: number
  readonly releaseHash: string
  readonly device: string
  readonly orderNumber: string | null
}
