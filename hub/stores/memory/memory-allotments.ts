/** Leases and uses of limited offers in memory. */
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { MemoryBox } from './memory-box.ts'

export const memoryAllotmentLedger = (box: Pick<MemoryBox, 'state'>): AllotmentLedger => {
  const leases = () => [...box.state.leases.values()]
  const uses = () => [...box.state.uses.values()]
  return {
    lease: (id) => box.state.leases.get(id) ?? null,
    openLeases: (dev, ep) => leases().filter((lease) => lease.dev === dev && lease.ep === ep && !lease.closed),
    leasesOut: (dev) => leases().filter((lease) => lease.dev === dev && lease.units > 0),
    addLease: (lease) => {
      const added = { ...lease, id: box.state.leases.size + 1 }
      box.state.leases.set(added.id, added)
      return added
    },
    saveLease: (lease) => void box.state.leases.set(lease.id, lease),
    leasesDue: (now) => leases().filter(({ units, reclaimAt }) => units > 0 && reclaimAt <= now),
    use: (offer, holder) => box.state.uses.get(`${offer} ${holder}`) ?? null,
    saveUse: (use) => void box.state.uses.set(`${use.offer} ${use.holder}`, use),
    usesOfHolder: (holder) => uses().filter((use) => use.holder === holder),
    usesDue: (now) => uses().filter(({ state, until }) => state === 'held' && until <= now),
    countOfLease: (lease) => uses().filter((use) => use.lease === lease).length,
    taken: (offer, now) =>
      leases().reduce((sum, lease) => sum + (lease.offer === offer && lease.reclaimAt > now ? lease.units : 0), 0) +
      uses().filter((use) => use.offer === offer && (use.state === 'settled' || (use.state === 'held' && use.until > now))).length,
    settledBy: (offer, customer) => uses().filter((use) => use.offer === offer && use.customer === customer && use.state === 'settled').length,
  }
}
