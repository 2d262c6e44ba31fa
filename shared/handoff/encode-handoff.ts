/** Hand-off to bytes, to digits, to the text in the QR code. */
import { MAX_CODES, MAX_LINES, MAX_QUANTITY } from '../basket/basket.ts'
import { concatBytes, hexToBytes, utf8 } from '../kernel/bytes.ts'
import { uintBytes, varintBytes } from './byte-reader.ts'
import { bytesToDigits } from './digit-groups.ts'
import { HANDOFF_VERSION, MAX_RESERVED, SIGNATURE_BYTES, type Handoff, type HandoffLine } from './handoff.ts'

/** Bits of the second byte. */
export const FLAGS = { clockVerified: 1, onceOnly: 2, training: 4, unlocked: 8, home: 16, reserved: 32 } as const
/** Articles and offers are numbered 1 … 65 535. */
export const MAX_NUMBER = 65_535
/** Four varint bytes: 2 684 354.55 €. */
export const MAX_TOTAL_CENTS = 2 ** 28 - 1
/** Four varint bytes. */
export const MAX_LEASE = 2 ** 28 - 1

/**
 * The body of a hand-off, the part that is signed (see `handoffMessage`).
 * Shape   version, flags, store 2, key id 4, qid 8, issued at 4, release 4, total varint, number of lines, then per line article number as delta varint and quantity varint; with flag 8 the number of unlocked offers and their numbers as delta varints; with flag 32 the number of reserved uses, each an offer number as delta varint and a lease as varint.
 * Errors  throws RangeError for what the basket limits never let through: only a bug can cause it.
 */
export const encodeHandoff = (handoff: Handoff): Uint8Array<ArrayBuffer> => {
  const lines = [...handoff.lines].sort((a, b) => a.number - b.number)
  const unlocked = [...handoff.unlocked].sort((a, b) => a - b)
  const reserved = [...handoff.reserved].sort((a, b) => a.number - b.number)
  check(lines.length >= 1 && lines.length <= MAX_LINES, `${lines.length} lines`)
  check(lines.every(({ quantity }) => quantity >= 1 && quantity <= MAX_QUANTITY), 'quantity')
  check(unlocked.length <= MAX_CODES, `${unlocked.length} unlocked offers`)
  check(reserved.length <= MAX_RESERVED, `${reserved.length} reserved uses`)
  check(reserved.every(({ lease }) => lease >= 1 && lease <= MAX_LEASE), 'lease')
  check(handoff.totalCents >= 0 && handoff.totalCents <= MAX_TOTAL_CENTS, `total ${handoff.totalCents}`)
  const head = [HANDOFF_VERSION, flagsOf(handoff), ...uintBytes(handoff.store, 2), ...bytesOfHex(handoff.keyId, 4)]
  const time = [...bytesOfHex(handoff.qid, 8), ...uintBytes(handoff.issuedAtS, 4), ...bytesOfHex(handoff.release.slice(0, 8), 4)]
  const basket = [...varintBytes(handoff.totalCents), lines.length, ...lineBytes(lines)]
  const offers = unlocked.length === 0 ? [] : [unlocked.length, ...deltas(unlocked).flatMap(varintBytes)]
  return Uint8Array.from([...head, ...time, ...basket, ...offers, ...reservedBytes(reserved)])
}

/**
 * The bytes that the kiosk signs and the shop verifies: bound to the checkout's domain, so a code of one shop is worth nothing at another.
 */
export const handoffMessage = (body: Uint8Array, audience: string): Uint8Array<ArrayBuffer> =>
  concatBytes(utf8('HQ1\0'), utf8(audience), body)

/** Body and signature as decimal digits. */
export const handoffDigits = (body: Uint8Array, signature: Uint8Array): string => {
  check(signature.length === SIGNATURE_BYTES, `signature of ${signature.length} bytes`)
  return bytesToDigits(concatBytes(body, signature))
}

/**
 * What the QR code says: a link that works with every camera.
 * Shape   `https` for a name; `http` for a bare address, which no certificate names. A page that knows how its hub is reached passes that.
 */
export const handoffUrl = (domain: string, digits: string, protocol: string = isBareAddress(domain) ? 'http:' : 'https:'): string =>
  `${protocol}//${domain}/checkout/#${digits}`

/** Whether a host is this machine or one of its network by number, and no name of a shop. */
export const isBareAddress = (host: string): boolean => /^(localhost|\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\])(:\d+)?$/.test(host)

const flagsOf = (handoff: Handoff): number =>
  (handoff.clockVerified ? FLAGS.clockVerified : 0) |
  (handoff.onceOnly ? FLAGS.onceOnly : 0) |
  (handoff.training ? FLAGS.training : 0) |
  (handoff.unlocked.length > 0 ? FLAGS.unlocked : 0) |
  (handoff.delivery === 'home' ? FLAGS.home : 0) |
  (handoff.reserved.length > 0 ? FLAGS.reserved : 0)

/** Lines by ascending number, each as step and quantity. Errors  throws RangeError as `encodeHandoff`. */
export const lineBytes = (lines: readonly HandoffLine[]): readonly number[] => {
  const steps = deltas(lines.map(({ number }) => number))
  return lines.flatMap(({ quantity }, i) => [...varintBytes(steps[i]!), ...varintBytes(quantity)])
}

const reservedBytes = (reserved: Handoff['reserved']): readonly number[] => {
  if (reserved.length === 0) return []
  const steps = deltas(reserved.map(({ number }) => number))
  return [reserved.length, ...reserved.flatMap(({ lease }, i) => [...varintBytes(steps[i]!), ...varintBytes(lease)])]
}

/** Ascending numbers as steps, the first from 0. Errors  throws RangeError as `encodeHandoff`. */
export const deltas = (numbers: readonly number[]): readonly number[] => {
  const steps = numbers.map((number, i) => number - (numbers[i - 1] ?? 0))
  check(steps.every((step) => step >= 1) && (numbers.at(-1) ?? 1) <= MAX_NUMBER, 'numbers not 1 … 65 535, each once')
  return steps
}

/** Hex digits as `count` bytes. Errors  throws RangeError as `encodeHandoff`. */
export const bytesOfHex = (hex: string, count: number): readonly number[] => {
  const bytes = hexToBytes(hex)
  if (!bytes.ok || bytes.value.length !== count) throw new RangeError(`not ${count} bytes in hex: ${hex}`)
  return [...bytes.value]
}

const check = (holds: boolean, what: string): void => {
  if (!holds) throw new RangeError(`hand-off: ${what}`)
}
