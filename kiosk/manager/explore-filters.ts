/** What somebody looks at under "Verstehen": one choice for every tile, and how each tile asks with it. */
import type { Metric } from '#shared/insights/figure.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { addDays, daysBetween, localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'
import type { FigureScope, SlicedBy, TrendStep } from '#shared/protocol/figures.ts'

export const EXPLORE_PERIODS = ['week', 'month', 'quarter', 'all', 'own'] as const
/** The last 7, 28 or 91 days with the running one; everything; days of one's own. */
export type ExplorePeriod = (typeof EXPLORE_PERIODS)[number]

/** Both included. */
export type DayRange = { readonly from: Day; readonly until: Day }

export type ExploreFilters = {
  readonly period: ExplorePeriod
  /** Of the period `own`. */
  readonly days: DayRange | null
  readonly metric: Metric
  /** Null: all opening questions of the metric's scale. */
  readonly question: string | null
  /** A touchpoint; null: all. */
  readonly at: string | null
  /** One part of one division; null: all. */
  readonly only: { readonly by: SlicedBy; readonly key: string } | null
}

export const FIRST_FILTERS: ExploreFilters = { period: 'month', days: null, metric: 'csat', question: null, at: null, only: null }

/** Where the store's days begin, and now. */
export type Place = { readonly now: Millis; readonly timeZone: string }
export type ScopeRange = { readonly from?: number; readonly until?: number }

const PERIOD_DAYS: { readonly [P in ExplorePeriod]: number | null } = { week: 7, month: 28, quarter: 91, all: null, own: null }

/** In hub time. Shape  open where the period is; of days that are no days nothing is closed. */
export const rangeOf = ({ period, days }: ExploreFilters, { now, timeZone }: Place): ScopeRange => {
  const back = PERIOD_DAYS[period]
  if (back !== null) return { from: startOfDay(now, timeZone, back - 1) }
  if (period !== 'own' || days === null) return {}
  const [from, until] = days.from <= days.until ? [days.from, days.until] : [days.until, days.from]
  return { from: midnight(from, timeZone), until: midnight(addDays(until, 1), timeZone) - 1 }
}

/** The request of a tile that takes everything. */
export const scopeOf = (filters: ExploreFilters, place: Place): FigureScope => ({ ...withoutSlice(filters, place), ...(filters.only && { only: filters.only }) })

/** The request of a tile that cannot be cut by a division. */
export const withoutSlice = (filters: ExploreFilters, place: Place): Omit<FigureScope, 'only'> => ({
  metric: filters.metric,
  ...(filters.question !== null && { question: filters.question }),
  ...rangeOf(filters, place),
  ...(filters.at !== null && { at: filters.at }),
})

/** Steps so long that a trend has a few dozen of them. `since`: the first day with answers. */
export const stepFor = (filters: ExploreFilters, since: Day | null, place: Place): TrendStep => {
  const today = localTime(place.now, place.timeZone).day
  const { from } = rangeOf(filters, place)
  const first = from === undefined ? since : localTime(millis(from), place.timeZone).day
  const days = first === null ? 0 : daysBetween(first, filters.period === 'own' && filters.days ? filters.days.until : today)
  return days <= 92 ? 'day' : days <= 730 ? 'week' : 'month'
}

/** Two choices with the same name get the same answer. A moment is no part of it: the same question asked tomorrow is asked anew. */
export const filtersKey = ({ period, days, metric, question, at, only }: ExploreFilters, parts: readonly (keyof ExploreFilters)[] = ['metric', 'question', 'at', 'only']): string => {
  const told = { metric, question, at, only: only && `${only.by} ${only.key}` } as const
  return [period === 'own' && days ? `${days.from} ${days.until}` : period, ...parts.flatMap((part) => (part in told ? [`${part}=${told[part as keyof typeof told] ?? ''}`] : []))].join(' ')
}

const midnight = (day: Day, timeZone: string): number => startOfDay(millis(Date.parse(`${day}T12:00:00Z`)), timeZone)
