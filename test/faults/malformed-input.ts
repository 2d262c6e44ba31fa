/** What a broken or hostile client sends: real messages with something wrong, and things that are no messages at all. */
import { randomBytes } from 'node:crypto'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { EVENT_RULES } from '#shared/protocol/event-rules.ts'
import { CALL_SCHEMAS, STREAM_SCHEMAS } from '#shared/protocol/guard.ts'
import { batch, eventId } from '../hub/test-hub.ts'
import { samplePayload } from './sample-payload.ts'

export type Malformed = { readonly name: string; readonly payload: unknown }

const NAMES = Object.keys(EVENT_RULES)
const ODD: readonly unknown[] = [null, 0, -1, 1e308, '', 'x', true, [], {}, [[]], '\u0000', '\ud800', { toString: 'x' }, { length: 1e9 }, '💣'.repeat(50), -0, 0.1, 2 ** 53, [null], { ev: null }]

/** Every event of the table, the ones of tomorrow too. */
const SCHEMAS: Readonly<Record<string, unknown>> = { ...STREAM_SCHEMAS, ...CALL_SCHEMAS }
/** What is right in itself, so that what is wrong lies deeper. */
const real = (n: number): Readonly<Record<string, unknown>> => ({
  hello: { pv: 1, n: 1, ep: 'e'.repeat(16), next: 1, queued: 0, ack: 0, boot: 'b', app: '1', releaseHash: null, now: 1 },
  push: batch([eventId(n), eventId(n + 1)], { ep: 'a'.repeat(16) }),
})

const deep = (depth: number, list: boolean): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = list ? [value] : { a: value }
  return value
}

/** Puts something odd at a random place of a JSON value. */
const spoil = (value: unknown, random: SeededRandom, odd: unknown): unknown => {
  if (typeof value !== 'object' || value === null || random.chance(0.2)) return odd
  const keys = Object.keys(value)
  if (keys.length === 0 || random.chance(0.15)) return Array.isArray(value) ? [...value, odd] : { ...value, [random.pick(['extra', '__proto__x', 'constructor', 'toJSON', ''])]: odd }
  const key = random.pick(keys)
  const child = spoil((value as Record<string, unknown>)[key], random, odd)
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === key ? child : one))
  return random.chance(0.2) ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) : { ...value, [key]: child }
}

export const malformedInput = (random: SeededRandom, n: number): Malformed => {
  const name = random.pick(NAMES)
  const odd = random.chance(0.02) ? deep(200 + random.below(3000), random.chance(0.5)) : random.chance(0.01) ? 'w'.repeat(20_000 + random.below(60_000)) : random.chance(0.01) ? Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, i])) : random.pick(ODD)
  if (random.chance(0.3)) return { name, payload: odd }
  const template = real(n)[name] ?? samplePayload(SCHEMAS[name], random)
  return { name, payload: spoil(template, random, odd) }
}

/** Frames that no client of ours sends, by the raw socket. */
export const rawFrames = (random: SeededRandom): readonly string[] => ['42["push"', '42', '420', '4', '42["push",{}]', '451-["push",{"_placeholder":true,"num":0}]', '40{"dev":', '43', '', '42[null]', `42["${'x'.repeat(500)}"]`, '2probe', '42["push",{"__proto__":{"x":1}}]', randomBytes(4 + random.below(20)).toString('latin1')]
