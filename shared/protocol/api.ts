/** What programs ask over `/api/v1` and what they are answered: requests and replies are held to these schemas, and the description of the interface is made from them. */
import * as v from 'valibot'
import { CHANNELS } from '../feedback/channel.ts'
import { SEVERITIES } from '../cx/case.ts'
import { TEAMS } from '../cx/team.ts'
import { METRICS } from '../insights/figure.ts'
import { GROUPINGS, TREND_STEPS } from './figures.ts'
import { WeeklyLetterFields } from './weekly-letter.ts'
import { WeekField } from './sharing.ts'

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const localised = v.strictObject({ de: v.string(), en: v.string() })
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.description('A whole day of the store, e.g. 2026-11-22'))
const asOf = v.pipe(whole, v.description('Milliseconds since 1970 by the clock of the hub'))

export const ApiNothing = v.strictObject({})

/** Days of the store; both included, absent: open. */
const stretch = { from: v.exactOptional(day), until: v.exactOptional(day) }

export const ApiFigure = v.strictObject({
  n: count,
  score: v.pipe(v.nullable(v.number()), v.description('Null below five answers')),
  low: v.pipe(v.nullable(v.number()), v.description('95 % interval')),
  high: v.nullable(v.number()),
  mean: v.nullable(v.number()),
  counts: v.pipe(v.record(v.string(), count), v.description('Answers by value')),
})

/** Devices whose answers may be missing. */
const missing = v.array(v.strictObject({ name: v.string(), waiting: count, since: v.nullable(whole), lost: count }))

export const FIGURE_PARTS = ['touchpoint', 'hour', 'day', 'question'] as const
export const ApiFiguresQuery = v.strictObject({ metric: v.picklist(METRICS), by: v.exactOptional(v.picklist(FIGURE_PARTS)), question: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w.:/-]{1,80}$/))), ...stretch })
export const ApiFigures = v.strictObject({
  asOf,
  metric: v.picklist(METRICS),
  formula: localised,
  overall: ApiFigure,
  groups: v.array(v.strictObject({ key: v.string(), figure: ApiFigure })),
  withheld: v.pipe(v.array(v.string()), v.description('Groups of which nothing is told: too few answers, or to protect one that has')),
  missing,
  flagged: v.pipe(count, v.description('Answers with a sign of play: counted, never deleted')),
})

const place = v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(160), v.description('One touchpoint alone')))
const question = v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(160)))
export const ApiTrendQuery = v.strictObject({ metric: v.picklist(METRICS), step: v.picklist(TREND_STEPS), question, at: place, ...stretch })
export const ApiCompareQuery = v.strictObject({ metric: v.picklist(METRICS), by: v.picklist(GROUPINGS), question, at: place, ...stretch })

const share = v.nullable(v.number())
const instant = v.nullable(whole)
export const ApiAlarms = v.strictObject({
  asOf,
  alarms: v.array(
    v.strictObject({
      id: count,
      kind: v.pipe(v.picklist(['drop', 'rise', 'silent', 'few']), v.description('drop, rise: of the share of good answers; few: fewer answers than usual; silent: a device says nothing')),
      place: v.pipe(v.nullable(v.string()), v.description('Null: the whole store')),
      since: v.pipe(whole, v.description('Whole hours, as the two that follow')),
      raisedAt: whole,
      closedAt: instant,
      ending: v.nullable(v.string()),
      n: v.pipe(count, v.description('With which it was raised, as what follows; 0 and nothing behind it: one of these answers was erased since')),
      share,
      low: share,
      high: share,
      usual: share,
    }),
  ),
})
export const ApiCases = v.strictObject({
  asOf,
  cases: v.array(
    v.strictObject({
      id: count,
      title: v.string(),
      touchpoint: v.nullable(v.string()),
      topic: v.nullable(v.string()),
      origin: v.picklist(['response', 'alarm', 'topic', 'hand', 'erased']),
      team: v.picklist(TEAMS),
      severity: v.picklist(SEVERITIES),
      openedAt: whole,
      dueAt: whole,
      closedAt: instant,
      overdue: v.boolean(),
      pattern: v.nullable(count),
    }),
  ),
})

/** Fewest and most answers of a page: a smaller one would tell in which order they came. */
export const PAGE = { least: 50, most: 500 } as const
const pageSize = v.pipe(
  v.string(),
  v.regex(/^\d{2,3}$/),
  v.check((text) => Number(text) >= PAGE.least && Number(text) <= PAGE.most, `${PAGE.least} to ${PAGE.most}`),
  v.description(`About how many, ${PAGE.least} to ${PAGE.most}; 100 if left out. Pages of all sizes end at the same places, so one may hold fewer, or up to ${2 * PAGE.least - 1}.`),
)
export const ApiFeedbackQuery = v.strictObject({
  cursor: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/), v.description('`next` of the page before; absent: from the beginning'))),
  limit: v.exactOptional(pageSize),
})
export const ApiFeedback = v.strictObject({
  items: v.array(
    v.strictObject({
      id: v.string(),
      when: v.pipe(v.string(), v.description('Day; month where fewer than five people answered at that place on that day; empty: nobody noted it')),
      touchpoint: v.pipe(v.string(), v.description('Empty where even the month has fewer than five')),
      question: v.string(),
      kind: v.string(),
      value: v.pipe(v.union([v.number(), v.array(v.string()), v.string()]), v.description('Number on the scale, ids of options, or masked words')),
      channel: v.picklist(CHANNELS),
    }),
  ),
  next: v.pipe(v.string(), v.description('Where to go on, now or another day: no answer is left out and none comes twice')),
  more: v.pipe(v.boolean(), v.description('Whether there is more already. Answers are told from the day after they arrived.')),
})

export const ApiTouchpoints = v.strictObject({ asOf, touchpoints: v.array(v.strictObject({ id: v.string(), name: localised, phase: v.nullable(v.string()) })) })
export const ApiSurveys = v.strictObject({
  asOf,
  surveys: v.array(v.strictObject({ id: v.string(), touchpoint: v.nullable(v.string()), questions: v.array(v.strictObject({ id: v.string(), kind: v.string(), text: localised, options: v.array(v.strictObject({ id: v.string(), text: localised })) })) })),
})
export const ApiHealth = v.strictObject({ asOf, store: v.string(), timeZone: v.string(), release: v.nullable(v.string()), answers: v.pipe(count, v.description('In steps of five')), scopes: v.exactOptional(v.array(v.string())) })
export const ApiLetters = v.strictObject({ weeks: v.array(WeekField) })
export const ApiLetterQuery = v.strictObject({ week: WeekField })
export const ApiLetter = WeeklyLetterFields
export const ApiExportQuery = v.strictObject({ table: v.picklist(['figures', 'answers', 'letters']), ...stretch })

/** A figure without the answers behind it: from those somebody who keeps looking would see which came. */
const toldFigure = { n: count, score: v.nullable(v.number()), low: v.nullable(v.number()), high: v.nullable(v.number()) }
/** What a board on the wall shows. No device has a name here, and nobody else either. */
export const BoardFields = v.strictObject({
  asOf,
  store: v.string(),
  timeZone: v.string(),
  languages: v.array(v.picklist(['de', 'en'])),
  brand: v.nullable(v.record(v.string(), v.string())),
  day: v.strictObject({ score: v.strictObject(toldFigure), headline: localised }),
  /** The hours of the day that are over and may be told. */
  hours: v.array(v.strictObject({ hour: count, ...toldFigure })),
  week: v.strictObject(toldFigure),
  places: v.array(v.strictObject({ name: localised, ...toldFigure })),
  /** Devices whose answers of today are not all here. */
  missing: v.strictObject({ devices: count, waiting: count }),
  improved: v.array(localised),
  voices: v.array(v.string()),
})
export type Board = v.InferOutput<typeof BoardFields>
