/** Codes as somebody else might make them out of a real one: one bit turned, or anything at all. */
import { createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { bytesToDigits } from '#shared/handoff/digit-groups.ts'
import { encodeHandoff, handoffDigits, handoffMessage } from '#shared/handoff/encode-handoff.ts'
import type { Handoff } from '#shared/handoff/handoff.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'

export const AUDIENCE = 'shop.example.de'

export const handoffAtRandom = (random: SeededRandom, lines = 1 + random.below(60)): Handoff => {
  const numbers = (count: number): readonly number[] => [...new Set(Array.from({ length: count }, () => 1 + random.below(60_000)))].sort((a, b) => a - b)
  return {
    store: random.below(65_536), keyId: random.hex(4), qid: random.hex(8) as QuoteId, issuedAtS: 1_795_000_000 + random.below(1_000_000), release: random.hex(4), totalCents: cents(random.below(100_000)),
    lines: numbers(lines).map((number) => ({ number, quantity: 1 + random.below(99) })),
    unlocked: numbers(random.below(4)), reserved: numbers(random.below(3)).map((number) => ({ number, lease: 1 + random.below(5000) })),
    delivery: random.chance(0.5) ? 'home' : 'pickup', clockVerified: random.chance(0.9), onceOnly: random.chance(0.2), training: false,
  }
}

export type SigningKey = { readonly key: KeyObject; readonly pub: KeyObject }
export const newSigningKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { key: privateKey, pub: publicKey }
}

const signed = (body: Uint8Array<ArrayBuffer>, { key }: SigningKey): Uint8Array =>
  new Uint8Array(createSign('sha256').update(handoffMessage(body, AUDIENCE)).sign({ key, dsaEncoding: 'ieee-p1363' }))

const isSigned = (body: Uint8Array, signature: Uint8Array, { pub }: SigningKey): boolean =>
  createVerify('sha256').update(handoffMessage(body, AUDIENCE)).verify({ key: pub, dsaEncoding: 'ieee-p1363' }, signature)

export type Flips = { readonly quotes: number; readonly bits: number; readonly accepted: number; /** Of the codes as they were made. */ readonly refused: number }

/** Turns every single bit of so many codes. `verify`: as the shop does; a planted fault puts another in its place. */
export const flipEveryBit = (quotes: number, random: SeededRandom, verify: typeof isSigned = isSigned): Flips => {
  const key = newSigningKey()
  let [bits, accepted, refused] = [0, 0, 0]
  for (let i = 0; i < quotes; i++) {
    const body = encodeHandoff(handoffAtRandom(random))
    const whole = Uint8Array.from([...body, ...signed(body, key)])
    if (!opens(whole, key, verify)) refused += 1
    for (let bit = 0; bit < whole.length * 8; bit++) {
      whole[bit >> 3]! ^= 1 << (bit & 7)
      if (opens(whole, key, verify)) accepted += 1
      whole[bit >> 3]! ^= 1 << (bit & 7)
      bits += 1
    }
  }
  return { quotes, bits, accepted, refused }
}

const opens = (bytes: Uint8Array, key: SigningKey, verify: typeof isSigned): boolean => {
  const read = decodeHandoff(bytesToDigits(bytes))
  return read.ok && verify(read.value.body, read.value.signature, key)
}

export type BadDigits = { readonly outcomes: Readonly<Record<string, number>>; /** Texts that say what another text says too. */ readonly twice: readonly string[] }

/** Reads so many of them. `read`: as the shop does; a planted fault puts another in its place. */
export const readBadDigits = (count: number, random: SeededRandom, read: typeof decodeHandoff = decodeHandoff): BadDigits => {
  const outcomes: Record<string, number> = {}
  const twice: string[] = []
  for (let i = 0; i < count; i++) {
    const digits = badDigits(random)
    const result = read(digits)
    if (result.ok && handoffDigits(encodeHandoff(result.value.handoff), result.value.signature) !== digits) twice.push(digits)
    const what = result.ok ? 'read' : result.error.type
    outcomes[what] = (outcomes[what] ?? 0) + 1
  }
  return { outcomes, twice }
}

/** Digits that are no code: spoiled real ones, and noise with a right beginning. */
export const badDigits = (random: SeededRandom): string => {
  if (random.chance(0.3)) return Array.from({ length: random.below(2200) }, () => random.below(10)).join('')
  const body = encodeHandoff(handoffAtRandom(random, 1 + random.below(12)))
  const bytes = Uint8Array.from([...body, ...random.bytes(64)])
  for (let i = random.below(5); i > 0; i--) bytes[random.below(body.length)] = random.below(256)
  const cut = random.chance(0.3) ? bytes.subarray(0, random.below(bytes.length)) : bytes
  const digits = bytesToDigits(random.chance(0.1) ? Uint8Array.from([...cut, ...random.bytes(random.chance(0.5) ? 7 * (1 + random.below(5)) : random.below(300))]) : cut)
  return random.chance(0.1) ? digits.slice(random.below(3)) : digits
}
