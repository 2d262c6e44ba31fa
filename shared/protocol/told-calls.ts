/** What other programs are told when something happens: the data of every call. Whoever tells is held to these, and the description of the interface is made from them. */
import * as v from 'valibot'
import { SEVERITIES } from '../cx/case.ts'
import { TEAMS } from '../cx/team.ts'
import { CHANNELS } from '../feedback/channel.ts'
import { METRICS } from '../insights/figure.ts'
import type { ToldEvent } from './sharing.ts'

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const instant = v.pipe(whole, v.description('Milliseconds since 1970 by the clock of the hub'))
const place = v.pipe(v.nullable(v.string()), v.description('A touchpoint; null: the whole store, or nobody knows'))

const toldAnswer = v.strictObject({
  id: v.pipe(v.string(), v.description('The same as in GET /api/v1/feedback')),
  when: v.pipe(v.string(), v.description('Day; month where fewer than five people answered at that place on that day; empty: nobody noted it')),
  touchpoint: v.pipe(v.string(), v.description('Empty where even the month has fewer than five')),
  question: v.string(),
  kind: v.string(),
  value: v.pipe(v.nullable(v.union([v.number(), v.pipe(v.array(v.string()), v.readonly()), v.string()])), v.description('Number on the scale, ids of options, or masked words; null: words, which this receiver is not sent')),
  channel: v.picklist(CHANNELS),
})

const alarm = v.strictObject({
  id: count,
  kind: v.picklist(['drop', 'rise', 'silent', 'few']),
  place,
  device: v.pipe(v.nullable(v.string()), v.description('Id of a silent device')),
  since: v.pipe(instant, v.description('A whole hour, as are the next two')),
  raisedAt: instant,
  closedAt: v.nullable(instant),
  ending: v.pipe(v.nullable(v.picklist(['back', 'revised', 'accepted'])), v.description('back: it is as usual again; revised: answers that came late took its ground away; accepted: a manager said that this is usual now')),
  n: v.pipe(count, v.description('Answers since, when it was raised; 0: one of them was erased')),
  good: v.pipe(count, v.description('Good ones among them')),
  expected: v.pipe(v.number(), v.description('Good ones that are usual at those hours; of few: answers that are usual')),
})

const toldCase = v.strictObject({ id: count, touchpoint: place, topic: v.nullable(v.string()), team: v.picklist(TEAMS), severity: v.picklist(SEVERITIES), openedAt: instant, dueAt: instant, closedAt: v.nullable(instant) })

/** By what happened. Shape  ids and figures; no names of persons, and words of shoppers only as a manager allowed. */
export const TOLD_DATA = {
  'feedback.received': v.strictObject({ items: v.pipe(v.array(toldAnswer), v.readonly()) }),
  'alarm.opened': alarm,
  'alarm.closed': alarm,
  'case.opened': toldCase,
  'case.closed': toldCase,
  'improvement.closed': v.strictObject({
    id: count,
    touchpoint: v.string(),
    metric: v.picklist(METRICS),
    verdict: v.pipe(v.picklist(['kept', 'against', 'open']), v.description('Whether the promised change was shown, the opposite, or neither')),
    change: v.number(),
    low: v.pipe(v.number(), v.description('95 % interval of the change')),
    high: v.number(),
    n: v.pipe(count, v.description('Answers before and after')),
  }),
  'release.published': v.strictObject({ rev: count, hash: v.string(), activeFrom: v.pipe(v.string(), v.isoTimestamp()), documents: count }),
} as const satisfies { readonly [E in ToldEvent]: v.GenericSchema }
export type ToldData = { readonly [E in ToldEvent]: v.InferOutput<(typeof TOLD_DATA)[E]> }

/** In a sentence, for whoever writes a receiver. */
export const TOLD_WORDS: { readonly [E in ToldEvent]: string } = {
  'feedback.received': 'Answers of five people or more have arrived; fewer wait',
  'alarm.opened': 'Something is not as usual',
  'alarm.closed': 'An alarm has ended',
  'case.opened': 'Somebody has something to take up',
  'case.closed': 'A case is settled',
  'improvement.closed': 'An improvement was closed with its numbers',
  'release.published': 'New documents for all devices',
}
