/** What was asked of everybody, article by article and day by day: the evidence behind every announced reduction. Entries are added, never changed and never deleted. */
import type { Channel } from '#shared/basket/quote.ts'
import type { PriceEntry } from '#shared/catalogue/price-entry.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Day } from '#shared/kernel/time.ts'

/** The lowest price of one piece from this day on, and the release under which it was asked. */
export type AskedPrice = { readonly sku: Sku; readonly channel: Channel; readonly from: Day; readonly cents: Cents; readonly rev: number }

/** Up to where the ledger was brought, and the documents as the shop gave them: its hash, without what the hub added. */
export type PriceLook = { readonly day: Day; readonly rev: number; readonly source: string }

export interface PriceLedger {
  /** Newest first; of two on one day the lower is the later one. */
  entries(sku: Sku, channel: Channel): readonly PriceEntry[]
  /** The last look; null before the first. */
  lastLook(): PriceLook | null
  /** Adds what a look has found, and the look itself. */
  add(look: PriceLook, found: readonly AskedPrice[]): void
}
