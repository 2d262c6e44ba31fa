/** Branded identifiers, and the ids that devices make themselves. */
declare const brand: unique symbol
export type Branded<T, B extends string> = T & { readonly [brand]: B }

/** A device as the hub named it at pairing: 32 hex digits. */
export type DeviceId = Branded<string, 'DeviceId'>
/** Producer epoch: one life of a device's outbox storage, 16 hex digits; a copied or restored storage takes a new one. */
export type EpochId = Branded<string, 'EpochId'>
/** Global identity of an event, UUIDv7; never changes, also not when an outbox is renumbered. */
export type EventId = Branded<string, 'EventId'>
/** One shopper's stay at a device: random, never reused, gone with the reset. */
export type VisitId = Branded<string, 'VisitId'>
/** Hand-off (signed quote) id: 16 hex digits. */
export type QuoteId = Branded<string, 'QuoteId'>
export type Sku = Branded<string, 'Sku'>
export type OfferId = Branded<string, 'OfferId'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const isEventId = (text: string): text is EventId => UUID.test(text)

/**
 * A UUIDv7 from a time and 10 random bytes, so ids sort by the moment they were made.
 * Units   `atMs` milliseconds since 1970; the random bytes come from the caller.
 * Source  RFC 9562 section 5.7.
 */
export const uuidV7 = (atMs: number, random: Uint8Array): EventId => {
  if (random.length < 10) throw new RangeError('a UUIDv7 needs 10 random bytes')
  const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0')
  const at = hex(Math.max(0, Math.floor(atMs)), 12).slice(-12)
  const r = Array.from(random.subarray(0, 10), (byte) => hex(byte, 2))
  const version = `7${r[0]![1]}${r[1]}`
  const variant = hex((random[2]! & 0x3f) | 0x80, 2) + r[3]
  return `${at.slice(0, 8)}-${at.slice(8)}-${version}-${variant}-${r.slice(4).join('')}` as EventId
}
