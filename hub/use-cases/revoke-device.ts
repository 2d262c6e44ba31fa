/** Ends a device's access at once; what it has already said stays. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type RevokeParts = {
  readonly devices: DeviceStore
  readonly clock: Clock
  readonly hints: HintSender
  readonly log: Log
  closeConnections(dev: DeviceId): void
}
export type DeviceUnknown = { readonly type: 'DeviceUnknown' }

/** Revoking twice is fine. Errors  DeviceUnknown. */
export const revokeDevice =
  (parts: RevokeParts) =>
  (dev: DeviceId): Result<{ readonly revoked: true }, DeviceUnknown> => {
    if (!parts.devices.find(dev)) return err({ type: 'DeviceUnknown' })
    if (parts.devices.revoke(dev, parts.clock.now())) parts.log.warn('device revoked', { dev })
    parts.closeConnections(dev)
    parts.hints.devices()
    return ok({ revoked: true })
  }
