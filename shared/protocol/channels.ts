/** Names of the messages that are neither calls nor hints, and how a connection opens: the hub emits `challenge`, the device answers in its acknowledgement, the hub emits `ready`, and only then anything else is heard. */
import * as v from 'valibot'
import type { DeviceId } from '../kernel/ids.ts'
import { utf8 } from '../kernel/bytes.ts'

export const CHANNELS = {
  /** hub → device, with acknowledgement: `Challenge` → `ChallengeReply` */
  challenge: 'challenge',
  /** hub → device: `Ready` */
  ready: 'ready',
  /** hub → device, before it closes the connection of a revoked device: `{}` */
  revoked: 'revoked',
  /** device → hub, each with acknowledgement */
  hello: 'hello',
  push: 'push',
  pull: 'pull',
  report: 'report',
} as const

/** Time the device has to answer the challenge. */
export const CHALLENGE_TIMEOUT_MS = 3000

/** Handshake `auth`: whose connection it is. Refused connections carry `auth` or `revoked` as error message. */
export const SocketAuth = v.strictObject({
  dev: v.custom<DeviceId>((value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)),
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
})
export type SocketAuth = v.InferOutput<typeof SocketAuth>

/** `nonce`: 16 random bytes as base64url. */
export type Challenge = { readonly nonce: string; readonly hubEpoch: string }

/** `sig`: ECDSA P-256 with SHA-256 over `challengeMessage`, 64 bytes r‖s as base64url. */
export const ChallengeReply = v.strictObject({ sig: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)) })
export type ChallengeReply = v.InferOutput<typeof ChallengeReply>

export type Ready = { readonly hubEpoch: string; readonly now: number }

/**
 * What the device signs.
 * Shape   `host` as in the browser's address and the Host header, with port; one line each, so no two questions read the same.
 */
export const challengeMessage = (challenge: Challenge, host: string): Uint8Array<ArrayBuffer> =>
  utf8(['KAUTH1', challenge.nonce, challenge.hubEpoch, host].join('\n'))
