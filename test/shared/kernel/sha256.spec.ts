import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'

describe('SHA-256', () => {
  it('of "abc" is the example of FIPS 180', () => {
    expect(bytesToHex(sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
  it('of nothing is e3b0…', () => {
    expect(bytesToHex(sha256(new Uint8Array()))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
  it('equals the platform for every length around the block borders and for random bytes', () => {
    const platform = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
    for (let length = 0; length <= 200; length++) {
      const bytes = new Uint8Array(length).fill(length)
      expect(bytesToHex(sha256(bytes))).toBe(platform(bytes))
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => bytesToHex(sha256(bytes)) === platform(bytes)))
  })
})
