/**
 * What every event of the role table (`event-rules.ts`) costs and which shape it has. The dispatcher and its tests are made from both.
 * Every event has one payload and an acknowledgement. Stream events are acknowledged with their reply itself or `{code, …}` (StreamError);
 * calls with a Result: `{ok: true, value}` or `{ok: false, error: {code}}`.
 */
import * as v from 'valibot'
import { METRICS } from '../insights/figure.ts'
import type { EpochId } from '../kernel/ids.ts'
import { BOUGHT_CALL_COST, BOUGHT_CALL_SCHEMAS } from './bought.ts'
import type { CallName, Calls } from './calls.ts'
import { ACTING_CALL_COST, ACTING_CALL_SCHEMAS } from './acting.ts'
import { FIGURE_CALL_COST, FIGURE_CALL_SCHEMAS } from './figure-schemas.ts'
import { FunnelRequestFields } from './funnel.ts'
import { LISTENING_CALL_COST, LISTENING_CALL_SCHEMAS } from './listening.ts'
import { PAIRING_CALL_COST, PAIRING_CALL_SCHEMAS } from './pairing-calls.ts'
import { PEOPLE_CALL_COST, PEOPLE_CALL_SCHEMAS } from './people.ts'
import { PRIVACY_CALL_COST, PRIVACY_CALL_SCHEMAS } from './privacy.ts'
import { PullMessage } from './pull.ts'
import { HelloMessage, PushMessage } from './push.ts'
import { RECEIPT_CALL_COST, RECEIPT_CALL_SCHEMAS } from './receipts.ts'
import { SHARING_CALL_COST, SHARING_CALL_SCHEMAS } from './sharing.ts'
import { ReportMessage } from './report.ts'
import { SURVEYS_CALL_COST, SURVEYS_CALL_SCHEMAS } from './surveys.ts'
import { MAX_LEASES } from '../sync/allotment.ts'
import type { Hello, Pull, ReceivedPush, Report } from '../sync/wire.ts'

/** What a device sends over the two streams, besides calls. `time` asks for the hub's clock alone. */
export type StreamRequests = { hello: Hello; push: ReceivedPush; pull: Pull; time: Record<string, never>; report: Report }
export type StreamEvent = keyof StreamRequests
export type GuardedEvent = StreamEvent | CallName

/** Tokens an event takes from the connection's bucket (20 per second, 50 at once). A batch of the outbox is cheap: a day offline must drain in seconds. */
export const EVENT_COST: { readonly [E in GuardedEvent]: number } = {
  hello: 1,
  push: 0.25,
  pull: 1,
  time: 1,
  report: 1,
  'allotments.exchange': 1,
  'quote.lookup': 5,
  'basket.fetch': 5,
  'offers.check': 2,
  'offers.review': 10,
  'parity.read': 5,
  'parity.alarm': 5,
  'parity.vector': 10,
  'parity.close': 5,
  'offer.leave': 10,
  'offer.lift': 10,
  'devices.list': 2,
  'seals.read': 5,
  'hub.health': 2,
  'hub.redrive': 10,
  'feedback.list': 5,
  'feedback.contacts': 5,
  'feedback.watch': 5,
  ...RECEIPT_CALL_COST,
  'insights.read': 5,
  'funnel.read': 5,
  ...ACTING_CALL_COST,
  ...FIGURE_CALL_COST,
  ...LISTENING_CALL_COST,
  ...PAIRING_CALL_COST,
  ...PEOPLE_CALL_COST,
  ...PRIVACY_CALL_COST,
  ...BOUGHT_CALL_COST,
  ...SURVEYS_CALL_COST,
  ...SHARING_CALL_COST,
}

const id = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max), v.regex(/^[\w.:/-]+$/))
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Most feedback items in one reply. */
export const MAX_FEEDBACK_ITEMS = 500

/** Most days in one reply about completeness. */
export const MAX_SEAL_DAYS = 31

const uses = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000))
const rowId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const leaseId = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** What each call takes; unknown keys are refused. */
export const CALL_SCHEMAS: { readonly [K in CallName]: v.GenericSchema<unknown, Calls[K]['request']> } = {
  'quote.lookup': v.strictObject({ code: v.pipe(v.string(), v.minLength(1), v.maxLength(12)) }),
  'basket.fetch': v.strictObject({ code: v.pipe(v.string(), v.minLength(1), v.maxLength(12)) }),
  'offers.check': v.union([v.strictObject({ offer: id(80) }), v.strictObject({ sku: id(80) })]),
  'allotments.exchange': v.strictObject({
    ep: v.custom<EpochId>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value)),
    n: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    leases: v.pipe(v.array(v.strictObject({ id: leaseId, spent: uses, closed: v.boolean() })), v.maxLength(MAX_LEASES)),
  }),
  'offers.review': v.strictObject({ set: v.picklist(['current', 'next']), against: v.picklist(['none', 'previous']) }),
  'parity.read': v.strictObject({}),
  'parity.alarm': v.strictObject({ id: rowId }),
  'parity.vector': v.strictObject({ id: rowId }),
  'parity.close': v.strictObject({ id: rowId }),
  'offer.leave': v.strictObject({ offer: id(80), alarm: v.nullable(rowId) }),
  'offer.lift': v.strictObject({ offer: id(80) }),
  'devices.list': v.strictObject({}),
  'seals.read': v.strictObject({ days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SEAL_DAYS)) }),
  'hub.health': v.strictObject({}),
  'hub.redrive': v.strictObject({}),
  'feedback.list': v.strictObject({ limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_FEEDBACK_ITEMS)) }),
  'feedback.contacts': v.strictObject({ response: id(80) }),
  'feedback.watch': v.strictObject({}),
  ...RECEIPT_CALL_SCHEMAS,
  'insights.read': v.strictObject({
    metric: v.picklist(METRICS),
    from: v.exactOptional(instant),
    until: v.exactOptional(instant),
    by: v.exactOptional(v.picklist(['touchpoint', 'hour', 'day', 'question'])),
  }),
  'funnel.read': FunnelRequestFields,
  ...ACTING_CALL_SCHEMAS,
  ...FIGURE_CALL_SCHEMAS,
  ...LISTENING_CALL_SCHEMAS,
  ...PAIRING_CALL_SCHEMAS,
  ...PEOPLE_CALL_SCHEMAS,
  ...PRIVACY_CALL_SCHEMAS,
  ...BOUGHT_CALL_SCHEMAS,
  ...SURVEYS_CALL_SCHEMAS,
  ...SHARING_CALL_SCHEMAS,
}

export const STREAM_SCHEMAS: { readonly [E in StreamEvent]: v.GenericSchema<unknown, StreamRequests[E]> } = {
  hello: HelloMessage,
  push: PushMessage,
  pull: PullMessage,
  time: v.strictObject({}),
  report: ReportMessage,
}
