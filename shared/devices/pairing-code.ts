/** Pairing codes as people read, say and type them: 8 Crockford characters, shown as `7K3Q-9XMA`. */
import { utf8, bytesToHex } from '../kernel/bytes.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { sha256 } from '../kernel/sha256.ts'
import type { Branded } from '../kernel/ids.ts'

/** Eight characters of the Crockford alphabet, upper case, without dash. */
export type CodeText = Branded<string, 'CodeText'>

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8
/** The first characters find the code in a store that knows only hashes, so wrong tries can be counted against it. */
const SELECTOR_LENGTH = 2
/** Random bytes that `codeFromBytes` needs: one per character. */
export const CODE_BYTES = LENGTH

export type NotACode = { readonly type: 'NotACode' }

/** A code from random bytes; 256 is a multiple of 32, so every code is equally likely. */
export const codeFromBytes = (random: Uint8Array): CodeText => {
  if (random.length < CODE_BYTES) throw new RangeError(`a code needs ${CODE_BYTES} random bytes`)
  return Array.from(random.subarray(0, CODE_BYTES), (byte) => ALPHABET[byte & 31]).join('') as CodeText
}

/**
 * Reads a code as typed: small letters, spaces and dashes are fine, O is read as 0, I and L as 1.
 * Source  Crockford's base 32.
 */
export const parseCode = (typed: string): Result<CodeText, NotACode> => {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const good = text.length === LENGTH && [...text].every((char) => ALPHABET.includes(char))
  return good ? ok(text as CodeText) : err({ type: 'NotACode' })
}

export const formatCode = (code: CodeText): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** The part of a code under which the hub keeps it. Open codes have different selectors. */
export const codeSelector = (code: CodeText): string => code.slice(0, SELECTOR_LENGTH)

/** What the hub keeps instead of the code. */
export const codeHash = (code: CodeText): string => bytesToHex(sha256(utf8(`pairing code ${code}`)))
