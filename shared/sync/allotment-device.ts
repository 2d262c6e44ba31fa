/** The device's side of limited offers: which leases it holds, how it gives uses away, what it asks and what it believes. Each function is one decision of one durable transaction. */
import type { EpochId, OfferId } from '../kernel/ids.ts'
import type { AllotmentReply, AllotmentRequest, GrantedLease, PoolState } from './allotment.ts'

/** `spent`: given away by this storage. `left`: may still be given away. */
export type HeldLease = GrantedLease & { readonly spent: number; readonly closed: boolean }

export type HeldAllotments = {
  /** The outbox epoch they were granted to: a storage that was copied or put back takes another, and holds nothing. */
  readonly ep: EpochId
  /** Counts the changes of the set of leases. */
  readonly n: number
  readonly leases: readonly HeldLease[]
  readonly pools: readonly PoolState[]
  /** Hub time of the last answer; null before the first. */
  readonly asOf: number | null
}

/** One use of an offer out of one lease. */
export type LeasedUse = { readonly offer: OfferId; readonly lease: number }

export const noAllotments = (ep: EpochId): HeldAllotments => ({ ep, n: 0, leases: [], pools: [], asOf: null })

/** Uses that may be given away at `now`, by offer. Units   `now` is the latest that the hub's clock may show, ms. */
export const unitsHeld = (held: HeldAllotments, now: number): { readonly [offer: string]: number } => {
  const units: { [offer: string]: number } = {}
  for (const lease of usable(held, now)) units[lease.offer] = (units[lease.offer] ?? 0) + lease.left
  return units
}

/** One use of each offer, out of the lease that ends first; null if one of them has none. */
export const chooseUses = (held: HeldAllotments, offers: readonly OfferId[], now: number): readonly LeasedUse[] | null => {
  const byEnd = [...usable(held, now)].sort((a, b) => a.spendUntil - b.spendUntil || a.id - b.id)
  const uses = offers.flatMap((offer) => byEnd.filter((lease) => lease.offer === offer).slice(0, 1).map(({ id }) => ({ offer, lease: id })))
  return uses.length === offers.length ? uses : null
}

/** Gives the chosen uses away; null if one of them is no longer there, and then nothing may be shown that names it. */
export const spendUses = (held: HeldAllotments, uses: readonly LeasedUse[], now: number): HeldAllotments | null => {
  const free = new Map(usable(held, now).map((lease) => [lease.id, lease.left]))
  for (const { lease } of uses) {
    const left = free.get(lease) ?? 0
    if (left < 1) return null
    free.set(lease, left - 1)
  }
  const spentOf = (id: number): number => uses.filter(({ lease }) => lease === id).length
  return { ...held, leases: held.leases.map((lease) => lessBy(lease, spentOf(lease.id))) }
}

/**
 * What to ask the hub, and what has to be durable before it is asked: leases that are over or replaced are closed first, so that no use of them is given away once the hub may know.
 */
export const askAllotments = (held: HeldAllotments, now: number): { readonly held: HeldAllotments; readonly request: AllotmentRequest } => {
  const renewed = new Set(usable(held, now).filter(({ renewAt }) => renewAt > now).map(({ offer }) => offer))
  const isDone = (lease: HeldLease): boolean => lease.spendUntil <= now || lease.left < 1 || (lease.renewAt <= now && renewed.has(lease.offer))
  const leases = held.leases.map((lease) => (!lease.closed && isDone(lease) ? closed(lease) : lease))
  const next = { ...held, n: held.n + 1, leases }
  return { held: next, request: { ep: held.ep, n: next.n, leases: leases.map(({ id, spent, closed }) => ({ id, spent, closed })) } }
}

/**
 * Takes over what the hub said, unless the set has changed since it was asked.
 * Order   uses given away meanwhile stay given away; the hub may know of more than this storage, then it is a copy and has fewer.
 */
export const believeAllotments = (held: HeldAllotments, reply: AllotmentReply): HeldAllotments => {
  if (reply.n !== held.n) return held
  const known = new Map(held.leases.map((lease) => [lease.id, lease]))
  const leases = reply.leases.map((granted): HeldLease => {
    const before = known.get(granted.id)
    if (!before) return fresh(granted)
    return lowered(before, granted)
  })
  return { ...held, n: held.n + 1, leases, pools: reply.pools, asOf: reply.now }
}

const lessBy = (lease: HeldLease, count: number): HeldLease => (count === 0 ? lease : { ...lease, left: lease.left - count, spent: lease.spent + count })

const fresh = (granted: GrantedLease): HeldLease => ({ ...granted, spent: 0, closed: false })

/** What is told of a known lease can only lower it. */
const lowered = (before: HeldLease, { left, renewAt, spendUntil }: GrantedLease): HeldLease => ({ ...before, left: Math.min(before.left, left), renewAt, spendUntil })

const closed = (lease: HeldLease): HeldLease => ({ ...lease, closed: true })

const usable = ({ leases }: HeldAllotments, now: number): readonly HeldLease[] => leases.filter((lease) => !lease.closed && lease.left > 0 && lease.spendUntil > now)
