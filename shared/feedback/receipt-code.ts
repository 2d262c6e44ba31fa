/**
 * The code on a shopper's receipt: whoever has it, and nobody else, sees what became of an answer, adds to it, takes a copy, erases it.
 * Made on the device with the answer; the device sends, and the hub keeps, only its hash.
 */
import { bytesToHex, utf8 } from '../kernel/bytes.ts'
import type { Branded } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { sha256 } from '../kernel/sha256.ts'

/** Ten characters of chance and one that checks them, upper case, without dashes. */
export type ReceiptCode = Branded<string, 'ReceiptCode'>

/** What stands for a code wherever it is kept or sent: 32 hex digits. */
export type ReceiptHash = Branded<string, 'ReceiptHash'>

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 50 bits: with a million receipts alive, a guess hits one in a thousand million. */
const CHANCE_LENGTH = 10
const LENGTH = CHANCE_LENGTH + 1
/** Random bytes that `receiptFromBytes` needs: one per character. */
export const RECEIPT_BYTES = CHANCE_LENGTH
/** 128 bits tell codes of 50 apart, and stand in every event of a response. */
const HASH_BYTES = 16

export type NotAReceiptCode = { readonly type: 'NotAReceiptCode' }

/** A code from random bytes; 256 is a multiple of 32, so every code is equally likely. */
export const receiptFromBytes = (random: Uint8Array): ReceiptCode => {
  if (random.length < RECEIPT_BYTES) throw new RangeError(`a receipt needs ${RECEIPT_BYTES} random bytes`)
  const values = Array.from(random.subarray(0, RECEIPT_BYTES), (byte) => byte & 31)
  return [...values, timesTwo(fold(values))].map((value) => ALPHABET[value]).join('') as ReceiptCode
}

/**
 * Reads a code as typed or scanned: small letters, spaces and dashes are fine, O is read as 0, I and L as 1.
 * Errors  NotAReceiptCode for any single wrong character and any two that changed places; the hub need not be asked.
 */
export const parseReceiptCode = (typed: string): Result<ReceiptCode, NotAReceiptCode> => {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const values = Array.from(text, (char) => ALPHABET.indexOf(char))
  const isWhole = values.length === LENGTH && values.every((value) => value >= 0) && fold(values) === 0
  return isWhole ? ok(text as ReceiptCode) : err({ type: 'NotAReceiptCode' })
}

/** As people read and write it: `7K3Q9-XMA2P-E`. */
export const formatReceiptCode = (code: ReceiptCode): string => `${code.slice(0, 5)}-${code.slice(5, 10)}-${code.slice(10)}`

/** What the device sends and the hub keeps instead of the code. */
export const receiptHash = (code: ReceiptCode): ReceiptHash =>
  bytesToHex(sha256(utf8(`receipt ${code.slice(0, CHANCE_LENGTH)}`)).subarray(0, HASH_BYTES)) as ReceiptHash

/** Whether something that came over the wire has the shape of a hash. */
export const isReceiptHash = (value: unknown): value is ReceiptHash => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)

/** Where the shopper's phone finds the receipt. The code stands in the fragment, which no browser sends to anybody. */
export const receiptUrl = (domain: string, code: ReceiptCode, protocol: string): string => `${protocol}//${domain}/r#${code}`

/** The characters as a polynomial over the field of 32 elements, at its generator: no single change and no exchange of two leaves it as it is. */
const fold = (values: readonly number[]): number => values.reduce((sum, value) => timesTwo(sum) ^ value, 0)

/** Source  x⁵ + x² + 1, primitive over GF(2). */
const timesTwo = (value: number): number => (value & 16 ? (value << 1) ^ 0b100101 : value << 1)
