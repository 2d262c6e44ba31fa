/** Opens a code: one that a manager makes for one device, or one that the hub prints itself. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { PairingCodeStore } from '#hub/ports/devices.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { MADE_CODE_MS, openCode, type Confirmer } from '#shared/devices/pairing.ts'
import type { ProfileDraft } from '#shared/devices/profile.ts'
import { CODE_BYTES, codeFromBytes, codeSelector, formatCode, type CodeText } from '#shared/devices/pairing-code.ts'
import type { Role } from '#shared/devices/role.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

export type CodeParts = {
  readonly transactions: Transactions
  readonly codes: PairingCodeStore
  readonly clock: Clock
  readonly random: Random
  readonly audit: AuditBook
}
export type CodeTerms = {
  readonly roles: readonly Role[]
  readonly name: string | null
  readonly touchpoint: string | null
  readonly lifeMs: number
  readonly uses: number
  readonly confirm: Confirmer
  readonly profile: ProfileDraft | null
}
/** `id`: of the device that waits with it. */
export type MadeCode = { readonly code: string; readonly expiresAt: Millis; readonly id: string }
export type TooManyOpenCodes = { readonly type: 'TooManyOpenCodes' }

/** With half of the 1,024 selectors taken a free one is found in a few draws. */
const MAX_DRAWS = 100

export const makePairingCode =
  (parts: CodeParts) =>
  (terms: CodeTerms, by: { readonly who: string; readonly dev: DeviceId } | null = null): Result<MadeCode, TooManyOpenCodes> =>
    parts.transactions.run(() => {
      const now = parts.clock.now()
      parts.codes.removeExpired(now)
      const code = drawCode(parts)
      if (!code) return err({ type: 'TooManyOpenCodes' })
      const expiresAt = millis(now + terms.lifeMs)
      parts.codes.save(openCode(code, { roles: terms.roles, name: terms.name, touchpoint: terms.touchpoint, usesLeft: terms.uses, expiresAt, confirm: terms.confirm, profile: terms.profile }))
      if (by) parts.audit.record({ who: by.who, what: 'device.code', device: by.dev, object: null })
      return ok({ code: formatCode(code), expiresAt, id: codeSelector(code) })
    })

/** What a manager's code gives: one device, ten minutes, and only after they have compared its number. */
export const madeByManager = (wish: { readonly role: Role; readonly name: string; readonly touchpoint: string | null; readonly profile?: ProfileDraft }): CodeTerms => ({
  roles: [wish.role],
  name: wish.name,
  touchpoint: wish.profile?.touchpoint ?? wish.touchpoint,
  lifeMs: MADE_CODE_MS,
  uses: 1,
  confirm: 'manager',
  profile: wish.profile ?? null,
})

const drawCode = (parts: CodeParts): CodeText | null => {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const code = codeFromBytes(parts.random.bytes(CODE_BYTES))
    if (!parts.codes.find(codeSelector(code))) return code
  }
  return null
}
