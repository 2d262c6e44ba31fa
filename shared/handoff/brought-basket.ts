/** A basket on its way from phone or web onto a kiosk: format HB1. It is a wish and holds no price: articles, quantities, codes. Whoever takes it computes. */
import { MAX_CODES, MAX_LINES, MAX_QUANTITY } from '../basket/basket.ts'
import { bytesToHex, concatBytes, utf8 } from '../kernel/bytes.ts'
import type { QuoteId } from '../kernel/ids.ts'
import { cents, type Cents } from '../kernel/money.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { sha256 } from '../kernel/sha256.ts'
import { byteReader, uintBytes, varintBytes, type ByteReader } from './byte-reader.ts'
import { readEntries } from './decode-handoff.ts'
import { bytesToDigits, digitsToBytes } from './digit-groups.ts'
import { bytesOfHex, deltas, FLAGS, lineBytes, MAX_NUMBER, MAX_TOTAL_CENTS } from './encode-handoff.ts'
import { MAX_HANDOFF_DIGITS, type HandoffError, type HandoffLine } from './handoff.ts'

/** An offer that an entered code unlocks, with the proof that its code was known: the code itself would be read off any photo. */
export type BroughtCode = { readonly number: number; /** 12 hex digits, see `proofOfCode`. */ readonly proof: string }

export type BroughtBasket = {
  /** Store number, 0 … 65 535. */
  readonly store: number
  readonly id: QuoteId
  /** Units  whole seconds since 1970, by the hub's clock. */
  readonly madeAtS: number
  /** What phone or web showed; a witness for comparison, never a price. */
  readonly totalCents: Cents
  /** By ascending article number, each once. */
  readonly lines: readonly HandoffLine[]
  /** By ascending offer number, each once. */
  readonly codes: readonly BroughtCode[]
  readonly delivery: 'pickup' | 'home'
}

/** First byte: far from every hand-off, so that neither is taken for the other. */
const BROUGHT_VERSION = 0x81
const LATEST_IMAGINABLE = 0x8f
const PROOF_BYTES = 6
const CHECK_BYTES = 4

/**
 * The digits of the QR code: digits alone, because a scanner types them as a keyboard does, and every keyboard has them in the same place.
 * Shape   version, flags, store 2, id 8, made at 4, total varint, lines as in a hand-off; with flag 8 the number of codes, each an offer number as delta varint and its proof; a checksum of 4 bytes.
 * Errors  throws RangeError for what the basket limits never let through: only a bug can cause it.
 */
export const broughtDigits = (brought: BroughtBasket): string => {
  const { lines, codes } = brought
  const fits = lines.length >= 1 && lines.length <= MAX_LINES && lines.every(({ quantity }) => quantity >= 1 && quantity <= MAX_QUANTITY)
  if (!fits || codes.length > MAX_CODES || brought.totalCents < 0 || brought.totalCents > MAX_TOTAL_CENTS) throw new RangeError('brought basket: over a limit')
  const flags = (codes.length > 0 ? FLAGS.unlocked : 0) | (brought.delivery === 'home' ? FLAGS.home : 0)
  const steps = deltas(codes.map(({ number }) => number))
  const body = Uint8Array.from([
    BROUGHT_VERSION, flags, ...uintBytes(brought.store, 2), ...bytesOfHex(brought.id, 8), ...uintBytes(brought.madeAtS, 4), ...varintBytes(brought.totalCents),
    lines.length, ...lineBytes(lines), ...(codes.length > 0 ? [codes.length] : []), ...codes.flatMap(({ proof }, i) => varintBytes(steps[i]!).concat(bytesOfHex(proof, PROOF_BYTES))),
  ])
  return bytesToDigits(concatBytes(body, checkOf(body)))
}

/**
 * Reads a brought basket out of its digits.
 * Errors  see HandoffError; a digit that a scanner swallowed or doubled is found by the checksum.
 */
export const readBrought = (digits: string): Result<BroughtBasket, HandoffError> => {
  if (digits.length > MAX_HANDOFF_DIGITS) return err({ type: 'TooLong' })
  const bytes = digitsToBytes(digits)
  const version = bytes.ok ? bytes.value[0] : undefined
  if (!bytes.ok || version === undefined || version < BROUGHT_VERSION || version > LATEST_IMAGINABLE) return err({ type: 'NotAHandoff' })
  const end = bytes.value.length - CHECK_BYTES
  const body = bytes.value.slice(0, Math.max(0, end))
  if (end <= 0 || bytesToHex(bytes.value.slice(end)) !== bytesToHex(checkOf(body))) return err({ type: 'Damaged' })
  if (version !== BROUGHT_VERSION) return err({ type: 'UnknownVersion', version })
  const brought = readBody(byteReader(body))
  return brought ? ok(brought) : err({ type: 'Damaged' })
}

/** Shows that somebody knew the code of an offer when this basket was made: worth nothing for another basket. */
export const proofOfCode = (id: QuoteId, number: number, code: string): string =>
  bytesToHex(sha256(utf8(['HB1 code', id, number, code].join('\n'))).slice(0, PROOF_BYTES))

const checkOf = (body: Uint8Array): Uint8Array => sha256(concatBytes(utf8('HB1\0'), body)).slice(0, CHECK_BYTES)

const KNOWN_FLAGS = FLAGS.unlocked | FLAGS.home

const readBody = (reader: ByteReader): BroughtBasket | null => {
  reader.uint(1)
  const flags = reader.uint(1)
  const store = reader.uint(2)
  const id = reader.hex(8)
  const madeAtS = reader.uint(4)
  const total = reader.varint(4)
  const lines = readEntries(reader, MAX_LINES, 1)
  if (flags === null || (flags & ~KNOWN_FLAGS) !== 0 || store === null || id === null || madeAtS === null || total === null) return null
  if (lines === null || lines.some(({ value }) => value > MAX_QUANTITY)) return null
  const codes = flags & FLAGS.unlocked ? readCodes(reader) : []
  if (codes === null || !reader.isAtEnd()) return null
  return {
    store, id: id as QuoteId, madeAtS, totalCents: cents(total), codes,
    lines: lines.map(({ number, value }) => ({ number, quantity: value })),
    delivery: flags & FLAGS.home ? 'home' : 'pickup',
  }
}

const readCodes = (reader: ByteReader): readonly BroughtCode[] | null => {
  const count = reader.uint(1)
  if (count === null || count < 1 || count > MAX_CODES) return null
  const codes: BroughtCode[] = []
  let number = 0
  for (let i = 0; i < count; i++) {
    const step = reader.varint(3)
    const proof = reader.hex(PROOF_BYTES)
    if (!step || proof === null || number + step > MAX_NUMBER) return null
    number += step
    codes.push({ number, proof })
  }
  return codes
}
