/** Another name for a device that is let in: what it says, shows and has said stays its own. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { DeviceStore, PairedDevice } from '#hub/ports/devices.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { MAX_DEVICE_NAME } from '#shared/protocol/pairing.ts'

export type RenameParts = { readonly devices: Pick<DeviceStore, 'list' | 'rename'>; readonly transactions: Transactions; readonly audit: AuditBook }

/** `which`: its name or id. `taken`: another one is called so; `many`: several are called so, and each has to be named by its id. */
export type NotRenamed = { readonly type: 'unknown' | 'name' | 'taken' } | { readonly type: 'many'; readonly devices: readonly PairedDevice[] }

export const renameDevice =
  ({ devices, transactions, audit }: RenameParts) =>
  (which: string, typed: string, by: { readonly who: string; readonly device: DeviceId | null }): Result<{ readonly before: PairedDevice; readonly name: string }, NotRenamed> =>
    transactions.run(() => {
      const name = typed.trim().replaceAll(/\s+/g, ' ')
      if (name === '' || name.length > MAX_DEVICE_NAME || UNSEEN.test(name)) return err({ type: 'name' })
      const own = devices.list().filter(({ revokedAt }) => revokedAt === null)
      const found = own.filter((one) => one.dev === which || one.name === which)
      const [device] = found
      if (!device) return err({ type: 'unknown' })
      if (found.length > 1) return err({ type: 'many', devices: found })
      if (own.some((one) => one.dev !== device.dev && one.name === name)) return err({ type: 'taken' })
      devices.rename(device.dev, name)
      audit.record({ ...by, what: 'device.profile', object: device.dev })
      return ok({ before: device, name })
    })

/** Control characters and what turns a line around. */
const UNSEEN = /[\p{Cc}\p{Cf}]/u
