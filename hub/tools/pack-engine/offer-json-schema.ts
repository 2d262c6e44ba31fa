/** The offer format as JSON Schema 2020-12, written out from the schema by which the engine itself lets offers in. */
import { OFFER_PARTS } from '#shared/offers/offer-schema.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

/** As much of a validator's schema as is read here. */
type Part = {
  readonly kind: string
  readonly type: string
  readonly pipe?: readonly Part[]
  readonly entries?: { readonly [key: string]: Part }
  readonly options?: readonly unknown[]
  readonly item?: Part
  readonly key?: Part
  readonly value?: Part
  readonly wrapped?: Part
  readonly literal?: unknown
  readonly requirement?: unknown
  readonly message?: string
  readonly getter?: () => Part
}

/** Checks that are functions, by what they say: each needs its own words here, and one that has none stops the build. */
const CHECKS: { readonly [message: string]: JsonSchema } = {
  'a list': {},
  empty: { pattern: '\\S' },
  'more than 100 %': { pattern: '^(100|\\d{1,2}|0\\d\\d)(\\.\\d{1,6})?$', not: { pattern: '^100\\.0*[1-9]' } },
  'more than 32 currencies': { maxProperties: 32 },
}

/**
 * Shape   one schema for one offer, its parts under `$defs`. What needs more than one offer (an id used twice) or the whole text (depth,
 *         number of values) is checked by `readOffers` alone.
 */
export const offerJsonSchema = (version: string): JsonSchema => {
  const { offer, ...parts } = OFFER_PARTS as unknown as { readonly [name: string]: Part }
  const names = new Map(Object.entries(parts).map(([name, part]) => [part, name] as const))
  const write = (part: Part): JsonSchema => {
    const name = names.get(part)
    return name === undefined ? written(part, write) : { $ref: `#/$defs/${name}` }
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:einklang:offer:${version}`,
    title: 'Offer',
    ...written(offer!, write),
    $defs: Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, written(part, write)])),
  }
}

type Write = (part: Part) => JsonSchema

const written = (part: Part, write: Write): JsonSchema => {
  if (part.pipe) return piped(part.pipe, write)
  switch (part.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type: part.type }
    case 'literal':
      return { const: part.literal }
    case 'picklist':
      return { enum: part.options }
    case 'array':
      return { type: 'array', items: write(part.item!) }
    case 'record':
      return { type: 'object', propertyNames: write(part.key!), additionalProperties: write(part.value!) }
    case 'strict_object':
      return objectOf(part.entries!, write)
    case 'union':
    case 'variant':
      return { anyOf: (part.options as readonly Part[]).map(write) }
    case 'lazy':
      return write(part.getter!())
    case 'exact_optional':
      return write(part.wrapped!)
    case 'custom':
      return checked(part.message)
    default:
      throw new Error(`no JSON Schema is known for "${part.type}"`)
  }
}

const objectOf = (entries: { readonly [key: string]: Part }, write: Write): JsonSchema => {
  const required = Object.entries(entries).filter(([, part]) => part.type !== 'exact_optional').map(([key]) => key)
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(Object.entries(entries).map(([key, part]) => [key, write(part)])),
    additionalProperties: false,
  }
}

/** Each step of the pipe adds its keywords; of two patterns the last is the stricter one. */
const piped = (steps: readonly Part[], write: Write): JsonSchema =>
  steps.reduce<JsonSchema>((before, step) => Object.assign({}, before, step.kind === 'schema' ? write(step) : keywords(step, before)), {})

const keywords = ({ type, requirement, message }: Part, base: JsonSchema): JsonSchema => {
  switch (type) {
    case 'max_length':
      return { [base['type'] === 'array' ? 'maxItems' : 'maxLength']: requirement }
    case 'min_length':
      return { [base['type'] === 'array' ? 'minItems' : 'minLength']: requirement }
    case 'min_value':
      return { minimum: requirement }
    case 'max_value':
      return { maximum: requirement }
    case 'integer':
      return { type: 'integer' }
    case 'regex':
      return { pattern: (requirement as RegExp).source }
    case 'transform': // Gives the value its name as a type; nothing is changed.
      return {}
    case 'check':
      return checked(message)
    default:
      throw new Error(`no JSON Schema is known for "${type}"`)
  }
}

const checked = (message: string | undefined): JsonSchema => {
  if (message !== undefined && Object.hasOwn(CHECKS, message)) return CHECKS[message]!
  throw new Error(`a check that no JSON Schema is known for: ${message ?? 'without words'}`)
}
