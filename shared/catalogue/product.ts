/** What the store sells. A product here is one sellable article (variant) with one price. */
import type { Sku } from '../kernel/ids.ts'
import type { Localised } from '../kernel/language.ts'
import type { Cents } from '../kernel/money.ts'
import type { Millis } from '../kernel/time.ts'
import type { PriceEntry } from './price-entry.ts'
import type { PriceRecord } from './price-record.ts'

/** Net contents of one piece; the base of the unit price. */
export type Contents = { readonly amount: number; readonly unit: 'g' | 'ml' | 'piece' }

/** What the store last knew of the stock; a hint with its moment, never a promise. */
export type StockHint = { readonly pieces: number; readonly at: Millis }

export type ShelfPlace = { readonly aisle: number; readonly name: Localised }

export type Product = {
  readonly sku: Sku
  /** Short number used in hand-off codes, 1 … 65 535, never given to another article. */
  readonly number: number
  readonly name: Localised
  /** Maker or store brand as printed on the pack. */
  readonly brand: string | null
  /** The category it stands in; `taxons` holds that category, its ancestors and labels such as `organic`. */
  readonly category: string
  readonly taxons: readonly string[]
  /** Selling price of one piece, VAT included. */
  readonly priceCents: Cents
  /** Selling prices, newest first; the first entry is the price in force. Never edited, only added to. */
  readonly priceHistory: readonly PriceEntry[]
  /** What was really asked until this release, where that differs from the history above: earlier offers count too. */
  readonly recorded?: PriceRecord
  readonly taxRateBps: number
  readonly contents: Contents
  /** Deposit (Pfand), charged on top and shown separately; 0 when there is none. */
  readonly depositCents: Cents
  readonly ean: string
  /** Path of its picture on the hub, e.g. `/pictures/milk.svg`. */
  readonly picture: string
  readonly stock: StockHint
  readonly shelf: ShelfPlace
  /** Quickly perishable and reduced for that reason: exempt from the prior-price rule (PAngV § 11 (4)). */
  readonly perishable: boolean
  /** Words people search it by that its name lacks. */
  readonly synonyms: readonly string[]
  /** Other articles that the shop itself says go with it; what customers bought is counted (`bought/…`). */
  readonly alsoBought: readonly Sku[]
}

export type Category = {
  readonly id: string
  readonly parent: string | null
  readonly name: Localised
  readonly picture: string
  /** Position among its siblings. */
  readonly order: number
}
