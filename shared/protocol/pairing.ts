/** `POST /api/pair`: a device swaps a one-time code for its identity. */
import * as v from 'valibot'
import { ROLES, type Role } from '../devices/role.ts'
import type { DeviceId } from '../kernel/ids.ts'
import type { Publisher } from '../sync/release-signature.ts'
import { SocketAuth } from './channels.ts'
import { PublisherMessage } from './replies.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './version.ts'

export const MAX_DEVICE_NAME = 60

/** Shape `pub` is the raw uncompressed P-256 point, 65 bytes as base64url (87 characters). `code` may hold dashes and spaces and small letters. */
export const PairRequest = v.strictObject({
  pv: v.pipe(v.number(), v.safeInteger(), v.minValue(OLDEST_PROTOCOL_VERSION), v.maxValue(PROTOCOL_VERSION)),
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  pub: v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/)),
  role: v.picklist(ROLES),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_DEVICE_NAME)),
})
export type PairRequest = v.InferOutput<typeof PairRequest>

/** Status 200. The token is said once; the hub keeps only its hash. */
export type PairReply = {
  readonly dev: DeviceId
  readonly role: Role
  readonly name: string
  readonly store: string
  readonly touchpoint: string | null
  /** 256 bits, base64url. */
  readonly token: string
  /** The hub's P-256 ECDH key that secrets are sealed to: raw point, base64url. */
  readonly hubKey: string
  /** Who signs the releases of this hub: pinned from now on. */
  readonly publisher: Publisher
}

/**
 * `POST /api/pair-again`: a device that has lost its storage, but neither its token nor its key, which it kept sealed to this hub.
 * Shape  `kept` seals `KeptKey`, as `sealed.ts` says.
 */
export const PairAgainRequest = v.strictObject({
  pv: v.pipe(v.number(), v.safeInteger(), v.minValue(OLDEST_PROTOCOL_VERSION), v.maxValue(PROTOCOL_VERSION)),
  dev: SocketAuth.entries.dev,
  token: SocketAuth.entries.token,
  kept: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(1000)),
})
export type PairAgainRequest = v.InferOutput<typeof PairAgainRequest>

/** Whose key it is, and the key as PKCS #8, base64url. */
export const KeptKey = v.strictObject({ dev: SocketAuth.entries.dev, key: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(400)) })

/** Status 200: what the device was told when it was paired, its public key, and its own again. */
export const PairAgainReply = v.object({
  dev: SocketAuth.entries.dev,
  role: v.picklist(ROLES),
  name: v.string(),
  store: v.string(),
  touchpoint: v.nullable(v.string()),
  hubKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}$/)),
  publisher: PublisherMessage,
  pub: PairRequest.entries.pub,
  key: KeptKey.entries.key,
})
export type PairAgainReply = v.InferOutput<typeof PairAgainReply>

/** Status 403: nobody this hub lets in. Status 409: it speaks with that device right now. */
export type PairAgainRefusal = { readonly code: 'Unknown' | 'InUse' }

/** Status 400, 403 or 429. */
export type PairRefusal = { readonly code: 'CodeWrong' | 'CodeExpired' | 'CodeUsed' | 'TooManyTries' | 'bad_request' }
