/** The shapes of what the hub answers to calls, and of its hints. No device judges by them: the hash of the wire is made from them, and tests hold the hub's answers to them. */
import * as v from 'valibot'
import { CHANNELS } from '../feedback/channel.ts'
import { MISUSE_FLAGS } from '../feedback/misuse.ts'
import { HIDDEN } from '../feedback/hidden.ts'
import { LANGUAGES } from '../kernel/language.ts'
import { METRICS } from '../insights/figure.ts'
import { RULES } from '../basket/review/finding.ts'
import { KEPT_CLASSES } from '../privacy/privacy-settings.ts'
import { ROLES } from '../devices/role.ts'
import { filter } from '../offers/offer-schema.ts'
import { REFUSAL_REASONS } from '../sync/release-signature.ts'
import { STORAGE_TROUBLES } from '../sync/wire.ts'
import { BOUGHT_REPLY_SCHEMAS } from './bought.ts'
import { ACTING_REPLY_SCHEMAS } from './acting.ts'
import type { CallName, Calls, HintName, Hints } from './calls.ts'
import { FIGURE_REPLY_SCHEMAS } from './figure-schemas.ts'
import { FunnelReplyFields } from './funnel.ts'
import { PEOPLE_REPLY_SCHEMAS, SessionHint } from './people.ts'
import { PRIVACY_REPLY_SCHEMAS } from './privacy.ts'
import { LISTENING_REPLY_SCHEMAS } from './listening.ts'
import { PAIRING_REPLY_SCHEMAS } from './pairing-calls.ts'
import { AlarmFields, ParityFields, VectorFields } from './parity-schemas.ts'
import { SURVEYS_REPLY_SCHEMAS } from './surveys.ts'
import { SHARING_REPLY_SCHEMAS } from './sharing.ts'
import { RECEIPT_REPLY_SCHEMAS, receiptStandingFields } from './receipts.ts'

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const localised = v.strictObject({ de: v.string(), en: v.string() })
const texts = v.array(v.string())
const loss = v.strictObject({ upTo: count, from: whole, to: whole })
const roomOnDisk = v.nullable(v.strictObject({ freeBytes: v.number(), totalBytes: v.number() }))
const units = v.record(v.string(), count)

const feedbackItem = v.strictObject({
  id: v.string(),
  response: v.string(),
  touchpoint: v.string(),
  question: v.string(),
  kind: v.picklist(['csat5', 'smiley4', 'nps', 'ces7', 'choice', 'ranking', 'text', 'scale10', 'amount', 'contact']),
  value: v.union([v.number(), texts, v.string()]),
  at: whole,
  receivedAt: whole,
  dev: v.nullable(v.string()),
  channel: v.picklist(CHANNELS),
  lang: v.exactOptional(v.picklist(LANGUAGES)),
  hidden: v.exactOptional(v.picklist(HIDDEN)),
  open: v.exactOptional(count),
  flags: v.exactOptional(v.array(v.picklist(MISUSE_FLAGS))),
  receipt: v.exactOptional(receiptStandingFields),
})

const deviceHealth = v.strictObject({
  dev: v.string(),
  name: v.string(),
  role: v.picklist(ROLES),
  touchpoint: v.nullable(v.string()),
  online: v.boolean(),
  lastSeenAt: v.nullable(whole),
  stored: count,
  waiting: count,
  releaseHash: v.nullable(v.string()),
  nextHash: v.nullable(v.string()),
  refused: v.nullable(v.strictObject({ hash: v.string(), why: v.picklist(REFUSAL_REASONS) })),
  app: v.nullable(v.string()),
  clockOffsetMs: v.nullable(whole),
  unread: v.exactOptional(v.array(v.strictObject({ id: v.string(), reason: v.string() }))),
  storage: v.exactOptional(v.nullable(v.picklist(STORAGE_TROUBLES))),
  copiedAt: v.exactOptional(v.nullable(whole)),
  revoked: v.boolean(),
})

const daySeal = v.variant('type', [
  v.strictObject({ type: v.literal('sealed') }),
  v.strictObject({ type: v.literal('so-far'), until: whole }),
  v.strictObject({ type: v.picklist(['open', 'unknown', 'gone']), atLeast: count, since: v.nullable(whole) }),
  v.strictObject({ type: v.literal('lost'), upTo: count }),
])

const seals = v.strictObject({
  asOf: whole,
  timeZone: v.string(),
  devices: v.array(
    v.strictObject({
      dev: v.string(),
      name: v.string(),
      touchpoint: v.nullable(v.string()),
      seenAt: v.nullable(whole),
      revokedAt: v.nullable(whole),
      waiting: count,
      losses: v.array(loss),
      days: v.array(v.strictObject({ day: v.string(), answers: count, seal: daySeal })),
    }),
  ),
})

const hubHealth = v.strictObject({
  asOf: whole,
  startedAt: whole,
  backup: v.strictObject({ lastAt: v.nullable(whole), everyMs: count, failed: v.nullable(v.strictObject({ at: whole, why: v.string() })), room: roomOnDisk }),
  room: roomOnDisk,
  rows: v.strictObject({ mended: count, lost: count }),
  restored: v.nullable(v.strictObject({ copyAt: whole, salvaged: count })),
  certificateEndsAt: v.exactOptional(whole),
  recovered: count,
  overdue: v.exactOptional(v.array(v.picklist(KEPT_CLASSES))),
  stored: count,
  parked: count,
  quarantined: count,
  unsettled: v.array(v.strictObject({ state: v.picklist(['parked', 'quarantined']), type: v.string(), why: v.string(), n: count, newestAt: whole })),
})

const figure = v.strictObject({ score: v.nullable(v.number()), low: v.nullable(v.number()), high: v.nullable(v.number()), n: count, mean: v.nullable(v.number()), counts: v.record(v.string(), count) })
const insights = v.strictObject({
  metric: v.picklist(METRICS),
  overall: figure,
  groups: v.array(v.strictObject({ key: v.string(), figure })),
  withheld: v.exactOptional(texts),
  missing: v.array(v.strictObject({ dev: v.string(), name: v.string(), waiting: count, since: v.nullable(whole), lost: v.exactOptional(count) })),
  flagged: count,
  asOf: whole,
})

const basketLine = v.strictObject({ sku: v.string(), quantity: count })
const quoteState = v.picklist(['shown', 'opened', 'ordered', 'expired'])
const quoteView = v.strictObject({
  qid: v.string(),
  code: v.string(),
  checkWord: v.string(),
  basket: v.strictObject({ lines: v.array(basketLine), codes: texts, delivery: v.picklist(['pickup', 'home']) }),
  units,
  issuedAt: whole,
  expiresAt: whole,
  state: quoteState,
  totalCents: whole,
  releaseHash: v.string(),
  device: v.string(),
  orderNumber: v.nullable(v.string()),
})

type MissingShape = Extract<Calls['offers.check']['reply'][number]['verdict'], { readonly status: 'missed' }>['missing'][number]
const not = v.exactOptional(v.literal(true))
const select = v.exactOptional(filter)
const missing: v.GenericSchema = v.variant('type', [
  v.strictObject({ type: v.literal('amount'), minor: whole, select }),
  v.strictObject({ type: v.literal('quantity'), pieces: whole, perLine: not, select }),
  v.strictObject({ type: v.literal('code') }),
  v.strictObject({ type: v.literal('product'), select: filter }),
  v.strictObject({ type: v.picklist(['customerGroup', 'customerTag', 'store', 'country', 'shippingMethod']), in: texts, not }),
  v.strictObject({ type: v.literal('birthday'), daysBefore: v.exactOptional(count), daysAfter: v.exactOptional(count), not }),
  v.strictObject({ type: v.literal('nthOrder'), n: whole, not }),
  v.strictObject({ type: v.literal('weekday'), days: v.array(count) }),
  v.strictObject({ type: v.literal('timeOfDay'), fromMinute: count, untilMinute: count }),
  v.strictObject({ type: v.literal('amountLimit'), op: v.picklist(['lt', 'lte', 'eq']), minor: whole, select }),
  v.strictObject({ type: v.literal('quantityLimit'), op: v.picklist(['lte', 'eq']), pieces: whole, perLine: not, select }),
  v.strictObject({ type: v.picklist(['only', 'without', 'other']), select: filter }),
  v.strictObject({ type: v.literal('either'), of: v.array(v.array(v.lazy(() => missing))) }),
  v.strictObject({ type: v.literal('unmeetable') }),
])
const someMissing = v.array(v.custom<MissingShape>((value) => v.is(missing, value)))
/** As data, so that the hash sees inside. */
export const MissingReply = missing

const gift = v.strictObject({ sku: v.string(), quantity: count, unitPriceMinor: v.exactOptional(whole) })
const verdict = v.variant('status', [
  v.strictObject({ offerId: v.string(), status: v.literal('applied'), amountMinor: whole, gifts: v.exactOptional(v.array(gift)), next: v.exactOptional(someMissing) }),
  v.strictObject({ offerId: v.string(), status: v.literal('missed'), missing: someMissing }),
  v.strictObject({ offerId: v.string(), status: v.literal('displaced'), by: v.string() }),
  v.strictObject({ offerId: v.string(), status: v.literal('without effect') }),
  v.strictObject({
    offerId: v.string(),
    status: v.literal('inactive'),
    why: v.picklist(['disabled', 'channel', 'currency', 'not yet', 'over', 'exhausted']),
    at: v.exactOptional(v.string()),
    in: v.exactOptional(texts),
    byCustomer: not,
    missing: v.exactOptional(someMissing),
  }),
])
const offerAnswer = v.strictObject({ offer: v.string(), validNow: v.boolean(), channels: texts, from: v.nullable(v.string()), until: v.nullable(v.string()), verdict, releaseHash: v.string(), at: whole })

const allotments = v.strictObject({
  n: count,
  now: whole,
  leases: v.array(v.strictObject({ id: count, offer: v.string(), left: count, renewAt: whole, spendUntil: whole })),
  pools: v.array(v.strictObject({ offer: v.string(), total: count, left: count })),
})

const evidence = v.variant('type', [
  v.strictObject({
    type: v.literal('basket'),
    lines: v.array(basketLine),
    codes: texts,
    delivery: v.picklist(['pickup', 'home']),
    channel: v.picklist(['store', 'web']),
    at: whole,
    baseCents: whole,
    paidCents: whole,
    costCents: v.exactOptional(whole),
    shares: v.array(v.strictObject({ offer: v.string(), cents: whole })),
  }),
  v.strictObject({ type: v.literal('price'), sku: v.string(), since: v.string(), priceCents: whole, previousCents: whole, lowestCents: v.nullable(whole), articles: count }),
])
const ruleNames = Object.keys(RULES) as (keyof typeof RULES)[]
const finding = v.strictObject({ rule: v.picklist(ruleNames), severity: v.picklist(['error', 'warning', 'note']), offers: texts, path: v.string(), sentence: localised, evidence: v.exactOptional(evidence) })
const side = v.strictObject({ revenueCents: whole, savingsCents: whole, depthBps: whole, discounted: count, free: count, marginCents: v.nullable(whole) })
const change = v.strictObject({ id: v.string(), currentBaskets: count, draftBaskets: count, currentCents: whole, draftCents: whole })
const rehearsal = v.strictObject({
  baskets: count,
  refused: v.strictObject({ empty: count, unknownArticles: count, unpriceable: count }),
  lines: v.strictObject({ priced: count, unknown: count, unmapped: count }),
  current: side,
  draft: side,
  affected: v.strictObject({ n: count, cheaper: count, dearer: count }),
  difference: v.strictObject({ sumCents: v.number(), squares: v.number() }),
  offers: v.array(change),
  articles: v.array(change),
  depths: v.array(v.strictObject({ from: whole, current: count, draft: count })),
  changes: v.array(v.strictObject({ from: whole, n: count })),
  leftOut: texts,
})
const offerReview = v.strictObject({
  asOf: whole,
  rev: count,
  publishedAt: whole,
  set: v.picklist(['current', 'next']),
  nextAt: v.nullable(whole),
  offers: count,
  findings: v.array(finding),
  override: v.nullable(v.strictObject({ by: v.string(), reason: v.string() })),
  against: v.picklist(['none', 'previous']),
  previousAt: v.nullable(whole),
  rehearsal,
  names: v.record(v.string(), localised),
})

/** What each call is answered with, beside `CallError`. */
export const REPLY_SCHEMAS = {
  'quote.lookup': quoteView,
  'basket.fetch': v.strictObject({ digits: v.string() }),
  'offers.check': v.array(offerAnswer),
  'allotments.exchange': allotments,
  'offers.review': offerReview,
  'parity.read': ParityFields,
  'parity.alarm': AlarmFields,
  'parity.vector': VectorFields,
  'parity.close': v.strictObject({ closed: v.literal(true) }),
  'offer.leave': v.strictObject({ rev: count }),
  'offer.lift': v.strictObject({ rev: count }),
  'devices.list': v.array(deviceHealth),
  'seals.read': seals,
  'hub.health': hubHealth,
  'hub.redrive': v.strictObject({ understood: count, left: count }),
  'feedback.list': v.array(feedbackItem),
  'feedback.contacts': v.array(v.strictObject({ response: v.string(), touchpoint: v.string(), at: whole, contact: v.string() })),
  'feedback.watch': v.strictObject({ watching: v.literal(true) }),
  ...RECEIPT_REPLY_SCHEMAS,
  'insights.read': insights,
  'funnel.read': FunnelReplyFields,
  ...ACTING_REPLY_SCHEMAS,
  ...FIGURE_REPLY_SCHEMAS,
  ...LISTENING_REPLY_SCHEMAS,
  ...PAIRING_REPLY_SCHEMAS,
  ...PEOPLE_REPLY_SCHEMAS,
  ...PRIVACY_REPLY_SCHEMAS,
  ...BOUGHT_REPLY_SCHEMAS,
  ...SURVEYS_REPLY_SCHEMAS,
  ...SHARING_REPLY_SCHEMAS,
} as const satisfies { readonly [K in CallName]: v.GenericSchema }

/** Why a call was not answered. */
export const CallErrorReply = v.strictObject({ code: v.picklist(['offline', 'timeout', 'busy', 'auth', 'forbidden', 'bad_request', 'revoked', 'not_found', 'failed', 'person', 'fresh']) })

/** What the hub says unasked. */
export const HINT_SCHEMAS = {
  release: v.strictObject({ rev: count, hash: v.string() }),
  feedback: v.array(feedbackItem),
  erased: v.strictObject({ ids: v.array(v.string()) }),
  handoff: v.strictObject({ qid: v.string(), state: quoteState }),
  devices: v.strictObject({}),
  acting: v.strictObject({}),
  session: SessionHint,
} as const satisfies { readonly [K in HintName]: v.GenericSchema }

type Frozen<T> = T extends readonly (infer U)[] ? readonly Frozen<U>[] : T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T
type Unfit<Types, Schemas extends { readonly [K in keyof Types]: v.GenericSchema }> = { [K in keyof Types]: Types[K] extends Frozen<v.InferInput<Schemas[K]>> ? never : K }[keyof Types]
/** Every reply and hint as typed has the shape written here; names the one that has not. */
export type UnfitReply = Unfit<{ [K in CallName]: Calls[K]['reply'] }, typeof REPLY_SCHEMAS> | Unfit<Hints, typeof HINT_SCHEMAS>
