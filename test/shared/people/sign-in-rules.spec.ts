import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import { parsePersonName, personKey } from '#shared/people/person-name.ts'
import { faultOfPin } from '#shared/people/pin.ts'
import { FRESH_MS, freshUntil, seenNow, sessionEnd, sessionEndsAt, type SessionTimes } from '#shared/people/session-life.ts'
import { countTry, DEVICE_TRIES, lockOf, PASSWORD_TRIES, PIN_TRIES, triesLeft, type Tries, type TriesRule } from '#shared/people/sign-in-tries.ts'

const MINUTE = 60_000

describe('a PIN', () => {
  it.each([
    ['482915', null], ['060913', null], ['112358', null], ['907361', null],
    ['12345', 'digits'], ['1234567', 'digits'], ['12 456', 'digits'], ['abcdef', 'digits'], ['１２３４５６', 'digits'],
    ['000000', 'same'], ['777777', 'same'], ['121212', 'same'], ['482482', 'same'],
    ['123456', 'run'], ['654321', 'run'], ['789012', 'run'], ['210987', 'run'],
    ['198412', 'year'], ['120384', null], ['120320', null], ['201520', 'year'], ['112026', 'year'], ['311999', 'year'],
  ])('%s: %s', (pin, fault) => {
    expect(faultOfPin(pin)).toBe(fault)
  })
  it('is refused for fewer than 4 in 100 numbers', () => {
    const refused = Array.from({ length: 1_000_000 }, (_, n) => faultOfPin(String(n).padStart(6, '0'))).filter((fault) => fault !== null).length
    expect(refused).toBeLessThan(42_000)
  })
})

describe('a name', () => {
  it.each([
    ['Ada Berg', 'Ada Berg'], ['  Ada   Berg ', 'Ada Berg'], ['Åse Ø. Łuk', 'Åse Ø. Łuk'], ["O'Neill-Çelik", "O'Neill-Çelik"], ['李 小龍', '李 小龍'], ['M.', 'M.'],
    ['', 'empty'], ['   ', 'empty'], ['x'.repeat(61), 'long'], ['<b>Ada</b>', 'letters'], ['Ada\u0000', 'letters'], ['Ada\u202E', 'letters'], ['1234', 'letters'], ['=HYPERLINK', 'letters'],
  ])('%j: %j', (typed, said) => {
    const name = parsePersonName(typed)
    expect(name.ok ? name.value : name.error).toBe(said)
  })
  it('is the same name whatever its case, spaces and apostrophes', () => {
    expect(new Set(['Ada O’Neill', 'ADA  o\'neill', ' ada O`Neill '].map(personKey)).size).toBe(1)
    expect(personKey('Ada Berg')).not.toBe(personKey('Ada Burg'))
  })
})

const at = (minutes: number) => millis(1_700_000_000_000 + minutes * MINUTE)
const tryAt = (rule: TriesRule, ...minutes: readonly number[]): Tries | null => minutes.reduce<Tries | null>((tries, minute) => countTry(tries, rule, at(minute)), null)

describe('wrong tries', () => {
  it('the fifth password within fifteen minutes locks for fifteen minutes', () => {
    expect(lockOf(tryAt(PASSWORD_TRIES, 0, 1, 2, 3), PASSWORD_TRIES, at(4))).toBeNull()
    const five = tryAt(PASSWORD_TRIES, 0, 1, 2, 3, 14)
    expect([14, 28.9, 29].map((minute) => lockOf(five, PASSWORD_TRIES, at(minute)))).toEqual([{ until: at(29) }, { until: at(29) }, null])
  })
  it('the fifth PIN locks until the password was given, and so does the twentieth however slowly', () => {
    expect(lockOf(tryAt(PIN_TRIES, 0, 1, 2, 3, 4), PIN_TRIES, at(100_000))).toEqual({ until: null })
    const slow = Array.from({ length: 20 }, (_, i) => i * 20)
    expect(lockOf(tryAt(PIN_TRIES, ...slow.slice(0, 19)), PIN_TRIES, at(500))).toBeNull()
    expect(lockOf(tryAt(PIN_TRIES, ...slow), PIN_TRIES, at(9000))).toEqual({ until: null })
  })
  it('one device has twenty, for whomever', () => {
    expect(lockOf(tryAt(DEVICE_TRIES, ...Array.from({ length: 19 }, () => 0)), DEVICE_TRIES, at(1))).toBeNull()
    expect(lockOf(tryAt(DEVICE_TRIES, ...Array.from({ length: 20 }, () => 0)), DEVICE_TRIES, at(1))).toEqual({ until: at(15) })
  })
  it('are told as they run out', () => {
    expect([1, 2, 3, 4, 5].map((n) => triesLeft(tryAt(PASSWORD_TRIES, ...Array.from({ length: n }, () => 0))!, PASSWORD_TRIES))).toEqual([4, 3, 2, 1, 0])
    expect(triesLeft({ count: 1, since: at(0), inAll: 19 }, PIN_TRIES)).toBe(1)
  })
  it('are never more than five in any fifteen minutes, whatever the clock does', () => {
    const steps = fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 6 }) }, { weight: 1, arbitrary: fc.integer({ min: -300, max: 300 }) }), { maxLength: 120 })
    fc.assert(
      fc.property(steps, (minutes) => {
        let tries: Tries | null = null
        let clock = 0
        let passed = 0
        const taken: number[] = []
        for (const minute of minutes) {
          clock += minute
          passed += Math.max(0, minute)
          if (lockOf(tries, PASSWORD_TRIES, at(clock))) continue
          tries = countTry(tries, PASSWORD_TRIES, at(clock))
          taken.push(passed)
        }
        // Two windows may meet: the end of one and the beginning of the next.
        return taken.every((one) => taken.filter((other) => other >= one && other < one + 15).length <= 9)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a session', () => {
  const of = (device: SessionTimes['device'], fresh: number | null = 0): SessionTimes => ({ device, begunAt: at(0), seenAt: at(0), freshAt: fresh === null ? null : at(fresh) })
  it.each([
    ['staff', 4.99, null], ['staff', 5, 'idle'], ['manager', 29.9, null], ['manager', 30, 'idle'], ['staff', 720, 'over'], ['staff', -0.5, null], ['staff', -2, 'over'],
  ] as const)('at a %s device, after %s minutes: %s', (device, minute, end) => {
    expect(sessionEnd(of(device), at(minute))).toBe(end)
  })
  it('lives on by what is done, twelve hours at most', () => {
    let times = of('staff')
    for (let minute = 4; minute < 720; minute += 4) {
      expect(sessionEnd(times, at(minute))).toBeNull()
      times = seenNow(times, at(minute))
    }
    expect(sessionEndsAt(times)).toBe(at(720))
    expect(sessionEnd(times, at(720))).toBe('over')
    expect(seenNow(times, at(3))).toEqual(times)
  })
  it('has a fresh password for five minutes after it was given', () => {
    expect([0, 4.99, 5, -5].map((minute) => freshUntil(of('manager'), at(minute)))).toEqual([at(FRESH_MS / MINUTE), at(5), null, null])
    expect(freshUntil(of('manager', null), at(0))).toBeNull()
  })
})
