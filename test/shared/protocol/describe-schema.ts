/** The shape of a schema as plain data, the same on every machine: what it takes, not how it is written. */

type Described = { readonly [field: string]: unknown }
type Node = { readonly [field: string]: unknown }

/** Fields that say what a schema or one of its steps takes. */
const TOLD = ['type', 'kind', 'requirement', 'literal', 'key'] as const
/** Schemas inside a schema. */
const PARTS = ['entries', 'options', 'items', 'item', 'wrapped', 'rest', 'value'] as const

/** What a function decides cannot be read off it: it is described by its answers to these. */
const SAMPLES: readonly unknown[] = [
  null, true, 0, 1, -1, 1.5, 2 ** 40, '', 'a', 'a.b', 'a:b/c', '-', '0', '1', 'e'.repeat(16), 'E'.repeat(16), 'e'.repeat(32), 'e'.repeat(64), 'g'.repeat(16), 'x'.repeat(65), '2026-02-28', '2026-02-30',
  '/a.svg', '/../a.svg', 'Europe/Berlin', 'Nowhere/Land', [], [1], {}, { seq: 1, id: 'x' }, { seq: 0, id: 'x' }, { seq: 1, id: '' }, { seq: 1, id: 'x'.repeat(65) }, { seq: 1, id: 'x', p: { a: [[[[[[[[[[[[1]]]]]]]]]]]] } },
]

export const describeSchema = (schema: unknown): unknown => describe(schema, [])

/** `above`: the schemas it is part of, outermost first; a part that holds itself is named by its distance. */
const describe = (value: unknown, above: readonly object[]): unknown => {
  if (value instanceof RegExp) return `/${value.source}/${value.flags}`
  if (typeof value === 'bigint' || value === undefined) return String(value)
  if (typeof value === 'function') return answers(value as (input: unknown) => unknown)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => describe(one, above))
  const node = value as Node
  return 'kind' in node ? describeNode(node, above) : byKey(node, above)
}

const describeNode = (node: Node, above: readonly object[]): Described | string => {
  const up = above.lastIndexOf(node)
  if (up >= 0) return `the one ${above.length - up} above`
  if (above.length > 100) throw new Error('a schema without end')
  // A schema with further steps holds itself as the first of them, under another identity.
  if (Array.isArray(node['pipe'])) return { pipe: (node['pipe'] as readonly unknown[]).map((one) => describe(one, [...above, node])) }
  const inside = [...above, node]
  const told: Record<string, unknown> = {}
  for (const field of TOLD) if (node[field] !== undefined) told[field] = describe(node[field], inside)
  if (node['type'] === 'custom') told['answers'] = answers(node['check'] as (input: unknown) => unknown)
  if (node['type'] === 'lazy') told['of'] = describe((node['getter'] as (input: unknown) => unknown)(undefined), inside)
  for (const field of PARTS) if (node[field] !== undefined) told[field] = describe(node[field], inside)
  return told
}

const byKey = (node: Node, above: readonly object[]): Described => Object.fromEntries(Object.keys(node).sort().map((key) => [key, describe(node[key], above)]))

const answers = (decide: (input: unknown) => unknown): string =>
  SAMPLES.map((sample) => {
    try {
      return decide(sample) === true ? '1' : '0'
    } catch {
      return 'x'
    }
  }).join('')
