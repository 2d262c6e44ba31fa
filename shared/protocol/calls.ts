/** Every question a connected device may ask the hub, and every hint the hub sends unasked. The guarded dispatcher, the role table and the screens are all made from this list. */
import type { BoughtCalls } from './bought.ts'
import type { ActingCalls } from './acting.ts'
import type { DeviceHealth, SealsReply } from './devices.ts'
import type { FeedbackContact, FeedbackItem, InsightsReply, InsightsRequest } from './feedback.ts'
import type { FigureCalls } from './figures.ts'
import type { FunnelReply, FunnelRequest } from './funnel.ts'
import type { ListeningCalls } from './listening.ts'
import type { HubHealth, RedriveReply } from './hub-health.ts'
import type { OfferReviewReply, OfferReviewRequest } from './offer-review.ts'
import type { AlarmDetail, ParityReply, ParityVector } from './parity.ts'
import type { PairingCalls } from './pairing-calls.ts'
import type { PeopleCalls, SessionEnd } from './people.ts'
import type { PrivacyCalls } from './privacy.ts'
import type { QuoteState, QuoteView } from './quotes.ts'
import type { ReceiptCalls } from './receipts.ts'
import type { SurveysCalls } from './surveys.ts'
import type { SharingCalls } from './sharing.ts'
import type { AllotmentReply, AllotmentRequest } from '../sync/allotment.ts'
import type { OfferAnswer } from './offer-check.ts'

/** `person`: somebody has to sign in on this connection first; `fresh`: their password is asked for once more. */
export type CallError = { readonly code: 'offline' | 'timeout' | 'busy' | 'auth' | 'forbidden' | 'bad_request' | 'revoked' | 'not_found' | 'failed' | 'person' | 'fresh' }

export type Calls = FigureCalls & ListeningCalls & ActingCalls & BoughtCalls & SurveysCalls & PrivacyCalls & ReceiptCalls & PeopleCalls & PairingCalls & SharingCalls & {
  /** A shopper's basket by the six-character code under its QR. */
  'quote.lookup': { request: { readonly code: string }; reply: QuoteView }
  /** A basket on its way onto this device, by six characters: the digits that its QR code says. */
  'basket.fetch': { request: { readonly code: string }; reply: { readonly digits: string } }
  /** The web shop's own answer: valid now? where? why not? what is missing? */
  'offers.check': { request: { readonly offer: string } | { readonly sku: string }; reply: readonly OfferAnswer[] }
  /** Uses of limited offers that the device holds, against those it may hold from now on. */
  'allotments.exchange': { request: AllotmentRequest; reply: AllotmentReply }
  /** What the review finds in the offers in force, and what they do to the store's own baskets. */
  'offers.review': { request: OfferReviewRequest; reply: OfferReviewReply }
  /** How prices of store and web shop compare: counts, alarms, what was taken over, what the shop can. */
  'parity.read': { request: Record<string, never>; reply: ParityReply }
  /** One alarm with every side's figures. */
  'parity.alarm': { request: { readonly id: number }; reply: AlarmDetail }
  /** Its basket as a file of `test/vectors`. */
  'parity.vector': { request: { readonly id: number }; reply: ParityVector }
  /** Somebody has looked into it; the next basket opens it again. */
  'parity.close': { request: { readonly id: number }; reply: { readonly closed: true } }
  /** Leaves an offer to the checkout on every device until it is lifted; `alarm`: the one it is for. */
  'offer.leave': { request: { readonly offer: string; readonly alarm: number | null }; reply: { readonly rev: number } }
  'offer.lift': { request: { readonly offer: string }; reply: { readonly rev: number } }
  'devices.list': { request: Record<string, never>; reply: readonly DeviceHealth[] }
  /** Device by device and day by day: are all answers here? `days` back, today included. */
  'seals.read': { request: { readonly days: number }; reply: SealsReply }
  'hub.health': { request: Record<string, never>; reply: HubHealth }
  /** Reads parked and quarantined events once more, after whatever kept the hub from it was mended. */
  'hub.redrive': { request: Record<string, never>; reply: RedriveReply }
  'feedback.list': { request: { readonly limit: number }; reply: readonly FeedbackItem[] }
  /** The contacts that came with one response: opened one at a time, never listed. */
  'feedback.contacts': { request: { readonly response: string }; reply: readonly FeedbackContact[] }
  /** From now on `feedback` hints come to this connection. */
  'feedback.watch': { request: Record<string, never>; reply: { readonly watching: true } }
  'insights.read': { request: InsightsRequest; reply: InsightsReply }
  /** How many visits became orders, step by step. */
  'funnel.read': { request: FunnelRequest; reply: FunnelReply }
}
export type CallName = keyof Calls

export type Hints = {
  release: { readonly rev: number; readonly hash: string }
  feedback: readonly FeedbackItem[]
  /** Answers that are not held any more. */
  erased: { readonly ids: readonly string[] }
  /** To the device that made the code: the phone opened it, or ordered. */
  handoff: { readonly qid: string; readonly state: QuoteState }
  devices: Record<string, never>
  /** Alarms, cases or improvements are not as they were. */
  acting: Record<string, never>
  /** The session of this connection is over; whoever stands there signs in again. */
  session: { readonly ended: SessionEnd }
}
export type HintName = keyof Hints
