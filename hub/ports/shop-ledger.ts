/** What the hub remembers of its web shop beside the releases: numbers once given, the last reading, and how prices compared. */
import type { Millis } from '#shared/kernel/time.ts'

/** How prices of shop and house compared once. Money differences are in the log; here stand the counts. */
export type ShopProbe = {
  readonly at: Millis
  /** Hash of the release that was compared. */
  readonly release: string
  readonly dialect: string
  readonly total: number
  readonly equal: number
  readonly left: number
  readonly refused: number
  readonly different: number
}

/** The last reading that became a release. */
export type ShopReading = {
  readonly at: Millis
  readonly hash: string
  readonly dialect: string
  /** Promotions found to differ, and how; until the shop changes. */
  readonly distrusted: { readonly [promotion: string]: string }
}

export interface ShopLedger {
  /**
   * The short numbers of these things of a shop, 1 … 65,535: the one given once, else the next that nobody ever had.
   * Shape  a number for each key while there are any; `taken`: numbers that others have without standing here.
   */
  numbers(shop: string, kind: 'article' | 'offer', keys: readonly string[], taken: readonly number[]): ReadonlyMap<string, number>
  reading(shop: string): ShopReading | null
  keepReading(shop: string, reading: ShopReading): void
  addProbe(shop: string, probe: ShopProbe): void
  /** Newest first. */
  probes(shop: string, limit: number): readonly ShopProbe[]
}
