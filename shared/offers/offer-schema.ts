/** The shape of an offer as data, bounded, so that no offer can stall or overflow the engine. */
import * as v from 'valibot'
import type { OfferId } from '../kernel/ids.ts'
import { DISTRIBUTIONS } from './distribution/names.ts'
import type { Condition, Effect, Filter, MaxUnits, Offer, SimpleValue, Value } from './offer.ts'

/** Longest id, name or code, in characters. */
export const MAX_ID = 200
/** Highest amount, in minor units: a million euros, so that sums over a basket stay exact. */
export const MAX_MINOR = 1_000_000_000
/** Ids in one filter: a list of half the catalogue is a category in disguise. */
export const MAX_FILTER_IDS = 500
/** Parts of one condition, and of one filter's alternatives. */
export const MAX_CONDITIONS = 16
/** Effects of one offer. */
export const MAX_EFFECTS = 12

/** The validator takes a list for an object without keys: a filter that lets everything through. */
const notList = v.custom<unknown>((value) => !Array.isArray(value), 'a list')
const byCurrency = v.exactOptional(v.pipe(notList, v.record(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_MINOR))), v.check((map) => Object.keys(map).length <= 32, 'more than 32 currencies')))
const text = (most: number) => v.pipe(v.string(), v.maxLength(most), v.check((s) => s.trim() !== '', 'empty'))
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const ids = v.pipe(v.array(text(MAX_ID)), v.maxLength(MAX_FILTER_IDS))
const short = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.maxLength(32))
const minor = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_MINOR))
const count = whole(1, 10_000)
const comparison = v.picklist(['gte', 'lte', 'gt', 'lt', 'eq'])

/** Which lines of a basket an offer speaks of. */
export const filter: v.GenericSchema<unknown, Filter> = v.pipe(notList, v.strictObject({
  lines: v.exactOptional(ids),
  skus: v.exactOptional(ids),
  products: v.exactOptional(ids),
  taxons: v.exactOptional(ids),
  taxonMode: v.exactOptional(v.picklist(['direct', 'subtree'])),
  allTaxons: v.exactOptional(ids),
  notSkus: v.exactOptional(ids),
  notProducts: v.exactOptional(ids),
  notTaxons: v.exactOptional(ids),
  priceMinMinor: v.exactOptional(minor),
  priceMaxMinor: v.exactOptional(minor),
  excludeReduced: v.exactOptional(v.boolean()),
  quantityMin: v.exactOptional(whole(0, 10_000)),
  quantityMax: v.exactOptional(whole(0, 10_000)),
  any: v.exactOptional(v.pipe(v.array(v.lazy(() => filter)), v.maxLength(MAX_CONDITIONS))),
}))
const select = v.exactOptional(filter)
const taxBasis = v.exactOptional(v.picklist(['list', 'gross', 'net']))

const conditions: v.GenericSchema<unknown, readonly Condition[]> = v.pipe(v.array(v.lazy(() => condition)), v.maxLength(MAX_CONDITIONS))
const minuteOfDay = whole(0, 1440)
const condition: v.GenericSchema<unknown, Condition> = v.variant('type', [
  v.strictObject({ type: v.picklist(['all', 'any']), of: conditions }),
  v.strictObject({ type: v.literal('not'), of: v.lazy(() => condition) }),
  v.strictObject({ type: v.literal('never') }),
  v.strictObject({
    type: v.picklist(['subtotal', 'grandTotal']),
    op: v.exactOptional(comparison),
    amountMinor: minor,
    byCurrency,
    basis: v.exactOptional(v.picklist(['current', 'initial'])),
    taxBasis,
    select,
  }),
  v.strictObject({ type: v.picklist(['quantity', 'lineQuantity']), op: v.exactOptional(comparison), value: whole(0, 10_000), select }),
  v.strictObject({ type: v.picklist(['contains', 'allLines']), select: filter }),
  v.strictObject({ type: v.picklist(['customerGroup', 'customerTag', 'store', 'country', 'shippingMethod']), in: short(text(80)) }),
  v.strictObject({ type: v.literal('nthOrder'), n: count }),
  v.strictObject({ type: v.literal('birthday'), daysBefore: v.exactOptional(whole(0, 366)), daysAfter: v.exactOptional(whole(0, 366)) }),
  v.strictObject({ type: v.literal('weekday'), days: v.pipe(v.array(whole(1, 7)), v.maxLength(7)) }),
  v.strictObject({ type: v.literal('timeOfDay'), fromMinute: minuteOfDay, untilMinute: minuteOfDay }),
])

/** Exact decimal text, at most 100 %. */
const percent = v.pipe(v.string(), v.regex(/^\d{1,3}(\.\d{1,6})?$/), v.check((s) => Number(s) <= 100, 'more than 100 %'))
const simple: v.GenericSchema<unknown, SimpleValue> = v.union([
  v.strictObject({ percent }),
  v.strictObject({ amountMinor: minor, byCurrency }),
  v.strictObject({ priceMinor: minor, byCurrency }),
  v.strictObject({ unitPriceMinor: minor, byCurrency }),
])
const tiers = v.pipe(v.array(v.strictObject({ from: minor, value: simple })), v.maxLength(16))
const value: v.GenericSchema<unknown, Value> = v.union([
  simple,
  v.strictObject({ base: simple, tiers, tiersBy: v.picklist(['lineAmount', 'orderSubtotalInitial', 'selectedQuantity']) }),
  v.strictObject({ schedule: v.strictObject({ firstMinor: minor, nextMinor: minor, maxUnits: v.exactOptional(count) }) }),
])

const maxUnits: v.GenericSchema<unknown, MaxUnits> = v.strictObject({
  count,
  per: v.picklist(['line', 'order']),
  pick: v.exactOptional(v.picklist(['cartOrder', 'cheapest', 'dearestLineSquared'])),
})
const sort = v.picklist(['priceAsc', 'priceDesc'])
const groups = v.pipe(v.array(v.strictObject({ count, amountMinor: v.exactOptional(minor), byCurrency, sort, select })), v.minLength(1), v.maxLength(16))
const pick = v.pipe(notList, v.strictObject({
  sort: v.exactOptional(sort),
  nth: v.exactOptional(v.union([count, short(count), v.literal('all')])),
  maxUses: v.exactOptional(v.union([count, v.literal('all')])),
  across: v.exactOptional(v.picklist(['vertical', 'horizontal'])),
}))

const effect: v.GenericSchema<unknown, Effect> = v.variant('type', [
  v.strictObject({ type: v.literal('unitPrice'), value, select }),
  v.strictObject({
    type: v.picklist(['unitDiscount', 'lineDiscount']),
    value,
    select,
    maxUnits: v.exactOptional(maxUnits),
    perUnitCap: v.exactOptional(v.boolean()),
    base: v.exactOptional(v.picklist(['list', 'current'])),
    taxBasis,
  }),
  v.strictObject({
    type: v.literal('orderDiscount'),
    value,
    select,
    maxUnits: v.exactOptional(maxUnits),
    capMinor: v.exactOptional(minor),
    base: v.exactOptional(v.picklist(['initial', 'current'])),
    distribution: v.exactOptional(v.picklist(DISTRIBUTIONS)),
    taxBasis,
  }),
  v.strictObject({
    type: v.literal('shippingDiscount'),
    value,
    methods: v.exactOptional(short(text(80))),
    allocation: v.exactOptional(v.picklist(['each', 'across'])),
    capMinor: v.exactOptional(minor),
    base: v.exactOptional(v.picklist(['list', 'now'])),
    taxBasis,
  }),
  v.strictObject({ type: v.literal('cheapest'), value, select }),
  v.strictObject({ type: v.literal('quantityGroups'), value, groupSize: count, select }),
  v.strictObject({
    type: v.literal('buyGet'),
    mode: v.exactOptional(v.picklist(['flatY', 'reserve', 'inTurn', 'apart'])),
    repeat: v.exactOptional(count),
    taxBasis,
    buy: v.strictObject({ select, quantity: whole(0, 10_000), spendMinor: v.exactOptional(v.pipe(minor, v.minValue(1))), byCurrency }),
    get: v.strictObject({ select, quantity: count, value: simple }),
  }),
  v.strictObject({
    type: v.literal('set'),
    groups,
    group: v.exactOptional(whole(0, 16)),
    value: simple,
    capMinor: v.exactOptional(minor),
    pick: v.exactOptional(pick),
  }),
  v.strictObject({ type: v.literal('gift'), sku: text(MAX_ID), quantity: count, unitPriceMinor: v.exactOptional(minor), byCurrency }),
])

/** A day that the calendar has, a time, and Z: what every machine reads alike. Other texts some read and some do not, or each in its own way. */
const UTC_INSTANT = /^(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))|(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?Z$/
const utcInstant = v.pipe(v.string(), v.regex(UTC_INSTANT, 'not an instant in UTC'))
const uses = whole(0, 1_000_000_000)
const limits = v.pipe(notList, v.strictObject({
  total: v.exactOptional(uses),
  used: v.exactOptional(uses),
  perCustomer: v.exactOptional(uses),
  usedByCustomer: v.exactOptional(uses),
  budget: v.exactOptional(
    v.variant('type', [
      v.strictObject({ type: v.literal('spend'), limitMinor: minor, usedMinor: v.exactOptional(minor) }),
      v.strictObject({ type: v.literal('usage'), limit: uses, used: v.exactOptional(uses) }),
    ]),
  ),
}))
const trigger = v.variant('type', [
  v.strictObject({ type: v.literal('auto') }),
  v.strictObject({ type: v.literal('code'), codes: v.pipe(v.array(text(64)), v.minLength(1), v.maxLength(MAX_FILTER_IDS)) }),
])
const flag = v.exactOptional(v.boolean())

/** Refuses every key, condition, effect and distribution that the engine does not know. */
export const offerSchema: v.GenericSchema<unknown, Offer> = v.strictObject({
  id: v.pipe(text(MAX_ID), v.transform((s) => s as OfferId)),
  name: v.exactOptional(text(MAX_ID)),
  enabled: flag,
  stage: v.exactOptional(v.picklist(['catalog', 'cart'])),
  lane: v.exactOptional(text(40)),
  priority: v.exactOptional(whole(-1_000_000, 1_000_000)),
  exclusive: flag,
  excludes: v.exactOptional(ids),
  stackingMode: v.exactOptional(v.picklist(['Stacking', 'StopAfterThisDiscount'])),
  combinesWith: v.exactOptional(v.pipe(notList, v.strictObject({ item: flag, order: flag, shipping: flag }))),
  channels: v.exactOptional(short(text(40))),
  currencies: v.exactOptional(short(text(3))),
  window: v.exactOptional(v.pipe(notList, v.strictObject({ from: v.exactOptional(utcInstant), until: v.exactOptional(utcInstant) }))),
  trigger: v.exactOptional(trigger),
  limits: v.exactOptional(limits),
  when: v.exactOptional(condition),
  effects: v.pipe(v.array(effect), v.maxLength(MAX_EFFECTS)),
})

/** The parts that a description of the format names; several of them contain themselves. */
export const OFFER_PARTS = { offer: offerSchema, condition, filter, effect, value, simpleValue: simple, maxUnits } as const
