/** The hub's side of limited offers: grants, takes back, holds for hand-offs, settles orders. Runs inside the transaction that stores it. */
import type { DeviceId, EpochId, OfferId } from '../kernel/ids.ts'
import { CLOCK_MARGIN_MS, LEASE_MS, LEASE_UNITS, LOW_UNITS, POOL_SHARE, RENEW_AFTER_MS, type AllotmentReply, type AllotmentRequest } from './allotment.ts'
import type { AllotmentLedger, Lease } from './allotment-ledger.ts'

/** A limited offer as counting needs it. */
export type CountedOffer = {
  readonly id: OfferId
  /** Uses over all shoppers; null if only each customer's are bounded. */
  readonly total: number | null
  readonly perCustomer: number | null
}

/** An offer of which a device may hold uses; `until`: its end, null without one. */
export type LeasableOffer = { readonly id: OfferId; readonly total: number; readonly until: number | null }

export type AllotmentFacts = {
  /** The hub's clock, ms. */
  readonly now: number
  /** How long a hand-off keeps its promise. */
  readonly handoffMs: number
}

/** Takes back what is over: rests of leases that no device can give away any more, and uses whose hand-off nobody ordered from. */
export const sweepAllotments = (ledger: AllotmentLedger, now: number): void => {
  for (const lease of ledger.leasesDue(now)) ledger.saveLease({ ...lease, units: 0, closed: true })
  for (const use of ledger.usesDue(now)) ledger.saveUse({ ...use, state: 'lapsed' })
}

/** Takes back at once what a device may not give away any more because its access has ended: no code of it is honoured from now on. */
export const reclaimFrom = (ledger: AllotmentLedger, dev: DeviceId): void => {
  for (const lease of ledger.leasesOut(dev)) ledger.saveLease({ ...lease, units: 0, closed: true })
}

/** Uses that nobody has been promised. Below zero if the merchant lowered the total under what was already out. */
export const poolOf = (ledger: AllotmentLedger, { id, total }: { readonly id: OfferId; readonly total: number }, now: number): number => total - ledger.taken(id, now)

/**
 * Hears what a device holds and tells what it may hold from now on.
 * Order   a lease that the device does not name although it is open, because an answer was lost, is told again and no second one granted.
 */
export const answerAllotments = (
  ledger: AllotmentLedger,
  caller: { readonly dev: DeviceId; readonly mayHold: boolean },
  request: AllotmentRequest,
  offers: readonly LeasableOffer[],
  facts: AllotmentFacts,
): AllotmentReply => {
  const { now } = facts
  const owner = { dev: caller.dev, ep: request.ep }
  sweepAllotments(ledger, now)
  for (const { id, spent, closed } of request.leases) if (closed) closeLease(ledger, owner, id, spent)
  if (caller.mayHold) for (const offer of offers) topUp(ledger, owner, offer, facts)
  const leases = ledger.openLeases(owner.dev, owner.ep).filter(({ spendUntil }) => spendUntil > now)
  return {
    n: request.n,
    now,
    leases: leases.map(({ id, offer, units, renewAt, spendUntil }) => ({ id, offer, left: units, renewAt, spendUntil })),
    pools: offers.map((offer) => ({ offer: offer.id, total: offer.total, left: Math.max(0, poolOf(ledger, offer, now)) })),
  }
}

type Owner = { readonly dev: DeviceId; readonly ep: EpochId }

const isOwn = (lease: Lease | null, { dev, ep }: Owner): lease is Lease => lease !== null && lease.dev === dev && lease.ep === ep

/** What was given away and is still on its way here stays out; the rest comes back. */
const closeLease = (ledger: AllotmentLedger, owner: Owner, id: number, spent: number): void => {
  const lease = ledger.lease(id)
  if (!isOwn(lease, owner)) return
  const onTheWay = Math.max(0, spent - ledger.countOfLease(id))
  ledger.saveLease({ ...lease, units: Math.min(lease.units, onTheWay), closed: true })
}

const topUp = (ledger: AllotmentLedger, owner: Owner, offer: LeasableOffer, { now, handoffMs }: AllotmentFacts): void => {
  const spendUntil = Math.min(now + LEASE_MS, offer.until ?? Infinity)
  if (spendUntil <= now) return
  const fresh = ledger.openLeases(owner.dev, owner.ep).filter((lease) => lease.offer === offer.id && lease.renewAt > now)
  const held = fresh.reduce((sum, { units }) => sum + units, 0)
  if (held >= LOW_UNITS) return
  const units = Math.min(LEASE_UNITS - held, Math.floor(poolOf(ledger, offer, now) / POOL_SHARE))
  if (units <= 0) return
  const renewAt = Math.min(now + RENEW_AFTER_MS, spendUntil)
  // Both ends of a spent use are told by the device's clock: when it was given away, and when its hand-off was issued.
  ledger.addLease({ offer: offer.id, ...owner, units, renewAt, spendUntil, reclaimAt: spendUntil + handoffMs + 2 * CLOCK_MARGIN_MS, closed: false })
}

/** A use that a hand-off names. `issuedAt`: by the device's clock. */
export type NamedUse = { readonly offer: OfferId; readonly lease: number; readonly dev: DeviceId; readonly holder: string; readonly issuedAt: number }

/**
 * Keeps a use for a hand-off, out of the lease it names; from the event or from the phone, whichever comes first.
 * Shape   true if the use stands, also when it was held or settled before; false if the lease has none left, is another device's, or the hand-off's time is over.
 */
export const holdUse = (ledger: AllotmentLedger, named: NamedUse, { now, handoffMs }: AllotmentFacts): boolean => {
  sweepAllotments(ledger, now)
  const known = ledger.use(named.offer, named.holder)
  if (known) return known.state !== 'lapsed'
  const lease = ledger.lease(named.lease)
  if (!lease || lease.dev !== named.dev || lease.offer !== named.offer || lease.units < 1) return false
  const until = Math.min(named.issuedAt, now) + handoffMs + CLOCK_MARGIN_MS
  const state = until > now ? 'held' : 'lapsed'
  ledger.saveLease({ ...lease, units: lease.units - 1 })
  ledger.saveUse({ offer: named.offer, holder: named.holder, lease: lease.id, state, until, customer: null })
  return state === 'held'
}

/** Who orders: the hand-off or the order's own id, and the customer if known. */
export type Buyer = { readonly holder: string; readonly customer: string | null }

/** Whether this buyer may have a use of the offer now: one that is kept for the hand-off, or one out of the pool. */
export const mayUse = (ledger: AllotmentLedger, offer: CountedOffer, { holder, customer }: Buyer, now: number): boolean => {
  const known = ledger.use(offer.id, holder)
  if (known?.state === 'settled') return true
  if (offer.perCustomer !== null && (customer === null || ledger.settledBy(offer.id, customer) >= offer.perCustomer)) return false
  const isHeld = known?.state === 'held' && known.until > now
  return isHeld || offer.total === null || poolOf(ledger, { id: offer.id, total: offer.total }, now) > 0
}

/**
 * Settles the uses of an order, all or none; uses that were kept for its hand-off and are not in the order go back.
 * Shape   false if one of the offers has no use left for this buyer; then nothing has changed. Once settled, asking again is true and changes nothing.
 */
export const settleUses = (ledger: AllotmentLedger, offers: readonly CountedOffer[], buyer: Buyer, now: number): boolean => {
  sweepAllotments(ledger, now)
  if (!offers.every((offer) => mayUse(ledger, offer, buyer, now))) return false
  const ordered = new Set<string>(offers.map(({ id }) => id))
  for (const { id } of offers) {
    const known = ledger.use(id, buyer.holder)
    if (known?.state === 'settled') continue
    ledger.saveUse({ offer: id, holder: buyer.holder, lease: known?.lease ?? null, state: 'settled', until: now, customer: buyer.customer })
  }
  for (const use of ledger.usesOfHolder(buyer.holder)) if (use.state === 'held' && !ordered.has(use.offer)) ledger.saveUse({ ...use, state: 'lapsed' })
  return true
}
