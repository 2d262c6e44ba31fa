/** The hub's side of OUTBOX/1: what to do with a batch, and what to tell a device that says hello. Runs inside the transaction that stores the batch. */
import type { DeviceId, EpochId } from '../kernel/ids.ts'
import { extendChains, NO_CHAIN, type Chain } from './chain.ts'
import { readEnvelope } from './envelope.ts'
import type { HubLedger, NewEvent, Producer } from './hub-ledger.ts'
import type { Publisher } from './release-signature.ts'
import { MAX_BATCH_EVENTS, type Ack, type Hello, type HelloReply, type PushNote, type ReceivedEvent, type ReceivedPush, type StreamError } from './wire.ts'

export type HubFacts = {
  readonly hubEpoch: string
  /** The hub's clock, ms. */
  readonly now: number
  /** Protocol versions it speaks, both ends inclusive. */
  readonly min: number
  readonly max: number
  readonly publisher?: Publisher
}

const NEW_PRODUCER: Producer = { hw: 0, hc: NO_CHAIN, safe: 0 }

/** Tells a device where its stream stands here, so it can go on, send again, or see that its storage was copied. */
export const answerHello = (ledger: HubLedger, dev: DeviceId, hello: Hello, facts: HubFacts): HelloReply | StreamError => {
  if (hello.pv < facts.min || hello.pv > facts.max) return { code: 'upgrade' }
  const { hw, hc, safe } = ledger.producer(dev, hello.ep) ?? NEW_PRODUCER
  return { n: hello.n, hubEpoch: facts.hubEpoch, hw, hc, safe, now: facts.now, min: facts.min, max: facts.max, ...(facts.publisher && { publisher: facts.publisher }) }
}

/**
 * Stores what is new of a batch, in order, once. The answer may be sent only after the surrounding transaction is durable.
 * Errors  `fork`: the device's history differs from the one known here; `gap`: events before this batch are missing; `upgrade`, `bad_request`.
 *         None of these stores anything: numbers that are here already come first in a batch.
 */
export const ingestPush = (ledger: HubLedger, dev: DeviceId, push: ReceivedPush, facts: HubFacts): Ack | StreamError => {
  if (push.pv < facts.min || push.pv > facts.max) return { code: 'upgrade' }
  if (!isDense(push.ev)) return { code: 'bad_request' }
  const producer = ledger.producer(dev, push.ep) ?? NEW_PRODUCER
  const first = push.ev[0]!.seq
  if (first > producer.hw + 1) return { code: 'gap', hw: producer.hw }
  if (chainAt(ledger, dev, push.ep, first - 1) !== push.prev) return { code: 'fork', at: first }
  const held = push.ev.filter(({ seq }) => seq <= producer.hw)
  for (const raw of held) {
    if (ledger.numbered(dev, push.ep, raw.seq)?.id !== raw.id) return { code: 'fork', at: raw.seq }
  }
  const fresh = push.ev.slice(held.length)
  const notes = fresh.length > 0 ? keepFresh(ledger, dev, push.ep, fresh) : []
  const hw = fresh.at(-1)?.seq ?? producer.hw
  if (fresh.length > 0) {
    const ids = fresh.map(({ id }) => id)
    const chains = extendChains(producer.hc, ids)
    ledger.advance(dev, push.ep, fresh[0]!.seq, ids.map((id, i) => ({ id, c: chains[i]! })))
  }
  const ack = { hubEpoch: facts.hubEpoch, ep: push.ep, upto: push.ev.at(-1)!.seq, hw, safe: producer.safe, now: facts.now }
  return notes.length > 0 ? { ...ack, notes } : ack
}

const isDense = (events: readonly ReceivedEvent[]): boolean =>
  events.length > 0 && events.length <= MAX_BATCH_EVENTS && events[0]!.seq >= 1 && events.every((event, i) => event.seq === events[0]!.seq + i)

const chainAt = (ledger: HubLedger, dev: DeviceId, ep: EpochId, seq: number): Chain | null => (seq === 0 ? NO_CHAIN : ledger.chainAt(dev, ep, seq))

/** Events new at their numbers: an id that is already here (a renumbered outbox) or was erased only takes its number. */
const keepFresh = (ledger: HubLedger, dev: DeviceId, ep: EpochId, fresh: readonly ReceivedEvent[]): readonly PushNote[] => {
  const known = new Map(ledger.known(fresh.map(({ id }) => id)))
  const notes: PushNote[] = []
  const added: NewEvent[] = []
  for (const raw of fresh) {
    const before = known.get(raw.id)
    if (before === 'held') notes.push({ seq: raw.seq, code: 'dup' })
    if (before) continue
    known.set(raw.id, 'held')
    added.push({ raw, event: readEnvelope(raw) })
  }
  const kept = added.length === 0 ? [] : ledger.store(dev, ep, added)
  kept.forEach((what, i) => {
    if (what !== 'stored') notes.push({ seq: added[i]!.raw.seq, code: what })
  })
  return notes.toSorted((a, b) => a.seq - b.seq)
}
