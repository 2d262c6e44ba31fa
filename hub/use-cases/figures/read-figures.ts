/** The figures of managers: where they stand, how they went, hour by hour, and by every division. */
import { compareCounts, compareGroups } from '#shared/insights/compare/compare-groups.ts'
import { answersIn, figureOf, hiddenFigure, METRICS, type Figure } from '#shared/insights/figure.ts'
import { formulaOf } from '#shared/insights/formula.ts'
import { UNDATED } from '#shared/insights/group-tallies.ts'
import { headlineOf } from '#shared/insights/headline.ts'
import { periodBefore, periodRange } from '#shared/insights/period.ts'
import { figureIn, type Cut, type CutLines } from '#shared/insights/report-figures.ts'
import { windowIn } from '#shared/insights/settled-cuts.ts'
import { SLICED_BY, UNKNOWN_KEY, type CompareReply, type FigureCalls, type FigureChoices, type FigureFooting, type Grouping, type NamedFigure, type OverviewReply, type Told, type WeekMapReply, type Withheld } from '#shared/protocol/figures.ts'
import { cutOf, groupsOf, openReading, type FigureParts, type Reading } from './figure-parts.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { missingDevices } from './read-insights.ts'
import { beginOf } from './store-days.ts'

type Asked = { readonly [C in keyof FigureCalls]: FigureCalls[C]['request'] }

export const readOverview = (parts: FigureParts) => ({ metric, period }: Asked['figures.overview']): OverviewReply => {
  const now = parts.clock.now()
  const probe = openReading(parts, { metric })
  const range = periodRange(period, now, probe.timeZone)
  const stretch = periodBefore(period, now, probe.timeZone)
  const reading = openReading(parts, { metric, ...range })
  const whole = reading.reports.settled.whole
  const overall = toldIn(reading, whole) ?? hiddenFigure(answersIn(whole.line.counts(reading.range.from, reading.range.to)))
  const earlier = stretch && openReading(parts, { metric, ...stretch })
  const before = earlier && toldIn(earlier, whole)
  const { named, withheld } = nameGroups(reading, 'touchpoint', groupsOf(reading, {}, 'touchpoint'))
  const asSatisfied = (figure: Figure): Figure => satisfaction(metric, figure)
  return {
    ...footing(parts, reading, whole, range),
    period,
    overall,
    before,
    change: before && before.score !== null && overall.score !== null ? compareCounts(metric, overall.counts, before.counts) : null,
    headline: headlineOf({ period, overall: asSatisfied(overall), before: before && asSatisfied(before), touchpoints: named.map(({ key, name, figure }) => ({ key, name, figure: asSatisfied(figure) })) }),
    touchpoints: named,
    withheld,
  }
}

/** Sentences speak of those who are satisfied: whoever gave a good answer counts as such, on whatever scale. */
const satisfaction = (metric: Reading['metric'], figure: Figure): Figure => {
  if (metric === 'csat' || figure.score === null) return figure
  const [good, middle] = GOOD_FROM[metric]
  const mapped: { [value: string]: number } = {}
  for (const [value, n] of Object.entries(figure.counts)) {
    const as = Number(value) >= good ? 5 : Number(value) >= middle ? 3 : 1
    mapped[as] = (mapped[as] ?? 0) + n
  }
  return figureOf('csat', mapped)
}

/** From where an answer is good, and from where it is neither. */
const GOOD_FROM = { nps: [9, 7], ces: [5, 4], smiley: [3, 3] } as const

/** Of days that are over. */
export const readWeekMap = (parts: FigureParts) => (asked: Asked['figures.weekMap']): WeekMapReply => {
  const { timeZone } = feedbackContext(parts.documents)
  const today = beginOf(localTime(parts.clock.now(), timeZone).day, timeZone)
  const scope = { ...asked, until: millis(Math.min(asked.until ?? today - 1, today - 1)) }
  const reading = openReading(parts, scope)
  const whole = cutOf(reading, scope)
  const rows = weekRows(reading, scope)
  return {
    ...footing(parts, reading, whole, scope),
    overall: whole && toldIn(reading, whole),
    hours: Array.from({ length: 168 }, (_, i) => {
      const [weekday, hour] = [Math.floor(i / 24) + 1, i % 24]
      const row = rows?.get(`${weekday} ${String(hour).padStart(2, '0')}`)
      return { weekday, hour, figure: row ? toldIn(reading, row) : null, empty: rows !== null && (!row || isEmpty(reading, row)) }
    }),
  }
}

/** Hours of the week are told of all opening answers, or of those at one touchpoint. */
const weekRows = (reading: Reading, { question, at }: Asked['figures.weekMap']): CutLines | null => {
  const { settled } = reading.reports
  if (question !== undefined && !(settled.question.size === 1 && settled.question.has(question))) return null
  return at === undefined ? reading.slices.week().rows : (reading.slices.week().at.get(at) ?? new Map())
}

export const readCompare = (parts: FigureParts) => (scope: Asked['figures.compare']): CompareReply => {
  const reading = openReading(parts, scope)
  const whole = cutOf(reading, scope)
  const { named, withheld } = nameGroups(reading, scope.by, groupsOf(reading, scope, scope.by))
  const differences = compareGroups(scope.metric, named.map(({ key, figure }) => ({ key, counts: figure.counts })))
  return {
    ...footing(parts, reading, whole, scope),
    by: scope.by,
    overall: whole && toldIn(reading, whole),
    groups: named.map((group, i) => {
      const { comparison, falseDiscovery, familyWise, verdict, certain } = differences[i]!
      return Object.assign({}, group, { difference: comparison, falseDiscovery, familyWise, verdict, certain })
    }),
    withheld,
  }
}

/** What can be asked for. A question of which nothing may be told is not counted. */
export const readChoices = (parts: FigureParts) => (): FigureChoices => {
  const readings = METRICS.map((metric) => openReading(parts, { metric }))
  const [first] = readings
  const questions = readings.flatMap((reading) => [...(groupsOf(reading, {}, 'question') ?? [])].map(([key, cut]) => ({ question: key.replace(/ \(detail\)$/, ''), name: reading.names.of('question', key), metric: reading.metric, detail: !reading.reports.settled.question.has(key), n: countTold(cut) })))
  const keysOf = (by: Grouping): readonly Withheld[] => {
    const keys = [...new Set(readings.flatMap((reading) => [...(groupsOf(reading, {}, by)?.keys() ?? [])]))]
    return keys.map((key) => named(first!, by, key)).sort((a, b) => (a.name.de < b.name.de ? -1 : 1))
  }
  const days = readings.flatMap(({ reports }) => reports.days.filter((day) => day !== UNDATED)).sort()
  return {
    questions: questions.sort((a, b) => b.n - a.n || (a.question < b.question ? -1 : 1)),
    touchpoints: keysOf('touchpoint'),
    slices: Object.fromEntries(SLICED_BY.map((by) => [by, keysOf(by)])) as FigureChoices['slices'],
    since: days[0] ?? null,
    timeZone: first!.timeZone,
    asOf: parts.clock.now(),
  }
}

const countTold = ({ line, cuts }: Cut): number => {
  const window = windowIn(cuts, 0, cuts.length - 1)
  return window ? answersIn(line.counts(window.from, window.to)) : 0
}

/** Null where nothing may be told. */
export const toldIn = ({ metric, range }: Reading, cut: Cut): Told => figureIn(metric, cut, range)

const isEmpty = ({ range }: Reading, { line }: Cut): boolean => line.n.subarray(range.from, range.to).every((n) => n === 0)

/** Groups with their figures; those that are not told by name alone. Order  hours ascending, everything else by n, most first. */
const nameGroups = (reading: Reading, by: Grouping, groups: CutLines | null): { readonly named: readonly NamedFigure[]; readonly withheld: readonly Withheld[] } => {
  const all = [...(groups ?? [])].map(([key, cut]) => Object.assign(named(reading, by, key), { figure: toldIn(reading, cut), isEmpty: isEmpty(reading, cut) }))
  const told = all.flatMap(({ key, name, figure }) => (figure ? [{ key, name, figure }] : []))
  return {
    named: told.sort((a, b) => (by === 'hour' ? 0 : b.figure.n - a.figure.n) || (a.key < b.key ? -1 : 1)),
    withheld: all.filter(({ figure, isEmpty }) => figure === null && !isEmpty).map(({ key, name }) => ({ key, name })).sort((a, b) => (a.key < b.key ? -1 : 1)),
  }
}

const named = ({ names }: Reading, by: Grouping, key: string): Withheld => ({ key: key === '' ? UNKNOWN_KEY : key, name: names.of(by, key) })

/** `flagged` counts what the figure counts. */
export const footing = (parts: FigureParts, { metric, timeZone, range }: Reading, whole: Cut | null, { from, until }: { readonly from?: number; readonly until?: number }): FigureFooting => {
  const asOf = parts.clock.now()
  const window = whole && windowIn(whole.cuts, range.from, range.to)
  return {
    metric,
    formula: formulaOf(metric),
    missing: missingDevices(parts, { from: from ?? -Infinity, until: Math.min(until ?? asOf, asOf) + 1 }, asOf),
    flagged: window ? whole.line.flagged(window.from, window.to) : 0,
    timeZone,
    asOf,
  }
}
