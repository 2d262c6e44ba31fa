/** What managers read out of the answers. Every figure has n, interval, formula and the devices that are missing; nothing is told of fewer than five answers. */
import type { Comparison } from '../insights/compare/comparison.ts'
import type { GroupVerdict } from '../insights/compare/compare-groups.ts'
import type { Driver, DriversWarning } from '../insights/drivers/key-drivers.ts'
import type { Quadrant } from '../insights/drivers/importance-performance.ts'
import type { MarkedPoint } from '../insights/drivers/pain-points.ts'
import type { Figure, Metric } from '../insights/figure.ts'
import type { Headline } from '../insights/headline.ts'
import type { Interval } from '../insights/interval.ts'
import type { Period } from '../insights/period.ts'
import type { Direction } from '../insights/rollup/trend.ts'
import type { Mood } from '../insights/spend-by-mood.ts'
import type { Topic } from '../insights/words/topic-words.ts'
import type { Localised } from '../kernel/language.ts'
import type { MissingDevice } from '../sync/completeness.ts'

/** By what answers can be divided. hour: of the day · device: kiosks one by one, everything else by its channel · stage: of the customer's way, `before`, `during`, `after`. */
export const GROUPINGS = ['touchpoint', 'stage', 'device', 'channel', 'language', 'segment', 'question', 'survey', 'hour'] as const
export type Grouping = (typeof GROUPINGS)[number]
/** Divisions of which one part can be looked at alone. */
export const SLICED_BY = ['stage', 'device', 'channel', 'language', 'segment'] as const satisfies readonly Grouping[]
export type SlicedBy = (typeof SLICED_BY)[number]
/** Key of those whose language, segment or stage nobody knows. */
export const UNKNOWN_KEY = 'unknown'

/** A part of the answers: all to a question or to all opening questions of the metric's scale, at one touchpoint or all, of one slice or all, on whole days of the store. */
export type FigureScope = {
  readonly metric: Metric
  readonly question?: string
  /** Both included, hub time. */
  readonly from?: number
  readonly until?: number
  /** One touchpoint alone. */
  readonly at?: string
  readonly only?: { readonly by: SlicedBy; readonly key: string }
}

/** What every reply ends with. `formula` says how the figure is computed, `flagged` how many of the answers bear a sign of play. */
export type FigureFooting = {
  readonly metric: Metric
  readonly formula: Localised
  readonly missing: readonly MissingDevice[]
  readonly flagged: number
  /** The store's time zone, in which days and hours are meant. */
  readonly timeZone: string
  readonly asOf: number
}

/** A figure that may not be told is null: too few answers, or it protects one with too few. */
export type Told = Figure | null
export type NamedFigure = { readonly key: string; readonly name: Localised; readonly figure: Figure }
/** A part that is not told; neither its number of answers nor its figure. */
export type Withheld = { readonly key: string; readonly name: Localised }

export type OverviewReply = FigureFooting & {
  readonly period: Period
  readonly overall: Figure
  /** The comparable stretch before; null if there is none, or nothing to be told of it. */
  readonly before: Told
  /** Now minus before, in points of the figure; null where they cannot be compared. */
  readonly change: Comparison | null
  readonly headline: Headline
  readonly touchpoints: readonly NamedFigure[]
  readonly withheld: readonly Withheld[]
}

/** Days `from` to `until`, both included: days with too few answers are told together with their neighbours. */
export type TrendPart = { readonly from: string; readonly until: string; readonly figure: Figure }
export const TREND_STEPS = ['day', 'week', 'month'] as const
export type TrendStep = (typeof TREND_STEPS)[number]
/** A stretch without a point: nobody answered, or what was answered is not told. */
export type TrendGap = { readonly from: string; readonly until: string; readonly why: 'none' | 'withheld' }
/** Shape  `perDay` in points of the figure a day; it and the probability are null while there are too few. */
export type TrendReply = FigureFooting & {
  readonly step: TrendStep
  readonly overall: Told
  readonly points: readonly TrendPart[]
  readonly gaps: readonly TrendGap[]
  readonly direction: Direction
  readonly perDay: number | null
  readonly probability: number | null
}

/** Units  weekday 1 (Monday) … 7, hour 0 … 23. Shape  `figure` null and `empty` false: withheld. */
export type WeekMapHour = { readonly weekday: number; readonly hour: number; readonly figure: Told; readonly empty: boolean }
/** Order  all 168, Monday midnight first. */
export type WeekMapReply = FigureFooting & { readonly overall: Told; readonly hours: readonly WeekMapHour[] }

/** One group against all the others together. Shape  `verdict` goes by the false discovery rate (Benjamini–Hochberg), `certain` by Holm's stricter rule. */
export type ComparedGroup = NamedFigure & {
  readonly difference: Comparison | null
  readonly falseDiscovery: number | null
  readonly familyWise: number | null
  readonly verdict: GroupVerdict
  readonly certain: boolean
}
/** Order  hours ascending, everything else by n, most first. */
export type CompareReply = FigureFooting & { readonly by: Grouping; readonly overall: Told; readonly groups: readonly ComparedGroup[]; readonly withheld: readonly Withheld[] }

export type DriversRequest = {
  readonly outcome: string
  /** Absent: all ratings that were given together with it. */
  readonly ratings?: readonly string[]
  readonly from?: number
  readonly until?: number
  readonly at?: string
}
/** A rating with its place in the matrix of importance and performance. */
export type NamedDriver = Driver & { readonly name: Localised; readonly quadrant: Quadrant }
export type DriversReply = {
  readonly outcome: { readonly key: string; readonly name: Localised }
  /** People who gave the outcome and every rating. */
  readonly n: number
  /** Answers that would be enough for this many ratings. */
  readonly enough: number
  /** Null with `why`: nothing can be said. few: fewer than can be told. */
  readonly found: {
    readonly outcomeMean: number
    readonly rSquared: number
    readonly adjustedRSquared: number
    readonly drivers: readonly NamedDriver[]
    readonly warnings: readonly DriversWarning[]
    /** Where the cross of the matrix stands. */
    readonly cuts: { readonly importance: number; readonly performance: number }
    /** Pain points and highlights, the strongest first. */
    readonly points: readonly (MarkedPoint & { readonly name: Localised })[]
  } | null
  readonly why: 'few' | 'constant' | 'collinear' | 'no-ratings' | null
  /** Answers from before this moment are kept as sums, which nobody can put beside each other; null: there are none. */
  readonly sumsBefore: number | null
  readonly formula: Localised
  readonly missing: readonly MissingDevice[]
  readonly asOf: number
}

export type TopicsRequest = { readonly from?: number; readonly until?: number; readonly at?: string }
/** Shares 0 … 1: of all comments, and of those about this topic that blame or praise. Null below five comments. */
export type TopicView = {
  readonly topic: Topic
  readonly name: Localised
  readonly n: number
  readonly share: number | null
  readonly shareInterval: Interval | null
  readonly blame: number | null
  readonly blameInterval: Interval | null
  readonly praise: number | null
}
export type TopicsReply = {
  readonly comments: number
  readonly without: number
  readonly topics: readonly TopicView[]
  readonly together: readonly { readonly a: Topic; readonly b: Topic; readonly n: number; readonly lift: number; readonly llr: number }[]
  readonly ownWords: readonly { readonly word: string; readonly n: number }[]
  /** Comments that are older than those that were read: more are not read at once. */
  readonly left: number
  readonly formula: Localised
  readonly missing: readonly MissingDevice[]
  readonly asOf: number
}

export const SOUNDS = ['praise', 'neutral', 'blame'] as const
export type SoundName = (typeof SOUNDS)[number]
/** The responses behind a topic, a pair of topics or a word; `after`: the last page's `next`. */
export type WordsRequest = TopicsRequest & { readonly topic?: Topic; readonly with?: Topic; readonly word?: string; readonly sound?: SoundName; readonly after?: number }
export type WordsReply = {
  readonly total: number
  readonly responses: readonly { readonly response: string; readonly touchpoint: string; readonly at: number | null; readonly text: string; readonly sound: SoundName }[]
  readonly next: number | null
}
/** Responses of one page. */
export const WORDS_PAGE = 20

/** Units  minor units of the store's currency. Shape  null below five baskets. */
export type SpendMood = { readonly mood: Mood; readonly n: number; readonly mean: number | null; readonly median: number | null; readonly low: number | null; readonly high: number | null }
export type SpendRequest = { readonly metric: Metric; readonly question?: string; readonly from?: number; readonly until?: number }
/** Correlation, not cause: `kind` says so. `answers` were given in all, of `n` the basket is known. */
export type SpendReply = FigureFooting & {
  readonly kind: 'correlation'
  readonly answers: number
  readonly n: number
  readonly moods: readonly SpendMood[]
  readonly together: { readonly rho: number; readonly interval: Interval | null } | null
}

/** What can be asked for: questions with scored answers, and the keys of every division. */
export type FigureChoices = {
  readonly questions: readonly { readonly question: string; readonly name: Localised; readonly metric: Metric | null; readonly detail: boolean; readonly n: number }[]
  readonly touchpoints: readonly Withheld[]
  readonly slices: { readonly [S in SlicedBy]: readonly Withheld[] }
  /** Day of the first dated answer; null: there is none. */
  readonly since: string | null
  readonly timeZone: string
  readonly asOf: number
}

export type FigureCalls = {
  /** What a manager looks at first. */
  'figures.overview': { request: { readonly metric: Metric; readonly period: Period }; reply: OverviewReply }
  'figures.trend': { request: FigureScope & { readonly step: TrendStep }; reply: TrendReply }
  'figures.weekMap': { request: Omit<FigureScope, 'only'>; reply: WeekMapReply }
  'figures.compare': { request: FigureScope & { readonly by: Grouping }; reply: CompareReply }
  'figures.drivers': { request: DriversRequest; reply: DriversReply }
  'figures.topics': { request: TopicsRequest; reply: TopicsReply }
  'figures.words': { request: WordsRequest; reply: WordsReply }
  'figures.spend': { request: SpendRequest; reply: SpendReply }
  'figures.choices': { request: Record<string, never>; reply: FigureChoices }
}
