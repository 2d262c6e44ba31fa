/** `POST /api/pair`: a device swaps a one-time code for its identity. */
import * as v from 'valibot'
import { ROLES, type Role } from '../devices/role.ts'
import type { DeviceId } from '../kernel/ids.ts'
import type { Publisher } from '../sync/release-signature.ts'
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

/** Status 400, 403 or 429. */
export type PairRefusal = { readonly code: 'CodeWrong' | 'CodeExpired' | 'CodeUsed' | 'TooManyTries' | 'bad_request' }
