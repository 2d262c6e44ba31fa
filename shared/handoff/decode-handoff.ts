/** Digits back to a hand-off; needs no network, no key and no trust. */
import { MAX_CODES, MAX_LINES, MAX_QUANTITY } from '../basket/basket.ts'
import type { QuoteId } from '../kernel/ids.ts'
import { cents } from '../kernel/money.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { byteReader, type ByteReader } from './byte-reader.ts'
import { digitsToBytes } from './digit-groups.ts'
import { FLAGS, MAX_NUMBER } from './encode-handoff.ts'
import { HANDOFF_VERSION, MAX_HANDOFF_DIGITS, MAX_RESERVED, SIGNATURE_BYTES, type Handoff, type HandoffError, type HandoffLine, type ReservedUse } from './handoff.ts'

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
  const lines = readLines(reader)
  if (flags === null || flags > 63 || store === null || keyId === null || qid === null) return null
  if (issuedAtS === null || release === null || total === null || lines === null) return null
  const unlocked = flags & FLAGS.unlocked ? readNumbers(reader, MAX_CODES) : []
  const reserved = flags & FLAGS.reserved ? readReserved(reader) : []
  if (unlocked === null || reserved === null || !reader.isAtEnd()) return null
  return {
    store, keyId, qid: qid as QuoteId, issuedAtS, release, totalCents: cents(total), lines, unlocked, reserved,
    delivery: flags & FLAGS.home ? 'home' : 'pickup',
    clockVerified: (flags & FLAGS.clockVerified) !== 0,
    onceOnly: (flags & FLAGS.onceOnly) !== 0,
    training: (flags & FLAGS.training) !== 0,
  }
}

const readLines = (reader: ByteReader): readonly HandoffLine[] | null => {
  const count = reader.uint(1)
  if (count === null || count < 1 || count > MAX_LINES) return null
  const lines: HandoffLine[] = []
  let number = 0
  for (let i = 0; i < count; i++) {
    const step = reader.varint(3)
    const quantity = reader.varint(1)
    if (!step || !quantity || quantity > MAX_QUANTITY) return null
    number += step
    if (number > MAX_NUMBER) return null
    lines.push({ number, quantity })
  }
  return lines
}

const readNumbers = (reader: ByteReader, most: number): readonly number[] | null => {
  const count = reader.uint(1)
  if (count === null || count < 1 || count > most) return null
  const numbers: number[] = []
  let number = 0
  for (let i = 0; i < count; i++) {
    const step = reader.varint(3)
    if (!step || number + step > MAX_NUMBER) return null
    number += step
    numbers.push(number)
  }
  return numbers
}

const readReserved = (reader: ByteReader): readonly ReservedUse[] | null => {
  const count = reader.uint(1)
  if (count === null || count < 1 || count > MAX_RESERVED) return null
  const reserved: ReservedUse[] = []
  let number = 0
  for (let i = 0; i < count; i++) {
    const step = reader.varint(3)
    const lease = reader.varint(4)
    if (!step || !lease || number + step > MAX_NUMBER) return null
    number += step
    reserved.push({ number, lease })
  }
  return reserved
}
