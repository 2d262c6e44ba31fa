/** Tokens for programs and links for boards: made by a manager, told once, kept as hashes, and judged each time somebody comes with one. */
import type { AccessToken, AccessTokens, AskedScope, Bearer, TokenDoor, TokenRefused } from '#hub/ports/access-tokens.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { bytesToBase64Url, bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { localTime, millis, type Millis } from '#shared/kernel/time.ts'
import { MAX_BOARD_VOICES, MAX_SHARES, type SharingCalls, type TokenView } from '#shared/protocol/sharing.ts'

export type TokenParts = {
  readonly tokens: AccessTokens
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly clock: Clock
  readonly random: Random
  readonly timeZone: () => string
}
export type ActingOn = { readonly who: string; readonly device: DeviceId }

const DAY_MS = 86_400_000
/** 256 bits: nobody guesses it, so its hash needs no salt and no patience. */
const SECRET_BYTES = 32
/** So that people and programs that look for secrets in files know one when they see it. */
const PREFIX = { api: 'einklang_', board: 'board_' } as const
const TOKEN = /^Bearer ((?:einklang|board)_[A-Za-z0-9_-]{43})$/i

export const tokenHash = (token: string): string => bytesToHex(sha256(utf8(`access token ${token}`)))

/** Null: so many are open that one has to be revoked first. */
export const makeToken =
  (parts: TokenParts) =>
  (wish: Pick<AccessToken, 'kind' | 'name' | 'scopes'> & { readonly days: number }, by: ActingOn): { readonly id: string; readonly token: string; readonly expiresAt: Millis } | null =>
    parts.transactions.run(() => {
      const now = parts.clock.now()
      if (parts.tokens.list(now).filter((token) => isOpen(token, now)).length >= MAX_SHARES) return null
      const token = `${PREFIX[wish.kind]}${bytesToBase64Url(parts.random.bytes(SECRET_BYTES))}`
      const id = bytesToHex(parts.random.bytes(8))
      const expiresAt = millis(now + wish.days * DAY_MS)
      parts.tokens.add({ id, kind: wish.kind, name: wish.name.trim(), hash: tokenHash(token), scopes: wish.scopes, madeAt: now, expiresAt, revokedAt: null, lastDay: null })
      parts.audit.record({ ...by, what: wish.kind === 'api' ? 'token.made' : 'board.linked', object: id })
      return { id, token, expiresAt }
    })

export const revokeToken =
  ({ tokens, transactions, audit, clock }: TokenParts) =>
  (id: string, by: ActingOn): boolean =>
    transactions.run(() => {
      const revoked = tokens.revoke(id, clock.now())
      if (revoked) audit.record({ ...by, what: 'token.revoked', object: id })
      return revoked
    })

/** A comment onto the boards or off them; beyond the most the oldest choice goes. The log does not say which: nothing there goes, and the comment may be erased. */
export const chooseVoice =
  ({ tokens, transactions, audit, clock }: TokenParts) =>
  ({ id, shown }: SharingCalls['share.voice']['request'], by: ActingOn): readonly string[] =>
    transactions.run(() => {
      if (shown) tokens.showVoice(id, clock.now())
      else tokens.hideVoice(id)
      for (const old of tokens.voices().slice(0, -MAX_BOARD_VOICES)) tokens.hideVoice(old)
      audit.record({ ...by, what: 'board.voice', object: null, count: shown ? 1 : 0 })
      return tokens.voices()
    })

export const tokenViews = (tokens: AccessTokens, now: Millis): readonly TokenView[] => 
  tokens.list(now).map(({ id, kind, name, scopes, madeAt, expiresAt, revokedAt, lastDay }) => ({ id, kind, name, scopes, madeAt, expiresAt, revokedAt, lastDay }))

/** Judges whoever comes with a token. The first use of a day is written down, with its entry in the audit log; no time of day is kept. */
export const tokenDoor = (parts: TokenParts): TokenDoor => ({
  check: (authorization, scope): Result<Bearer, TokenRefused> => {
    if (authorization === undefined) return err({ type: 'none' })
    const token = TOKEN.exec(authorization)?.[1]
    const found = token === undefined ? null : parts.tokens.findByHash(tokenHash(token))
    const now = parts.clock.now()
    if (!found || !isOpen(found, now)) return err({ type: 'unknown' })
    if (!isFor(found, scope)) return err({ type: 'scope' })
    noteUse(parts, found, now)
    return ok({ id: found.id, name: found.name })
  },
})

const isOpen = ({ expiresAt, revokedAt }: AccessToken, now: Millis): boolean => revokedAt === null && now < expiresAt

const isFor = ({ kind, scopes }: AccessToken, scope: AskedScope): boolean => (kind === 'board' ? scope === 'board' : scope === 'any' || (scope !== 'board' && scopes.includes(scope)))

const noteUse = ({ tokens, transactions, audit, timeZone }: TokenParts, { id, lastDay }: AccessToken, now: Millis): void => {
  const { day } = localTime(now, timeZone())
  if (lastDay === day) return
  transactions.run(() => {
    tokens.noteUse(id, day)
    audit.record({ who: 'unknown', what: 'token.used', device: null, object: id })
  })
}
