/** A payload that a schema may well take, made from the schema itself: so every event there is or will be is sent as it should be and then spoiled. */
import type { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'

type Node = { readonly [field: string]: unknown }

const TEXTS = ['a', 'ABC234', 'kiosk', 'staff', 'manager', 'x.y', '1', 'f'.repeat(16), 'f'.repeat(32), 'A'.repeat(43), 'B'.repeat(86), '019a0000-0000-7000-8000-000000000001', 'Ein Name', '2026-11-22'] as const
const NUMBERS = [0, 1, 2, 7, 100, 1_700_000_000_000] as const
const DEEPEST = 8

export const samplePayload = (schema: unknown, random: SeededRandom, depth = 0): unknown => {
  const node = schema as Node
  if (depth > DEEPEST) return null
  const inner = (part: unknown): unknown => samplePayload(part, random, depth + 1)
  switch (node['type']) {
    case 'strict_object':
    case 'object':
    case 'loose_object':
      return Object.fromEntries(Object.entries(node['entries'] as Node).filter(([, part]) => !isOptional(part) || random.chance(0.6)).map(([key, part]) => [key, inner(part)]))
    case 'array':
      return Array.from({ length: random.below(3) }, () => inner(node['item']))
    case 'tuple':
    case 'strict_tuple':
      return (node['items'] as readonly unknown[]).map(inner)
    case 'record':
      return { a: inner(node['value']) }
    case 'union':
    case 'variant':
      return inner(random.pick(node['options'] as readonly unknown[]))
    case 'picklist':
      return random.pick(node['options'] as readonly unknown[])
    case 'literal':
      return node['literal']
    case 'nullable':
    case 'nullish':
      return random.chance(0.3) ? null : inner(node['wrapped'])
    case 'optional':
    case 'exact_optional':
      return inner(node['wrapped'])
    case 'lazy':
      return inner((node['getter'] as (input: unknown) => unknown)(undefined))
    case 'boolean':
      return random.chance(0.5)
    case 'number':
      return random.pick(NUMBERS)
    case 'null':
      return null
    default:
      return random.pick(TEXTS)
  }
}

const isOptional = (part: unknown): boolean => ['optional', 'exact_optional', 'nullish'].includes(String((part as Node)['type']))
