/** Day by day and device by device: are all answers here, or how many are still out there, and since when. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceReport, DeviceStore, PairedDevice } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { localTime, type Day } from '#shared/kernel/time.ts'
import type { DeviceSeals, SealsReply } from '#shared/protocol/devices.ts'
import { sealDay, standingOf, type DeviceFacts, type Stretch } from '#shared/sync/completeness.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'

export type SealParts = {
  readonly devices: DeviceStore
  readonly streams: DeviceStreams
  readonly feedback: Pick<FeedbackStore, 'countBetween'>
  readonly documents: DocumentStore
  readonly clock: Clock
}

type ListedDevice = PairedDevice & { readonly report: DeviceReport | null }
type DayStretch = Stretch & { readonly day: Day }

/** Kiosks only: nobody answers anywhere else. */
export const readSeals =
  (parts: SealParts) =>
  (request: { readonly days: number }): SealsReply => {
    const asOf = parts.clock.now()
    const { timeZone } = feedbackContext(parts.documents)
    const days = lastDays(asOf, timeZone, request.days)
    const kiosks = parts.devices.list().filter(({ role }) => role === 'kiosk')
    return { asOf, timeZone, devices: kiosks.map((device) => sealDevice(parts, device, days, asOf)) }
  }

/** What completeness needs to know of a device. */
export const factsOf = (streams: DeviceStreams, { dev, pairedAt, revokedAt, report }: ListedDevice): DeviceFacts => ({
  pairedAt,
  revokedAt,
  seenAt: report?.seenAt ?? null,
  waiting: report?.waiting ?? 0,
  streams: streams.of(dev),
})

const sealDevice = ({ streams, feedback }: SealParts, device: ListedDevice, days: readonly DayStretch[], now: number): DeviceSeals => {
  const facts = factsOf(streams, device)
  const { waiting, losses } = standingOf(facts)
  const { dev, name, touchpoint, revokedAt } = device
  const sealed = days.flatMap(({ day, ...stretch }) => {
    const seal = sealDay(facts, stretch, now)
    return seal ? [{ day, answers: feedback.countBetween(dev, stretch.from, stretch.until), seal }] : []
  })
  return { dev, name, touchpoint, seenAt: facts.seenAt, revokedAt, waiting, losses, days: sealed }
}

/** Newest first; on the days clocks change they are an hour shorter or longer. */
const lastDays = (now: ReturnType<Clock['now']>, timeZone: string, n: number): readonly DayStretch[] =>
  Array.from({ length: n }, (_, ago) => {
    const from = startOfDay(now, timeZone, ago)
    return { day: localTime(from, timeZone).day, from, until: startOfDay(now, timeZone, ago - 1) }
  })
