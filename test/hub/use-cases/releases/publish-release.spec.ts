import { describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { newPrivateKey } from '#hub/stores/keys/key-file.ts'
import { publisherKeyFrom } from '#hub/stores/keys/publisher-key-file.ts'
import { verifySignature } from '#hub/stores/keys/verify-signature.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { publishRelease, signOldRelease } from '#hub/use-cases/releases/publish-release.ts'
import { watchReleases } from '#hub/use-cases/releases/watch-releases.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import { judgeHead } from '#shared/sync/release-signature.ts'
import type { Documents } from '#shared/sync/release.ts'
import { releaseOf } from '../../../shared/sync/signed-release.ts'

const DEMO = demoDocuments('2026-11-22' as Day)
const variant = (n: number): Documents => ({ ...DEMO, 'brand/main': { ...(DEMO['brand/main'] as { readonly [key: string]: Json }), name: `Markt ${n}` } })
const publisher = publisherKeyFrom(newPrivateKey())

const hub = () => {
  const time = { now: 1000 }
  const clock = { now: () => millis(time.now) }
  const stores = memoryStores(clock)
  const hints: string[] = []
  const lines: string[] = []
  const say = (what: string): void => void lines.push(what)
  const parts = { ...stores, publisher, clock, log: { info: say, warn: say, error: say }, hints: { release: ({ rev }: { readonly rev: number }) => void hints.push(`release ${rev}`) } }
  return { time, parts, hints, lines, publish: publishRelease(parts), documents: stores.documents }
}

describe('publishing', () => {
  it('signs what it publishes for the store of its documents, with the time a device may be without the hub', async () => {
    const { publish } = hub()
    const head = publish(DEMO)
    if (!head.ok) throw new Error(head.error.type)
    expect(head.value).toMatchObject({ rev: 1, store: 'lindenkorb', publishedAt: 1000, activeFrom: 1000, maxOfflineMs: 168 * 3_600_000 })
    expect(await judgeHead(head.value, { key: publisher.publicKey, store: 'lindenkorb' }, async (...signed) => verifySignature(...signed))).toBeNull()
  })
  it('plans a release for later and leaves the one in force alone; the past is at once', () => {
    const { publish, documents, time, hints } = hub()
    publish(variant(1), { activeFrom: millis(5) })
    publish(variant(2), { activeFrom: millis(9000) })
    expect([documents.head()?.rev, documents.head()?.activeFrom, documents.upcoming().map(({ rev }) => rev), hints]).toEqual([1, 1000, [2], ['release 1', 'release 2']])
    time.now = 9000
    expect([documents.head()?.rev, documents.upcoming()]).toEqual([2, []])
  })
  it('publishes nothing where the same documents would hold at that instant anyway', () => {
    const { publish, documents } = hub()
    publish(variant(1))
    publish(variant(2), { activeFrom: millis(9000) })
    expect(publish(variant(1))).toMatchObject({ ok: true, value: { rev: 1 } })
    expect(publish(variant(2), { activeFrom: millis(9500) })).toMatchObject({ ok: true, value: { rev: 2 } })
    expect(publish(variant(1), { activeFrom: millis(9500) })).toMatchObject({ ok: true, value: { rev: 3 } })
    expect(documents.nextRev()).toBe(4)
  })
  it('lets six wait, replaces one at its own instant, and refuses a seventh', () => {
    const { publish, documents } = hub()
    publish(DEMO)
    for (let n = 1; n <= 6; n++) expect(publish(variant(n), { activeFrom: millis(2000 + n) }).ok).toBe(true)
    expect(publish(variant(7), { activeFrom: millis(9000) })).toEqual({ ok: false, error: { type: 'TooManyPending', most: 6 } })
    expect(publish(variant(8), { activeFrom: millis(2003) }).ok).toBe(true)
    expect(documents.upcoming().map(({ rev }) => rev)).toEqual([2, 3, 8, 5, 6, 7])
    expect(publish(variant(9)).ok).toBe(true)
  })
  it('refuses documents of another store: every device would', () => {
    const { publish } = hub()
    publish(DEMO)
    const moved = { ...DEMO, 'store/main': { ...(DEMO['store/main'] as { readonly [key: string]: Json }), id: 'marktplatz' } }
    expect(publish(moved)).toEqual({ ok: false, error: { type: 'OtherStore', store: 'lindenkorb', given: 'marktplatz' } })
  })
})

describe('a release from before there were signatures', () => {
  it('is signed once, with its documents and number as they were', () => {
    const { parts, documents, lines } = hub()
    const { items, ...old } = releaseOf(DEMO)
    documents.publish({ ...old, store: '', signature: '', items })
    signOldRelease(parts)
    signOldRelease(parts)
    expect(documents.current()).toEqual({ ...old, store: 'lindenkorb', maxOfflineMs: 168 * 3_600_000, signature: expect.stringMatching(/^[\w-]{86}$/), items })
    expect(lines).toEqual(['release signed'])
  })
})

describe('the watch over releases', () => {
  it('tells of one that takes over by the clock, and of one that another process published', () => {
    const { parts, publish, time, hints } = hub()
    publish(DEMO)
    const watch = watchReleases(parts)
    hints.length = 0
    watch()
    expect(hints).toEqual([])
    publishRelease({ ...parts, hints: { release: () => undefined } })(variant(1), { activeFrom: millis(5000) })
    watch()
    expect(hints).toEqual(['release 2'])
    time.now = 5000
    watch()
    watch()
    expect(hints).toEqual(['release 2', 'release 2'])
  })
})
