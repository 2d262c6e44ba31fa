/** Releases arranged for pricing: the one in force, and earlier ones whose prices may still be owed. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Brand } from '#shared/catalogue/store.ts'
import type { Millis } from '#shared/kernel/time.ts'

export interface Assortments {
  /** Null before the first release, or while the one in force cannot be read. */
  current(): Assortment | null
  /** How the store looks now; null where its document is missing or damaged. */
  brand(): Brand | null
  /** By the first 8 or more hex digits of its hash; `retiredAt` null while it is in force or waits for its time. */
  find(hashPrefix: string): { readonly assortment: Assortment; readonly activeFrom: Millis; readonly retiredAt: Millis | null; readonly maxOfflineMs: number } | null
}
