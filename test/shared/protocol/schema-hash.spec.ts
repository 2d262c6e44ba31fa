import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#shared/kernel/json.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { EVENT_VERSIONS } from '#shared/protocol/event-types.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_HISTORY, PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { EVENT_SCHEMAS, SECRET_SCHEMAS, WIRE_SCHEMAS } from '#shared/protocol/wire-schemas.ts'
import { describeSchema } from './describe-schema.ts'

const hashOf = (value: unknown): string => bytesToHex(sha256(utf8(canonicalJson(JSON.parse(JSON.stringify(value)))))).slice(0, 16)
const described = (): unknown => ({
  events: EVENT_VERSIONS,
  ...Object.fromEntries(Object.entries(WIRE_SCHEMAS).map(([group, schemas]) => [`${group}.`, Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, describeSchema(schema)]))])),
})

describe('the versions of the protocol', () => {
  it('are numbered without gaps from 1, each with its day and what changed; the newest is the one that is spoken', () => {
    expect(PROTOCOL_HISTORY.map(({ version }) => version)).toEqual(PROTOCOL_HISTORY.map((_, i) => i + 1))
    expect(PROTOCOL_HISTORY.at(-1)!.version).toBe(PROTOCOL_VERSION)
    for (const { since, what } of PROTOCOL_HISTORY) {
      expect(since).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(what.length).toBeGreaterThan(0)
    }
    expect(PROTOCOL_HISTORY.slice(0, -1).filter(({ open }) => open)).toEqual([])
  })
  it('are spoken from the oldest on that has a corpus, the one before at least', () => {
    expect(OLDEST_PROTOCOL_VERSION).toBeGreaterThanOrEqual(1)
    expect(OLDEST_PROTOCOL_VERSION).toBeLessThan(PROTOCOL_VERSION)
  })
})

describe('a change of anything on the wire', () => {
  it('is a step of the protocol', () => {
    const newest = PROTOCOL_HISTORY.at(-1)!
    const now = hashOf(described())
    const step = newest.open
      ? `version ${newest.version} is still open: say in its entry of PROTOCOL_HISTORY what changed, and write schemas: '${now}' there. Devices of this version that are already out must still be understood.`
      : `version ${newest.version} is out: add version ${newest.version + 1} to PROTOCOL_HISTORY with schemas: '${now}', raise PROTOCOL_VERSION (and OLDEST_PROTOCOL_VERSION if something was taken away), and record its corpus (test/fixtures/protocol/record.ts).`
    expect(newest.schemas, `The shape of a message, event or document has changed. ${step}`).toBe(now)
  })
})

describe('the description of a schema', () => {
  const one = v.strictObject({ a: v.pipe(v.string(), v.maxLength(5)), b: v.exactOptional(v.number()) })
  it('is the same however it is written', () => {
    const short = v.maxLength<string, 5>(5)
    const text = v.pipe(v.string(), short)
    expect(describeSchema(v.strictObject({ b: v.exactOptional(v.number()), a: text }))).toEqual(describeSchema(one))
  })
  it('is another one for every limit, key, kind, choice and pattern that changes', () => {
    const others = [
      v.object({ a: v.pipe(v.string(), v.maxLength(5)), b: v.exactOptional(v.number()) }),
      v.strictObject({ a: v.pipe(v.string(), v.maxLength(6)), b: v.exactOptional(v.number()) }),
      v.strictObject({ a: v.pipe(v.string(), v.maxLength(5)), b: v.number() }),
      v.strictObject({ a: v.pipe(v.string(), v.maxLength(5)), c: v.exactOptional(v.number()) }),
      v.strictObject({ a: v.pipe(v.string(), v.maxLength(5)), b: v.exactOptional(v.string()) }),
    ]
    expect(new Set([one, ...others].map((schema) => hashOf(describeSchema(schema)))).size).toBe(6)
    const pairs = [[v.picklist(['a', 'b']), v.picklist(['a', 'c'])], [v.literal('a'), v.literal('b')], [v.pipe(v.string(), v.regex(/^a$/)), v.pipe(v.string(), v.regex(/^b$/))], [v.array(v.string()), v.array(v.number())], [v.nullable(v.string()), v.optional(v.string())]]
    for (const [a, b] of pairs) expect(describeSchema(a)).not.toEqual(describeSchema(b))
  })
  it('sees what a function decides, by its answers', () => {
    const hex = (digits: number) => v.custom<string>((value) => typeof value === 'string' && new RegExp(`^[0-9a-f]{${digits}}$`).test(value))
    expect(describeSchema(hex(16))).not.toEqual(describeSchema(hex(32)))
  })
  it('ends also for a shape that holds itself', () => {
    type Tree = { readonly inside: readonly Tree[] }
    const tree: v.GenericSchema<Tree> = v.strictObject({ inside: v.array(v.lazy(() => tree)) })
    expect(JSON.stringify(describeSchema(tree))).toContain('the one 3 above')
  })
  it('covers every event that somebody reads, and its sealed part', () => {
    expect(Object.keys({ ...EVENT_SCHEMAS, ...SECRET_SCHEMAS }).filter((type) => !(type in EVENT_VERSIONS))).toEqual([])
  })
})
