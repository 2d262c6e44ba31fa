/** A hub's ledger in memory, for specifications of the ingest. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { OutboxEvent } from '#shared/sync/event.ts'
import type { HubLedger, KnownId, NumberedId, Producer } from '#shared/sync/hub-ledger.ts'

export const memoryLedger = () => {
  const producers = new Map<string, Producer>()
  const numbers = new Map<string, NumberedId>()
  const stored: { readonly dev: DeviceId; readonly ep: EpochId; readonly event: OutboxEvent }[] = []
  const quarantined: string[] = []
  const erased = new Set<string>()
  const holds = (id: string): boolean => quarantined.includes(id) || stored.some(({ event }) => event.id === id)
  const ledger: HubLedger = {
    producer: (dev, ep) => producers.get(`${dev}/${ep}`) ?? null,
    numbered: (dev, ep, seq) => numbers.get(`${dev}/${ep}/${seq}`) ?? null,
    chainAt: (dev, ep, seq) => numbers.get(`${dev}/${ep}/${seq}`)?.c ?? null,
    known: (ids) => new Map(ids.flatMap((id): readonly (readonly [string, KnownId])[] => (holds(id) ? [[id, 'held'] as const] : erased.has(id) ? [[id, 'erased'] as const] : []))),
    store: (dev, ep, events) =>
      events.map(({ raw, event }) => {
        if (event) stored.push({ dev, ep, event })
        else quarantined.push(raw.id)
        return !event ? 'quarantined' : event.v > 1 ? 'parked' : 'stored'
      }),
    advance: (dev, ep, first, added) => {
      added.forEach((numbered, i) => numbers.set(`${dev}/${ep}/${first + i}`, numbered))
      producers.set(`${dev}/${ep}`, { hw: first + added.length - 1, hc: added.at(-1)!.c, safe: 0 })
    },
  }
  return { ledger, stored, quarantined, erased, ids: () => stored.map(({ event }) => event.id) }
}
