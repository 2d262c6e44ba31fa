/** Mistakes in counting limited offers, planted one at a time: a simulation that stays green with one of them would prove nothing. */
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { AllotmentFaults } from './allotments.ts'

const over = (change: (ledger: AllotmentLedger) => Partial<AllotmentLedger>): AllotmentFaults => ({ ledger: (ledger) => ({ ...ledger, ...change(ledger) }) })

export const ALLOTMENT_FAULTS: { readonly [name: string]: AllotmentFaults } = {
  'hub takes back as soon as the device may not spend': over((ledger) => ({ addLease: (lease) => ledger.addLease({ ...lease, reclaimAt: lease.spendUntil }) })),
  'device spends after the end of its lease': { clock: () => 0 },
  'what is leased is still sold from the pool': over((ledger) => ({
    taken: (offer, now) => ledger.taken(offer, now) - [...Array(1000).keys()].reduce((sum, id) => sum + (ledger.lease(id + 1)?.units ?? 0), 0),
  })),
  'a device is believed more uses than it was lent': over((ledger) => ({
    lease: (id) => {
      const lease = ledger.lease(id)
      return lease && { ...lease, units: Math.max(1, lease.units) }
    },
  })),
  'event and phone both take a use': over((ledger) => ({
    use: (offer, holder) => {
      const use = ledger.use(offer, holder)
      return use?.state === 'settled' ? use : null
    },
  })),
  'closing forgets what is on its way': over(() => ({ countOfLease: () => Infinity })),
  'closed only after the hub was told': { durableAsk: false },
  'a late answer is believed': { reply: (reply, held) => ({ ...reply, n: held.n }) },
  'code shown before the spent use is on disk': { durableSpend: false },
  'leases never come back': over((ledger) => ({ leasesDue: () => [], taken: (offer) => ledger.taken(offer, 0) })),
  'unclaimed hand-offs never come back': over((ledger) => ({ usesDue: () => [], taken: (offer) => ledger.taken(offer, 0) })),
}
