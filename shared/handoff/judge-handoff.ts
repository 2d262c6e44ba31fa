/** What a shop does with a scanned code: whether it opens, and which price is owed. */
import { compareQuotes, type QuoteChange } from '../basket/compare-quotes.ts'
import type { Quote } from '../basket/quote.ts'
import type { Handoff } from './handoff.ts'
import { cents, type Cents } from '../kernel/money.ts'
import { millis, type Millis } from '../kernel/time.ts'

export type HandoffFacts = {
  readonly now: Millis
  /** The browser session that asks. */
  readonly session: string
  readonly store: number
  /** What the device list says about the key id. */
  readonly key: 'known' | 'unknown' | 'revoked'
  readonly signatureValid: boolean
  /** First claim of this id, if there was one. */
  readonly claim: { readonly session: string; readonly state: 'opened' | 'ordering' | 'ordered' } | null
  /** The release named in the code; null if the hub never had it. */
  readonly release: { readonly activeFrom: Millis; readonly retiredAt: Millis | null; readonly maxOfflineMs: number } | null
  readonly handoffHours: number
  readonly honourHours: number
}

export type HandoffJudgement =
  /** Not issued here as it stands: changed bytes, a key that is unknown or withdrawn, or another store's code. */
  | { readonly type: 'altered'; readonly why: 'signature' | 'unknown key' | 'revoked key' | 'other store' }
  /** Ordered already. */
  | { readonly type: 'used' }
  | {
      readonly type: 'open'
      /** kiosk or today: the lower of what the kiosk promised and today's price is owed · today: only today's price is. */
      readonly price: 'kiosk or today' | 'today'
      readonly why: 'in force' | 'honoured' | 'expired' | 'release unknown' | 'release not begun' | 'release too old' | 'clock unverified'
      /** Past its time: the basket is kept, the price promise is not. */
      readonly expired: boolean
      /** Another session opened it first: the basket opens, benefits that exist once do not. */
      readonly elsewhere: boolean
      /** Benefits that exist once have waited long enough for it: the basket opens without them. */
      readonly onceOver: boolean
      readonly expiresAt: Millis
    }

const HOUR_MS = 3_600_000
/** A benefit that exists once is not kept from others for a whole day. Units  ms. */
export const ONCE_MS = 2 * HOUR_MS
/** A kiosk's clock may be ahead of the shop's by this much. */
const CLOCK_SLACK_MS = 120_000

/** Judges a decoded hand-off by the facts, in the order that answers the gravest question first. */
export const judgeHandoff = (handoff: Handoff, facts: HandoffFacts): HandoffJudgement => {
  if (handoff.store !== facts.store) return { type: 'altered', why: 'other store' }
  if (facts.key !== 'known') return { type: 'altered', why: facts.key === 'revoked' ? 'revoked key' : 'unknown key' }
  if (!facts.signatureValid) return { type: 'altered', why: 'signature' }
  if (facts.claim?.state === 'ordered') return { type: 'used' }
  const expiresAt = expiryOf(handoff, facts.handoffHours)
  const why = priceRule(handoff, facts, expiresAt)
  const price = why === 'in force' || why === 'honoured' ? 'kiosk or today' : 'today'
  const elsewhere = facts.claim !== null && facts.claim.session !== facts.session
  return { type: 'open', price, why, expired: why === 'expired', elsewhere, onceOver: facts.now > onceUntil(handoff), expiresAt }
}

/** Until when a code gives benefits that exist once. */
export const onceUntil = (handoff: Pick<Handoff, 'issuedAtS'>): Millis => millis(handoff.issuedAtS * 1000 + ONCE_MS)

/** When the price promise of a hand-off ends. */
export const expiryOf = (handoff: Pick<Handoff, 'issuedAtS'>, handoffHours: number): Millis =>
  millis(handoff.issuedAtS * 1000 + handoffHours * HOUR_MS)

const priceRule = (handoff: Handoff, facts: HandoffFacts, expiresAt: Millis): Extract<HandoffJudgement, { type: 'open' }>['why'] => {
  const issuedAt = handoff.issuedAtS * 1000
  if (facts.now > expiresAt) return 'expired'
  if (!facts.release) return 'release unknown'
  if (!handoff.clockVerified || issuedAt > facts.now + CLOCK_SLACK_MS) return 'clock unverified'
  const { activeFrom, retiredAt, maxOfflineMs } = facts.release
  // A release that waits for its time promises nothing yet, whatever the kiosk's clock said.
  if (issuedAt < activeFrom - CLOCK_SLACK_MS) return 'release not begun'
  if (retiredAt === null) return 'in force'
  const isHonoured = facts.now <= retiredAt + facts.honourHours * HOUR_MS && issuedAt <= retiredAt + maxOfflineMs
  return isHonoured ? 'honoured' : 'release too old'
}

/** What is owed, and how it differs from what the kiosk showed. */
export type Settlement = {
  readonly quote: Quote
  /** today: same as today's price, promise or not · kiosk: the promise is lower and is kept. */
  readonly basis: 'today' | 'kiosk'
  /** What the kiosk's own sum was lower by than the same basket computed here; it is taken off `quote`. 0 where both agree. */
  readonly loweredCents: Cents
  readonly changes: readonly QuoteChange[]
}

/**
 * The kiosk's price again: `shown` as it stood on its screen, `sellable` with the shopper's wishes and without what the shop no longer has.
 * `loweredCents`: what the kiosk's own sum was lower by, see `loweredBy`.
 */
export type KioskPromise = { readonly shown: Quote; readonly sellable: Quote; readonly loweredCents: Cents }

/** Of a total, the part by which a kiosk that computes differently is believed: a defect moves cents, a forger would want more. */
const BELIEVED_SHARE = 0.05
const BELIEVED_CENTS = { least: 5, most: 500 }

/**
 * What the kiosk's sum was lower by than the same basket under the same release computed here; the shopper pays the lower of both.
 * Shape   0 where both agree or the kiosk's is higher, and where they are further apart than any defect should be.
 */
export const loweredBy = (kioskCents: Cents, shown: Pick<Quote, 'totalCents'>): Cents => {
  const apart = shown.totalCents - kioskCents
  const believed = Math.min(BELIEVED_CENTS.most, Math.max(BELIEVED_CENTS.least, Math.floor(shown.totalCents * BELIEVED_SHARE)))
  return cents(apart > 0 && apart <= believed ? apart : 0)
}

/**
 * Chooses the lower of the two totals where the promise holds, today's price otherwise.
 * Order   equal totals: today's, so that an order carries the release in force.
 */
export const settlePrice = (price: 'kiosk or today' | 'today', promise: KioskPromise | null, today: Quote): Settlement => {
  if (!promise) return { quote: today, basis: 'today', loweredCents: cents(0), changes: [] }
  const loweredCents = cents(Math.min(promise.loweredCents, promise.sellable.totalCents))
  const keepsPromise = price === 'kiosk or today' && isBetter(promise, today)
  const quote = keepsPromise ? promise.sellable : today
  return { quote, basis: keepsPromise ? 'kiosk' : 'today', loweredCents: keepsPromise ? loweredCents : cents(0), changes: compareQuotes(promise.shown, quote) }
}

/** Less to pay; or as much, and more to take along for it. */
const isBetter = ({ sellable, loweredCents }: KioskPromise, today: Quote): boolean => {
  const promisedCents = sellable.totalCents - loweredCents
  return promisedCents < today.totalCents || (promisedCents === today.totalCents && worthOfGifts(sellable) > worthOfGifts(today))
}

const worthOfGifts = ({ gifts }: Quote): number => gifts.reduce((sum, { product, quantity, unitCents }) => sum + (unitCents === null ? (product?.priceCents ?? 0) * quantity : 0), 0)
