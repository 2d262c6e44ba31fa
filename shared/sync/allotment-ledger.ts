/** What the hub remembers of limited offers, as a synchronous interface: all calls of one step run inside one transaction of the hub's database. */
import type { DeviceId, EpochId, OfferId } from '../kernel/ids.ts'

export type Lease = {
  /** 1, 2, 3 … over all devices. */
  readonly id: number
  readonly offer: OfferId
  readonly dev: DeviceId
  /** The storage that holds it: a copied or restored one takes a new epoch and holds nothing. */
  readonly ep: EpochId
  /** Uses still out there: granted, and not known here as given away or returned. */
  readonly units: number
  readonly renewAt: number
  /** The device gives none away after this … */
  readonly spendUntil: number
  /** … and the hub takes the rest back at this. */
  readonly reclaimAt: number
  readonly closed: boolean
}

/**
 * One use by one basket. held: a hand-off brings it along · settled: ordered · lapsed: it went back to the pool.
 * Shape   `holder` is the id of the hand-off, or of an order that came without one; with `offer` it is the key.
 */
export type Use = {
  readonly offer: OfferId
  readonly holder: string
  readonly lease: number | null
  readonly state: 'held' | 'settled' | 'lapsed'
  /** A held use goes back to the pool at this. */
  readonly until: number
  /** The customer who ordered, where known. */
  readonly customer: string | null
}

export interface AllotmentLedger {
  lease(id: number): Lease | null
  /** Leases of one storage that are not closed. */
  openLeases(dev: DeviceId, ep: EpochId): readonly Lease[]
  /** Leases with units of one device, all its storages. */
  leasesOut(dev: DeviceId): readonly Lease[]
  /** Numbers a new lease. */
  addLease(lease: Omit<Lease, 'id'>): Lease
  saveLease(lease: Lease): void
  /** Leases with units whose `reclaimAt` has come. */
  leasesDue(now: number): readonly Lease[]
  use(offer: OfferId, holder: string): Use | null
  /** Adds it or takes the place of the one with its key. */
  saveUse(use: Use): void
  usesOfHolder(holder: string): readonly Use[]
  /** Held uses whose `until` has come. */
  usesDue(now: number): readonly Use[]
  /** Uses that ever came out of a lease, lapsed ones included. */
  countOfLease(lease: number): number
  /** Units in leases, held and settled uses: what is not in the pool at `now`; what is due by then is back. */
  taken(offer: OfferId, now: number): number
  /** Settled uses of a customer. */
  settledBy(offer: OfferId, customer: string): number
}
