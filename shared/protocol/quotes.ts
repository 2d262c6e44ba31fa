/** A handed-over basket on its way from kiosk to phone. */
import type { Basket } from '../basket/basket.ts'

export type QuoteState = 'shown' | 'opened' | 'ordered' | 'expired'

export type QuoteView = {
  readonly qid: string
  readonly code: string
  readonly checkWord: string
  readonly basket: Basket
  readonly issuedAt: number
  readonly expiresAt: number
  readonly state: QuoteState
  readonly totalCents: number
  readonly releaseHash: string
  readonly device: string
  readonly orderNumber: string | null
}
