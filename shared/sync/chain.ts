/** The hash chain over event ids, by which both ends of the stream notice that a storage was copied or put back. */
import { bytesToHex, concatBytes, hexToBytes, utf8 } from '../kernel/bytes.ts'
import type { Branded, EventId } from '../kernel/ids.ts'
import { MAX_ONE_BLOCK_BYTES, sha256, sha256OfBlock } from '../kernel/sha256.ts'

/** 8 bytes as 16 hex digits: what all ids up to one event add up to. */
export type Chain = Branded<string, 'Chain'>

/** Before the first event. */
export const NO_CHAIN = '0000000000000000' as Chain

/**
 * The chain after one more event.
 * Shape   first 8 bytes of SHA-256 over the chain before it and the event's id.
 */
export const extendChain = (before: Chain, id: EventId | string): Chain => extendInOneBlock(before, id) ?? extendPlainly(before, id)

/** The same for a whole batch: the chain at each of its events. */
export const extendChains = (before: Chain, ids: readonly string[]): readonly Chain[] => {
  let at = before
  return ids.map((id) => (at = extendChain(at, id)))
}

const CHAIN = /^[0-9a-f]{16}$/
const CHAIN_BYTES = 8
const BLOCK = new Uint32Array(16)

/** Null for what does not fit: an id that is long or not plain ASCII. An event's id always fits. */
const extendInOneBlock = (before: Chain, id: string): Chain | null => {
  const length = CHAIN_BYTES + id.length
  if (length > MAX_ONE_BLOCK_BYTES || !CHAIN.test(before)) return null
  BLOCK.fill(0)
  for (let i = 0; i < 16; i++) BLOCK[i >> 3]! |= hexDigit(before.charCodeAt(i)) << (28 - 4 * (i & 7))
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i)
    if (code > 0x7f) return null
    BLOCK[(CHAIN_BYTES + i) >> 2]! |= code << (24 - 8 * (i & 3))
  }
  const [high, low] = sha256OfBlock(BLOCK, length)
  return (hex4(high >>> 16) + hex4(high) + hex4(low >>> 16) + hex4(low)) as Chain
}

/** 0–9, a–f. */
const hexDigit = (code: number): number => (code < 58 ? code - 48 : code - 87)
/** Small whole numbers become text several times as fast as large ones. */
const hex4 = (word: number): string => (0x10000 | (word & 0xffff)).toString(16).slice(1)

const extendPlainly = (before: Chain, id: string): Chain => {
  const bytes = hexToBytes(before)
  if (!bytes.ok) throw new RangeError(`not a chain: ${before}`)
  return bytesToHex(sha256(concatBytes(bytes.value, utf8(id))).subarray(0, CHAIN_BYTES)) as Chain
}
