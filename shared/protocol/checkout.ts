/** What the phone checkout and the hub say to each other: three questions over plain HTTP, each answered with a value and never with a dead end. */
import * as v from 'valibot'
import { MAX_CODES } from '../basket/basket.ts'
import { MAX_HANDOFF_DIGITS } from '../handoff/handoff.ts'
import type { Brand } from '../catalogue/store.ts'
import type { UnitPrice } from '../catalogue/unit-price.ts'
import type { Localised } from '../kernel/language.ts'

/** A browser session's own random name, made by the page, 32 hex digits. */
const session = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))
const digits = v.pipe(v.string(), v.maxLength(MAX_HANDOFF_DIGITS), v.regex(/^[0-9]+$/))
const delivery = v.picklist(['pickup', 'home'])
const text = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(most))

/** The first question: what is in this code? Who has ordered from it gets the order. */
export const OpenRequest = v.strictObject({ digits, session, /** The page's name for the order it has placed or will place. */ orderId: session })
export type OpenRequest = v.InferOutput<typeof OpenRequest>

/** What the shopper may change before ordering. */
const wishes = {
  delivery,
  /** Number of the customer card; null without. */
  card: v.nullable(text(40)),
  /** Further offer codes. */
  codes: v.pipe(v.array(text(40)), v.maxLength(MAX_CODES)),
}
export const PriceRequest = v.strictObject({ digits, session, ...wishes })
export type PriceRequest = v.InferOutput<typeof PriceRequest>

export const AddressFields = v.strictObject({ street: text(120), postcode: text(12), city: text(80) })
export type Address = v.InferOutput<typeof AddressFields>

export const OrderRequest = v.strictObject({
  digits,
  session,
  ...wishes,
  /** The page's own name for this order, so that a repeated request never orders twice. */
  orderId: session,
  name: text(120),
  email: v.nullable(v.pipe(text(200), v.regex(/^\S+@\S+\.\S+$/))),
  address: v.nullable(AddressFields),
  /** What the page showed beside the button: if it is not owed any more, nothing is ordered. */
  totalCents: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
export type OrderRequest = v.InferOutput<typeof OrderRequest>

export type CheckoutReason = { readonly title: Localised; readonly cents: number }

export type CheckoutLine = {
  readonly sku: string
  readonly name: Localised
  readonly picture: string
  readonly quantity: number
  readonly unitCents: number
  readonly baseCents: number
  readonly totalCents: number
  readonly depositCents: number
  readonly reasons: readonly CheckoutReason[]
  /** Lowest price of one piece in the 30 days before an announced reduction; null where none is announced, or the law exempts it. */
  readonly priorCents: number | null
  /** Of the price told for the line; null where none is asked for. */
  readonly unitPrice: UnitPrice | null
}

/** What differs from the kiosk, in an order to be read from the top. */
export type CheckoutChange =
  | { readonly type: 'articles unknown'; readonly count: number }
  | { readonly type: 'line gone'; readonly name: Localised; readonly quantity: number; readonly beforeCents: number }
  | { readonly type: 'unit price' | 'deposit'; readonly name: Localised; readonly beforeCents: number; readonly afterCents: number }
  | { readonly type: 'offer ended'; readonly title: Localised; readonly beforeCents: number; /** What it lacks now, or what took its place; null if nobody can say. */ readonly why: Localised | null }
  | { readonly type: 'offer new'; readonly title: Localised; readonly afterCents: number }
  | { readonly type: 'offer amount'; readonly title: Localised; readonly beforeCents: number; readonly afterCents: number }
  | { readonly type: 'delivery price' | 'total'; readonly beforeCents: number; readonly afterCents: number }

export type CheckoutStore = {
  readonly name: string
  readonly address: string
  readonly timeZone: string
  /** Null: the page keeps its own colours. */
  readonly brand: Brand | null
  /** The ways to get the goods with their list prices. */
  readonly delivery: readonly { readonly id: 'pickup' | 'home'; readonly name: Localised; readonly cents: number }[]
}

/** What a page can say before it has a code. */
export type StoreReply = { readonly type: 'store'; readonly store: CheckoutStore } | { readonly type: 'refused'; readonly why: 'closed' }

export type CheckoutView = {
  readonly code: string
  readonly store: CheckoutStore
  readonly issuedAt: number
  readonly expiresAt: number
  /** Past `expiresAt`: today's prices, no promise. */
  readonly expired: boolean
  /** Somebody else's browser opened this code first. */
  readonly elsewhere: boolean
  /** Until when benefits count that exist once; null where the code brings none. */
  readonly onceUntil: number | null
  /** They have ended. */
  readonly onceOver: boolean
  /** today: the same as today's price · kiosk: the kiosk promised less, and that is kept. */
  readonly basis: 'today' | 'kiosk'
  readonly delivery: 'pickup' | 'home'
  readonly deliveryBaseCents: number
  readonly deliveryCents: number
  readonly deliveryReasons: readonly CheckoutReason[]
  /** What each way would cost this basket, offers counted. */
  readonly deliveryOwed: { readonly pickup: number; readonly home: number }
  readonly lines: readonly CheckoutLine[]
  readonly gifts: readonly { readonly name: Localised; readonly quantity: number; /** Null: free. */ readonly unitCents: number | null; readonly title: Localised }[]
  /** All lines with their own reasons. */
  readonly linesCents: number
  /** What offers take off the basket as a whole. */
  readonly basketReasons: readonly CheckoutReason[]
  readonly depositCents: number
  /** What rounding the sum as a whole added or took off. */
  readonly roundingCents: number
  /** What is taken off because the kiosk's own sum was lower. */
  readonly loweredCents: number
  readonly savingsCents: number
  readonly taxIncludedCents: number
  readonly totalCents: number
  readonly kioskTotalCents: number
  /** Another program is the web shop, and takes the order; `opens`: its checkout can be opened from here. Null: the order is placed here. */
  readonly shop: { readonly opens: boolean } | null
  readonly changes: readonly CheckoutChange[]
  /** Offers that a customer card may add. */
  readonly withCard: readonly Localised[]
  /** Offers that the store left to its checkout: named, and in no sum. */
  readonly notCounted: readonly Localised[]
  /** Offers that nobody here can compute: named, in no sum, and promised by nobody. */
  readonly notComputed: readonly Localised[]
  /** Limited offers in this price that are not held for the basket: the order confirms them, or says that they are gone. */
  readonly limited: readonly Localised[]
  /** none: no card given · known: its offers are counted · unknown: no such card. */
  readonly card: 'none' | 'known' | 'unknown'
  /** Of the codes entered on the phone, those that unlock nothing. */
  readonly unknownCodes: readonly string[]
}

/** Why a code cannot be ordered from; each has its own page. */
export type CheckoutRefusal =
  | { readonly type: 'refused'; readonly why: 'damaged' | 'too new' | 'altered' | 'withdrawn' | 'other store' | 'nothing left' | 'training' | 'closed' }
  /** Another page has ordered; its number is told to nobody else. */
  | { readonly type: 'refused'; readonly why: 'used' }

export type PlacedOrderView = {
  readonly number: string
  readonly placedAt: number
  readonly delivery: 'pickup' | 'home'
  readonly totalCents: number
  readonly store: CheckoutStore
}

export type OrderedReply = { readonly type: 'ordered'; readonly order: PlacedOrderView }

/** The page went to the web shop, and its order came back from there. */
export type OrderedThereReply = { readonly type: 'ordered there'; readonly order: Omit<PlacedOrderView, 'delivery'> }

export type OpenReply = { readonly type: 'open'; readonly view: CheckoutView } | OrderedReply | OrderedThereReply | CheckoutRefusal

export type OrderReply =
  | OrderedReply
  /** The price moved while the page was open; nothing was ordered. */
  | { readonly type: 'price changed'; readonly view: CheckoutView }
  | { readonly type: 'refused'; readonly why: 'address missing' }
  | CheckoutRefusal
