/** Who may publish: the key that signs releases, what it signs, and when a device believes a release. Signing and checking themselves are passed in. */
import { base64UrlToBytes, utf8 } from '../kernel/bytes.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ReleaseHead, ReleaseTerms } from './release.ts'

/** What a device learns once, when it is paired, and never exchanges by itself. */
export type Publisher = {
  /** Raw P-256 point, 65 bytes as base64url. */
  readonly key: string
  /** Id of the store; null while the hub has never published anything. */
  readonly store: string | null
}

/** Whether `signature` over `message` was made with `key`. */
export type Verify = (key: string, message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) => Promise<boolean>

/**
 * The bytes under the signature.
 * Shape   one line each, so no two heads read the same: purpose, store, number, hash, published, active from, longest time offline.
 */
export const releaseMessage = ({ store, rev, hash, publishedAt, activeFrom, maxOfflineMs }: ReleaseTerms): Uint8Array<ArrayBuffer> =>
  utf8(['RELEASE1', store, rev, hash, publishedAt, activeFrom, maxOfflineMs].join('\n'))

/** Why a device stays with the release it has. documents: known neither to these screens nor to this engine. */
export const REFUSAL_REASONS = ['signature', 'hash', 'store', 'documents', 'no publisher'] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** What remains to be checked by the platform's cryptography. */
export type SignedClaim = { readonly key: string; readonly message: Uint8Array<ArrayBuffer>; readonly signature: Uint8Array<ArrayBuffer> }

/** Everything about a head that needs no cryptography. Errors  the reason of the refusal. */
export const claimOf = (head: ReleaseHead, publisher: Publisher | null): Result<SignedClaim, RefusalReason> => {
  if (!publisher) return err('no publisher')
  if (publisher.store !== null && head.store !== publisher.store) return err('store')
  const signature = base64UrlToBytes(head.signature)
  if (!signature.ok || signature.value.length !== SIGNATURE_BYTES) return err('signature')
  return ok({ key: publisher.key, message: releaseMessage(head), signature: signature.value })
}

/** Null if the head is believed. The hash is looked at when the documents are there. */
export const judgeHead = async (head: ReleaseHead, publisher: Publisher | null, verify: Verify): Promise<RefusalReason | null> => {
  const claim = claimOf(head, publisher)
  if (!claim.ok) return claim.error
  const { key, message, signature } = claim.value
  return (await verify(key, message, signature)) ? null : 'signature'
}

const SIGNATURE_BYTES = 64

/** What a device holds of its publisher after the hub has named one: the first key stays, a store is learnt once. */
export const learnPublisher = (known: Publisher | null, said: Publisher | undefined): Publisher | null => {
  if (!said) return known
  if (!known) return said
  return known.key === said.key && known.store === null ? said : known
}
