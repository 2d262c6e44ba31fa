import { describe, expect, it } from 'vitest'
import { newPrivateKey } from '#hub/stores/keys/key-file.ts'
import { publisherKeyFrom } from '#hub/stores/keys/publisher-key-file.ts'
import { verifySignature } from '#hub/stores/keys/verify-signature.ts'
import { verifyWith } from '#kiosk/lib/sync/publisher-pin.ts'
import { millis } from '#shared/kernel/time.ts'
import { headOf, type ReleaseHead } from '#shared/sync/release.ts'
import { judgeHead, learnPublisher, releaseMessage, type Verify } from '#shared/sync/release-signature.ts'
import { releaseOf } from './signed-release.ts'

const key = publisherKeyFrom(newPrivateKey())
const PUBLISHER = { key: key.publicKey, store: 'lindenkorb' }
const HEAD = headOf(releaseOf({ 'product/milk': 1 }, null, { publishedAt: millis(1_700_000_000_000), activeFrom: millis(1_700_000_060_000), maxOfflineMs: 3_600_000 }, (terms) => key.sign(terms)))
const BROWSER: Verify = (...signed) => verifyWith(crypto.subtle, ...signed)
const NODE: Verify = async (...signed) => verifySignature(...signed)

describe('a release head', () => {
  it('is signed as seven lines', () => {
    expect(new TextDecoder().decode(releaseMessage(HEAD))).toBe(`RELEASE1\nlindenkorb\n1\n${HEAD.hash}\n1700000000000\n1700000060000\n3600000`)
  })
  it('is believed in the browser and in Node when its publisher has signed it', async () => {
    expect([await judgeHead(HEAD, PUBLISHER, BROWSER), await judgeHead(HEAD, PUBLISHER, NODE)]).toEqual([null, null])
  })
  it.each<readonly [what: string, change: Partial<ReleaseHead>]>([
    ['another number', { rev: 2 }],
    ['other documents', { hash: 'f'.repeat(64) }],
    ['another day of publishing', { publishedAt: millis(1) }],
    ['an earlier beginning', { activeFrom: millis(1_700_000_000_000) }],
    ['a longer life without the hub', { maxOfflineMs: 9_999_999_999 }],
    ['no signature', { signature: '' }],
    ['half a signature', { signature: HEAD.signature.slice(0, 43) }],
    ['a signature of zeros', { signature: 'A'.repeat(86) }],
  ])('is refused with %s', async (_what, change) => {
    expect(await judgeHead({ ...HEAD, ...change }, PUBLISHER, BROWSER)).toBe('signature')
  })
  it('is refused for another store, by another key, and while nobody is known', async () => {
    const other = publisherKeyFrom(newPrivateKey())
    expect(await judgeHead(HEAD, { ...PUBLISHER, store: 'marktplatz' }, BROWSER)).toBe('store')
    expect(await judgeHead(HEAD, { ...PUBLISHER, key: other.publicKey }, BROWSER)).toBe('signature')
    expect(await judgeHead(HEAD, { ...PUBLISHER, key: 'Bnonsense' }, BROWSER)).toBe('signature')
    expect(await judgeHead(HEAD, null, BROWSER)).toBe('no publisher')
  })
  it('is refused with any single bit of its signature turned', async () => {
    const bytes = Buffer.from(HEAD.signature, 'base64url')
    for (let bit = 0; bit < 512; bit += 7) {
      const turned = Buffer.from(bytes)
      turned[bit >> 3]! ^= 1 << (bit & 7)
      expect(await judgeHead({ ...HEAD, signature: turned.toString('base64url') }, PUBLISHER, NODE)).toBe('signature')
    }
  })
})

describe('a publisher', () => {
  const empty = { key: 'A', store: null }
  it('is learnt once; another key later changes nothing, a store is filled in', () => {
    expect(learnPublisher(null, empty)).toEqual(empty)
    expect(learnPublisher(empty, { key: 'A', store: 'lindenkorb' })).toEqual({ key: 'A', store: 'lindenkorb' })
    expect(learnPublisher({ key: 'A', store: 'lindenkorb' }, { key: 'A', store: 'marktplatz' })).toEqual({ key: 'A', store: 'lindenkorb' })
    expect(learnPublisher(empty, { key: 'B', store: 'lindenkorb' })).toEqual(empty)
    expect(learnPublisher(empty, undefined)).toEqual(empty)
  })
})
