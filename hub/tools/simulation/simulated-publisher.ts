/** Signatures of the simulation: a keyed hash of the right length stands for the platform's cryptography, the judgement around it is the product's own. */
import { bytesToBase64Url, concatBytes, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { ReleaseHead, ReleaseTerms } from '#shared/sync/release.ts'
import { claimOf, releaseMessage, type Publisher, type RefusalReason } from '#shared/sync/release-signature.ts'

export const SIMULATED_STORE = 'lindenkorb'
const SECRET = 'known to the hub alone'
export const SIMULATED_PUBLISHER: Publisher = { key: 'simulated', store: SIMULATED_STORE }

const signatureOf = (message: Uint8Array): Uint8Array => concatBytes(...['r', 's'].map((half) => sha256(concatBytes(utf8(`${half} ${SECRET}`), message))))

export const simulatedSign = (terms: ReleaseTerms): string => bytesToBase64Url(signatureOf(releaseMessage(terms)))

export const simulatedJudge = (head: ReleaseHead, publisher: Publisher | null): RefusalReason | null => {
  const claim = claimOf(head, publisher)
  if (!claim.ok) return claim.error
  return bytesToBase64Url(signatureOf(claim.value.message)) === bytesToBase64Url(claim.value.signature) ? null : 'signature'
}
