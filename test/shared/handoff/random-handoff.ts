/** Hand-offs of every size a basket can have. */
import * as fc from 'fast-check'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import type { Handoff } from '#shared/handoff/handoff.ts'

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((all) => Array.from(all, (byte) => byte.toString(16).padStart(2, '0')).join(''))

const number = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 65_535 }))

export const handoffs: fc.Arbitrary<Handoff> = fc.record({
  store: fc.nat(65_535),
  keyId: hex(4),
  qid: hex(8).map((text) => text as QuoteId),
  issuedAtS: fc.nat(0xffffffff),
  release: hex(4),
  totalCents: fc.nat(2 ** 28 - 1).map(cents),
  lines: fc
    .uniqueArray(fc.record({ number, quantity: fc.integer({ min: 1, max: 99 }) }), { minLength: 1, maxLength: 60, selector: (line) => line.number })
    .map((lines) => lines.sort((a, b) => a.number - b.number)),
  unlocked: fc.uniqueArray(number, { maxLength: 5 }).map((numbers) => numbers.sort((a, b) => a - b)),
  reserved: fc
    .uniqueArray(fc.record({ number, lease: fc.integer({ min: 1, max: 2 ** 28 - 1 }) }), { maxLength: 8, selector: (one) => one.number })
    .map((all) => all.sort((a, b) => a.number - b.number)),
  delivery: fc.constantFrom('pickup', 'home'),
  clockVerified: fc.boolean(),
  onceOnly: fc.boolean(),
  training: fc.boolean(),
})

/** `count` lines as a neighbourhood shop numbers them. */
export const handoffOfLines = (count: number): Handoff => ({
  store: 17,
  keyId: '0a1b2c3d',
  qid: 'f00dcafe12345678' as QuoteId,
  issuedAtS: 1_795_000_000,
  release: '3fa94b21',
  totalCents: cents(349 * count),
  lines: Array.from({ length: count }, (_, i) => ({ number: 140 + 4 * i, quantity: 1 + (i % 3) })),
  unlocked: [],
  reserved: [],
  delivery: 'pickup',
  clockVerified: true,
  onceOnly: false,
  training: false,
})
