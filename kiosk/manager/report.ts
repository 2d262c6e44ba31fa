/** What the report of a period is made of, and how it is asked for. */
import { ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { Metric } from '#shared/insights/figure.ts'
import { periodBefore, periodRange, type Period } from '#shared/insights/period.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { InsightsReply, InsightsRequest } from '#shared/protocol/feedback.ts'

/** The three scores by touchpoint, and what satisfaction was in the stretch before. */
export type Report = {
  readonly metrics: { readonly [M in ShownMetric]: InsightsReply }
  /** Null where there is no stretch before. */
  readonly before: InsightsReply | null
  readonly asOf: number
}

/** One score over the hours of the day and, beyond a single day, over the days. */
export type Course = { readonly hours: InsightsReply; readonly days: InsightsReply | null; readonly asOf: number }

/** In the order a manager asks: were they content, would they say so, was it easy. */
export const SHOWN = ['csat', 'nps', 'ces'] as const satisfies readonly Metric[]
export type ShownMetric = (typeof SHOWN)[number]

/** When it is now, and where the store's midnight lies. */
export type Here = { readonly now: Millis; readonly timeZone: string }
export type Ask = (request: InsightsRequest) => Promise<Result<InsightsReply, CallError>>

/** Asks one thing after the other: the hub limits how much one device may ask at once. Errors  the first refusal ends it. */
export const fetchReport = async (ask: Ask, period: Period, { now, timeZone }: Here): Promise<Result<Report, CallError>> => {
  const range = periodRange(period, now, timeZone)
  const csat = await ask({ metric: 'csat', by: 'touchpoint', ...range })
  if (!csat.ok) return csat
  const nps = await ask({ metric: 'nps', by: 'touchpoint', ...range })
  if (!nps.ok) return nps
  const ces = await ask({ metric: 'ces', by: 'touchpoint', ...range })
  if (!ces.ok) return ces
  const stretch = periodBefore(period, now, timeZone)
  const before = stretch && (await ask({ metric: 'csat', ...stretch }))
  if (before && !before.ok) return before
  return ok({ metrics: { csat: csat.value, nps: nps.value, ces: ces.value }, before: before?.value ?? null, asOf: csat.value.asOf })
}

export const fetchCourse = async (ask: Ask, metric: Metric, period: Period, { now, timeZone }: Here): Promise<Result<Course, CallError>> => {
  const range = periodRange(period, now, timeZone)
  const hours = await ask({ metric, by: 'hour', ...range })
  if (!hours.ok) return hours
  const days = period === 'today' ? null : await ask({ metric, by: 'day', ...range })
  if (days && !days.ok) return days
  return ok({ hours: hours.value, days: days?.value ?? null, asOf: hours.value.asOf })
}
