/** What a shopper wants to buy, before any price. */
import type { Sku } from '../kernel/ids.ts'

export type BasketLine = { readonly sku: Sku; readonly quantity: number }

export type Basket = {
  readonly lines: readonly BasketLine[]
  /** Offer codes as entered. */
  readonly codes: readonly string[]
  readonly delivery: 'pickup' | 'home'
}

export const EMPTY_BASKET: Basket = { lines: [], codes: [], delivery: 'pickup' }

/** Different articles in one basket; the limit of the hand-off code. */
export const MAX_LINES = 60
/** Pieces of one article; the limit of the hand-off code. */
export const MAX_QUANTITY = 99
/** Offer codes in one basket. */
export const MAX_CODES = 5
