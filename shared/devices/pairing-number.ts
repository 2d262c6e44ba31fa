/** The number that both screens show while a device waits: whoever compares it knows that it is this device that asks, and no other. */
import { concatBytes, utf8 } from '../kernel/bytes.ts'
import { sha256 } from '../kernel/sha256.ts'
import type { CodeText } from './pairing-code.ts'

const DIGITS = 6
/** 48 bits of the hash: what is left over when they are cut to six digits is one in 281 millions. */
const HASH_BYTES = 6

/**
 * Six digits from SHA-256 over the raw public key and the code; each side works them out by itself, none is told.
 * Shape  `pub` is the raw uncompressed P-256 point, 65 bytes.
 */
export const pairingNumber = (pub: Uint8Array, code: CodeText): string => {
  const hash = sha256(concatBytes(pub, utf8(code)))
  const n = hash.subarray(0, HASH_BYTES).reduce((sum, byte) => sum * 256 + byte, 0)
  return String(n % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** In two groups, as people compare it: `482 913`. */
export const formatNumber = (number: string): string => `${number.slice(0, DIGITS / 2)} ${number.slice(DIGITS / 2)}`
