import * as fc from 'fast-check'
import QRCode from 'qrcode'
import { webcrypto } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { bytesToDigits, digitsToBytes } from '#shared/handoff/digit-groups.ts'
import { decodeHandoff, digitsIn } from '#shared/handoff/decode-handoff.ts'
import { encodeHandoff, handoffDigits, handoffMessage, handoffUrl } from '#shared/handoff/encode-handoff.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { checkWord, shortCode, spelledShortCode } from '#shared/handoff/short-code.ts'
import { handoffOfLines, handoffs } from './random-handoff.ts'

const NO_SIGNATURE = new Uint8Array(64)

describe('bytes become decimal digits', () => {
  it('seven bytes seventeen digits, a rest the fewest that hold it', () => {
    expect(bytesToDigits(Uint8Array.from([255, 255, 255, 255, 255, 255, 255]))).toBe('72057594037927935')
    expect([1, 2, 3, 4, 5, 6].map((n) => bytesToDigits(new Uint8Array(n)).length)).toEqual([3, 5, 8, 10, 13, 15])
  })
  it('and back, for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const back = digitsToBytes(bytesToDigits(bytes))
      return back.ok && bytesToHex(back.value) === bytesToHex(bytes)
    }))
  })
  it('but not from a group that no bytes have, other lengths, or other characters', () => {
    for (const text of ['72057594037927936', '99999999999999999', '256', '0', '0000', '12a']) expect(digitsToBytes(text).ok).toBe(false)
  })
})

describe('a hand-off is written', () => {
  it('byte for byte as HQ1 says', () => {
    const body = encodeHandoff({
      store: 17, keyId: '0a1b2c3d', qid: 'f00dcafe12345678' as QuoteId, issuedAtS: 0x6afd49c0, release: '3fa94b2199', totalCents: cents(1234),
      lines: [{ number: 300, quantity: 99 }, { number: 5, quantity: 2 }], unlocked: [9, 4], reserved: [], delivery: 'home', clockVerified: true, onceOnly: true, training: false,
    })
    expect(bytesToHex(body)).toBe(
      '01 1b 0011 0a1b2c3d f00dcafe12345678 6afd49c0 3fa94b21 8952 02 0502 822763 02 0405'.replaceAll(' ', ''),
    )
  })
  it('with the uses of limited offers it brings along: offer 20 out of lease 7, offer 300 out of lease 1 000', () => {
    const body = encodeHandoff({ ...handoffOfLines(1), reserved: [{ number: 300, lease: 1000 }, { number: 20, lease: 7 }] })
    expect(bytesToHex(body).slice(2, 4)).toBe('21')
    expect(bytesToHex(body)).toMatch(/02 ?14 ?07 ?8218 ?8768$/)
    expect(() => encodeHandoff({ ...handoffOfLines(1), reserved: [{ number: 20, lease: 0 }] })).toThrow(RangeError)
    expect(() => encodeHandoff({ ...handoffOfLines(1), reserved: Array.from({ length: 9 }, (_, i) => ({ number: i + 1, lease: 1 })) })).toThrow(RangeError)
  })
  it('for the shop it is meant for: the signed message names its domain', () => {
    expect(bytesToHex(handoffMessage(Uint8Array.from([1, 2]), 'a.de'))).toBe('48513100612e64650102')
  })
  it('and read again as it was, for 2,000 baskets of every size', () => {
    fc.assert(fc.property(handoffs, (handoff) => {
      const body = encodeHandoff(handoff)
      const read = decodeHandoff(handoffDigits(body, NO_SIGNATURE))
      expect(read).toEqual({ ok: true, value: { handoff, body, signature: NO_SIGNATURE } })
    }), { numRuns: 2000 })
  })
  it('as a link: https, but plain http where only the machine itself listens, or where the hub says so', () => {
    expect(handoffUrl('shop.example.de', '12')).toBe('https://shop.example.de/checkout/#12')
    expect(handoffUrl('127.0.0.1:4000', '12')).toBe('http://127.0.0.1:4000/checkout/#12')
    expect(handoffUrl('localhost', '12')).toBe('http://localhost/checkout/#12')
    expect(handoffUrl('192.168.1.5:4000', '12')).toBe('http://192.168.1.5:4000/checkout/#12')
    expect(handoffUrl('192.168.1.5', '12', 'https:')).toBe('https://192.168.1.5/checkout/#12')
    expect(handoffUrl('192.168.1.5:4000', '12', 'http:')).toBe('http://192.168.1.5:4000/checkout/#12')
    expect(handoffUrl('127.0.0.1.example.de', '12')).toBe('https://127.0.0.1.example.de/checkout/#12')
  })
  it('from the link, the digits, or digits with spaces', () => {
    expect(digitsIn('https://shop.example.de/checkout/#0012')).toBe('0012')
    expect(digitsIn(' 0012 3400\n')).toBe('00123400')
    expect(digitsIn('https://shop.example.de/')).toBe(null)
  })
})

describe('a hand-off that is not as the kiosk made it', () => {
  const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
  it('is refused for every single flipped bit', async () => {
    const pair = await webcrypto.subtle.generateKey(curve, false, ['sign', 'verify'])
    const body = encodeHandoff({ ...handoffOfLines(5), unlocked: [3] })
    const signature = new Uint8Array(await webcrypto.subtle.sign(curve, pair.privateKey, handoffMessage(body, 'shop.example.de')))
    const whole = Uint8Array.from([...body, ...signature])
    const isAccepted = async (bytes: Uint8Array): Promise<boolean> => {
      const read = decodeHandoff(bytesToDigits(bytes))
      if (!read.ok) return false
      return webcrypto.subtle.verify(curve, pair.publicKey, read.value.signature, handoffMessage(read.value.body, 'shop.example.de'))
    }
    expect(await isAccepted(whole)).toBe(true)
    const accepted: number[] = []
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      if (await isAccepted(flipped)) accepted.push(bit)
    }
    expect(accepted).toEqual([])
  })
  it('never throws, whatever the digits', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{0,2100}$/), (digits) => {
      const read = decodeHandoff(digits)
      expect(!read.ok || digits.length <= 2000).toBe(true)
    }), { numRuns: 2000 })
    fc.assert(fc.property(fc.string(), (text) => { decodeHandoff(text) }))
  })
  it('never throws, whatever the body behind a right beginning', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 64, maxLength: 200 }), (tail) => {
      const bytes = Uint8Array.from([1, tail[0]! & 31, ...tail.subarray(1)])
      const read = decodeHandoff(bytesToDigits(bytes))
      if (read.ok) expect(bytesToHex(encodeHandoff(read.value.handoff))).toBe(bytesToHex(read.value.body))
    }), { numRuns: 5000 })
  })
  it.each([
    ['too long', '0'.repeat(2001), { type: 'TooLong' }],
    ['empty', '', { type: 'NotAHandoff' }],
    ['no digits', 'abc', { type: 'NotAHandoff' }],
    ['of a later version', bytesToDigits(Uint8Array.from([2, ...new Uint8Array(100)])), { type: 'UnknownVersion', version: 2 }],
    ['cut short', bytesToDigits(Uint8Array.from([1, ...new Uint8Array(20)])), { type: 'Damaged' }],
  ])('is named when it is %s', (_, digits, error) => {
    expect(decodeHandoff(digits)).toEqual({ ok: false, error })
  })
})

describe('the limits of a hand-off', () => {
  it.each([
    ['61 lines', { ...handoffOfLines(61) }],
    ['no line', { ...handoffOfLines(1), lines: [] }],
    ['100 pieces', { ...handoffOfLines(1), lines: [{ number: 1, quantity: 100 }] }],
    ['the same article twice', { ...handoffOfLines(1), lines: [{ number: 1, quantity: 1 }, { number: 1, quantity: 2 }] }],
    ['article 0', { ...handoffOfLines(1), lines: [{ number: 0, quantity: 1 }] }],
    ['article 65 536', { ...handoffOfLines(1), lines: [{ number: 65_536, quantity: 1 }] }],
  ])('%s: refused', (_, handoff) => {
    expect(() => encodeHandoff(handoff)).toThrow(RangeError)
  })
})

describe('the QR code stays small', () => {
  it.each([
    [1, 8],
    [5, 8],
    [15, 9],
    [40, 12],
  ])('%i lines: version %i', (lines, version) => {
    const signature = Uint8Array.from({ length: 64 }, (_, i) => (i * 37 + 91) % 256)
    const url = handoffUrl('shop.example.de', handoffDigits(encodeHandoff(handoffOfLines(lines)), signature))
    expect(QRCode.create(url, { errorCorrectionLevel: 'M' }).version).toBeLessThanOrEqual(version)
  })
})

describe('what people read aloud', () => {
  it('is six characters of the id', () => {
    expect(shortCode('0000000000000000' as QuoteId)).toBe('000000')
    expect(shortCode('ffffffff00000000' as QuoteId)).toBe('ZZZZZZ')
    expect(shortCode('f00dcafe12345678' as QuoteId)).toBe('Y06WNZ')
  })
  it('is understood as typed: case, spaces, I for 1, O for 0', () => {
    expect(spelledShortCode('yo6 wnz')).toBe('Y06WNZ')
    expect(spelledShortCode('il0000')).toBe('110000')
    expect(spelledShortCode('u00000')).toBe(null)
    expect(spelledShortCode('00000')).toBe(null)
  })
  it('and a check word of four, another for another basket', () => {
    const word = checkWord(encodeHandoff(handoffOfLines(1)))
    expect(word).toMatch(/^[ACDEFGHJKMNPQRTVWXY34679]{4}$/)
    expect(word).not.toBe(checkWord(encodeHandoff(handoffOfLines(2))))
  })
})
