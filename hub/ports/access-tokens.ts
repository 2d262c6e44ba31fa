/** Tokens of other programs and of boards on the wall, kept as hashes; and the comments that boards may show. */
import type { Result } from '#shared/kernel/result.ts'
import type { Day, Millis } from '#shared/kernel/time.ts'
import type { TokenScope } from '#shared/protocol/sharing.ts'

/** `hash`: SHA-256 of the token, hex. `scopes`: empty for a board, which may see the board and nothing else. `lastDay`: the store's day of its last use. */
export type AccessToken = {
  readonly id: string
  readonly kind: 'api' | 'board'
  readonly name: string
  readonly hash: string
  readonly scopes: readonly TokenScope[]
  readonly madeAt: Millis
  readonly expiresAt: Millis
  readonly revokedAt: Millis | null
  readonly lastDay: Day | null
}

/** Ended ones are listed so long. */
export const TOLD_MS = 90 * 86_400_000

export interface AccessTokens {
  add(token: AccessToken): void
  findByHash(hash: string): AccessToken | null
  /** Newest first; ended ones with them for TOLD_MS. */
  list(now: Millis): readonly AccessToken[]
  /** False if there is none that counts. */
  revoke(id: string, at: Millis): boolean
  noteUse(id: string, day: Day): void
  /** Ids of the comments chosen for the board, first chosen first. */
  voices(): readonly string[]
  showVoice(id: string, at: Millis): void
  hideVoice(id: string): void
}

/** A program whose token counts, or a board. */
export type Bearer = { readonly id: string; readonly name: string }

/** `none`: there is no token; `unknown`: it is none, has ended or was revoked; `scope`: it counts, for other things. */
export type TokenRefused = { readonly type: 'none' | 'unknown' | 'scope' }

/** `board`: what a link for the wall may see; `any`: whatever the token is for. */
export type AskedScope = TokenScope | 'board' | 'any'

/** Who asks over `/api/v1`. */
export interface TokenDoor {
  /** `authorization`: the header as it came. */
  check(authorization: string | undefined, scope: AskedScope): Result<Bearer, TokenRefused>
}
