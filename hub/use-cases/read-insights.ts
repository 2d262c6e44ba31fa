/** Scores with n, interval, and the devices whose answers may still be missing. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore, TallyFilter } from '#hub/ports/feedback-store.ts'
import { METRIC_KIND } from '#shared/insights/figure.ts'
import { figuresFrom } from '#shared/insights/report-figures.ts'
import { missingFrom, type MissingDevice, type Stretch } from '#shared/sync/completeness.ts'
import type { InsightsReply, InsightsRequest } from '#shared/protocol/feedback.ts'
import { bookOf } from './answer-book.ts'
import { feedbackContext } from './feedback-context.ts'
import { factsOf } from './read-seals.ts'

export type InsightsDeps = { readonly feedback: FeedbackStore; readonly cells: AnswerCells; readonly devices: DeviceStore; readonly streams: DeviceStreams; readonly documents: DocumentStore; readonly clock: Clock }

/** A figure of one question alone counts its answers whether or not they are a detail of a survey. */
export type InsightsQuery = InsightsRequest & { readonly question?: string }

export const readInsights = (deps: InsightsDeps, query: InsightsQuery): InsightsReply => {
  const asOf = deps.clock.now()
  const filter: TallyFilter = {
    kind: METRIC_KIND[query.metric],
    ...(query.question !== undefined && { question: query.question }),
    ...(query.from !== undefined && { from: query.from }),
    ...(query.until !== undefined && { until: query.until }),
  }
  // All there are, whatever the range: what may be told of a day depends on those around it.
  const { timeZone } = feedbackContext(deps.documents)
  const { overall, groups, withheld } = figuresFrom(bookOf(deps).read(filter.kind, timeZone).settled(), { ...query, by: query.by ?? null, timeZone })
  return {
    metric: query.metric,
    overall,
    groups,
    ...(withheld.length > 0 && { withheld }),
    missing: missingDevices(deps, { from: query.from ?? -Infinity, until: Math.min(query.until ?? asOf, asOf) + 1 }, asOf),
    flagged: deps.feedback.countFlagged(filter),
    asOf,
  }
}

/** Kiosks whose answers of this stretch may not all be here. */
export const missingDevices = ({ devices, streams }: Pick<InsightsDeps, 'devices' | 'streams'>, stretch: Stretch, now: number): readonly MissingDevice[] => {
  const kiosks = devices.list().filter(({ role }) => role === 'kiosk')
  return missingFrom(kiosks.map((device) => Object.assign(factsOf(streams, device), { dev: device.dev, name: device.name })), stretch, now)
}
