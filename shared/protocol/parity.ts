/** How the prices of store and web shop stand to each other, as staff and managers see it. No person is in it. */
import type { Localised } from '../kernel/language.ts'
import type { MissingDevice } from '../sync/completeness.ts'

/** A basket that a kiosk handed over · one made up around the offers · one of ours in the shop's own cart. */
export const PARITY_SOURCES = ['handoff', 'probe', 'cart'] as const
export type ParitySource = (typeof PARITY_SOURCES)[number]

/**
 * price: an article costs something else in the shop · stock: the shop gives other pieces · not synced: the shop applies an offer that is not here · not in shop: ours applies one that the shop does not
 * rounding: the same offers, rounded otherwise · order: the same offers, one after the other in another order · other kind: one offer comes to another amount · two prices: the shop itself says both
 * release: the kiosk had an older release · app: the kiosk computed otherwise from the same release · since: prices changed between the hand-off and the comparison
 */
export const PARITY_CAUSES = ['price', 'stock', 'not synced', 'not in shop', 'rounding', 'order', 'other kind', 'two prices', 'release', 'app', 'since', 'delivery', 'tax', 'unknown'] as const
export type ParityCause = (typeof PARITY_CAUSES)[number]

/** Baskets by what came of them. Units  `apartMinor` adds up how far the totals are apart, whichever is dearer. */
export type ParityCounts = {
  readonly equal: number
  readonly different: number
  /** An offer that is left to the checkout was applied, so there was no whole price of ours to compare. */
  readonly left: number
  /** Not compared: the shop does not take the basket, or it came too late or too fast. */
  readonly passed: number
  readonly apartMinor: number
}

/** What came of comparing one basket. */
export type ParityOutcome = Exclude<keyof ParityCounts, 'apartMinor'>

export type AlarmOffer = {
  readonly offer: string
  readonly title: Localised
  /** It is left to the checkout by now. */
  readonly left: boolean
  /** It is an offer of this store, so it can be left to the checkout. */
  readonly here: boolean
}

/** Baskets that differ for the same cause and with the same offers. */
export type AlarmHead = {
  readonly id: number
  readonly source: ParitySource
  readonly cause: ParityCause
  /** Figures or names behind the cause; null where there are none. */
  readonly detail: string | null
  readonly firstAt: number
  readonly lastAt: number
  readonly baskets: number
  /** What the shop's total is above ours in the newest basket; negative: below. */
  readonly byMinor: number
  /** Kiosk of the newest basket; null for one that was made up. */
  readonly device: string | null
  readonly offers: readonly AlarmOffer[]
  readonly closed: boolean
}

/** What an amount of an alarm is of. */
export type AlarmPlace =
  | { readonly type: 'article'; readonly name: Localised; readonly quantity: number; /** Before any offer; absent: after all. */ readonly before?: true }
  | { readonly type: 'offer'; readonly name: Localised }
  | { readonly type: 'lines' | 'delivery' | 'tax' | 'total' }

/** One figure on every side that told it. Units  minor units, fractions only where the shop keeps them; an offer's amount is what it takes off. */
export type AlarmFigure = { readonly place: AlarmPlace; readonly kiosk: number | null; readonly ours: number | null; readonly shop: number | null }

/** One step of our calculation. */
export type AlarmStep = { readonly stage: string; readonly offer: Localised | null; readonly at: Localised | null; readonly minor: number }

export type AlarmDetail = AlarmHead & {
  readonly codes: readonly string[]
  readonly delivery: 'pickup' | 'home'
  readonly figures: readonly AlarmFigure[]
  readonly steps: readonly AlarmStep[]
  /** Hashes of the release on the kiosk and of the one in force. */
  readonly releases: { readonly kiosk: string | null; readonly ours: string }
  /** Instants of the newest basket: handed over, compared. */
  readonly shownAt: number | null
  readonly comparedAt: number
  /** The basket can be had as a file of `test/vectors`. */
  readonly hasVector: boolean
}

/** An offer that somebody left to the checkout by hand; it stays there through later imports until somebody lifts it. */
export type LeftOffer = { readonly offer: string; readonly title: Localised; readonly at: number; /** Name of the device. */ readonly by: string; /** Alarm it was left for; null: none. */ readonly cause: ParityCause | null }

export type ReportedOffer = { readonly promotion: string; readonly name: string; readonly why: string | null }

/** What the store took over of its shop. `more`: entries of a list beyond those told. */
export type ImportReport = {
  readonly at: number
  readonly rev: number
  readonly dialect: string
  readonly articles: number
  readonly exact: readonly ReportedOffer[]
  readonly atCheckout: readonly ReportedOffer[]
  /** The shop itself has two prices for some baskets, or does otherwise not always charge the same. */
  readonly warnings: readonly ReportedOffer[]
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
  /** Baskets tried while it was taken over; null: the shop could not be asked. */
  readonly tried: { readonly total: number; readonly equal: number; readonly left: number; readonly refused: number; readonly different: number } | null
  readonly more: { readonly exact: number; readonly atCheckout: number; readonly warnings: number; readonly leftOut: number }
}

export type ShopStanding = {
  readonly name: string
  /** It is another program than this one. */
  readonly connected: boolean
  readonly answeredAt: number | null
  /** Since when it does not answer as it should, and the last reason. */
  readonly trouble: { readonly since: number; readonly why: string } | null
  /** Each capability with null, or the reason why it is not there. */
  readonly capabilities: readonly { readonly name: string; readonly unable: string | null }[]
  readonly report: ImportReport | null
}

export type ParityReply = {
  readonly asOf: number
  /** Of the first basket that was compared; null: none yet. */
  readonly since: number | null
  readonly lastAt: number | null
  readonly counts: { readonly [S in ParitySource]: ParityCounts }
  /** Handed over and not compared yet. */
  readonly waiting: number
  /** Devices that may hold baskets that nobody here knows of yet. */
  readonly missing: readonly MissingDevice[]
  readonly shop: ShopStanding
  /** Newest first; open ones before closed ones. */
  readonly alarms: readonly AlarmHead[]
  readonly left: readonly LeftOffer[]
}

/** A basket as a file of `test/vectors`. */
export type ParityVector = { readonly name: string; readonly text: string }
