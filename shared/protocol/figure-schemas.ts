/** Shapes of the calls of `figures.ts` and of what the hub answers. */
import * as v from 'valibot'
import { METRICS } from '../insights/figure.ts'
import { PERIODS } from '../insights/period.ts'
import { MOODS } from '../insights/spend-by-mood.ts'
import { TOPICS } from '../insights/words/topic-words.ts'
import { GROUPINGS, SLICED_BY, SOUNDS, TREND_STEPS, type FigureCalls } from './figures.ts'

/** Tokens of a connection's bucket; what reads single answers costs more. */
export const FIGURE_CALL_COST: { readonly [C in keyof FigureCalls]: number } = {
  'figures.overview': 2,
  'figures.trend': 2,
  'figures.weekMap': 2,
  'figures.compare': 2,
  'figures.drivers': 10,
  'figures.topics': 10,
  'figures.words': 5,
  'figures.spend': 5,
  'figures.choices': 2,
}

/** Most ratings in one question about drivers. */
export const MOST_RATINGS = 40

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(160))
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const metric = v.picklist(METRICS)
const range = { from: v.exactOptional(instant), until: v.exactOptional(instant) }
const place = { ...range, at: v.exactOptional(id) }
const part = { metric, question: v.exactOptional(id), ...place }
const scope = { ...part, only: v.exactOptional(v.strictObject({ by: v.picklist(SLICED_BY), key: id })) }

export const FIGURE_CALL_SCHEMAS: { readonly [C in keyof FigureCalls]: v.GenericSchema<unknown, FigureCalls[C]['request']> } = {
  'figures.overview': v.strictObject({ metric, period: v.picklist(PERIODS) }),
  'figures.trend': v.strictObject({ ...scope, step: v.picklist(TREND_STEPS) }),
  'figures.weekMap': v.strictObject(part),
  'figures.compare': v.strictObject({ ...scope, by: v.picklist(GROUPINGS) }),
  'figures.drivers': v.strictObject({ outcome: id, ratings: v.exactOptional(v.pipe(v.array(id), v.minLength(1), v.maxLength(MOST_RATINGS))), ...place }),
  'figures.topics': v.strictObject(place),
  'figures.words': v.strictObject({ ...place, topic: v.exactOptional(v.picklist(TOPICS)), with: v.exactOptional(v.picklist(TOPICS)), word: v.exactOptional(id), sound: v.exactOptional(v.picklist(SOUNDS)), after: v.exactOptional(instant) }),
  'figures.spend': v.strictObject({ metric, question: v.exactOptional(id), ...range }),
  'figures.choices': v.strictObject({}),
}

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const number = v.nullable(v.number())
const localised = v.strictObject({ de: v.string(), en: v.string() })
const interval = v.strictObject({ low: v.number(), high: v.number() })
const maybeInterval = v.nullable(interval)
const figure = v.strictObject({ score: number, low: number, high: number, n: count, mean: number, counts: v.record(v.string(), count) })
const told = v.nullable(figure)
const comparison = v.strictObject({ difference: v.number(), interval, probability: v.number(), effect: v.number() })
const missing = v.array(v.strictObject({ dev: v.string(), name: v.string(), waiting: count, since: v.nullable(whole), lost: v.exactOptional(count) }))
const footing = { metric, formula: localised, missing, flagged: count, timeZone: v.string(), asOf: whole }
const named = { key: v.string(), name: localised }
const withheld = v.array(v.strictObject(named))
const headline = v.strictObject({ kind: v.picklist(['none', 'few', 'thin', 'trouble', 'praise', 'steady']), sentence: localised, change: v.nullable(localised), touchpoint: v.nullable(v.string()) })
const days = { from: v.string(), until: v.string() }

const driver = v.strictObject({
  ...named,
  mean: v.number(),
  r: v.number(),
  rInterval: maybeInterval,
  rho: v.number(),
  beta: v.number(),
  inflation: v.number(),
  lmg: number,
  weight: v.number(),
  shareInterval: maybeInterval,
  warnings: v.array(v.picklist(['opposite', 'inflated'])),
  quadrant: v.picklist(['concentrate', 'keep', 'low', 'overdone']),
})
const drivers = v.strictObject({
  outcomeMean: v.number(),
  rSquared: v.number(),
  adjustedRSquared: v.number(),
  drivers: v.array(driver),
  warnings: v.array(v.picklist(['few', 'unsure'])),
  cuts: v.strictObject({ importance: v.number(), performance: v.number() }),
  points: v.array(v.strictObject({ ...named, kind: v.picklist(['pain', 'highlight']), effect: v.number(), interval, sure: v.boolean() })),
})
const topic = v.picklist(TOPICS)

export const FIGURE_REPLY_SCHEMAS = {
  'figures.overview': v.strictObject({
    ...footing,
    period: v.picklist(PERIODS),
    overall: figure,
    before: told,
    change: v.nullable(comparison),
    headline,
    touchpoints: v.array(v.strictObject({ ...named, figure })),
    withheld,
  }),
  'figures.trend': v.strictObject({
    ...footing,
    step: v.picklist(TREND_STEPS),
    overall: told,
    points: v.array(v.strictObject({ ...days, figure })),
    gaps: v.array(v.strictObject({ ...days, why: v.picklist(['none', 'withheld']) })),
    direction: v.picklist(['up', 'down', 'flat', 'few']),
    perDay: number,
    probability: number,
  }),
  'figures.weekMap': v.strictObject({ ...footing, overall: told, hours: v.array(v.strictObject({ weekday: count, hour: count, figure: told, empty: v.boolean() })) }),
  'figures.compare': v.strictObject({
    ...footing,
    by: v.picklist(GROUPINGS),
    overall: told,
    groups: v.array(v.strictObject({ ...named, figure, difference: v.nullable(comparison), falseDiscovery: number, familyWise: number, verdict: v.picklist(['few', 'alike', 'better', 'worse']), certain: v.boolean() })),
    withheld,
  }),
  'figures.drivers': v.strictObject({
    outcome: v.strictObject(named),
    n: count,
    enough: count,
    found: v.nullable(drivers),
    why: v.nullable(v.picklist(['few', 'constant', 'collinear', 'no-ratings'])),
    sumsBefore: v.nullable(whole),
    formula: localised,
    missing,
    asOf: whole,
  }),
  'figures.topics': v.strictObject({
    comments: count,
    without: count,
    topics: v.array(v.strictObject({ topic, name: localised, n: count, share: number, shareInterval: maybeInterval, blame: number, blameInterval: maybeInterval, praise: number })),
    together: v.array(v.strictObject({ a: topic, b: topic, n: count, lift: v.number(), llr: v.number() })),
    ownWords: v.array(v.strictObject({ word: v.string(), n: count })),
    left: count,
    formula: localised,
    missing,
    asOf: whole,
  }),
  'figures.words': v.strictObject({
    total: count,
    responses: v.array(v.strictObject({ response: v.string(), touchpoint: v.string(), at: v.nullable(whole), text: v.string(), sound: v.picklist(SOUNDS) })),
    next: v.nullable(count),
  }),
  'figures.spend': v.strictObject({
    ...footing,
    kind: v.literal('correlation'),
    answers: count,
    n: count,
    moods: v.array(v.strictObject({ mood: v.picklist(MOODS), n: count, mean: number, median: number, low: number, high: number })),
    together: v.nullable(v.strictObject({ rho: v.number(), interval: maybeInterval })),
  }),
  'figures.choices': v.strictObject({
    questions: v.array(v.strictObject({ question: v.string(), name: localised, metric: v.nullable(metric), detail: v.boolean(), n: count })),
    touchpoints: withheld,
    slices: v.strictObject({ stage: withheld, device: withheld, channel: withheld, language: withheld, segment: withheld }),
    since: v.nullable(v.string()),
    timeZone: v.string(),
    asOf: whole,
  }),
} as const satisfies { readonly [C in keyof FigureCalls]: v.GenericSchema }
