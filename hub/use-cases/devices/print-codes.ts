/** The codes a hub prints when it starts, so that its first devices can be paired at all. */
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { PeopleStore } from '#hub/ports/people.ts'
import { PRINTED_CODE_MS, PRINTED_CODE_USES } from '#shared/devices/pairing.ts'
import type { Role } from '#shared/devices/role.ts'
import { makePairingCode, type CodeParts } from './make-pairing-code.ts'
import { hasManager } from '../people/sign-in.ts'

export type PrintedCodes = {
  /** Pairs a manager's screen. */
  readonly setupCode: string | null
  /** Pairs kiosks and staff tablets. */
  readonly pairingCode: string | null
}

/**
 * Codes of an earlier start end here. `open`: the demo on a machine that nobody else can reach, where codes are for everybody and for many devices, and nobody is asked;
 * else there is only a setup code for one device, as long as there is no manager's device or nobody who manages at it, and whoever reads the console compares its number.
 */
export const printCodes =
  (parts: CodeParts & { readonly devices: DeviceStore; readonly people: Pick<PeopleStore, 'list'> }) =>
  (open: boolean): PrintedCodes => {
    parts.transactions.run(() => parts.codes.removePrinted())
    const isManaged = hasManager(parts.people.list()) && parts.devices.list().some(({ role, revokedAt }) => role === 'manager' && revokedAt === null)
    const uses = open ? PRINTED_CODE_USES : 1
    const print = (roles: readonly Role[]): string | null => {
      const made = makePairingCode(parts)({ roles, name: null, touchpoint: null, lifeMs: PRINTED_CODE_MS, uses, confirm: open ? 'nobody' : 'console', profile: null })
      return made.ok ? made.value.code : null
    }
    return { setupCode: open || !isManaged ? print(['manager']) : null, pairingCode: open ? print(['kiosk', 'staff']) : null }
  }
