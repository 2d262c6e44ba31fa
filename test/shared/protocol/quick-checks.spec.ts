/** The quick checks agree with the schemas: what they take is what the schema gives, and what devices really send they take. */
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { isBoundedJson } from '#shared/protocol/bounded-json.ts'
import { FeedbackAnswered } from '#shared/protocol/feedback-events.ts'
import { PushMessage } from '#shared/protocol/push.ts'
import { quickAnswer, quickPush } from '#shared/protocol/quick-checks.ts'

const FRAME = { depth: 14, keys: 20_000, bytes: 128 * 1024 }
const TAP = { response: 'r-1', touchpoint: 'exit', survey: 'visit', question: 'mood', kind: 'csat5', value: 4 }
const EVENT = { seq: 1, id: '019a0000-0000-7000-8000-000000000001', t: 'feedback.answered', v: 1, at: 1, off: null, boot: 'b', mono: 0.5, sid: null, p: TAP }
const PUSH = { pv: 1, ep: 'e'.repeat(16), prev: '0'.repeat(16), ev: [EVENT, { ...EVENT, seq: 2 }] }

/** As the hub decided before there were quick checks. */
const slowly = (payload: unknown): unknown => {
  if (!isBoundedJson(payload, FRAME)) return null
  const read = v.safeParse(PushMessage, payload)
  return read.success ? read.output : null
}

/** One place of a message replaced, removed or added. */
const bent = (whole: object): fc.Arbitrary<unknown> => {
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(undefined, NaN, Infinity, -1, 0, 6, 2 ** 53, '', 'x'.repeat(81), '\ud800', 'e'.repeat(17), [], {}, [PUSH], Object.create(null), new Date(0), { constructor: 1 }, JSON.parse('{"__proto__":1}')))
  const pathsOf = (value: unknown, path: readonly string[]): readonly (readonly string[])[] =>
    typeof value === 'object' && value !== null ? [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))] : [path]
  const at = (value: unknown, [key, ...rest]: readonly string[], put: (old: unknown) => unknown): unknown => {
    if (key === undefined) return put(value)
    // A list with a word of its own is nothing that JSON can say.
    if (Array.isArray(value) && !/^\d+$/.test(key)) return value
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>
    copy[key] = at(copy[key], rest, put)
    return copy
  }
  const change = fc.tuple(fc.constantFrom(...pathsOf(whole, [])), odd, fc.constantFrom('replace', 'add', 'remove'))
  return fc.array(change, { minLength: 0, maxLength: 2 }).map((changes) =>
    changes.reduce<unknown>((value, [path, other, how]) => {
      try {
        return at(value, path, (old) => {
          if (how === 'replace' || typeof old !== 'object' || old === null || Array.isArray(old)) return other
          if (how === 'add') return { ...old, extra: other }
          return Object.fromEntries(Object.entries(old).slice(1))
        })
      } catch {
        return other
      }
    }, whole),
  )
}

describe('the quick check of a batch', () => {
  it('takes what devices send, as the schema does', () => {
    expect(quickPush(PUSH, FRAME)).toEqual(slowly(PUSH))
    expect(quickPush(PUSH, FRAME)).toEqual(PUSH)
  })
  it.each([
    ['too many events', { ...PUSH, ev: Array.from({ length: 501 }, () => EVENT) }],
    ['no event', { ...PUSH, ev: [] }],
    ['one more word', { ...PUSH, more: 1 }],
    ['a nest of 13', { ...PUSH, ev: [{ ...EVENT, p: Array.from({ length: 12 }).reduce((inner: unknown) => [inner], 1) }] }],
    ['401 keys in one event', { ...PUSH, ev: [{ ...EVENT, p: Array.from({ length: 401 - Object.keys(EVENT).length }, () => 0) }] }],
    ['20,001 keys in all', { ...PUSH, ev: Array.from({ length: 60 }, () => ({ ...EVENT, p: Array.from({ length: 340 }, () => 0) })) }],
    ['more than 128 KiB of text', { ...PUSH, ev: Array.from({ length: 3 }, () => ({ ...EVENT, p: 'x'.repeat(60 * 1024) })) }],
    ['half a character', { ...PUSH, ev: [{ ...EVENT, p: '\ud800' }] }],
  ])('leaves %s to the schema, which refuses it', (_what, payload) => {
    expect([quickPush(payload, FRAME), slowly(payload)]).toEqual([null, null])
  })
  it('says what the schema says about anything like a batch', () => {
    fc.assert(fc.property(bent(PUSH), (payload) => {
      const quick = quickPush(payload, FRAME)
      // Never more than the schema; less only for containers without a prototype, which no message has.
      if (quick !== null) expect(quick).toEqual(slowly(payload))
      else if (slowly(payload) !== null) expect(JSON.parse(JSON.stringify(payload))).toSatisfy((plain) => quickPush(plain, FRAME) !== null)
    }), { numRuns: 3000 })
  })
})

describe('the quick check of a tap', () => {
  it('takes the language of the screen along', () => {
    expect(quickAnswer({ ...TAP, lang: 'en' })).toEqual({ ...TAP, lang: 'en' })
    expect(quickAnswer({ ...TAP, lang: 'fr' })).toBeNull()
  })
  it('says what the schema says about anything like a tap', () => {
    fc.assert(fc.property(fc.oneof(bent(TAP), bent({ ...TAP, lang: 'de' })), fc.constantFrom('csat5', 'smiley4', 'nps', 'ces7', 'choice'), fc.integer({ min: -1, max: 12 }), (payload, kind, value) => {
      for (const tap of [payload, { ...TAP, kind, value }]) {
        const quick = quickAnswer(tap)
        const read = v.safeParse(FeedbackAnswered, tap)
        if (quick !== null) expect(read).toMatchObject({ success: true, output: quick })
        else if (read.success) expect(read.output.kind === 'choice' || Object.getPrototypeOf(tap) !== Object.prototype).toBe(true)
      }
    }), { numRuns: 2000 })
  })
})
