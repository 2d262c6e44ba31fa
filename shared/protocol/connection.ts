/** How a paired device opens its connection: token in the handshake, then a signature that proves the device key. */
import * as v from 'valibot'
import type { DeviceId } from '../kernel/ids.ts'
import { concatBytes, utf8 } from '../kernel/bytes.ts'

/** Socket.IO `auth` object of the handshake. */
export type Handshake = { readonly dev: DeviceId; readonly token: string }
export const Handshake = v.object({
  dev: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
})

/** Sent by the hub as event `challenge` right after connecting; `nonce` is 16 bytes as base64url. */
export type Challenge = { readonly nonce: string; readonly hubEpoch: string }

/** Sent by the device as event `auth` within AUTH_LIMIT_MS; acknowledged with `{ok: true, value: {}}`, else the hub closes. */
export const Proof = v.strictObject({ sig: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)) })
export type Proof = v.InferOutput<typeof Proof>
export const AUTH_LIMIT_MS = 3000

/**
 * The bytes a device signs (ECDSA P-256, SHA-256, r‖s): nobody can use the answer at another hub, host or time.
 * Shape   "KAUTH1" ‖ nonce ‖ hubEpoch ‖ host; `host` is name and port as the page's address shows them.
 */
export const challengeBytes = (nonce: Uint8Array, hubEpoch: string, host: string): Uint8Array<ArrayBuffer> =>
  concatBytes(utf8('KAUTH1'), nonce, utf8(hubEpoch), utf8(host))

/**
 * Events from device to hub, each with one payload and an acknowledgement: `auth`, `hello`, `push`, `pull`, `time`, `report`, and every call by its name.
 * Every acknowledgement is a Result on the wire: `{ok: true, value}` or `{ok: false, error: {code, …}}`.
 */
export const STREAM_EVENTS = ['hello', 'push', 'pull', 'time', 'report'] as const
export type StreamEvent = (typeof STREAM_EVENTS)[number]

/** Reasons the hub gives in the connect error's message, or as event `bye` before it closes. */
export type Bye = { readonly code: 'auth' | 'revoked' | 'busy' | 'flood' | 'stopping' }
