/**
 * Limited offers without a network: the hub leases uses to devices, a device gives them away one by one, and what it does not need comes back.
 * A use is always at exactly one place: in the pool, in a lease, held for a hand-off, or settled in an order; so the sum can never be exceeded.
 * Decision 0010 tells why.
 */
import type { EpochId, OfferId } from '../kernel/ids.ts'

/** How long a device may give away what it holds: a day without network. */
export const LEASE_MS = 24 * 3_600_000
/** From here on a fresh lease is granted beside an old one. */
export const RENEW_AFTER_MS = LEASE_MS / 2
/** How far the clocks of hub and device may differ. The hub waits so much longer than the device may spend. */
export const CLOCK_MARGIN_MS = 10 * 60_000
/** Uses of one offer that a device should hold … */
export const LEASE_UNITS = 5
/** … and below which it gets more. */
export const LOW_UNITS = 2
/** A lease takes at most this part of the pool: the last few uses are given out where they are counted, at the checkout. */
export const POOL_SHARE = 8
/** Leases in one message: far more than a store has limited offers. */
export const MAX_LEASES = 200

/** A lease as the device is told. `left`: uses of it that the hub does not know as given away. `renewAt`: fresh ones are preferred from here on. */
export type GrantedLease = { readonly id: number; readonly offer: OfferId; readonly left: number; readonly renewAt: number; readonly spendUntil: number }

/** How many uses of an offer nobody has been promised yet, when the hub looked. */
export type PoolState = { readonly offer: OfferId; readonly total: number; readonly left: number }

/**
 * What the device holds: every lease it knows, with the uses it gave away.
 * Shape   `n` counts the changes of the set, so that an answer to an older question is not believed. `closed`: it will give away no more of this one.
 */
export type AllotmentRequest = {
  readonly ep: EpochId
  readonly n: number
  readonly leases: readonly { readonly id: number; readonly spent: number; readonly closed: boolean }[]
}

/** Everything the device may hold from now on; a lease not named here is gone. */
export type AllotmentReply = {
  readonly n: number
  readonly now: number
  readonly leases: readonly GrantedLease[]
  readonly pools: readonly PoolState[]
}
