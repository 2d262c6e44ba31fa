/** Bytes as decimal digits: a QR code packs digits at 3.35 bit each, and a URL fragment keeps them out of every log. */
import { err, ok, type Result } from '../kernel/result.ts'

const GROUP_BYTES = 7
const GROUP_DIGITS = 17
/** Digits for a rest of 0 … 6 bytes: the fewest that hold it. */
const REST_DIGITS = [0, 3, 5, 8, 10, 13, 15]

export type NotDigits = { readonly type: 'NotDigits' }

/** 7 bytes become 17 digits, a rest of 1 … 6 bytes 3, 5, 8, 10, 13 or 15. */
export const bytesToDigits = (bytes: Uint8Array): string => {
  let digits = ''
  for (let at = 0; at < bytes.length; at += GROUP_BYTES) {
    const group = bytes.subarray(at, at + GROUP_BYTES)
    const width = group.length === GROUP_BYTES ? GROUP_DIGITS : REST_DIGITS[group.length]!
    digits += group.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n).toString().padStart(width, '0')
  }
  return digits
}

/** The way back. Errors  NotDigits for other characters, lengths and groups that no bytes have. */
export const digitsToBytes = (digits: string): Result<Uint8Array<ArrayBuffer>, NotDigits> => {
  const rest = REST_DIGITS.indexOf(digits.length % GROUP_DIGITS)
  if (rest < 0 || /[^0-9]/.test(digits)) return err({ type: 'NotDigits' })
  const groups = Math.floor(digits.length / GROUP_DIGITS)
  const out = new Uint8Array(groups * GROUP_BYTES + rest)
  for (let group = 0; group * GROUP_DIGITS < digits.length; group++) {
    const bytes = group < groups ? GROUP_BYTES : rest
    const text = digits.slice(group * GROUP_DIGITS, (group + 1) * GROUP_DIGITS)
    let value = BigInt(text)
    if (value >> BigInt(8 * bytes) !== 0n) return err({ type: 'NotDigits' })
    for (let i = bytes - 1; i >= 0; i--, value >>= 8n) out[group * GROUP_BYTES + i] = Number(value & 255n)
  }
  return ok(out)
}
