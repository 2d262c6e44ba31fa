/** Keeps what a device says about itself, so others can see which devices' words are still missing. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceReport, DeviceStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Hello, Report, ReportReply } from '#shared/sync/wire.ts'

export type ReportParts = { readonly devices: DeviceStore; readonly clock: Clock; readonly hints: HintSender }

export const reportDevice =
  (parts: ReportParts) =>
  (dev: DeviceId, report: Report): ReportReply => {
    const now = parts.clock.now()
    save(parts, dev, { seenAt: now, waiting: report.queued, releaseHash: report.releaseHash, app: report.app, clockOffsetMs: report.clockOffsetMs, unread: report.unread ?? [] })
    return { now }
  }

/** A greeting says the same things, but for the clock offset, which the device learns only from the answer. */
export const noteHello =
  (parts: ReportParts) =>
  (dev: DeviceId, hello: Hello): void => {
    const now = parts.clock.now()
    save(parts, dev, { seenAt: now, waiting: hello.queued, releaseHash: hello.releaseHash, app: hello.app, clockOffsetMs: now - hello.now })
  }

const save = (parts: ReportParts, dev: DeviceId, report: DeviceReport): void => {
  parts.devices.saveReport(dev, report)
  parts.hints.devices()
}
