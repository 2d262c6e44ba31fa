/** As much of JSON Schema 2020-12 as the offer format uses; a keyword beyond it throws, so that nothing is taken for checked. */
import type { JsonSchema } from '#hub/tools/pack-engine/offer-json-schema.ts'

type Json = { readonly [key: string]: unknown }
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const TYPES: { readonly [type: string]: (value: unknown) => boolean } = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  array: Array.isArray,
  object: isObject,
}
type Check = (keyword: never, value: never, schema: JsonSchema, root: JsonSchema) => boolean
const everyKey = (value: unknown, check: (key: string, one: unknown) => boolean): boolean => !isObject(value) || Object.entries(value).every(([key, one]) => check(key, one))

const KEYWORDS: { readonly [keyword: string]: (keyword: never, value: never, schema: JsonSchema, root: JsonSchema) => boolean } = {
  $schema: () => true,
  $id: () => true,
  $defs: () => true,
  title: () => true,
  $ref: ((ref: string, value: unknown, _: JsonSchema, root: JsonSchema) => isValid(value, (root['$defs'] as { readonly [name: string]: JsonSchema })[ref.replace('#/$defs/', '')]!, root)) as Check,
  type: ((type: string, value: unknown) => TYPES[type]!(value)) as Check,
  const: ((wanted: unknown, value: unknown) => wanted === value) as Check,
  enum: ((wanted: readonly unknown[], value: unknown) => wanted.includes(value)) as Check,
  not: ((schema: JsonSchema, value: unknown, _: JsonSchema, root: JsonSchema) => !isValid(value, schema, root)) as Check,
  anyOf: ((all: readonly JsonSchema[], value: unknown, _: JsonSchema, root: JsonSchema) => all.some((one) => isValid(value, one, root))) as Check,
  pattern: ((pattern: string, value: unknown) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value)) as Check,
  maxLength: ((most: number, value: unknown) => typeof value !== 'string' || [...value].length <= most) as Check,
  minimum: ((least: number, value: unknown) => typeof value !== 'number' || value >= least) as Check,
  maximum: ((most: number, value: unknown) => typeof value !== 'number' || value <= most) as Check,
  items: ((schema: JsonSchema, value: unknown, _: JsonSchema, root: JsonSchema) => !Array.isArray(value) || value.every((one) => isValid(one, schema, root))) as Check,
  minItems: ((least: number, value: unknown) => !Array.isArray(value) || value.length >= least) as Check,
  maxItems: ((most: number, value: unknown) => !Array.isArray(value) || value.length <= most) as Check,
  required: ((keys: readonly string[], value: unknown) => !isObject(value) || keys.every((key) => Object.hasOwn(value, key))) as Check,
  properties: ((properties: { readonly [key: string]: JsonSchema }, value: unknown, _: JsonSchema, root: JsonSchema) => everyKey(value, (key, one) => !Object.hasOwn(properties, key) || isValid(one, properties[key]!, root))) as Check,
  additionalProperties: ((more: JsonSchema | false, value: unknown, schema: JsonSchema, root: JsonSchema) =>
    everyKey(value, (key, one) => Object.hasOwn((schema['properties'] as object | undefined) ?? {}, key) || (more !== false && isValid(one, more, root)))) as Check,
  propertyNames: ((schema: JsonSchema, value: unknown, _: JsonSchema, root: JsonSchema) => everyKey(value, (key) => isValid(key, schema, root))) as Check,
  maxProperties: ((most: number, value: unknown) => !isObject(value) || Object.keys(value).length <= most) as Check,
}

export const isValid = (value: unknown, schema: JsonSchema, root: JsonSchema = schema): boolean =>
  Object.entries(schema).every(([keyword, wanted]) => {
    const check = KEYWORDS[keyword]
    if (!check) throw new Error(`"${keyword}" is not checked here`)
    return check(wanted as never, value as never, schema, root)
  })
