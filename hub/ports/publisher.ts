/** The key that signs releases: whoever holds it speaks for the store. */
import type { ReleaseTerms } from '#shared/sync/release.ts'

export interface PublisherKey {
  /** Raw P-256 point, base64url: what devices pin when they are paired. */
  readonly publicKey: string
  /** ECDSA P-256 with SHA-256 over `releaseMessage(terms)`, 64 bytes r‖s as base64url. */
  sign(terms: ReleaseTerms): string
}
