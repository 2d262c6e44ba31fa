/** The shapes of what the hub answers about prices of store and web shop; see parity.ts. */
import * as v from 'valibot'
import { PARITY_CAUSES, PARITY_SOURCES } from './parity.ts'

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const localised = v.strictObject({ de: v.string(), en: v.string() })
const orNumber = v.nullable(v.number())

const counts = v.strictObject({ equal: count, different: count, left: count, passed: count, apartMinor: count })

const head = {
  id: count,
  source: v.picklist(PARITY_SOURCES),
  cause: v.picklist(PARITY_CAUSES),
  detail: v.nullable(v.string()),
  firstAt: whole,
  lastAt: whole,
  baskets: count,
  byMinor: whole,
  device: v.nullable(v.string()),
  offers: v.array(v.strictObject({ offer: v.string(), title: localised, left: v.boolean(), here: v.boolean() })),
  closed: v.boolean(),
} as const

const place = v.variant('type', [
  v.strictObject({ type: v.literal('article'), name: localised, quantity: count, before: v.exactOptional(v.literal(true)) }),
  v.strictObject({ type: v.literal('offer'), name: localised }),
  v.strictObject({ type: v.picklist(['lines', 'delivery', 'tax', 'total']) }),
])

const reported = v.strictObject({ promotion: v.string(), name: v.string(), why: v.nullable(v.string()) })
const report = v.strictObject({
  at: whole,
  rev: count,
  dialect: v.string(),
  articles: count,
  exact: v.array(reported),
  atCheckout: v.array(reported),
  warnings: v.array(reported),
  leftOut: v.array(v.strictObject({ what: v.string(), why: v.string() })),
  tried: v.nullable(v.strictObject({ total: count, equal: count, left: count, refused: count, different: count })),
  more: v.strictObject({ exact: count, atCheckout: count, warnings: count, leftOut: count }),
})

const shop = v.strictObject({
  name: v.string(),
  connected: v.boolean(),
  answeredAt: v.nullable(whole),
  trouble: v.nullable(v.strictObject({ since: whole, why: v.string() })),
  capabilities: v.array(v.strictObject({ name: v.string(), unable: v.nullable(v.string()) })),
  report: v.nullable(report),
})

/** `ParityReply`. */
export const ParityFields = v.strictObject({
  asOf: whole,
  since: v.nullable(whole),
  lastAt: v.nullable(whole),
  counts: v.strictObject({ handoff: counts, probe: counts, cart: counts }),
  waiting: count,
  missing: v.array(v.strictObject({ dev: v.string(), name: v.string(), waiting: count, since: v.nullable(whole), lost: v.exactOptional(count) })),
  shop,
  alarms: v.array(v.strictObject(head)),
  left: v.array(v.strictObject({ offer: v.string(), title: localised, at: whole, by: v.string(), cause: v.nullable(v.picklist(PARITY_CAUSES)) })),
})

/** `AlarmDetail`. */
export const AlarmFields = v.strictObject({
  ...head,
  codes: v.array(v.string()),
  delivery: v.picklist(['pickup', 'home']),
  figures: v.array(v.strictObject({ place, kiosk: orNumber, ours: orNumber, shop: orNumber })),
  steps: v.array(v.strictObject({ stage: v.string(), offer: v.nullable(localised), at: v.nullable(localised), minor: v.number() })),
  releases: v.strictObject({ kiosk: v.nullable(v.string()), ours: v.string() }),
  shownAt: v.nullable(whole),
  comparedAt: whole,
  hasVector: v.boolean(),
})

/** `ParityVector`. */
export const VectorFields = v.strictObject({ name: v.string(), text: v.string() })
