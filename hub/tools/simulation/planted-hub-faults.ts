/** Mistakes of a hub that takes what devices say. */
import type { HubLedger } from '#shared/sync/hub-ledger.ts'
import type { HubFaults } from './simulated-hub.ts'

type LedgerFault = NonNullable<HubFaults['ledger']>
const NOTHING: ReturnType<HubLedger['known']> = new Map()

/** The hub takes every batch as new. */
export const noDedupe: LedgerFault = (ledger, push) =>
  over(ledger, { known: () => NOTHING, producer: () => ({ hw: push.ev[0]!.seq - 1, hc: push.prev, safe: 0 }), chainAt: () => push.prev })

/** The hub remembers what it has seen only until it stops. */
export const dedupeInMemory: LedgerFault = (ledger, push, sinceBoot) =>
  push.ev.every(({ id }) => sinceBoot.has(id)) ? ledger : noDedupe(ledger, push, sinceBoot)

export const noIdIndex: LedgerFault = (ledger) => over(ledger, { known: () => NOTHING })

/** What is newer than the hub is thrown away, but confirmed. */
export const unknownDropped: LedgerFault = (ledger) => over(ledger, { store: (dev, ep, events) => events.map((one) => ((one.event?.v ?? 0) > 1 ? 'stored' : ledger.store(dev, ep, [one])[0]!)) })

/** One event that the hub cannot read stops all behind it. */
export const poisonBlocks: NonNullable<HubFaults['refuse']> = (push) => (push.ev.some(({ p }) => typeof p === 'object' && p !== null && 'poison' in p) ? { code: 'failed' } : null)

/** A number below the high-water mark is believed to be the same event. */
export const noFork: LedgerFault = (ledger, push) =>
  over(ledger, {
    numbered: (_dev, _ep, seq) => push.ev.find((event) => event.seq === seq) ?? null,
    chainAt: (dev, ep, seq) => ledger.chainAt(dev, ep, seq) && push.prev,
  })

/** What is missing before a batch is not asked for. */
export const gapJump: LedgerFault = (ledger, push) => {
  const before = push.ev[0]!.seq - 1
  return over(ledger, {
    producer: (dev, ep) => {
      const known = ledger.producer(dev, ep)
      return known && known.hw >= before ? known : { hw: before, hc: push.prev, safe: known?.safe ?? 0 }
    },
    chainAt: (dev, ep, seq) => ledger.chainAt(dev, ep, seq) ?? (seq === before ? push.prev : null),
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
