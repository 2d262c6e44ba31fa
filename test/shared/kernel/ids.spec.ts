import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEventId, uuidV7 } from '#shared/kernel/ids.ts'

describe('an event id', () => {
  it('is the UUIDv7 of its moment and its random bytes', () => {
    const random = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f)
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })
  it('sorts by time, whatever the chance', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
    fc.assert(fc.property(fc.nat(2 ** 31), fc.integer({ min: 1, max: 1000 }), bytes, bytes, (at, later, a, b) => {
      expect(uuidV7(at, a) < uuidV7(at + later, b)).toBe(true)
      expect(isEventId(uuidV7(at, a))).toBe(true)
    }))
  })
  it('is nothing else: not a version 4, not upper case, not empty', () => {
    expect(isEventId('017f22e2-79b0-4cc3-98c4-dc0c0c07398f')).toBe(false)
    expect(isEventId('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(false)
    expect(isEventId('')).toBe(false)
  })
  it('needs ten random bytes', () => {
    expect(() => uuidV7(0, new Uint8Array(9))).toThrow('10 random bytes')
  })
})
