import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64UrlToBytes, bytesToBase64Url, bytesToHex, concatBytes, hexToBytes, utf8 } from '#shared/kernel/bytes.ts'
import { err, ok } from '#shared/kernel/result.ts'

describe('bytes', () => {
  it('become hex and back', () => {
    expect(bytesToHex(Uint8Array.of(0, 171, 255))).toBe('00abff')
    expect(hexToBytes('00abff')).toEqual(ok(Uint8Array.of(0, 171, 255)))
    expect(hexToBytes('0g')).toEqual(err({ type: 'NotHex' }))
    expect(hexToBytes('abc')).toEqual(err({ type: 'NotHex' }))
  })
  it('become base64url without padding, as the platform writes it, and back', () => {
    expect(bytesToBase64Url(utf8('Tür'))).toBe('VMO8cg')
    fc.assert(fc.property(fc.uint8Array(), (bytes) => {
      const text = bytesToBase64Url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(base64UrlToBytes(text)).toEqual(ok(Uint8Array.from(bytes)))
    }))
    expect(base64UrlToBytes('a+b')).toEqual(err({ type: 'NotBase64Url' }))
    expect(base64UrlToBytes('abcde')).toEqual(err({ type: 'NotBase64Url' }))
  })
  it('of a text are its UTF-8, lone surrogates replaced', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)))
    }))
    expect(bytesToHex(utf8('\ud800x'))).toBe('efbfbd78')
  })
  it('are joined in order', () => {
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3))
  })
})
