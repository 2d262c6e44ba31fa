/** The values of a feed's fields, as people and programs write them. What could mean two things is damaged, never guessed. */
import { minorOf, percentOf } from '#hub/ports/web-shop/decimal.ts'
import type { ShopTexts } from '#hub/ports/web-shop/shop-snapshot.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type Fields = { readonly [column: string]: string }
export type Read<T> = Result<T, string>

export const textField = (fields: Fields, name: string): string => fields[name] ?? ''

export const needed = (fields: Fields, name: string): Read<string> => (textField(fields, name) === '' ? err(`${name} is missing`) : ok(textField(fields, name)))

/** Several values in one field. */
export const listField = (fields: Fields, name: string): readonly string[] => textField(fields, name).split('|').map((one) => one.trim()).filter((one) => one !== '')

/** `name_de` and `name_en`, or `name` in whatever language. */
export const textsField = (fields: Fields, name: string): ShopTexts =>
  Object.fromEntries(['', '_de', '_en'].flatMap((suffix) => (textField(fields, name + suffix) === '' ? [] : [[suffix === '' ? 'und' : suffix.slice(1), textField(fields, name + suffix)]])))

/** Thousands in threes, then a fraction behind the other sign; a lone sign before three digits could be either. */
const decimalText = (written: string): string | null => {
  const text = written.replaceAll(/[\s\u00A0]|€|EUR/g, '')
  if (/^\d+$/.test(text)) return text
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d{1,2}$/.test(text)) return text.replaceAll('.', '').replace(',', '.')
  if (/^[1-9]\d{0,2}(,\d{3})+\.\d{1,2}$/.test(text)) return text.replaceAll(',', '')
  return /^\d+[.,](\d{1,2}|\d{4,6})$/.test(text) ? text.replace(',', '.') : null
}

/** Units  minor units, from 12.99, 12,99 or 1.299,00. */
export const amountField = (fields: Fields, name: string): Read<number> => {
  const written = textField(fields, name)
  const decimal = decimalText(written)
  const minor = decimal === null ? null : minorOf(decimal)
  return minor === null ? err(`${name} "${written}" is no amount`) : ok(minor)
}

/** An exact decimal, at most 100. */
export const percentField = (fields: Fields, name: string): Read<string> => {
  const written = textField(fields, name).replaceAll(/[\s%]/g, '').replace(',', '.')
  const percent = percentOf(written)
  return percent === null ? err(`${name} "${textField(fields, name)}" is no percentage`) : ok(percent)
}

export const countField = (fields: Fields, name: string, least = 0): Read<number> => {
  const written = textField(fields, name)
  return /^\d{1,5}$/.test(written) && Number(written) >= least ? ok(Number(written)) : err(`${name} "${written}" is no whole number${least > 0 ? ` from ${least} on` : ''}`)
}

/** With its zone: a bare day begins at another instant in every country. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

/** ISO 8601 in UTC. */
export const instantField = (fields: Fields, name: string): Read<string> => {
  const written = textField(fields, name)
  const at = INSTANT.test(written) ? Date.parse(written) : NaN
  return Number.isNaN(at) ? err(`${name} "${written}" is no instant such as 2026-11-30T06:00:00+01:00`) : ok(new Date(at).toISOString())
}

export const flagField = (fields: Fields, name: string, otherwise: boolean): Read<boolean> => {
  const written = textField(fields, name).toLowerCase()
  if (written === '') return ok(otherwise)
  if (['1', 'true', 'yes', 'ja'].includes(written)) return ok(true)
  return ['0', 'false', 'no', 'nein'].includes(written) ? ok(false) : err(`${name} "${written}" is neither yes nor no`)
}

/** The first thing that is wrong, or all values. */
export const allOf = <T extends { readonly [name: string]: Read<unknown> }>(reads: T): Read<{ readonly [name in keyof T]: T[name] extends Read<infer V> ? V : never }> => {
  const wrong = Object.values(reads).find((read) => !read.ok)
  if (wrong && !wrong.ok) return err(wrong.error)
  return ok(Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, read.ok ? read.value : undefined])) as never)
}

/** Of a field that may be empty. */
export const unlessEmpty = <T>(fields: Fields, name: string, read: (fields: Fields, name: string) => Read<T>): Read<T | null> => (textField(fields, name) === '' ? ok(null) : read(fields, name))
