/** The product's own schemas as JSON Schema 2020-12, for the description of the interface: there is no second truth. */
import type { Json } from '#shared/kernel/json.ts'

/** What is read of a schema; the validator's own types know hundreds of kinds. */
type Node = {
  readonly type: string
  readonly entries?: { readonly [name: string]: Node }
  readonly item?: Node
  readonly wrapped?: Node
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly value?: Node
  readonly pipe?: readonly (Node & { readonly requirement?: unknown; readonly description?: string; readonly metadata?: Described })[]
}

type Shape = { [key: string]: Json }

/** What a schema says of itself beyond what it checks: `shape` in words of JSON Schema, `like` the schema that its parts are held to one by one. */
type Described = { readonly shape?: Shape; readonly like?: Node }

/** Throws  on a kind of schema that nobody has described yet: only a bug can cause it. */
export const jsonSchema = (schema: unknown): Json => shapeOf(schema as Node)

/** Whether a property may be left out. */
export const isOptional = (schema: unknown): boolean => ['exact_optional', 'optional'].includes((schema as Node).type)

export const entriesOf = (schema: unknown): { readonly [name: string]: unknown } => (schema as Node).entries ?? {}

const shapeOf = (node: Node): Shape => {
  // A schema that is narrowed further holds the one before as its first step.
  const before = node.pipe?.[0]
  const shape = before?.pipe ? shapeOf(before) : plain(node)
  for (const step of node.pipe?.slice(1) ?? []) Object.assign(shape, narrowed(shape, step))
  return shape
}

const plain = (node: Node): Shape => {
  switch (node.type) {
    case 'strict_object':
    case 'object':
      return objectShape(node)
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return { type: node.type }
    case 'array':
      return { type: 'array', items: shapeOf(node.item!) }
    case 'picklist':
      return { type: 'string', enum: [...(node.options as readonly string[])] }
    case 'literal':
      return { const: node.literal as Json }
    case 'nullable':
      return { anyOf: [shapeOf(node.wrapped!), { type: 'null' }] }
    case 'exact_optional':
    case 'optional':
      return shapeOf(node.wrapped!)
    case 'union':
    case 'variant':
      return { anyOf: (node.options as readonly Node[]).map(shapeOf) }
    case 'record':
      return { type: 'object', additionalProperties: shapeOf(node.value!) }
    case 'unknown':
    case 'any':
      return {}
    default:
      throw new Error(`no JSON Schema for ${node.type}`)
  }
}

const objectShape = ({ type, entries = {} }: Node): Shape => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, shapeOf(entry)])),
  required: Object.entries(entries).flatMap(([name, entry]) => (isOptional(entry) ? [] : [name])),
  ...(type === 'strict_object' && { additionalProperties: false }),
})

const narrowed = (shape: Shape, { type, requirement, description, metadata }: NonNullable<Node['pipe']>[number]): Shape => {
  const isList = shape['type'] === 'array'
  switch (type) {
    case 'integer':
    case 'safe_integer':
      return { type: 'integer' }
    case 'min_value':
      return { minimum: requirement as Json }
    case 'max_value':
      return { maximum: requirement as Json }
    case 'min_length':
      return { [isList ? 'minItems' : 'minLength']: requirement as Json }
    case 'max_length':
      return { [isList ? 'maxItems' : 'maxLength']: requirement as Json }
    case 'regex':
      return { pattern: (requirement as RegExp).source }
    case 'iso_timestamp':
      return { format: 'date-time' }
    case 'metadata':
      return metadata!.like ? shapeOf(metadata!.like) : (metadata!.shape ?? {})
    case 'description':
      return { description: description! }
    default:
      // What is made of it afterwards, or looked at beyond its shape, is not the caller's business.
      return {}
  }
}
