/** What the hub makes of one new event: understood and projected, parked for a later version, or kept raw in quarantine. */
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { EventLedger, EventRow } from '#hub/ports/event-ledger.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import type { Projector, StoredEvent } from '#hub/ports/projector.ts'
import type { Transaction, Transactions } from '#hub/ports/transaction.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { EVENT_KNOWLEDGE, isKnownEvent, upcastEvent, type EventKnowledge } from '#shared/protocol/event-types.ts'
import { hubTimeOf, notBefore } from '#shared/sync/completeness.ts'
import type { Arrival, HubLedger } from '#shared/sync/hub-ledger.ts'
import type { Json } from '#shared/kernel/json.ts'

export type KeepEventParts = {
  readonly events: EventLedger
  readonly transactions: Transactions
  readonly projectors: readonly Projector[]
  readonly keys: HubKeys
  /** What the device said before of what it had sent. */
  readonly streams?: Pick<DeviceStreams, 'find' | 'newest'>
  /** What this hub understands; absent: what it was built with. */
  readonly knowledge?: EventKnowledge
}

/** The ledger as the stream's rules see it, inside one transaction. */
export const judgingLedger = (parts: KeepEventParts, tx: Transaction, receivedAt: Millis): HubLedger => ({
  producer: parts.events.producer,
  numbered: parts.events.numbered,
  holds: parts.events.holds,
  isErased: parts.events.isErased,
  advance: parts.events.advance,
  store: (arrival) => {
    const judged = judge(parts, tx, arrival, receivedAt)
    parts.events.keep(judged)
    return judged.state
  },
  quarantine: ({ dev, ep, seq, id, body, code }) =>
    parts.events.keep({ id, dev, ep, seq, type: 'unreadable', state: 'quarantined', why: code, atHub: receivedAt, receivedAt, body }),
})

const judge = (parts: KeepEventParts, tx: Transaction, { dev, ep, event }: Arrival, receivedAt: Millis): EventRow => {
  const atHub = hubTime(parts, { dev, ep, event }, receivedAt)
  const row = { id: event.id, dev, ep, seq: event.seq, type: event.t, atHub, receivedAt, body: event as Json }
  if (!isKnownEvent(event.t, event.v, parts.knowledge)) return { ...row, state: 'parked', why: `${event.t} v${event.v}` }
  const why = project(parts, tx, { dev, ep, event, receivedAt, atHub, secret: event.x === undefined ? null : parts.keys.open(event.x) })
  return why === null ? { ...row, state: 'stored', why } : { ...row, state: 'quarantined', why }
}

/**
 * Lets every projector of the type write its rows.
 * Errors  the reason of the first refusal; then nothing of this event is projected.
 */
export const project = (parts: KeepEventParts, tx: Transaction, stored: StoredEvent): string | null => {
  const { x } = stored.event
  if (x !== undefined && stored.secret === null) return 'sealed to another key'
  const projectors = parts.projectors.filter(({ types }) => types.includes(stored.event.t))
  if (projectors.length === 0) return null
  try {
    const newest = inNewestWords(stored, parts.knowledge ?? EVENT_KNOWLEDGE)
    return parts.transactions.run(() => {
      for (const projector of projectors) {
        const applied = projector.apply(tx, newest)
        if (!applied.ok) throw new Refused(applied.error.why)
      }
      return null
    })
  } catch (error) {
    if (parts.transactions.troubleOf(error)) throw error
    return error instanceof Refused ? error.message : 'projection failed'
  }
}

/** Projectors read one version of each type: the newest. */
const inNewestWords = (stored: StoredEvent, knowledge: EventKnowledge): StoredEvent => {
  const { event, secret } = stored
  const v = knowledge.versions[event.t] ?? event.v
  if (event.v >= v) return stored
  const said = upcastEvent(event.t, event.v, { p: event.p, secret }, knowledge)
  return { ...stored, event: { ...event, v, p: said.p }, secret: said.secret }
}

/** Thrown only to undo the savepoint around a refused event. */
class Refused extends Error {}

/**
 * Device time by the hub's clock: a device cannot have seen the future, nor now report what it had already said to be all sent; order never depends on it.
 * An epoch that never greeted is one the device keeps in memory while its storage takes nothing: what its storage said counts for it too.
 */
export const hubTime = ({ streams }: Pick<KeepEventParts, 'streams'>, { dev, ep, event }: Arrival, receivedAt: Millis): Millis => {
  const own = streams?.find(dev, ep) ?? null
  const settled = own ? own.settled : streams?.newest(dev)?.settled
  const at = notBefore(settled ? { settled: own ? settled : { ...settled, seq: 0 } } : null, event.seq, hubTimeOf(event))
  return millis(Math.max(0, Math.min(at, receivedAt)))
}
