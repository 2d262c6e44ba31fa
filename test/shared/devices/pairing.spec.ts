import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { MAX_WRONG_TRIES, openCode, tryCode, type PairingCode } from '#shared/devices/pairing.ts'
import { codeFromBytes, codeSelector, formatCode, parseCode, type CodeText } from '#shared/devices/pairing-code.ts'

const CODE = 'ABCD2345' as CodeText
const NEAR = 'ABCD2346' as CodeText
const at = millis(1_000_000)
const open = (over: Partial<PairingCode> = {}): PairingCode => ({
  ...openCode(CODE, { roles: ['kiosk', 'staff'], name: null, touchpoint: null, expiresAt: millis(2_000_000), usesLeft: 1 }),
  ...over,
})
const tried = (code: CodeText, role: 'kiosk' | 'manager' = 'kiosk', now = at) => ({ code, role, now })

describe('a pairing code is read as people type it', () => {
  it('with small letters, dashes, spaces and the letters that look like digits', () => {
    expect(parseCode(' abcd-2345 ')).toEqual(ok('ABCD2345'))
    expect(parseCode('oil0 oil0')).toEqual(ok('01100110'))
  })
  it('or not at all', () => {
    for (const bad of ['', 'ABCD234', 'ABCD23456', 'ABCD234U', 'ABCD234ä']) expect(parseCode(bad)).toEqual(err({ type: 'NotACode' }))
  })
  it('from any random bytes, and back from the way it is shown', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      const code = codeFromBytes(bytes)
      const read = parseCode(formatCode(code))
      return read.ok && read.value === code && codeSelector(code) === code.slice(0, 2)
    }))
  })
})

describe('one try with a pairing code', () => {
  it('pairs and uses the code up, which says so until it expires', () => {
    const used = open({ usesLeft: 0 })
    expect(tryCode(open(), tried(CODE))).toEqual({ result: ok(open()), next: used })
    expect(tryCode(used, tried(CODE))).toEqual({ result: err({ type: 'CodeUsed' }), next: used })
    expect(tryCode(used, tried(CODE, 'kiosk', millis(2_000_000)))).toEqual({ result: err({ type: 'CodeExpired' }), next: null })
  })
  it('leaves the uses that remain', () => {
    expect(tryCode(open({ usesLeft: 20 }), tried(CODE)).next?.usesLeft).toBe(19)
  })
  it('keeps no code in clear', () => {
    expect(JSON.stringify(open())).not.toContain('ABCD2345')
  })
  it('is wrong for an unknown code, another code of the same selector, and a role it does not give', () => {
    expect(tryCode(null, tried(CODE))).toEqual({ result: err({ type: 'CodeWrong' }), next: null })
    expect(tryCode(open(), tried(NEAR))).toEqual({ result: err({ type: 'CodeWrong' }), next: open({ wrongTries: 1 }) })
    expect(tryCode(open(), tried(CODE, 'manager'))).toEqual({ result: err({ type: 'CodeWrong' }), next: open() })
  })
  it('is late at the very millisecond of expiry, and the code is gone', () => {
    expect(tryCode(open(), tried(CODE, 'kiosk', millis(1_999_999))).result.ok).toBe(true)
    expect(tryCode(open(), tried(CODE, 'kiosk', millis(2_000_000)))).toEqual({ result: err({ type: 'CodeExpired' }), next: null })
  })
  it('kills the code at the fifth wrong one, for the right code too', () => {
    let code: PairingCode | null = open()
    const results: unknown[] = []
    for (let i = 0; i < MAX_WRONG_TRIES; i++) {
      const step = tryCode(code, tried(NEAR))
      results.push(step.result.ok ? 'paired' : step.result.error.type)
      code = step.next
    }
    expect(results).toEqual(['CodeWrong', 'CodeWrong', 'CodeWrong', 'CodeWrong', 'TooManyTries'])
    expect(tryCode(code, tried(CODE)).result).toEqual(err({ type: 'TooManyTries' }))
  })
  it('never pairs more devices than the code has uses, whatever is tried', () => {
    const tries = fc.array(fc.record({ right: fc.boolean(), wait: fc.nat(400_000), manager: fc.boolean() }), { maxLength: 60 })
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), tries, (uses, steps) => {
      let code: PairingCode | null = open({ usesLeft: uses })
      let now = 0
      let paired = 0
      for (const step of steps) {
        now += step.wait
        const outcome = tryCode(code, { code: step.right ? CODE : NEAR, role: step.manager ? 'manager' : 'kiosk', now: millis(now) })
        code = outcome.next
        if (!outcome.result.ok) continue
        if (now >= 2_000_000 || !step.right || step.manager) return false
        paired += 1
      }
      return paired <= uses
    }))
  })
})
