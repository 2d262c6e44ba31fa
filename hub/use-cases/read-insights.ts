/** Scores with n, interval, and the devices whose answers may still be missing. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore, TallyFilter } from '#hub/ports/feedback-store.ts'
import { METRIC_KIND } from '#shared/insights/figure.ts'
import { groupTallies } from '#shared/insights/group-tallies.ts'
import type { InsightsReply, InsightsRequest } from '#shared/protocol/feedback.ts'
import { feedbackContext } from './feedback-context.ts'

export type InsightsDeps = { readonly feedback: FeedbackStore; readonly devices: DeviceStore; readonly documents: DocumentStore; readonly clock: Clock }

/** A figure of one question alone counts its answers whether or not they are a detail of a survey. */
export type InsightsQuery = InsightsRequest & { readonly question?: string }

/** A device that is well reports far more often; what it took since its last word is unknown. */
export const SILENT_AFTER_MS = 5 * 60_000

export const readInsights = (deps: InsightsDeps, query: InsightsQuery): InsightsReply => {
  const asOf = deps.clock.now()
  const filter: TallyFilter = {
    kind: METRIC_KIND[query.metric],
    ...(query.question !== undefined && { question: query.question }),
    ...(query.from !== undefined && { from: query.from }),
    ...(query.until !== undefined && { until: query.until }),
  }
  const tallies = deps.feedback.tallies(filter)
  const counted = query.question === undefined ? tallies : tallies.map((tally) => Object.assign({}, tally, { detail: false }))
  return {
    metric: query.metric,
    ...groupTallies(query.metric, counted, query.by ?? null, feedbackContext(deps.documents).timeZone),
    missing: missingDevices(deps.devices, Math.min(query.until ?? asOf, asOf)),
    flagged: deps.feedback.countFlagged(filter),
    asOf,
  }
}

/** Kiosks that hold answers back, or have not been heard of since `until`. */
const missingDevices = (devices: DeviceStore, until: number): InsightsReply['missing'] =>
  devices
    .list()
    .filter(({ role, revokedAt }) => role === 'kiosk' && revokedAt === null)
    .map(({ dev, name, report }) => ({ dev, name, waiting: report?.waiting ?? 0, since: report?.seenAt ?? null }))
    .filter(({ waiting, since }) => waiting > 0 || since === null || since < until - SILENT_AFTER_MS)
