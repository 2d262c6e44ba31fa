/** A hub's ledger in memory, for specifications of the ingest. */
import type { Arrival, HubLedger, NumberedId, Producer } from '#shared/sync/hub-ledger.ts'

export const memoryLedger = () => {
  const producers = new Map<string, Producer>()
  const numbers = new Map<string, NumberedId>()
  const stored: Arrival[] = []
  const quarantined: string[] = []
  const erased = new Set<string>()
  const ledger: HubLedger = {
    producer: (dev, ep) => producers.get(`${dev}/${ep}`) ?? null,
    numbered: (dev, ep, seq) => numbers.get(`${dev}/${ep}/${seq}`) ?? null,
    holds: (id) => quarantined.includes(id) || stored.some(({ event }) => event.id === id),
    isErased: (id) => erased.has(id),
    store: (arrival) => {
      stored.push(arrival)
      return arrival.event.v > 1 ? 'parked' : 'stored'
    },
    quarantine: ({ id }) => void quarantined.push(id),
    advance: (dev, ep, seq, numbered) => {
      numbers.set(`${dev}/${ep}/${seq}`, numbered)
      producers.set(`${dev}/${ep}`, { hw: seq, hc: numbered.c, safe: 0 })
    },
  }
  return { ledger, stored, quarantined, erased, ids: () => stored.map(({ event }) => event.id) }
}
