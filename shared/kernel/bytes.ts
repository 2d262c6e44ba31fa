/** Bytes to text and back, without the DOM's or Node's own helpers, so the rules run the same everywhere. */
import { err, ok, type Result } from './result.ts'

export type NotHex = { readonly type: 'NotHex' }

export const bytesToHex = (bytes: Uint8Array): string => {
  let hex = ''
  for (let i = 0; i < bytes.length; i++) hex += HEX[bytes[i]!]!
  return hex
}

/** Every byte as two digits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export const hexToBytes = (hex: string): Result<Uint8Array<ArrayBuffer>, NotHex> => {
  if (hex.length % 2 !== 0 || /[^0-9a-f]/i.test(hex)) return err({ type: 'NotHex' })
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = (hexDigit(hex.charCodeAt(2 * i)) << 4) | hexDigit(hex.charCodeAt(2 * i + 1))
  return ok(bytes)
}

/** 0–9, A–F, a–f. */
const hexDigit = (code: number): number => (code < 58 ? code - 48 : (code & 0x5f) - 55)

/** UTF-8; a lone surrogate becomes U+FFFD, as TextEncoder does. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => {
  const plain = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80) return encodeAll(text)
    plain[i] = code
  }
  return plain
}

const encodeAll = (text: string): Uint8Array<ArrayBuffer> => {
  const out: number[] = []
  for (const char of text) {
    let code = char.codePointAt(0)!
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x80) out.push(code)
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(out)
}

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export const bytesToBase64Url = (bytes: Uint8Array): string => {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const chars = Math.min(4, Math.ceil(((bytes.length - i) * 8) / 6))
    for (let c = 0; c < chars; c++) out += ALPHABET[(group >> (18 - 6 * c)) & 63]
  }
  return out
}

export type NotBase64Url = { readonly type: 'NotBase64Url' }

export const base64UrlToBytes = (text: string): Result<Uint8Array<ArrayBuffer>, NotBase64Url> => {
  if (/[^A-Za-z0-9_-]/.test(text) || text.length % 4 === 1) return err({ type: 'NotBase64Url' })
  const out = new Uint8Array(Math.floor((text.length * 6) / 8))
  let bits = 0
  let held = 0
  let at = 0
  for (const char of text) {
    held = ((held << 6) | ALPHABET.indexOf(char)) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out[at++] = (held >> bits) & 255
    }
  }
  return ok(out)
}
