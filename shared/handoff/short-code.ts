/** What people read aloud and compare: the short code under the QR, and the check word on kiosk and phone. */
import type { QuoteId } from '../kernel/ids.ts'
import { sha256 } from '../kernel/sha256.ts'

/** Crockford's base 32: no I, L, O, U. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Characters that stay apart in every typeface and at arm's length. */
const READABLE = 'ACDEFGHJKMNPQRTVWXY34679'
const CODE_LENGTH = 6
const WORD_LENGTH = 4

/** Six characters made of the first 30 bits of the hand-off's id; staff finds the basket by it while the hub knows it. */
export const shortCode = (qid: QuoteId): string => {
  const bits = Math.floor(Number.parseInt(qid.slice(0, 8), 16) / 4)
  return Array.from({ length: CODE_LENGTH }, (_, i) => CROCKFORD[Math.floor(bits / 32 ** (CODE_LENGTH - 1 - i)) % 32]).join('')
}

/** What somebody typed, in the code's own spelling: I and L are 1, O is 0, case and spaces do not count; null if it cannot be one. */
export const spelledShortCode = (typed: string): string | null => {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0')
  return code.length === CODE_LENGTH && [...code].every((char) => CROCKFORD.includes(char)) ? code : null
}

/** Four characters over the signed bytes: the same on kiosk and phone, or the code on the screen is not the kiosk's own. */
export const checkWord = (body: Uint8Array): string =>
  Array.from(sha256(body))
    .filter((byte) => byte < 10 * READABLE.length)
    .slice(0, WORD_LENGTH)
    .map((byte) => READABLE[byte % READABLE.length])
    .join('')
