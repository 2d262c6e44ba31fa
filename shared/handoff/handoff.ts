/** A basket on its way from a kiosk to a phone: format HQ1. It holds article numbers only, nothing about a person, no code in clear text, and authorises no price. */
import type { QuoteId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'

export type HandoffLine = { readonly number: number; readonly quantity: number }

/** One use of a limited offer, out of a lease that the hub granted to the device. */
export type ReservedUse = { readonly number: number; readonly lease: number }

export type Handoff = {
  /** Store number, 0 … 65 535. */
  readonly store: number
  /** First 4 bytes of the SHA-256 of the device's public key, 8 hex digits. */
  readonly keyId: string
  readonly qid: QuoteId
  /** Units  whole seconds since 1970, by the kiosk's trusted clock. */
  readonly issuedAtS: number
  /** First 4 bytes of the release hash, 8 hex digits. */
  readonly release: string
  /** What the kiosk showed; a witness for comparison, never a price. */
  readonly totalCents: Cents
  /** By ascending article number, each once. */
  readonly lines: readonly HandoffLine[]
  /** Numbers of the offers that entered codes unlock, ascending, each once. */
  readonly unlocked: readonly number[]
  /** Limited offers of which the kiosk gave one use to this basket, by ascending number, each once. */
  readonly reserved: readonly ReservedUse[]
  readonly delivery: 'pickup' | 'home'
  readonly clockVerified: boolean
  /** Holds a benefit that can be had only once. */
  readonly onceOnly: boolean
  /** Made in training mode; never becomes a real order. */
  readonly training: boolean
}

export type HandoffError =
  /** Not the digits of a hand-off at all. */
  | { readonly type: 'NotAHandoff' }
  /** More than a hand-off can ever have. */
  | { readonly type: 'TooLong' }
  /** A newer format than this program reads. */
  | { readonly type: 'UnknownVersion'; readonly version: number }
  | { readonly type: 'Damaged' }

/** First byte of every hand-off of this format. */
export const HANDOFF_VERSION = 1
/** Limited offers in one basket. */
export const MAX_RESERVED = 8
/** ECDSA P-256, raw r‖s. */
export const SIGNATURE_BYTES = 64
/** Digits of a hand-off: 60 long lines need fewer than 1 000, so twice that is certainly none. */
export const MAX_HANDOFF_DIGITS = 2000
