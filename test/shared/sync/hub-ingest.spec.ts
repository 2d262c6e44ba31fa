import { describe, expect, it } from 'vitest'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { extendChain, NO_CHAIN, type Chain } from '#shared/sync/chain.ts'
import { answerHello, ingestPush } from '#shared/sync/hub-ingest.ts'
import type { ReceivedEvent, ReceivedPush } from '#shared/sync/wire.ts'
import { memoryLedger } from './memory-ledger.ts'
import { draft, eventId } from './memory-outbox.ts'

const DEV = 'd'.repeat(32) as DeviceId
const EP = 'e'.repeat(16) as EpochId
const FACTS = { hubEpoch: 'db.1', now: 5, min: 1, max: 1 }
const event = (seq: number, n = seq): ReceivedEvent => ({ ...draft(n), seq })
const push = (events: readonly ReceivedEvent[], prev: Chain = NO_CHAIN, ep = EP): ReceivedPush => ({ pv: 1, ep, prev, ev: events })
const chain = (...ns: readonly number[]): Chain => ns.reduce<Chain>((before, n) => extendChain(before, eventId(n)), NO_CHAIN)

describe('a batch is stored once', () => {
  it('and acknowledged up to its last event', () => {
    const { ledger, ids } = memoryLedger()
    expect(ingestPush(ledger, DEV, push([event(1), event(2)]), FACTS)).toEqual({ hubEpoch: 'db.1', ep: EP, upto: 2, hw: 2, safe: 0, now: 5 })
    expect(ids()).toEqual([eventId(1), eventId(2)])
    expect(ledger.producer(DEV, EP)).toEqual({ hw: 2, hc: chain(1, 2), safe: 0 })
  })
  it('when it comes twice, and when it overlaps with the next', () => {
    const { ledger, ids } = memoryLedger()
    ingestPush(ledger, DEV, push([event(1), event(2)]), FACTS)
    expect(ingestPush(ledger, DEV, push([event(1), event(2)]), FACTS)).toMatchObject({ upto: 2, hw: 2 })
    expect(ingestPush(ledger, DEV, push([event(2), event(3)], chain(1)), FACTS)).toMatchObject({ upto: 3, hw: 3 })
    expect(ids()).toEqual([eventId(1), eventId(2), eventId(3)])
  })
  it('also when the device has numbered it anew under another epoch', () => {
    const { ledger, ids } = memoryLedger()
    ingestPush(ledger, DEV, push([event(1), event(2)]), FACTS)
    const other = 'f'.repeat(16) as EpochId
    expect(ingestPush(ledger, DEV, push([event(1, 2), event(2, 3)], NO_CHAIN, other), FACTS)).toMatchObject({ upto: 2, notes: [{ seq: 1, code: 'dup' }] })
    expect(ids()).toEqual([eventId(1), eventId(2), eventId(3)])
  })
  it('and never again once it was erased', () => {
    const { ledger, ids, erased } = memoryLedger()
    erased.add(eventId(1))
    expect(ingestPush(ledger, DEV, push([event(1), event(2)]), FACTS)).toMatchObject({ upto: 2 })
    expect(ids()).toEqual([eventId(2)])
  })
})

describe('a batch is not stored', () => {
  it('with a gap before it', () => {
    const { ledger } = memoryLedger()
    expect(ingestPush(ledger, DEV, push([event(2)], chain(1)), FACTS)).toEqual({ code: 'gap', hw: 0 })
  })
  it('when the ids before it were others: a fork', () => {
    const { ledger } = memoryLedger()
    ingestPush(ledger, DEV, push([event(1)]), FACTS)
    expect(ingestPush(ledger, DEV, push([event(2)], chain(9)), FACTS)).toEqual({ code: 'fork', at: 2 })
  })
  it('when one of its numbers means another event here: a fork', () => {
    const { ledger, ids } = memoryLedger()
    ingestPush(ledger, DEV, push([event(1), event(2)]), FACTS)
    expect(ingestPush(ledger, DEV, push([event(1), event(2, 8), event(3)]), FACTS)).toEqual({ code: 'fork', at: 2 })
    expect(ids()).toEqual([eventId(1), eventId(2)])
  })
  it('when it is not dense, empty, or of another protocol', () => {
    const { ledger } = memoryLedger()
    expect(ingestPush(ledger, DEV, push([event(1), event(3)]), FACTS)).toEqual({ code: 'bad_request' })
    expect(ingestPush(ledger, DEV, push([]), FACTS)).toEqual({ code: 'bad_request' })
    expect(ingestPush(ledger, DEV, { ...push([event(1)]), pv: 2 }, FACTS)).toEqual({ code: 'upgrade' })
  })
})

describe('what the hub cannot read', () => {
  it('goes to quarantine, and the stream goes on', () => {
    const { ledger, ids, quarantined } = memoryLedger()
    const answer = ingestPush(ledger, DEV, push([{ seq: 1, id: eventId(1), junk: true }, event(2)]), FACTS)
    expect(answer).toMatchObject({ upto: 2, notes: [{ seq: 1, code: 'quarantined' }] })
    expect(quarantined).toEqual([eventId(1)])
    expect(ids()).toEqual([eventId(2)])
  })
  it('because it is newer than the hub is parked and acknowledged', () => {
    const { ledger } = memoryLedger()
    expect(ingestPush(ledger, DEV, push([{ ...event(1), v: 2 }]), FACTS)).toMatchObject({ upto: 1, notes: [{ seq: 1, code: 'parked' }] })
  })
})

describe('a hello', () => {
  const hello = { pv: 1, n: 3, ep: EP, next: 3, queued: 1, ack: 1, boot: 'b', app: '1', releaseHash: null, now: 0 }
  it('is answered with number and chain of the last event here', () => {
    const { ledger } = memoryLedger()
    expect(answerHello(ledger, DEV, hello, FACTS)).toEqual({ n: 3, hubEpoch: 'db.1', hw: 0, hc: NO_CHAIN, safe: 0, now: 5, min: 1, max: 1 })
    ingestPush(ledger, DEV, push([event(1)]), FACTS)
    expect(answerHello(ledger, DEV, hello, FACTS)).toMatchObject({ hw: 1, hc: chain(1) })
  })
  it('of a protocol this hub does not speak is sent to upgrade', () => {
    expect(answerHello(memoryLedger().ledger, DEV, { ...hello, pv: 9 }, FACTS)).toEqual({ code: 'upgrade' })
  })
})
