/** The protocol's versions. A hub speaks this one and the one before; a device speaks exactly one. */

/** What changed with each version, oldest first. */
export const PROTOCOL_HISTORY = [
  { version: 1, what: 'OUTBOX/1 up, REPLICA/1 down, calls and hints beside them' },
  { version: 2, what: 'releases are signed and may wait for their time; the hub names its publisher; devices report refused and waiting releases' },
] as const

export const PROTOCOL_VERSION = 2
/** Oldest version this hub still answers. */
export const OLDEST_PROTOCOL_VERSION = 1
