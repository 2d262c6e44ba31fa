/** Scores with n, interval, and the devices whose answers may still be missing. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import { METRIC_KIND } from '#shared/insights/figure.ts'
import { figuresFrom, questionCut, unitsOf, type SettledReports } from '#shared/insights/report-figures.ts'
import { windowIn } from '#shared/insights/settled-cuts.ts'
import { missingFrom, type MissingDevice, type Stretch } from '#shared/sync/completeness.ts'
import type { InsightsReply, InsightsRequest } from '#shared/protocol/feedback.ts'
import { bookOf, type AnswerBook } from './answer-book.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { factsOf } from '../care/read-seals.ts'

/** `book`: what is read instead of the store's own. */
export type InsightsDeps = {
  readonly feedback: FeedbackStore
  readonly cells: AnswerCells
  readonly devices: DeviceStore
  readonly streams: DeviceStreams
  readonly documents: DocumentStore
  readonly clock: Clock
  readonly book?: AnswerBook
}

/** A figure of one question alone counts its answers whether or not they are a detail of a survey. */
export type InsightsQuery = InsightsRequest & { readonly question?: string }

export const readInsights = (deps: InsightsDeps, query: InsightsQuery): InsightsReply => {
  const asOf = deps.clock.now()
  // All there are, whatever the range: what may be told of a day depends on those around it.
  const { timeZone } = feedbackContext(deps.documents)
  const reports = bookOf(deps).read(METRIC_KIND[query.metric], timeZone).settled()
  const { overall, groups, withheld } = figuresFrom(reports, { ...query, by: query.by ?? null, timeZone })
  return {
    metric: query.metric,
    overall,
    groups,
    ...(withheld.length > 0 && { withheld }),
    missing: missingDevices(deps, { from: query.from ?? -Infinity, until: Math.min(query.until ?? asOf, asOf) + 1 }, asOf),
    flagged: overall.score === null ? 0 : flaggedIn(reports, query, timeZone),
    asOf,
  }
}

/** Of the answers that the figure counts. */
const flaggedIn = (reports: SettledReports, { question, ...range }: InsightsQuery, timeZone: string): number => {
  const { line, cuts } = question === undefined ? reports.settled.whole : questionCut(reports, question)
  const units = unitsOf(reports.days, { ...range, timeZone })
  const window = windowIn(cuts, units.from, units.to)
  return window ? line.flagged(window.from, window.to) : 0
}

/** Kiosks whose answers of this stretch may not all be here. */
export const missingDevices = ({ devices, streams }: Pick<InsightsDeps, 'devices' | 'streams'>, stretch: Stretch, now: number): readonly MissingDevice[] => {
  const kiosks = devices.list().filter(({ role }) => role === 'kiosk')
  return missingFrom(kiosks.map((device) => Object.assign(factsOf(streams, device), { dev: device.dev, name: device.name })), stretch, now)
}
