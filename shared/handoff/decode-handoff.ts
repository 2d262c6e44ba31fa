/** Digits back to a hand-off; needs no network, no key and no trust. */
import { MAX_CODES, MAX_LINES, MAX_QUANTITY } from '../basket/basket.ts'
import type { QuoteId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { byteReader, type ByteReader } from './byte-reader.ts'
import { digitsToBytes } from './digit-groups.ts'
import { FLAGS, MAX_NUMBER } from './encode-handoff.ts'
import { HANDOFF_VERSION, MAX_HANDOFF_DIGITS, MAX_RESERVED, SIGNATURE_BYTES, type Handoff, type HandoffError } from './handoff.ts'

export type DecodedHandoff = {
  readonly handoff: Handoff
  /** The signed bytes, and the signature over `handoffMessage` of them; not verified yet. */
  readonly body: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

/** A first byte above this is noise rather than a later format. */
const LATEST_IMAGINABLE = 15

/**
 * Reads a hand-off out of its digits. Every accepted text is the only text of its hand-off, so one changed digit is another hand-off or none.
 * Errors  see HandoffError; nothing is verified here but the form.
 */
export const decodeHandoff = (digits: string): Result<DecodedHandoff, HandoffError> => {
  if (digits.length > MAX_HANDOFF_DIGITS) return err({ type: 'TooLong' })
  const bytes = digitsToBytes(digits)
  if (!bytes.ok || bytes.value.length === 0) return err({ type: 'NotAHandoff' })
  const version = bytes.value[0]!
  const bodyBytes = bytes.value.length - SIGNATURE_BYTES
  if (version !== HANDOFF_VERSION) return err(version > HANDOFF_VERSION && version <= LATEST_IMAGINABLE && bodyBytes > 0 ? { type: 'UnknownVersion', version } : { type: 'NotAHandoff' })
  if (bodyBytes <= 0) return err({ type: 'Damaged' })
  const body = bytes.value.slice(0, bodyBytes)
  const handoff = readBody(byteReader(body))
  return handoff ? ok({ handoff, body, signature: bytes.value.slice(bodyBytes) }) : err({ type: 'Damaged' })
}

/** The digits in what a camera or a person gave: the link, or the digits themselves with spaces; null if there are none. */
export const digitsIn = (text: string): string | null => {
  const fragment = text.includes('#') ? text.slice(text.lastIndexOf('#') + 1) : text
  const digits = fragment.replaceAll(/[\s.-]/g, '')
  return /^[0-9]+$/.test(digits) ? digits : null
}

const readBody = (reader: ByteReader): Handoff | null => {
  reader.uint(1)
  const flags = reader.uint(1)
  const store = reader.uint(2)
  const keyId = reader.hex(4)
  const qid = reader.hex(8)
  const issuedAtS = reader.uint(4)
  const release = reader.hex(4)
  const total = reader.varint(4)
  const lines = readEntries(reader, MAX_LINES, 1)
  if (flags === null || flags > 63 || store === null || keyId === null || qid === null) return null
  if (issuedAtS === null || release === null || total === null || lines === null || lines.some(({ value }) => value > MAX_QUANTITY)) return null
  const unlocked = flags & FLAGS.unlocked ? readEntries(reader, MAX_CODES, 0) : []
  const reserved = flags & FLAGS.reserved ? readEntries(reader, MAX_RESERVED, 4) : []
  if (unlocked === null || reserved === null || !reader.isAtEnd()) return null
  return {
    store, keyId, qid: qid as QuoteId, issuedAtS, release, totalCents: cents(total),
    lines: lines.map(({ number, value }) => ({ number, quantity: value })),
    unlocked: unlocked.map(({ number }) => number),
    reserved: reserved.map(({ number, value }) => ({ number, lease: value })),
    delivery: flags & FLAGS.home ? 'home' : 'pickup',
    clockVerified: (flags & FLAGS.clockVerified) !== 0,
    onceOnly: (flags & FLAGS.onceOnly) !== 0,
    training: (flags & FLAGS.training) !== 0,
  }
}

/** A number with what was written behind it. */
export type Entry = { readonly number: number; readonly value: number }

/** Ascending numbers, written as steps, each with a value of at most `valueBytes` behind it; none with 0. */
export const readEntries = (reader: ByteReader, most: number, valueBytes: number): readonly Entry[] | null => {
  const count = reader.uint(1)
  if (count === null || count < 1 || count > most) return null
  const entries: Entry[] = []
  let number = 0
  for (let i = 0; i < count; i++) {
    const step = reader.varint(3)
    const value = valueBytes === 0 ? 1 : reader.varint(valueBytes)
    if (!step || !value || number + step > MAX_NUMBER) return null
    number += step
    entries.push({ number, value })
  }
  return entries
}
