/** A priced basket as people see it: every line with its reasons, what is nearly reached, and what only the checkout can know. */
import type { OfferId, Sku } from '../kernel/ids.ts'
import type { Localised } from '../kernel/language.ts'
import type { Cents } from '../kernel/money.ts'
import type { Millis } from '../kernel/time.ts'
import type { Product } from '../catalogue/product.ts'
import type { PriorPrice } from '../catalogue/prior-price.ts'
import type { PublishedOffer } from '../offers/offer.ts'
import type { PricingCustomer } from '../offers/pricing-context.ts'
import type { Missing, PricedBasket, Verdict } from '../offers/priced-basket.ts'
import type { Basket, BasketLine } from './basket.ts'

export type Channel = 'store' | 'web'

/** A handed-over basket was filled in the store, so kiosk, phone and order all price it for this channel. */
export const HANDOFF_CHANNEL: Channel = 'store'

/** Uses of limited offers, by offer id. */
export type OfferUnits = { readonly [offer: string]: number }

/** What a price depends on besides basket and release. */
export type QuoteFacts = {
  readonly now: Millis
  readonly channel: Channel
  /** Whether `now` follows the hub's clock; if not, offers near a border of their time are left to the checkout. */
  readonly clockVerified: boolean
  /** Longer without the hub than the store allows: only base prices are certain. */
  readonly stale?: boolean
  /** The next release may have taken over, but without the hub nobody can tell: all offers are left to the checkout. */
  readonly switchInDoubt?: boolean
  /** Known to the web shop only; with it, offers of certainty `checkout` are computed. */
  readonly customer?: PricingCustomer
  /** Uses of limited offers that may be given away here; a limited offer without one is left to the checkout. */
  readonly units?: OfferUnits
  /** What is known of the customer or of uses is a snapshot taken at this hub time: it is told, and confirmed at checkout, never computed with. */
  readonly snapshotAt?: Millis
}

/** What may be said about a reduction for everybody; see announced-reduction.ts. */
export type AnnouncedReduction = PriorPrice & {
  /** Whether words that count from the selling price, such as an offer's own "−20 %", are true against the lowest price too. */
  readonly ownWordsHold: boolean
  /** The percent as a badge; null if there is none to announce. */
  readonly badge: Localised | null
}

/** One offer's share; `cents` > 0 makes it cheaper. `onlyOn`: the single channel it is limited to, null if it holds everywhere. */
export type QuoteReason = { readonly offer: PublishedOffer; readonly cents: Cents; readonly onlyOn: Channel | null }

export type QuoteLine = {
  readonly sku: Sku
  readonly product: Product
  readonly quantity: number
  /** Selling price of one piece before any offer. */
  readonly unitCents: Cents
  /** `unitCents` × quantity. */
  readonly baseCents: Cents
  readonly reasons: readonly QuoteReason[]
  /** `baseCents` less all reasons; without deposit. */
  readonly totalCents: Cents
  /** Deposit for all pieces, on top of `totalCents`. */
  readonly depositCents: Cents
  /** What may be announced about its price, with the lowest price of 30 days; null where nothing was reduced for everybody. Worked out when first read. */
  readonly announced: AnnouncedReduction | null
}

export type QuoteDelivery = {
  readonly method: Basket['delivery']
  readonly baseCents: Cents
  readonly reasons: readonly QuoteReason[]
  readonly totalCents: Cents
}

/** An offer that the basket has begun to reach: more shopping unlocks it. */
export type NearOffer = { readonly offer: PublishedOffer; readonly missing: readonly Missing[]; readonly onlyOn: Channel | null }

/**
 * An offer that this surface does not compute. customer: needs the customer's facts · clock: too near a border of its time for an unverified clock · stale: too long without the hub
 * limit: its uses are limited and none is held here · not understood: malformed, or beyond this engine; see `isNowhereComputed`. `asOf`: hub time of the snapshot that stands behind it, null if there is none.
 */
export type CheckoutOffer = { readonly offer: PublishedOffer; readonly why: 'customer' | 'clock' | 'stale' | 'limit' | 'not understood'; readonly asOf: Millis | null }

export type QuoteGift = { readonly sku: Sku; readonly product: Product | null; readonly quantity: number; /** Null: free. A price is owed only if the article is taken; it is in no sum. */ readonly unitCents: Cents | null; readonly offer: PublishedOffer }

export type Quote = {
  readonly releaseHash: string
  readonly facts: QuoteFacts
  /** In basket order. */
  readonly lines: readonly QuoteLine[]
  /** Lines whose article this release does not have; not part of any sum. */
  readonly unknown: readonly BasketLine[]
  /** Codes that unlock nothing in this release. */
  readonly unknownCodes: readonly string[]
  readonly gifts: readonly QuoteGift[]
  readonly delivery: QuoteDelivery
  /** Articles after all offers, without deposit. */
  readonly itemsCents: Cents
  readonly depositCents: Cents
  /** What rounding the sum as a whole added (> 0) or took off, where the shop's arithmetic does: tax once per rate, cash in steps of five cents. */
  readonly roundingCents: Cents
  /** Everything that offers took off, delivery included. */
  readonly savingsCents: Cents
  /** To pay: articles + delivery + deposit + rounding, VAT included. */
  readonly totalCents: Cents
  readonly taxIncludedCents: Cents
  /** Each offer that changed something, with its whole amount, largest first. */
  readonly applied: readonly QuoteReason[]
  /** Nearest first: smallest missing amount, then pieces. */
  readonly near: readonly NearOffer[]
  readonly atCheckout: readonly CheckoutOffer[]
  /** Offers that would be open now on the other channel only. */
  readonly elsewhere: readonly { readonly offer: PublishedOffer; readonly onlyOn: Channel | null }[]
  /** The engine's own answer, for explanations and the stored trace. Its `verdicts` look at every offer; who asks for one asks here. */
  readonly priced: PricedBasket
  /** What became of one offer; null if it is not computed here. */
  verdictOf(id: OfferId): Verdict | null
  /** Whether an offer is computed here and valid at this instant on this channel, whatever the basket lacks. */
  isActive(id: OfferId): boolean
}
