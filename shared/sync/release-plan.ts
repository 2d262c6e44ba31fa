/** Which release is in force at an instant, and what comes after it. The same rule on the hub and on every device, by the hub's time. */
import type { Millis } from '../kernel/time.ts'
import { isSameHead, type ReleaseHead } from './release.ts'

/** Releases that may wait for their time; a device keeps each as a whole. */
export const MAX_PENDING_RELEASES = 6

/** Earlier first; of two for the same instant the later published one holds. */
export const byActivation = (a: ReleaseHead, b: ReleaseHead): number => a.activeFrom - b.activeFrom || a.rev - b.rev

/** The release in force at `at`; null if none is yet. Order   see `byActivation`. */
export const inForceAt = <H extends ReleaseHead>(heads: readonly H[], at: number): H | null =>
  heads.reduce<H | null>((best, head) => (head.activeFrom <= at && (!best || byActivation(best, head) <= 0) ? head : best), null)

/** What comes after `at`, in order; of several for one instant only the one that will hold. */
export const comingAfter = <H extends ReleaseHead>(heads: readonly H[], at: number): readonly H[] => {
  const coming = heads.filter(({ activeFrom }) => activeFrom > at).toSorted(byActivation)
  return coming.filter((head, i) => coming[i + 1]?.activeFrom !== head.activeFrom)
}

/** What a device may know of the time. */
export type TrustedTime = {
  /** The hub's time as well as it can be told. */
  readonly at: Millis
  /** Whether `at` was measured against the hub since the page began. */
  readonly verified: boolean
  /** The hub's time is not before this, whatever anybody did to the device's wall clock. */
  readonly atLeast: Millis
}

/** A clock that was not compared with the hub may be off by this much, as with the borders of offers. */
export const SWITCH_DOUBT_MS = 2 * 3_600_000

export type DueRelease<H extends ReleaseHead> = {
  /** What to switch to now; null: stay. */
  readonly due: H | null
  /** The switch may have come or may be near, but the device cannot tell: prices of offers are left to the checkout. */
  readonly inDoubt: boolean
  /** Hub time of the next switch; null if nothing waits. */
  readonly nextAt: Millis | null
}

/**
 * What a device does about the releases that wait beside its active one.
 * Order   switches only when the hub's time has certainly come; a wall clock never causes a switch, at most doubt.
 */
export const dueRelease = <H extends ReleaseHead>(pending: readonly H[], time: TrustedTime): DueRelease<H> => {
  const sure = time.verified ? time.at : time.atLeast
  const due = inForceAt(pending, sure)
  const next = comingAfter(pending, sure)[0] ?? null
  return { due, inDoubt: !time.verified && next !== null && time.at >= next.activeFrom - SWITCH_DOUBT_MS, nextAt: next?.activeFrom ?? null }
}

/** The waiting releases once `active` is in force: what it has overtaken is left out. */
export const stillPending = <H extends ReleaseHead>(pending: readonly H[], active: ReleaseHead): readonly H[] =>
  pending.filter((head) => byActivation(head, active) > 0 && !isSameHead(head, active))

/** Longer without the hub's word than the publisher allows: only base prices are certain. */
export const isStale = (checkedAt: number | null, now: number, maxOfflineMs: number | null): boolean =>
  checkedAt !== null && maxOfflineMs !== null && now - checkedAt > maxOfflineMs
