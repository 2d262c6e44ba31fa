/** Keeps what a device says about itself, so others can see which devices' words are still missing, and which would not take a release. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceReport, DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { EventLedger } from '#hub/ports/event-ledger.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { hearWord } from '#shared/sync/completeness.ts'
import type { Hello, Report, ReportReply } from '#shared/sync/wire.ts'

export type ReportParts = {
  readonly transactions: Transactions
  readonly devices: DeviceStore
  readonly streams: DeviceStreams
  readonly events: Pick<EventLedger, 'producer'>
  readonly clock: Clock
  readonly hints: HintSender
  readonly log: Log
}

/** What a word says of the device's stream; `ack` only in a greeting. */
type Told = { readonly ep: Hello['ep']; readonly next: number; readonly queued: number; readonly ack: number | null; readonly settledUntil: number }

export const reportDevice = (parts: ReportParts): ((dev: DeviceId, report: Report) => ReportReply) => {
  const refusals = changes()
  const storages = changes()
  return (dev, report) => {
    const now = parts.clock.now()
    const refused = report.refused ?? null
    const { app, releaseHash, clockOffsetMs, nextHash = null, unread = [], storage = null } = report
    save(parts, dev, { seenAt: now, waiting: report.queued, releaseHash, app, clockOffsetMs, nextHash, refused, unread, storage }, toldBy(parts, dev, report, now))
    if (refusals(dev, refused && `${refused.hash} ${refused.why}`)) parts.log.warn('a device refuses a release', { dev, hash: refused!.hash, why: refused!.why })
    if (storages(dev, storage)) parts.log.warn('a device runs out of room', { dev, storage })
    return { now }
  }
}

/** A greeting says the same things, but for the clock offset, which the device learns only from the answer. */
export const noteHello =
  (parts: ReportParts) =>
  (dev: DeviceId, hello: Hello): void => {
    const now = parts.clock.now()
    const { ep, next, queued, ack } = hello
    // What waits may be older than all that is known here.
    save(parts, dev, { seenAt: now, waiting: queued, releaseHash: hello.releaseHash, app: hello.app, clockOffsetMs: now - hello.now }, { ep, next, queued, ack, settledUntil: queued === 0 ? now : 0 })
  }

/** A device reports every minute; the log says each trouble once. True for one that is new. */
const changes = (): ((dev: DeviceId, trouble: string | null) => boolean) => {
  const told = new Map<DeviceId, string | null>()
  return (dev, trouble) => {
    const isNew = trouble !== null && told.get(dev) !== trouble
    told.set(dev, trouble)
    return isNew
  }
}

/** A device from before this was told says only how much waits: if nothing does, all it recorded until now is here. */
const toldBy = ({ streams }: ReportParts, dev: DeviceId, { stream, queued }: Report, now: number): Told | null => {
  if (stream) return { ...stream, queued, ack: null }
  const known = streams.newest(dev)
  return known && queued === 0 ? { ep: known.ep, next: known.next, queued, ack: null, settledUntil: now } : null
}

const save = (parts: ReportParts, dev: DeviceId, report: DeviceReport, told: Told | null): void => {
  parts.transactions.run(() => {
    parts.devices.saveReport(dev, report)
    if (told) parts.streams.save(dev, hearWord(parts.streams.find(dev, told.ep), told, parts.events.producer(dev, told.ep)?.hw ?? 0, report.seenAt))
  })
  parts.hints.devices()
}
