/** The hash chain over event ids, by which both ends of the stream notice that a storage was copied or put back. */
import { bytesToHex, concatBytes, hexToBytes, utf8 } from '../kernel/bytes.ts'
import type { Branded, EventId } from '../kernel/ids.ts'
import { sha256 } from '../kernel/sha256.ts'

/** 8 bytes as 16 hex digits: what all ids up to one event add up to. */
export type Chain = Branded<string, 'Chain'>

/** Before the first event. */
export const NO_CHAIN = '0000000000000000' as Chain

/**
 * The chain after one more event.
 * Shape   first 8 bytes of SHA-256 over the chain before it and the event's id.
 */
export const extendChain = (before: Chain, id: EventId | string): Chain => {
  const bytes = hexToBytes(before)
  if (!bytes.ok) throw new RangeError(`not a chain: ${before}`)
  return bytesToHex(sha256(concatBytes(bytes.value, utf8(id))).subarray(0, 8)) as Chain
}
