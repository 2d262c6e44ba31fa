/** Mistakes of a hub that takes what devices say. */
import type { HubFaults } from './simulated-hub.ts'

type LedgerFault = NonNullable<HubFaults['ledger']>

/** The hub takes every batch as new. */
export const noDedupe: LedgerFault = (ledger, push) =>
  over(ledger, { holds: () => false, producer: () => ({ hw: push.ev[0]!.seq - 1, hc: push.prev, safe: 0 }), numbered: () => ({ id: '', c: push.prev }) })

/** The hub remembers what it has seen only until it stops. */
export const dedupeInMemory: LedgerFault = (ledger, push, sinceBoot) =>
  push.ev.every(({ id }) => sinceBoot.has(id)) ? ledger : noDedupe(ledger, push, sinceBoot)

export const noIdIndex: LedgerFault = (ledger) => over(ledger, { holds: () => false })

/** What is newer than the hub is thrown away, but confirmed. */
export const unknownDropped: LedgerFault = (ledger) => over(ledger, { store: (arrival) => (arrival.event.v > 1 ? 'stored' : ledger.store(arrival)) })

/** One event that the hub cannot read stops all behind it. */
export const poisonBlocks: NonNullable<HubFaults['refuse']> = (push) => (push.ev.some(({ p }) => typeof p === 'object' && p !== null && 'poison' in p) ? { code: 'failed' } : null)

/** A number below the high-water mark is believed to be the same event. */
export const noFork: LedgerFault = (ledger, push) =>
  over(ledger, {
    numbered: (dev, ep, seq) => {
      const known = ledger.numbered(dev, ep, seq)
      return known && { c: seq === push.ev[0]!.seq - 1 ? push.prev : known.c, id: push.ev.find((event) => event.seq === seq)?.id ?? known.id }
    },
    producer: (dev, ep) => ledger.producer(dev, ep),
  })

/** What is missing before a batch is not asked for. */
export const gapJump: LedgerFault = (ledger, push) => {
  const before = push.ev[0]!.seq - 1
  return over(ledger, {
    producer: (dev, ep) => {
      const known = ledger.producer(dev, ep)
      return known && known.hw >= before ? known : { hw: before, hc: push.prev, safe: known?.safe ?? 0 }
    },
    numbered: (dev, ep, seq) => ledger.numbered(dev, ep, seq) ?? (seq === before ? { id: '', c: push.prev } : null),
  })
}

/** Confirms all it has of a device, not only what it was sent. */
export const confirmAll: NonNullable<HubFaults['answer']> = (answer) => ('upto' in answer ? { ...answer, upto: answer.hw } : answer)

const over = <T extends object>(target: T, methods: Partial<T>): T =>
  new Proxy(target, {
    get: (object, key) => {
      const own: unknown = Reflect.get(methods, key)
      if (own !== undefined) return own
      const value: unknown = Reflect.get(object, key)
      return typeof value === 'function' ? (value.bind(object) as unknown) : value
    },
  })
