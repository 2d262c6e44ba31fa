/** Opens a code: one that a manager makes for one device, or one that the hub prints itself. */
import type { Clock } from '#hub/ports/clock.ts'
import type { PairingCodeStore } from '#hub/ports/devices.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { MADE_CODE_MS, openCode } from '#shared/devices/pairing.ts'
import { CODE_BYTES, codeFromBytes, codeSelector, formatCode, type CodeText } from '#shared/devices/pairing-code.ts'
import type { Role } from '#shared/devices/role.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

export type CodeParts = {
  readonly transactions: Transactions
  readonly codes: PairingCodeStore
  readonly clock: Clock
  readonly random: Random
}
export type CodeTerms = {
  readonly roles: readonly Role[]
  readonly name: string | null
  readonly touchpoint: string | null
  readonly lifeMs: number
  readonly uses: number
}
export type MadeCode = { readonly code: string; readonly expiresAt: Millis }
export type TooManyOpenCodes = { readonly type: 'TooManyOpenCodes' }

/** With half of the 1,024 selectors taken a free one is found in a few draws. */
const MAX_DRAWS = 100

export const makePairingCode =
  (parts: CodeParts) =>
  (terms: CodeTerms): Result<MadeCode, TooManyOpenCodes> =>
    parts.transactions.run(() => {
      const now = parts.clock.now()
      parts.codes.removeExpired(now)
      const code = drawCode(parts)
      if (!code) return err({ type: 'TooManyOpenCodes' })
      const expiresAt = millis(now + terms.lifeMs)
      parts.codes.save(openCode(code, { roles: terms.roles, name: terms.name, touchpoint: terms.touchpoint, usesLeft: terms.uses, expiresAt }))
      return ok({ code: formatCode(code), expiresAt })
    })

/** What a manager's code gives: one device, ten minutes. */
export const madeByManager = (wish: { readonly role: Role; readonly name: string; readonly touchpoint: string | null }): CodeTerms => ({
  roles: [wish.role],
  name: wish.name,
  touchpoint: wish.touchpoint,
  lifeMs: MADE_CODE_MS,
  uses: 1,
})

const drawCode = (parts: CodeParts): CodeText | null => {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const code = codeFromBytes(parts.random.bytes(CODE_BYTES))
    if (!parts.codes.find(codeSelector(code))) return code
  }
  return null
}
