/** Bounds on any JSON that comes from outside, checked without recursion, so nesting cannot exhaust the stack. */
import type { Json } from '../kernel/json.ts'

export type JsonBounds = {
  /** Nesting; a flat object has depth 1. */
  readonly depth: number
  /** Object keys and list items in all. */
  readonly keys: number
  /** UTF-16 units of all texts and keys, a lower bound of the bytes. */
  readonly bytes: number
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** A key by which a prototype could be reached. */
export const isForbiddenKey = (key: string): boolean => FORBIDDEN_KEYS.has(key)

/** Is it plain JSON within the bounds: finite numbers, whole surrogate pairs, no key that could reach a prototype? */
export const isBoundedJson = (value: unknown, bounds: JsonBounds): value is Json => {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }]
  let keys = 0
  let size = 0
  for (let next = open.pop(); next; next = open.pop()) {
    if (isScalar(next.value)) {
      if (typeof next.value === 'string') size += next.value.length
    } else {
      if (!isPlainContainer(next.value) || next.depth > bounds.depth) return false
      for (const [key, child] of Object.entries(next.value)) {
        if (FORBIDDEN_KEYS.has(key)) return false
        keys += 1
        size += Array.isArray(next.value) ? 1 : key.length
        if (keys > bounds.keys) return false
        open.push({ value: child, depth: next.depth + 1 })
      }
    }
    if (size > bounds.bytes) return false
  }
  return true
}

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && value.isWellFormed())

const isPlainContainer = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
