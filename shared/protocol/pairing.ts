/** `POST /api/pair`: a device swaps a one-time code for its identity, once somebody has compared the number that it shows. */
import * as v from 'valibot'
import { ROLES, type Role } from '../devices/role.ts'
import type { DeviceId } from '../kernel/ids.ts'
import type { Publisher } from '../sync/release-signature.ts'
import { SocketAuth } from './channels.ts'
import { PublisherMessage } from './replies.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './version.ts'

export const MAX_DEVICE_NAME = 60

/** The characters under which the hub finds the code, and 256 bits as base64url. */
const ticket = v.pipe(v.string(), v.regex(/^[0-9A-Z]{2}[A-Za-z0-9_-]{43}$/))
const leftMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Shape `pub` is the raw uncompressed P-256 point, 65 bytes as base64url (87 characters). `code` may hold dashes and spaces and small letters. */
export const PairRequest = v.strictObject({
  pv: v.pipe(v.number(), v.safeInteger(), v.minValue(OLDEST_PROTOCOL_VERSION), v.maxValue(PROTOCOL_VERSION)),
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  pub: v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/)),
  role: v.picklist(ROLES),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_DEVICE_NAME)),
  /** The ticket that it gives up for a new one: its page began anew, and with it its key. */
  instead: v.exactOptional(ticket),
})
export type PairRequest = v.InferOutput<typeof PairRequest>

/** Status 202: somebody has to compare the number, which each side works out by itself (`pairingNumber`). `ticket` is said once; the hub keeps only its hash. */
export const PairWaiting = v.object({ ticket, leftMs, confirm: v.picklist(['manager', 'console']) })
export type PairWaiting = v.InferOutput<typeof PairWaiting>

/** `POST /api/pair/wait`: what became of it. Status 200 `PairReply`, 202 `PairPatience`, 403 `PairRefusal`. */
export const PairWaitRequest = v.strictObject({ ticket })
export type PairWaitRequest = v.InferOutput<typeof PairWaitRequest>
export const PairPatience = v.object({ leftMs })
export type PairPatience = v.InferOutput<typeof PairPatience>

/** `POST /api/pair/answer`: the characters that only the hub's console shows; small letters are fine. Answered as `PairWaitRequest` is. */
export const PairAnswerRequest = v.strictObject({ ticket, key: v.pipe(v.string(), v.minLength(1), v.maxLength(20)) })
export type PairAnswerRequest = v.InferOutput<typeof PairAnswerRequest>

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

/** Status 400, 403 or 429. `CodeTaken`: another device waits with it · `Refused`: whoever compared the numbers said no · `Unknown`: no such ticket · `KeyWrong`: not what the console shows. */
export const PAIR_REFUSALS = ['CodeWrong', 'CodeExpired', 'CodeUsed', 'CodeTaken', 'TooManyTries', 'Refused', 'Unknown', 'KeyWrong', 'busy', 'bad_request'] as const
export type PairRefusal = { readonly code: (typeof PAIR_REFUSALS)[number] }
