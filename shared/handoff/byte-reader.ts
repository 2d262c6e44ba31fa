/** Reads and writes the fields of a hand-off: big-endian integers and varints (7 bits a byte, most significant first, shortest form only). */

export type ByteReader = {
  /** The next `bytes` bytes as an unsigned number; null past the end. */
  readonly uint: (bytes: number) => number | null
  /** The next `bytes` bytes as hex digits; null past the end. */
  readonly hex: (bytes: number) => string | null
  /** A varint of at most `most` bytes; null past the end, when longer, or when not in its shortest form. */
  readonly varint: (most: number) => number | null
  readonly isAtEnd: () => boolean
}

export const byteReader = (bytes: Uint8Array): ByteReader => {
  let at = 0
  const uint = (count: number): number | null => {
    if (at + count > bytes.length) return null
    let value = 0
    for (let i = 0; i < count; i++) value = value * 256 + bytes[at++]!
    return value
  }
  const hex = (count: number): string | null => {
    if (at + count > bytes.length) return null
    at += count
    return Array.from(bytes.subarray(at - count, at), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  const varint = (most: number): number | null => {
    let value = 0
    for (let i = 0; i < most; i++) {
      const byte = bytes[at++]
      if (byte === undefined || (i === 0 && byte === 0x80)) return null
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
    return null
  }
  return { uint, hex, varint, isAtEnd: () => at === bytes.length }
}

export const uintBytes = (value: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) % 256)

export const varintBytes = (value: number): readonly number[] => {
  const out = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) out.unshift(128 + (rest % 128))
  return out
}
