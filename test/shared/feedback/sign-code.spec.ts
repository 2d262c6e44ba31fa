import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSign, signCode, signFragment, signUrl } from '#shared/feedback/sign-code.ts'

describe('a sign', () => {
  const code = signCode(new Uint8Array([7, 7, 7, 7, 7, 7, 7, 7, 7, 7]))
  it('leads to the hub with its place, its number and its code behind the #', () => {
    expect(signUrl('https:', 'shop.example', { touchpoint: 'exit', serial: 2, code })).toBe(`https://shop.example/f#exit.2.${code}`)
  })
  it('is read back, whatever the place is called', () => {
    fc.assert(fc.property(fc.stringMatching(/^[\w.:/-]{1,60}$/), fc.integer({ min: 1, max: 999_999 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (touchpoint, serial, random) => {
      const sign = { touchpoint, serial, code: signCode(random) }
      const read = parseSign(signFragment(sign))
      return read.ok && JSON.stringify(read.value) === JSON.stringify(sign)
    }))
  })
  it('is none with a wrong character, without a number, or empty', () => {
    for (const text of ['', 'exit', `exit.${code}`, `exit.2.${code.slice(0, -1)}`, `exit.2.${code[0] === '0' ? '1' : '0'}${code.slice(1)}`, `.2.${code}`]) expect(parseSign(text).ok).toBe(false)
  })
})
