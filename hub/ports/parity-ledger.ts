/** What the hub remembers of how prices compare: baskets that wait, counts by day, alarms, and what the shop last came to. */
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { ImportReport, ParityCause, ParityCounts, ParityOutcome, ParitySource } from '#shared/protocol/parity.ts'

/** A basket that a kiosk handed over and nobody has compared yet. */
export type WaitingBasket = { readonly qid: QuoteId; readonly dev: DeviceId; readonly digits: string; readonly totalCents: Cents; readonly issuedAt: Millis; readonly receivedAt: Millis }


/** Units  `apartMinor` whole minor units, never below nothing. */
export type Compared = { readonly id: string; readonly source: ParitySource; readonly at: Millis; readonly outcome: ParityOutcome; readonly apartMinor: number }

export type ParitySums = { readonly since: Millis | null; readonly lastAt: Millis | null; readonly counts: { readonly [S in ParitySource]: ParityCounts } }

/** A basket that differs. Alarms with one `key` are one alarm, which keeps the newest basket. */
export type RaisedAlarm = {
  readonly key: string
  readonly source: ParitySource
  readonly cause: ParityCause
  readonly detail: string | null
  readonly at: Millis
  readonly byMinor: number
  readonly dev: DeviceId | null
  /** Offers by their id, or the shop's promotion where the store has none. */
  readonly offers: readonly string[]
  /** Both sides of the newest basket, as whoever shows it wrote it down. */
  readonly example: Json
}
export type StoredAlarm = Omit<RaisedAlarm, 'key' | 'at'> & { readonly id: number; readonly firstAt: Millis; readonly lastAt: Millis; readonly baskets: number; readonly closedAt: Millis | null }

/** The last word of the shop. `trouble` stands from its first moment on. */
export type ShopWord = { readonly answeredAt: Millis | null; readonly trouble: { readonly since: Millis; readonly why: string } | null; readonly report: ImportReport | null }

/** Single baskets are remembered so long, to be counted once. */
export const BASKETS_KEPT_MS = 40 * 86_400_000
/** Days beyond are added up into one. */
export const DAYS_KEPT = 400
/** More alarms push out the one that was quiet longest, closed ones first. */
export const MAX_ALARMS = 200

export interface ParityLedger {
  /** Does nothing for one that waits already or was compared. */
  await(basket: WaitingBasket): void
  /** Order  as they were received. */
  waiting(limit: number): readonly WaitingBasket[]
  countWaiting(): number
  /** Counts a basket once, and ends its waiting. False if it had been counted before. */
  count(compared: Compared): boolean
  sums(): ParitySums
  /** One basket more under its key; a closed alarm is open again. */
  raise(alarm: RaisedAlarm): void
  /** Order  open before closed, then newest first. */
  alarms(limit: number): readonly StoredAlarm[]
  alarm(id: number): StoredAlarm | null
  /** False if there is none, or it is closed. */
  close(id: number, at: Millis): boolean
  /** Drops what is older than it is kept, without changing a sum. */
  summarise(now: Millis): void
  shopWord(shop: string): ShopWord
  keepShopWord(shop: string, word: ShopWord): void
}
