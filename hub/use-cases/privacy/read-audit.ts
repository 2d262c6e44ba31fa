/** Who did what, when, on which device, with the names that ids have today. */
import type { AuditLog } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { AuditQueryFields, AuditReply } from '#shared/protocol/privacy.ts'
import type { AuditWatch } from './watch-audit.ts'

export type ReadAuditParts = {
  readonly audit: AuditLog
  readonly watch: Pick<AuditWatch, 'verify' | 'verified'>
  readonly devices: Pick<DeviceStore, 'find'>
  /** What a person is called; null: nobody knows any more. */
  nameOf(person: string): string | null
  readonly clock: Clock
}

/** A chain of this length is read while somebody waits; a longer one as it was found by the hour. */
const READ_AT_ONCE = 20_000

export const readAuditLog =
  ({ audit, watch, devices, nameOf, clock }: ReadAuditParts) =>
  async (query: AuditQueryFields): Promise<AuditReply> => {
    const known = watch.verified()
    const verified = known && known.rows > READ_AT_ONCE ? known : await watch.verify()
    const entries = audit.list(query).map(({ n, at, who, what, device, object, count }) => ({ n, at, who, what, device, object, count }))
    const actors = audit.actors()
    const names = new Map<string, string>()
    const name = (id: string | null, found: string | null | undefined): void => {
      if (id !== null && found) names.set(id, found)
    }
    for (const who of actors) name(who, nameOf(who))
    for (const { device, object } of entries) {
      for (const id of [device, object]) if (id !== null && /^[0-9a-f]{32}$/.test(id)) name(id, devices.find(id as Parameters<DeviceStore['find']>[0])?.name)
      if (object !== null) name(object, nameOf(object))
    }
    return { asOf: clock.now(), entries, names: Object.fromEntries(names), actors, verified, oldestAt: audit.oldest() }
  }
