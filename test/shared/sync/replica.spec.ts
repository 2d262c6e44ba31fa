import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#shared/kernel/json.ts'
import { answerPull, type ReleaseShelf } from '#shared/sync/answer-pull.ts'
import { applyPull, firstPull } from '#shared/sync/apply-pull.ts'
import { downloadRelease, type DownloadEnd, type HeldReleases } from '#shared/sync/download.ts'
import { applyOps, diffDocuments, releaseHash } from '#shared/sync/release-hash.ts'
import { millis } from '#shared/kernel/time.ts'
import type { RefusalReason } from '#shared/sync/release-signature.ts'
import { headOf, type Documents, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import type { PullReply } from '#shared/sync/wire.ts'
import { releaseOf } from './signed-release.ts'

const FACTS = { hubEpoch: 'db.1', now: 5 }
const SAID = { ...FACTS, next: [] }
const release = releaseOf
const shelf = (...releases: readonly Release[]): ReleaseShelf => {
  const last = releases.at(-1) ?? null
  return {
    current: () => last,
    next: () => [],
    items: (hash) => {
      const found = releases.find((one) => one.hash === hash)
      return found ? { head: headOf(found), items: found.items } : null
    },
    opsBetween: ({ rev, hash }, to) => {
      const [from, whole] = [releases.find((one) => one.rev === rev && one.hash === hash), releases.find((one) => one.hash === to.hash)]
      return from && whole ? diffDocuments(from.items, whole.items) : null
    },
  }
}
const MILK: Documents = { 'product/milk': { cents: 129 }, 'product/bread': { cents: 249 } }
const MILK_DEARER: Documents = { 'product/milk': { cents: 139 }, 'product/eggs': { cents: 299 } }
const first = release(MILK)
const second = release(MILK_DEARER, first)

describe('a release is called by its hash', () => {
  it('which is the same whatever the order of keys', () => {
    expect(releaseHash({ b: { y: 1, x: 2 }, a: 1 })).toBe(releaseHash({ a: 1, b: { x: 2, y: 1 } }))
    expect(releaseHash({})).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(releaseHash(MILK)).not.toBe(releaseHash(MILK_DEARER))
  })
})

describe('the hub answers a pull', () => {
  it('with nothing before the first release', () => expect(answerPull(shelf(), firstPull(1, null), FACTS)).toEqual({ type: 'none', ...SAID }))
  it('with "same" when the hash is the same, whatever the number', () => {
    expect(answerPull(shelf(first), { pv: 1, have: { rev: 9, hash: first.hash } }, FACTS)).toEqual({ type: 'same', ...SAID, head: headOf(first) })
  })
  it('with puts and deletes when it knows what the device has', () => {
    expect(answerPull(shelf(first, second), firstPull(1, first), FACTS)).toEqual({
      type: 'delta', ...SAID, fromHash: first.hash, head: headOf(second),
      ops: [{ op: 'put', id: 'product/milk', body: { cents: 139 } }, { op: 'put', id: 'product/eggs', body: { cents: 299 } }, { op: 'delete', id: 'product/bread' }],
    })
  })
  it('with all of it when number and hash do not belong together', () => {
    const reply = answerPull(shelf(first, second), { pv: 1, have: { rev: 1, hash: 'f'.repeat(64) } }, FACTS)
    expect(reply).toEqual({ type: 'snapshot', ...SAID, head: headOf(second), index: 0, parts: 1, items: [['product/eggs', { cents: 299 }], ['product/milk', { cents: 139 }]] })
  })
})

describe('a device switches', () => {
  const delta = answerPull(shelf(first, second), firstPull(1, first), FACTS)
  const fits = (): boolean => true
  it('to a whole release whose hash fits', () => {
    expect(applyPull(first, null, firstPull(1, first), delta, fits)).toEqual({ type: 'whole', release: second })
  })
  it('never to a delta that starts from something else, or adds up to something else: it asks for all of it', () => {
    const ask = { type: 'ask', pull: { pv: 1, have: null }, staging: null, mismatch: true }
    expect(applyPull(second, null, firstPull(1, second), delta, fits)).toEqual(ask)
    if (delta.type !== 'delta') throw new Error('not a delta')
    expect(applyPull(first, null, firstPull(1, first), { ...delta, ops: delta.ops.slice(1) }, fits)).toEqual(ask)
  })
  it('never to one that is not fit for its screens', () => {
    expect(applyPull(first, null, firstPull(1, first), delta, () => false)).toEqual({ type: 'keep', why: 'documents' })
  })
})

/** Lets a device talk to a shelf until it is done. */
const download = (active: Release | null, answer: (n: number, reply: PullReply) => PullReply | null, on: ReleaseShelf): { end: DownloadEnd; active: Release | null; pulls: number } => {
  const round = downloadRelease(1, { active, pending: [] }, 'db.1', () => true)
  let now = active
  let pulls = 0
  for (let value: unknown; ; ) {
    const next = round.next(value)
    value = undefined
    if (next.done) return { end: next.value, active: now, pulls }
    if (next.value.do === 'activate') now = next.value.release
    else if (next.value.do === 'judge') value = null
    else if (next.value.do === 'pull') value = answer(++pulls, answerPull(on, next.value.pull, FACTS))
  }
}
const honest = (_n: number, reply: PullReply): PullReply => reply

describe('a round of getting current', () => {
  const big = release(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`product/${i}`, { text: 'x'.repeat(20_000) }])))
  it('fetches a large release in pieces of 256 KiB', () => {
    const done = download(null, honest, shelf(big))
    expect(done).toMatchObject({ pulls: 4, active: { hash: big.hash }, end: { type: 'current', mismatches: 0 } })
  })
  it('begins again when the release changes between two pieces', () => {
    let current = big
    const moving: ReleaseShelf = { ...shelf(big), current: () => current, items: (hash) => (hash === current.hash ? { head: headOf(current), items: current.items } : null) }
    const done = download(null, (n, reply) => {
      if (n === 2) current = second
      return reply
    }, moving)
    expect(done.active?.hash).toBe(second.hash)
  })
  it('heals a damaged delta by fetching all of it', () => {
    const done = download(first, (_n, reply) => (reply.type === 'delta' ? { ...reply, ops: reply.ops.slice(1) } : reply), shelf(first, second))
    expect(done).toMatchObject({ active: { hash: second.hash }, end: { type: 'current', mismatches: 1 } })
  })
  it('keeps what it has when no answer comes, another run of the hub answers, or nothing ever fits', () => {
    expect(download(first, () => null, shelf(first, second))).toMatchObject({ active: first, end: { why: 'no answer' } })
    expect(download(first, (_n, reply) => ({ ...reply, hubEpoch: 'db.2' }), shelf(first, second))).toMatchObject({ active: first, end: { why: 'other hub run' } })
    const torn = download(first, (_n, reply) => (reply.type === 'snapshot' ? { ...reply, items: reply.items.slice(1) } : reply.type === 'delta' ? { ...reply, ops: [] } : reply), shelf(first, second))
    expect(torn).toMatchObject({ active: first, end: { type: 'failed', why: 'refused', refused: { hash: second.hash, why: 'hash' } } })
  })
})

it('a difference leads from any set to any other', () => {
  const documents = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), fc.jsonValue() as fc.Arbitrary<Json>)
  fc.assert(fc.property(documents, documents, (from, to) => releaseHash(applyOps(from, diffDocuments(from, to))) === releaseHash(to)))
})

describe('a round with releases that wait', () => {
  const later = (items: Documents, rev: number, activeFrom: number): Release => releaseOf(items, { rev: rev - 1 }, { activeFrom: millis(activeFrom) })
  const evening = later({ ...MILK_DEARER, 'product/tea': { cents: 99 } }, 3, 1000)
  const night = later(MILK, 4, 2000)
  const planned = (current: Release, ...next: readonly Release[]): ReleaseShelf => ({ ...shelf(first, second, evening, night), current: () => current, next: () => next.map(headOf) })
  /** What a device does, wish by wish; `judge` refuses by name. */
  const run = (held: HeldReleases, on: ReleaseShelf, judge: (head: ReleaseHead) => RefusalReason | null = () => null, tamper: (reply: PullReply) => PullReply = (reply) => reply) => {
    const round = downloadRelease(2, held, 'db.1', () => true)
    const done: string[] = []
    for (let value: unknown; ; ) {
      const next = round.next(value)
      if (next.done) return { done, end: next.value }
      const wish = next.value
      if (wish.do === 'pull') value = tamper(answerPull(on, wish.pull, FACTS))
      else if (wish.do === 'judge') value = judge(wish.head)
      else done.push(wish.do === 'plan' ? `plan ${wish.next.map(({ rev }) => rev).join(' ')}` : `${wish.do} ${wish.release.rev}`)
    }
  }

  it('fetches each beside the active one, in order, and says what waits', () => {
    const { done, end } = run({ active: first, pending: [] }, planned(second, evening, night))
    expect(done).toEqual(['activate 2', 'keep 3', 'keep 4', 'plan 3 4'])
    expect(end).toMatchObject({ type: 'current', head: { rev: 2 }, refused: null })
  })
  it('fetches nothing twice, and lets go of what waits no longer', () => {
    expect(run({ active: second, pending: [evening, night] }, planned(second, evening, night)).done).toEqual(['plan 3 4'])
    expect(run({ active: second, pending: [evening, night] }, planned(second, night)).done).toEqual(['plan 4'])
    expect(run({ active: second, pending: [evening] }, planned(evening)).done).toEqual(['activate 3', 'plan '])
  })
  it('is not called back by a hub that is a second behind, but by one that is right about an hour', () => {
    const soon = later(MILK, 3, FACTS.now + 1000)
    expect(run({ active: soon, pending: [] }, { ...planned(second), next: () => [headOf(soon)] }).done).toEqual(['plan '])
    const hour = later(MILK, 3, FACTS.now + 3_600_000)
    expect(run({ active: hour, pending: [] }, { ...planned(second), next: () => [headOf(hour)] }).done[0]).toBe('activate 2')
  })
  it('stays with what it has when the one in force is refused, and leaves out one that waits and is', () => {
    expect(run({ active: first, pending: [] }, planned(second, evening), () => 'signature')).toMatchObject({ done: [], end: { type: 'failed', why: 'refused', refused: { hash: second.hash, why: 'signature' } } })
    const { done, end } = run({ active: second, pending: [] }, planned(second, evening, night), ({ rev }) => (rev === 3 ? 'store' : null))
    expect([done, end.refused]).toEqual([['keep 4', 'plan 4'], { hash: evening.hash, why: 'store' }])
  })
  it('never takes a signed release of tomorrow for the one of today', () => {
    const replayed = run({ active: first, pending: [] }, planned(second), () => null, (reply) => ({ type: 'snapshot', hubEpoch: 'db.1', now: FACTS.now, next: reply.next, head: headOf(later(MILK, 9, 9e9)), index: 0, parts: 1, items: Object.entries(MILK) }))
    expect(replayed).toMatchObject({ done: [], end: { type: 'failed', why: 'moved' } })
    const waiting = later(MILK_DEARER, 9, 9e9)
    expect(run({ active: first, pending: [waiting] }, planned(second), () => null, (reply) => ({ ...reply, type: 'snapshot', head: headOf(waiting), index: 0, parts: 1, items: Object.entries(MILK_DEARER) }) as PullReply).done).toEqual([])
  })
  it('gets what waits also before anything is in force', () => {
    expect(run({ active: null, pending: [] }, { ...planned(first, evening), current: () => null })).toMatchObject({ done: ['keep 3', 'plan 3'], end: { type: 'failed', why: 'no release' } })
  })
})
