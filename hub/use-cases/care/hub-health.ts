/** How the hub itself is: its copies, its disk, its rows, and the events it could not read. */
import type { Clock } from '#hub/ports/clock.ts'
import type { Backups } from '#hub/ports/backups.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { EventLedger } from '#hub/ports/event-ledger.ts'
import type { DiskRoom, HubHealth } from '#shared/protocol/hub-health.ts'
import type { KeptClass } from '#shared/privacy/privacy-settings.ts'
import { standingOf } from '#shared/sync/completeness.ts'
import { BACKUP_EVERY_MS, type BackupState } from './back-up.ts'
import { factsOf } from './read-seals.ts'

export type HealthParts = {
  readonly clock: Clock
  readonly startedAt: number
  readonly backups: Pick<Backups, 'list'>
  readonly events: Pick<EventLedger, 'countByState' | 'unsettled'>
  readonly devices: DeviceStore
  readonly streams: DeviceStreams
  backupState(): BackupState
  /** Of the data and of its copies; null where the system does not say. */
  room(): { readonly data: DiskRoom | null; readonly copies: DiskRoom | null }
  /** What had to be put back or mended before this run. */
  readonly restored: { readonly at: number; readonly salvagedEvents: number } | null
  readonly mendedAtStart: number
  /** Classes of data of which something is older than it may be. */
  overdue(): readonly KeptClass[]
  /** Null: the hub has no certificate of its own. */
  certificateEndsAt(): number | null
}

/** Kinds beyond these are counted, not named. */
const MAX_KINDS = 20

export const hubHealth = (parts: HealthParts) => (): HubHealth => {
  const { last, failed, mended } = parts.backupState()
  const { data, copies } = parts.room()
  const newest = parts.backups.list()[0]
  const certificateEndsAt = parts.certificateEndsAt()
  const overdue = parts.overdue()
  return {
    asOf: parts.clock.now(),
    startedAt: parts.startedAt,
    backup: { lastAt: last?.at ?? newest?.at ?? null, everyMs: BACKUP_EVERY_MS, failed: failed && { at: failed.at, why: failed.type }, room: copies },
    room: data,
    rows: { mended: parts.mendedAtStart + (mended ? mended.fromCopy + mended.asked + mended.derived : 0), lost: mended?.lost ?? 0 },
    restored: parts.restored && { copyAt: parts.restored.at, salvaged: parts.restored.salvagedEvents },
    ...(overdue.length > 0 && { overdue }),
    ...(certificateEndsAt !== null && { certificateEndsAt }),
    recovered: parts.devices.list().reduce((sum, device) => sum + standingOf(factsOf(parts.streams, device)).recovered, 0),
    ...parts.events.countByState(),
    unsettled: parts.events.unsettled(MAX_KINDS).map((kind) => Object.assign({}, kind, { why: withoutContent(kind.why) })),
  }
}

/** A validator quotes what it got; that may be a person's words. */
const withoutContent = (why: string): string => why.replaceAll(/ but received [^;]*/g, '').slice(0, 200)
