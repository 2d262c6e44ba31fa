/** Ends a device's access at once; what it has already said stays. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { reclaimFrom } from '#shared/sync/allotment-hub.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'

export type RevokeParts = {
  readonly devices: DeviceStore
  readonly allotments: AllotmentLedger
  readonly transactions: Transactions
  readonly clock: Clock
  readonly hints: Pick<HintSender, 'devices'>
  readonly audit: AuditBook
  readonly log: Log
  closeConnections(dev: DeviceId): void
}
export type DeviceUnknown = { readonly type: 'DeviceUnknown' }

/** Revoking twice is fine. Errors  DeviceUnknown. */
export const revokeDevice =
  (parts: RevokeParts) =>
  (dev: DeviceId, by: { readonly who: string; readonly dev: DeviceId }): Result<{ readonly revoked: true }, DeviceUnknown> => {
    if (!parts.devices.find(dev)) return err({ type: 'DeviceUnknown' })
    const isNew = parts.transactions.run(() => {
      reclaimFrom(parts.allotments, dev)
      const isNew = parts.devices.revoke(dev, parts.clock.now())
      if (isNew) parts.audit.record({ who: by.who, what: 'device.revoked', device: by.dev, object: dev })
      return isNew
    })
    if (isNew) parts.log.warn('device revoked', { dev })
    parts.closeConnections(dev)
    parts.hints.devices()
    return ok({ revoked: true })
  }
