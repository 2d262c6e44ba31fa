/** Scores with n, interval, and the devices whose answers may still be missing. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore, TallyFilter } from '#hub/ports/feedback-store.ts'
import { METRIC_KIND } from '#shared/insights/figure.ts'
import type { ScoredKind } from '#shared/feedback/scales.ts'
import { figuresFrom, ledgerOf, settleReports, type SettledReports } from '#shared/insights/report-figures.ts'
import { missingFrom, type MissingDevice, type Stretch } from '#shared/sync/completeness.ts'
import type { InsightsReply, InsightsRequest } from '#shared/protocol/feedback.ts'
import { feedbackContext } from './feedback-context.ts'
import { factsOf } from './read-seals.ts'

export type InsightsDeps = { readonly feedback: FeedbackStore; readonly devices: DeviceStore; readonly streams: DeviceStreams; readonly documents: DocumentStore; readonly clock: Clock }

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
  const { overall, groups, withheld } = figuresFrom(settledReports(deps.feedback, filter.kind, timeZone), { ...query, by: query.by ?? null, timeZone })
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

/** A screen asks for many figures of the same answers; settling a year of them takes a quarter of a second. */
const settledReports = (feedback: FeedbackStore, kind: ScoredKind, timeZone: string): SettledReports => {
  const version = `${feedback.version()} ${timeZone}`
  const known = kept.get(feedback) ?? new Map<ScoredKind, KeptReports>()
  kept.set(feedback, known)
  const found = known.get(kind)
  if (found?.version === version) return found.settled
  const settled = settleReports(ledgerOf(feedback.tallies({ kind }), timeZone))
  known.set(kind, { version, settled })
  return settled
}

type KeptReports = { readonly version: string; readonly settled: SettledReports }
const kept = new WeakMap<FeedbackStore, Map<ScoredKind, KeptReports>>()

/** Kiosks whose answers of this stretch may not all be here. */
export const missingDevices = ({ devices, streams }: Pick<InsightsDeps, 'devices' | 'streams'>, stretch: Stretch, now: number): readonly MissingDevice[] => {
  const kiosks = devices.list().filter(({ role }) => role === 'kiosk')
  return missingFrom(kiosks.map((device) => Object.assign(factsOf(streams, device), { dev: device.dev, name: device.name })), stretch, now)
}
