/** Keeps what a device says about itself, so others can see which devices' words are still missing, and which would not take a release. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceReport, DeviceStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Hello, RefusedRelease, Report, ReportReply } from '#shared/sync/wire.ts'

export type ReportParts = { readonly devices: DeviceStore; readonly clock: Clock; readonly hints: HintSender; readonly log: Log }

export const reportDevice = (parts: ReportParts): ((dev: DeviceId, report: Report) => ReportReply) => {
  const told = new Map<DeviceId, string>()
  return (dev, report) => {
    const now = parts.clock.now()
    const refused = report.refused ?? null
    const { app, releaseHash, clockOffsetMs, nextHash = null, unread = [] } = report
    save(parts, dev, { seenAt: now, waiting: report.queued, releaseHash, app, clockOffsetMs, nextHash, refused, unread })
    warnOnce(parts.log, told, dev, refused)
    return { now }
  }
}

/** A greeting says the same things, but for the clock offset, which the device learns only from the answer. */
export const noteHello =
  (parts: ReportParts) =>
  (dev: DeviceId, hello: Hello): void => {
    const now = parts.clock.now()
    save(parts, dev, { seenAt: now, waiting: hello.queued, releaseHash: hello.releaseHash, app: hello.app, clockOffsetMs: now - hello.now })
  }

/** A device reports every minute; the log says each refusal once. */
const warnOnce = (log: Log, told: Map<DeviceId, string>, dev: DeviceId, refused: RefusedRelease | null): void => {
  const word = refused ? `${refused.hash} ${refused.why}` : ''
  if (refused && told.get(dev) !== word) log.warn('a device refuses a release', { dev, hash: refused.hash, why: refused.why })
  told.set(dev, word)
}

const save = (parts: ReportParts, dev: DeviceId, report: DeviceReport): void => {
  parts.devices.saveReport(dev, report)
  parts.hints.devices()
}
