/** What is noticed and what is made of it: alarms, cases, improvements with their numbers. Types come from the schemas that answers are held to. */
import * as v from 'valibot'
import { CASE_STEPS, MAX_NOTE, MAX_TITLE, SEVERITIES } from '../cx/case.ts'
import { areOpeningHours } from '../cx/opening-hours.ts'
import { TEAMS } from '../cx/team.ts'
import { MAX_WALL_CHARS } from '../cx/wall.ts'
import { METRICS } from '../insights/figure.ts'
import { TOPICS } from '../insights/words/topic-words.ts'
import { RECEIPT_STATES } from '../feedback/receipt.ts'
import { day, key, whole } from './document-fields.ts'
import { wallEntry } from './wall-document.ts'

type Frozen<T> = T extends string | number ? T : T extends readonly (infer U)[] ? readonly Frozen<U>[] : T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T
type Reply<S extends v.GenericSchema> = Frozen<v.InferOutput<S>>

/** False alarms a year that somebody may choose to put up with. */
export const FALSE_ALARM_BOUNDS = { least: 1, most: 52 } as const
/** Most cases in one reply, and most joined at a time. */
export const MAX_CASES = 500
export const MAX_JOINED = 50
/** Days that settled cases and closed alarms stay in the list. */
export const PAST_DAYS = 90

const int = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(int, v.minValue(0))
const rowId = v.pipe(int, v.minValue(1))
const said = (most: number) => v.pipe(v.string(), v.maxLength(most), v.check((words) => words.trim() !== '', 'empty'))
const note = said(MAX_NOTE)
const title = said(MAX_TITLE)
const named = v.pipe(v.string(), v.minLength(1), v.maxLength(80))
const onceKey = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))
const personId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
const minute = whole(0, 1440)
const hours = v.pipe(v.array(v.nullable(v.strictObject({ from: minute, until: minute }))), v.length(7), v.check((given) => areOpeningHours(given), 'no opening hours'))
const settings = v.strictObject({ falsePerYear: whole(FALSE_ALARM_BOUNDS.least, FALSE_ALARM_BOUNDS.most), hours })
const missing = v.array(v.strictObject({ dev: v.string(), name: v.string(), waiting: count, since: v.nullable(int), lost: v.exactOptional(count) }))

/**
 * One alarm. Units  `share`, `low`, `high`, `usual` percent of good answers since the change; of `few` `n` answers of a day and `usual` a usual day's.
 * Shape   `drop`, `rise`, `few`: at `place`, null for the store · `silent`: a device. `ending`: why it is closed; `revised`: answers that came late took its ground away; `accepted`: a manager said that this is usual now.
 *         `late`: whether it was noticed only when answers had come in. `missing`: devices whose answers of these hours may still come.
 */
const alarm = v.strictObject({
  id: rowId,
  kind: v.picklist(['drop', 'rise', 'silent', 'few']),
  place: v.nullable(v.string()),
  device: v.nullable(v.strictObject({ dev: v.string(), name: v.string() })),
  since: int,
  raisedAt: int,
  noticedAt: int,
  closedAt: v.nullable(int),
  ending: v.nullable(v.picklist(['back', 'revised', 'accepted'])),
  late: v.boolean(),
  n: count,
  share: v.nullable(v.number()),
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  usual: v.nullable(v.number()),
  missing,
  case: v.nullable(rowId),
})
export type AlarmView = Reply<typeof alarm>
export type ActingSettings = Reply<typeof settings>

/** How far a touchpoint is known. `knownSince`: the Monday from which on it was watched; null: it is still being learnt, `weeks` of `needed`. */
const watched = v.strictObject({ place: v.nullable(v.string()), knownSince: v.nullable(v.string()), weeks: count, needed: count, answersPerWeek: v.number(), usual: v.nullable(v.number()), foundAfterDays: v.nullable(v.number()) })
const alarms = v.strictObject({ asOf: int, settings, watched: v.array(watched), open: v.array(alarm), past: v.array(alarm), missing })
export type AlarmsReply = Reply<typeof alarms>

const owner = v.variant('type', [v.strictObject({ type: v.literal('person'), person: personId }), v.strictObject({ type: v.literal('team'), team: v.picklist(TEAMS) })])
const severity = v.picklist(SEVERITIES)
const ownerView = v.variant('type', [v.strictObject({ type: v.literal('person'), person: v.string(), name: v.string() }), v.strictObject({ type: v.literal('team'), team: v.picklist(TEAMS) })])
/** Words as they were masked, and taps, of the response that a case came from: read when asked for, copied nowhere. */
const voice = v.strictObject({ response: v.string(), question: v.string(), kind: v.string(), value: v.union([v.number(), v.array(v.string()), v.string()]), at: int })
const caseView = v.strictObject({
  id: rowId,
  title: v.string(),
  touchpoint: v.nullable(v.string()),
  topic: v.nullable(v.string()),
  origin: v.picklist(['response', 'alarm', 'topic', 'hand', 'erased']),
  response: v.nullable(v.string()),
  alarm: v.nullable(rowId),
  owner: ownerView,
  team: v.picklist(TEAMS),
  severity,
  openedAt: int,
  dueAt: int,
  closedAt: v.nullable(int),
  overdue: v.boolean(),
  overdueAt: v.nullable(int),
  pattern: v.nullable(rowId),
  steps: v.array(v.strictObject({ what: v.picklist(CASE_STEPS), at: int, who: v.nullable(v.string()), text: v.string() })),
  voices: v.array(voice),
  receipt: v.nullable(v.strictObject({ state: v.picklist(RECEIPT_STATES), waiting: v.boolean() })),
})
export type CaseView = Reply<typeof caseView>
export type Voice = Reply<typeof voice>

const pattern = v.strictObject({ id: rowId, title: v.string(), madeAt: int, cases: v.array(rowId), improvement: v.nullable(rowId) })
const suggestion = v.strictObject({ touchpoint: v.string(), topic: v.string(), cases: v.array(rowId) })
const member = v.strictObject({ id: v.string(), name: v.string(), team: v.picklist(TEAMS) })
const cases = v.strictObject({ asOf: int, teamOnly: v.boolean(), cases: v.array(caseView), patterns: v.array(pattern), suggestions: v.array(suggestion), people: v.array(member), escalated: count })
export type CasesReply = Reply<typeof cases>
const ownCases = v.strictObject({ asOf: int, team: v.picklist(TEAMS), cases: v.array(caseView) })
export type OwnCasesReply = Reply<typeof ownCases>

/** What there is to do, for the first glance. Order  the worst alarm and the case that is due first come first. */
const todo = v.strictObject({
  asOf: int,
  alarms: v.array(alarm),
  alarmsOpen: count,
  cases: v.strictObject({ open: count, overdue: count, dueToday: count, next: v.array(v.strictObject({ id: rowId, title: v.string(), dueAt: int, overdue: v.boolean() })) }),
  improvements: v.strictObject({ running: count, ready: count }),
})
export type TodoReply = Reply<typeof todo>

const metric = v.picklist(METRICS)
const window = v.strictObject({ from: day, until: day })
const plan = v.strictObject({ hypothesis: said(MAX_NOTE), metric, touchpoint: key, direction: v.picklist(['up', 'down']), points: v.pipe(v.number(), v.finite()), before: window, after: window, control: v.nullable(key) })
const shownPlan = v.strictObject({ hypothesis: v.string(), metric, touchpoint: v.string(), direction: v.picklist(['up', 'down']), points: v.number(), before: v.strictObject({ from: v.string(), until: v.string() }), after: v.strictObject({ from: v.string(), until: v.string() }), control: v.nullable(v.string()) })
const figure = v.strictObject({ score: v.nullable(v.number()), low: v.nullable(v.number()), high: v.nullable(v.number()), n: count, mean: v.nullable(v.number()), counts: v.record(v.string(), count) })
const span = v.strictObject({ low: v.number(), high: v.number() })
const result = v.strictObject({ verdict: v.picklist(['kept', 'against', 'open']), whole: v.boolean(), change: v.number(), interval: span, probability: v.number(), before: figure, after: figure, controlChange: v.nullable(v.number()) })
const words = v.strictObject({ de: said(MAX_WALL_CHARS), en: said(MAX_WALL_CHARS) })
/**
 * `standing`: how the measurement is: `waiting` until the second window begins, `running`, `few` answers, `ready` to be closed, or how it ended.
 * `need`: answers that each window takes to show the promised change, null where nobody can say yet. `voices`: what the customers of its cases said.
 */
const improvement = v.strictObject({
  id: rowId,
  pattern: rowId,
  title: v.string(),
  measure: v.string(),
  plan: shownPlan,
  plannedAt: int,
  endedAt: v.nullable(int),
  standing: v.picklist(['waiting', 'running', 'few', 'ready', 'closed', 'stopped']),
  note: v.string(),
  need: v.nullable(count),
  before: figure,
  after: figure,
  lacking: count,
  missing,
  result: v.nullable(result),
  told: v.nullable(v.strictObject({ de: v.string(), en: v.string() })),
  cases: v.array(rowId),
  voices: v.array(voice),
})
export type ImprovementView = Reply<typeof improvement>
const improvements = v.strictObject({ asOf: int, improvements: v.array(improvement), wall: v.strictObject({ shown: v.array(wallEntry), waiting: v.boolean(), publishedAt: v.nullable(int) }) })
export type ImprovementsReply = Reply<typeof improvements>
/** Answers that it takes to show such a change there, and how many come in a week. Shape  null: nobody can say yet, or no such change is possible. */
const need = v.strictObject({ now: figure, answers: v.nullable(count), perWeek: v.nullable(v.number()), weeks: v.nullable(count) })
export type NeedReply = Reply<typeof need>
const planned = v.variant('type', [v.strictObject({ type: v.literal('planned'), id: rowId }), v.strictObject({ type: v.literal('faulty'), why: v.picklist(['no hypothesis', 'no effect', 'not whole weeks', 'overlap', 'unequal', 'own control', 'past']) })])
const ended = v.variant('type', [v.strictObject({ type: v.literal('closed'), improvement }), v.strictObject({ type: v.literal('running'), until: v.string() }), v.strictObject({ type: v.literal('few'), missing: count })])

/** What is to become of a case. `join` null: it leaves its pattern. */
const change = v.variant('type', [
  v.strictObject({ type: v.literal('note'), text: note }),
  v.strictObject({ type: v.literal('assign'), owner }),
  v.strictObject({ type: v.literal('grade'), severity }),
  v.strictObject({ type: v.literal('resolve'), text: note }),
  v.strictObject({ type: v.literal('reopen'), text: note }),
  v.strictObject({ type: v.literal('join'), pattern: v.nullable(rowId) }),
])
export type CaseChange = Reply<typeof change>
const origin = v.variant('type', [
  v.strictObject({ type: v.literal('response'), response: named }),
  v.strictObject({ type: v.literal('alarm'), alarm: rowId }),
  v.strictObject({ type: v.literal('topic'), topic: v.picklist(TOPICS) }),
  v.strictObject({ type: v.literal('hand') }),
])
const done = v.strictObject({ set: v.literal(true) })

/** `key`: the screen's own name for what it asks, so that what is sent twice is done once. */
const requests = {
  'alarms.read': v.strictObject({}),
  'alarms.set': settings,
  'alarms.accept': v.strictObject({ id: rowId }),
  'cases.read': v.strictObject({}),
  'cases.mine': v.strictObject({}),
  'cases.todo': v.strictObject({}),
  'cases.open': v.strictObject({ title, touchpoint: v.nullable(key), origin, owner, severity, key: onceKey }),
  'cases.change': v.strictObject({ id: rowId, change }),
  'cases.step': v.strictObject({ id: rowId, text: note, settled: v.boolean() }),
  'cases.team': v.strictObject({ person: personId, team: v.picklist(TEAMS) }),
  'cases.join': v.strictObject({ title, cases: v.pipe(v.array(rowId), v.minLength(1), v.maxLength(MAX_JOINED)), key: onceKey }),
  'improvements.read': v.strictObject({}),
  'improvements.need': v.strictObject({ touchpoint: key, metric, points: v.pipe(v.number(), v.finite()), direction: v.picklist(['up', 'down']) }),
  'improvements.plan': v.strictObject({ pattern: rowId, measure: note, plan, key: onceKey }),
  'improvements.close': v.strictObject({ id: rowId, note }),
  'improvements.stop': v.strictObject({ id: rowId, note }),
  'improvements.tell': v.strictObject({ id: rowId, text: v.nullable(words) }),
  'improvements.publish': v.strictObject({}),
} as const

export const ACTING_REPLY_SCHEMAS = {
  'alarms.read': alarms,
  'alarms.set': done,
  'alarms.accept': done,
  'cases.read': cases,
  'cases.mine': ownCases,
  'cases.todo': todo,
  'cases.open': caseView,
  'cases.change': caseView,
  'cases.step': caseView,
  'cases.team': done,
  'cases.join': v.strictObject({ pattern: rowId }),
  'improvements.read': improvements,
  'improvements.need': need,
  'improvements.plan': planned,
  'improvements.close': ended,
  'improvements.stop': improvement,
  'improvements.tell': improvement,
  'improvements.publish': v.strictObject({ rev: count }),
} as const

type Asked = { readonly [K in keyof typeof requests]: Frozen<v.InferOutput<(typeof requests)[K]>> }
/** Errors  not_found: there is no such thing (any more) · bad_request: it may not be done as things stand. */
export type ActingCalls = { [K in keyof Asked]: { request: Asked[K]; reply: Frozen<v.InferOutput<(typeof ACTING_REPLY_SCHEMAS)[K]>> } }
export const ACTING_CALL_SCHEMAS: { readonly [K in keyof ActingCalls]: v.GenericSchema<unknown, ActingCalls[K]['request']> } = requests

/** A list is looked through, an act is done by people. */
export const ACTING_CALL_COST = {
  'alarms.read': 5,
  'alarms.set': 5,
  'alarms.accept': 5,
  'cases.read': 5,
  'cases.mine': 5,
  'cases.todo': 5,
  'cases.open': 5,
  'cases.change': 5,
  'cases.step': 5,
  'cases.team': 5,
  'cases.join': 5,
  'improvements.read': 10,
  'improvements.need': 5,
  'improvements.plan': 5,
  'improvements.close': 5,
  'improvements.stop': 5,
  'improvements.tell': 5,
  'improvements.publish': 10,
} as const

