import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatReceiptCode, isReceiptHash, parseReceiptCode, receiptFromBytes, receiptHash, receiptUrl, type ReceiptCode } from '#shared/feedback/receipt-code.ts'
import { err, ok } from '#shared/kernel/result.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
const counting = Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])

describe('the code of a receipt', () => {
  it.each([
    ['only zeros', new Uint8Array(10), '00000000000'],
    ['0 … 9', counting, '01234567890'],
    ['the last letters', Uint8Array.from([22, 23, 24, 25, 26, 27, 28, 29, 30, 31]), 'PQRSTVWXYZ4'],
    ['bytes beyond 31, which count by their last five bits', counting.map((byte) => byte + 224), '01234567890'],
  ])('of %s', (_, random, code) => {
    expect(receiptFromBytes(random)).toBe(code)
  })
  it('is read as people write it: small, in groups, with O for 0 and I or L for 1', () => {
    const code = receiptFromBytes(counting)
    expect(formatReceiptCode(code)).toBe('01234-56789-0')
    for (const typed of [formatReceiptCode(code), code.toLowerCase(), ` ${code.replace('0', 'o').replace('1', 'l')} `, code.replace('1', 'i')]) expect(parseReceiptCode(typed)).toEqual(ok(code))
  })
  it('is none without its check, with a letter that no code has, or with nothing', () => {
    const code = receiptFromBytes(counting)
    for (const typed of [code.slice(0, 10), `${code}0`, code.replace('5', 'U'), '', 'ß'.repeat(11)]) expect(parseReceiptCode(typed)).toEqual(err({ type: 'NotAReceiptCode' }))
  })
  it('is never taken for another after one wrong character', () => {
    fc.assert(
      fc.property(bytes, fc.nat(10), fc.integer({ min: 1, max: 31 }), (random, at, by) => {
        const code = receiptFromBytes(random)
        const other = ALPHABET[(ALPHABET.indexOf(code[at]!) + by) % 32]!
        return !parseReceiptCode(code.slice(0, at) + other + code.slice(at + 1)).ok
      }),
    )
  })
  it('nor after two characters changed places, however far apart', () => {
    fc.assert(
      fc.property(bytes, fc.nat(10), fc.nat(10), (random, a, b) => {
        const code = receiptFromBytes(random)
        fc.pre(code[a] !== code[b])
        const chars = [...code]
        ;[chars[a], chars[b]] = [chars[b]!, chars[a]!]
        return !parseReceiptCode(chars.join('')).ok
      }),
    )
  })
  it('is itself again after it was written and read', () => {
    fc.assert(fc.property(bytes, (random) => {
      const code = receiptFromBytes(random)
      return /^[0-9A-HJKMNP-TV-Z]{11}$/.test(code) && parseReceiptCode(formatReceiptCode(code).toLowerCase()).ok
    }))
  })
  it('uses all its chance: ten bytes that differ in their last five bits make different codes', () => {
    fc.assert(fc.property(bytes, bytes, (a, b) => (receiptFromBytes(a) === receiptFromBytes(b)) === a.every((byte, i) => (byte & 31) === (b[i]! & 31))))
  })
})

describe('what the hub keeps of it', () => {
  it('is the first half of SHA-256 over its ten characters, told apart from other hashes by a word', () => {
    expect(receiptHash('0000000000' as ReceiptCode)).toBe(createHash('sha256').update('receipt 0000000000').digest('hex').slice(0, 32))
    expect(receiptHash(receiptFromBytes(new Uint8Array(10)))).toBe('ece0e7fd6643996f8a6805bef796e1c3')
  })
  it('has a shape of its own', () => {
    expect(isReceiptHash(receiptHash(receiptFromBytes(counting)))).toBe(true)
    expect(['', 'A'.repeat(32), 'a'.repeat(31), 'g'.repeat(32), 7, null, undefined, {}].filter(isReceiptHash)).toEqual([])
  })
})

describe('where the phone finds it', () => {
  it('has the code behind the #, where no server sees it', () => {
    const url = receiptUrl('markt.example', receiptFromBytes(new Uint8Array(10)), 'https:')
    expect(url).toBe('https://markt.example/r#00000000000')
    expect(new URL(url).pathname + new URL(url).search).toBe('/r')
  })
})
