import * as fc from 'fast-check'
import { is } from 'valibot'
import { describe, expect, it } from 'vitest'
import { isBoundedJson } from '#shared/protocol/bounded-json.ts'
import { ChallengeReply, challengeMessage, SocketAuth } from '#shared/protocol/channels.ts'
import { PullMessage, PullReplyMessage } from '#shared/protocol/pull.ts'
import { HelloMessage, PushMessage } from '#shared/protocol/push.ts'
import { AckMessage, HelloReplyMessage, StreamErrorMessage } from '#shared/protocol/replies.ts'
import { ReportMessage } from '#shared/protocol/report.ts'

const EP = 'e'.repeat(16)
const HASH = 'a'.repeat(64)
const hello = { pv: 1, n: 1, ep: EP, next: 1, queued: 0, ack: 0, boot: 'b', app: '1.0.0', releaseHash: null, now: 0 }
const event = { seq: 1, id: '00000000-0001-7000-8000-000000000000', p: {} }
const push = { pv: 1, ep: EP, prev: '0'.repeat(16), ev: [event] }

describe('a hello and a push', () => {
  it('are taken as the device sends them', () => {
    expect(is(HelloMessage, hello)).toBe(true)
    expect(is(PushMessage, push)).toBe(true)
  })
  it('are refused with a field too many, too few or of another kind', () => {
    for (const wrong of [{ ...hello, dev: 'x' }, { ...hello, ep: 'E'.repeat(16) }, { ...hello, next: 0 }, { ...hello, n: 1.5 }, { ...hello, app: '' }, null, []]) expect(is(HelloMessage, wrong)).toBe(false)
    for (const wrong of [{ ...push, ev: [] }, { ...push, prev: '' }, { ...push, ev: Array.from({ length: 501 }, () => event) }]) expect(is(PushMessage, wrong)).toBe(false)
  })
  it('hold any event that has a number and an id, so that the ingest can put it in quarantine', () => {
    expect(is(PushMessage, { ...push, ev: [{ ...event, junk: [1, { two: 'three' }] }] })).toBe(true)
    for (const wrong of [{ id: 'x' }, { seq: 0, id: 'x' }, { seq: 1, id: '' }, [], 'x', JSON.parse('{"seq":1,"id":"x","__proto__":{}}') as unknown]) expect(is(PushMessage, { ...push, ev: [wrong] })).toBe(false)
  })
})

describe('what the hub answers', () => {
  it('is believed only if it looks right', () => {
    expect(is(HelloReplyMessage, { n: 1, hubEpoch: 'db.1', hw: 0, hc: '0'.repeat(16), safe: 0, now: 0, min: 1, max: 1 })).toBe(true)
    expect(is(AckMessage, { hubEpoch: 'db.1', upto: 1, hw: 1, safe: 0, now: 0, notes: [{ seq: 1, code: 'parked' }] })).toBe(true)
    expect(is(AckMessage, { hubEpoch: 'db.1', upto: -1, hw: 1, safe: 0, now: 0 })).toBe(false)
    expect(is(StreamErrorMessage, { code: 'busy', retryMs: 200 })).toBe(true)
    expect(is(StreamErrorMessage, { code: 'busy', retryMs: 1e9 })).toBe(false)
    expect(is(StreamErrorMessage, { code: 'nonsense' })).toBe(false)
  })
  it('to a pull is a whole reply of one of four kinds', () => {
    const head = { rev: 1, hash: HASH, publishedAt: 0, activeFrom: 0, maxOfflineMs: 3_600_000, store: 'lindenkorb', signature: 's'.repeat(86) }
    const common = { hubEpoch: 'db.1', now: 0, next: [{ ...head, activeFrom: 5 }] }
    for (const reply of [
      { type: 'none', ...common },
      { type: 'same', ...common, head },
      { type: 'delta', ...common, head, fromHash: HASH, ops: [{ op: 'put', id: 'a/b', body: null }, { op: 'delete', id: 'a/c' }] },
      { type: 'snapshot', ...common, head, index: 0, parts: 1, items: [['a/b', { x: 1 }]] },
    ])
      expect(is(PullReplyMessage, reply)).toBe(true)
    expect(is(PullReplyMessage, { type: 'delta', ...common, head, fromHash: HASH, ops: [{ op: 'put', id: 'a/b' }] })).toBe(false)
    expect(is(PullReplyMessage, { type: 'snapshot', ...common, head, index: 0, parts: 0, items: [] })).toBe(false)
  })
})

describe('a pull, a report and the opening of a connection', () => {
  it('are strict', () => {
    expect(is(PullMessage, { pv: 1, have: null })).toBe(true)
    expect(is(PullMessage, { pv: 1, have: { rev: 1, hash: HASH }, part: { hash: HASH, index: 3 } })).toBe(true)
    expect(is(PullMessage, { pv: 1, have: { rev: 1, hash: 'x' } })).toBe(false)
    expect(is(ReportMessage, { app: '1', releaseHash: null, queued: 0, clockOffsetMs: -20 })).toBe(true)
    expect(is(ReportMessage, { app: '1', releaseHash: null, queued: -1, clockOffsetMs: 0 })).toBe(false)
    expect(is(SocketAuth, { dev: 'd'.repeat(32), token: 't'.repeat(43) })).toBe(true)
    expect(is(SocketAuth, { dev: 'd'.repeat(32), token: 'short' })).toBe(false)
    expect(is(ChallengeReply, { sig: 's'.repeat(86) })).toBe(true)
  })
  it('signs nonce, run of the hub and host, one line each', () => {
    expect(new TextDecoder().decode(challengeMessage({ nonce: 'abc', hubEpoch: 'db.1' }, 'hub.local:4000'))).toBe('KAUTH1\nabc\ndb.1\nhub.local:4000')
  })
})

describe('JSON from outside', () => {
  const bounds = { depth: 3, keys: 10, bytes: 100 }
  it('is bounded in depth, keys and bytes', () => {
    expect(isBoundedJson({ a: { b: { c: 1 } } }, bounds)).toBe(true)
    expect(isBoundedJson({ a: { b: { c: {} } } }, bounds)).toBe(false)
    expect(isBoundedJson(Array.from({ length: 11 }, () => 1), bounds)).toBe(false)
    expect(isBoundedJson('x'.repeat(101), bounds)).toBe(false)
  })
  it('holds nothing that JSON cannot, and no way to a prototype', () => {
    for (const wrong of [Number.NaN, Infinity, undefined, () => 1, new Date(0), new Map(), 1n, '\ud800', { constructor: 1 }, JSON.parse('{"__proto__":1}')]) expect(isBoundedJson(wrong, bounds)).toBe(false)
  })
  it('is judged without recursion, however deep', () => {
    expect(isBoundedJson(JSON.parse('['.repeat(45_000) + ']'.repeat(45_000)), bounds)).toBe(false)
  })
  it('never makes the judge throw', () => {
    fc.assert(fc.property(fc.anything(), (value) => typeof isBoundedJson(value, bounds) === 'boolean'))
  })
})
