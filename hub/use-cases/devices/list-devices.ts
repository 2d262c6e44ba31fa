/** Device health, as staff and managers see it. */
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { EventLedger } from '#hub/ports/event-ledger.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { DeviceHealth } from '#shared/protocol/devices.ts'

export type DeviceListParts = {
  readonly devices: DeviceStore
  readonly events: EventLedger
  isOnline(dev: DeviceId): boolean
}

export const listDevices = (parts: DeviceListParts) => (): readonly DeviceHealth[] =>
  parts.devices.list().map(({ dev, name, role, touchpoint, report, revokedAt }) => ({
    dev,
    name,
    role,
    touchpoint,
    online: revokedAt === null && parts.isOnline(dev),
    lastSeenAt: report?.seenAt ?? null,
    stored: parts.events.countOf(dev),
    waiting: report?.waiting ?? 0,
    releaseHash: report?.releaseHash ?? null,
    nextHash: report?.nextHash ?? null,
    refused: report?.refused ?? null,
    app: report?.app ?? null,
    clockOffsetMs: report?.clockOffsetMs ?? null,
    unread: report?.unread ?? [],
    storage: report?.storage ?? null,
    copiedAt: parts.devices.copiedAt(dev),
    revoked: revokedAt !== null,
  }))
