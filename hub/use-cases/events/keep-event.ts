/** What the hub makes of one new event: understood and projected, parked for a later version, or kept raw in quarantine. */
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { EventLedger, EventRow } from '#hub/ports/event-ledger.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import type { Projector, StoredEvent } from '#hub/ports/projector.ts'
import type { ReceiptLedger } from '#hub/ports/receipts.ts'
import type { Transaction, Transactions } from '#hub/ports/transaction.ts'
import { isReceiptHash, type ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { EVENT_KNOWLEDGE, isKnownEvent, upcastEvent, type EventKnowledge } from '#shared/protocol/event-types.ts'
import { hubTimeOf, notBefore, type StreamWord } from '#shared/sync/completeness.ts'
import type { OutboxEvent } from '#shared/sync/event.ts'
import type { HubLedger, NewEvent } from '#shared/sync/hub-ledger.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'

export type KeepEventParts = {
  readonly events: EventLedger
  readonly transactions: Transactions
  readonly projectors: readonly Projector[]
  readonly keys: HubKeys
  /** Absent: no event is looked at for its receipt. */
  readonly receipts?: ReceiptLedger
  /** What the device said before of what it had sent. */
  readonly streams?: Pick<DeviceStreams, 'find' | 'newest'>
  /** What this hub understands; absent: what it was built with. */
  readonly knowledge?: EventKnowledge
}

/** The ledger as the stream's rules see it, inside one transaction. */
export const judgingLedger = (parts: KeepEventParts, tx: Transaction, receivedAt: Millis): HubLedger => ({
  producer: parts.events.producer,
  numbered: parts.events.numbered,
  chainAt: parts.events.chainAt,
  known: parts.events.known,
  advance: parts.events.advance,
  store: (dev, ep, events) => {
    const welcome = takeReceipts(parts, events)
    const rows = judge(parts, tx, { dev, ep, receivedAt }, welcome)
    parts.events.keep(rows)
    if (rows.length === events.length) return rows.map(({ state }) => state)
    const states = new Map(rows.map(({ id, state }) => [id, state]))
    return events.map(({ raw }) => states.get(raw.id) ?? 'stored')
  },
})

/** Notes whose receipt each event carries. Shape  without those whose receipt is erased: they take their number, and nothing of them is kept. */
export const takeReceipts = <E extends { readonly raw: { readonly id: string; readonly p?: unknown } }>({ receipts, events: ledger }: Pick<KeepEventParts, 'receipts' | 'events'>, events: readonly E[]): readonly E[] => {
  const carried = receipts ? events.flatMap(({ raw: { id, p } }) => (isReceipted(p) ? [{ id, hash: p.receipt }] : [])) : []
  if (!receipts || carried.length === 0) return events
  const forgotten = receipts.forgotten([...new Set(carried.map(({ hash }) => hash))])
  receipts.keep(carried.filter(({ hash }) => !forgotten.has(hash)))
  if (forgotten.size === 0) return events
  receipts.swallowed(forgotten)
  const gone = new Set(carried.filter(({ hash }) => forgotten.has(hash)).map(({ id }) => id))
  for (const id of gone) ledger.markErased(id)
  return events.filter(({ raw }) => !gone.has(raw.id))
}

const isReceipted = (p: unknown): p is { readonly receipt: ReceiptHash } => typeof p === 'object' && p !== null && 'receipt' in p && isReceiptHash(p.receipt)

/** Whose events, and when they came. */
type Arrival = { readonly dev: DeviceId; readonly ep: EpochId; readonly receivedAt: Millis }

const judge = (parts: KeepEventParts, tx: Transaction, arrival: Arrival, events: readonly NewEvent[]): readonly EventRow[] => {
  const { dev, ep, receivedAt } = arrival
  const word = lastWord(parts, dev, ep)
  const understood: StoredEvent[] = []
  const rows = events.map(({ raw, event }): EventRow => {
    if (!event) return { id: raw.id, dev, ep, seq: raw.seq, type: 'unreadable', state: 'quarantined', why: 'envelope', atHub: receivedAt, receivedAt, body: raw as Json }
    const row = { id: event.id, dev, ep, seq: event.seq, type: event.t, state: 'stored', why: null, atHub: hubTimeAfter(word, event, receivedAt), receivedAt, body: event as Json } as const
    if (!isKnownEvent(event.t, event.v, parts.knowledge)) return { ...row, state: 'parked', why: `${event.t} v${event.v}` }
    understood.push({ dev, ep, event, receivedAt, atHub: row.atHub, secret: event.x === undefined ? null : parts.keys.open(event.x) })
    return row
  })
  const refused = projectAll(parts, tx, understood)
  return refused.size === 0 ? rows : rows.map((row) => (refused.has(row.seq) ? quarantined(row, refused.get(row.seq)!) : row))
}

const quarantined = (row: EventRow, why: string): EventRow => ({ ...row, state: 'quarantined', why })

/** Lets the projectors write the rows of one batch. Shape  why each refused event was refused, by its number. */
const projectAll = (parts: KeepEventParts, tx: Transaction, events: readonly StoredEvent[]): ReadonlyMap<number, string> => {
  const refused = new Map<number, string>()
  const note = (stored: StoredEvent, why: string | null): void => {
    if (why !== null) refused.set(stored.event.seq, why)
  }
  for (const [projector, own] of inBatches(parts, events)) {
    const whys = projector && own.length > 1 ? projectTogether(parts, tx, projector, own) : null
    own.forEach((stored, i) => note(stored, whys ? whys[i]! : project(parts, tx, stored)))
  }
  return refused
}

/** Those that one projector alone takes, all at once; the others under null. */
const inBatches = (parts: KeepEventParts, events: readonly StoredEvent[]): ReadonlyMap<Projector | null, readonly StoredEvent[]> => {
  const batches = new Map<Projector | null, StoredEvent[]>()
  const ofType = new Map<string, readonly Projector[]>()
  for (const stored of events) {
    const { t, x } = stored.event
    const own = ofType.get(t) ?? parts.projectors.filter(({ types }) => types.includes(t))
    ofType.set(t, own)
    if (own.length === 0) continue
    const projector = own.length === 1 && own[0]!.applyAll && (x === undefined || stored.secret !== null) ? own[0]! : null
    const batch = batches.get(projector)
    if (batch) batch.push(stored)
    else batches.set(projector, [stored])
  }
  return batches
}

/** Null if one of them threw: then nothing was written, and they have to come one by one. */
const projectTogether = (parts: KeepEventParts, tx: Transaction, projector: Projector, events: readonly StoredEvent[]): readonly (string | null)[] | null => {
  const knowledge = parts.knowledge ?? EVENT_KNOWLEDGE
  try {
    return parts.transactions.run(() => projector.applyAll!(tx, events.map((stored) => inNewestWords(stored, knowledge))).map((applied) => (applied.ok ? null : applied.error.why)))
  } catch (error) {
    if (parts.transactions.troubleOf(error)) throw error
    return null
  }
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

/** What the device said last of the stream: what comes after it did not happen before. */
export type LastWord = { readonly settled: StreamWord['settled'] }

/** An epoch that never greeted is one the device keeps in memory while its storage takes nothing: what its storage said counts for it too. */
export const lastWord = ({ streams }: Pick<KeepEventParts, 'streams'>, dev: DeviceId, ep: EpochId): LastWord => {
  const own = streams?.find(dev, ep) ?? null
  const settled = own ? own.settled : (streams?.newest(dev)?.settled ?? null)
  return { settled: settled && !own ? { ...settled, seq: 0 } : settled }
}

/** Device time by the hub's clock: a device cannot have seen the future, nor now report what it had already said to be all sent; order never depends on it. */
export const hubTimeAfter = (word: LastWord, event: OutboxEvent, receivedAt: Millis): Millis =>
  millis(Math.max(0, Math.min(notBefore(word, event.seq, hubTimeOf(event)), receivedAt)))
