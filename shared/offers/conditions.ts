/** Whether a condition holds in the running state of a basket. Missing facts make a leaf false, never an error. */
import { add, compare, rational, subtract, sumOf, type Rational } from '../kernel/rational.ts'
import { addDays, daysBetween, localTime, millis, type Day, type LocalTime } from '../kernel/time.ts'
import { matchesFilter } from './filter.ts'
import type { Comparison, Condition } from './offer.ts'
import type { PricingContext } from './pricing-context.ts'
import { selectLines, type PricingState } from './pricing-state.ts'
import { listedToBasis, sumInBasis } from './tax/tax-basis.ts'

/** True without a condition. */
export const holds = (condition: Condition | undefined, state: PricingState): boolean => {
  if (!condition) return true
  switch (condition.type) {
    case 'all':
      return condition.of.every((one) => holds(one, state))
    case 'any':
      return condition.of.some((one) => holds(one, state))
    case 'not':
      return !holds(condition.of, state)
    case 'never':
      return false
    case 'subtotal':
    case 'grandTotal':
      return isMet(amountOf(condition, state), condition.op, rational(condition.amountMinor))
    case 'quantity':
      return isMet(quantityOf(condition, state), condition.op, condition.value)
    case 'lineQuantity':
      return selectLines(state, condition.select).some((line) => isMet(line.line.quantity, condition.op, condition.value))
    case 'contains':
      return selectLines(state, condition.select).length > 0
    case 'allLines':
      return state.lines.every((line) => matchesFilter(line, condition.select, state.context.taxonParents))
    default:
      return holdsForCustomer(condition, state.context)
  }
}

type Sum = Extract<Condition, { type: 'subtotal' | 'grandTotal' }>
type Count = Extract<Condition, { type: 'quantity' | 'lineQuantity' }>
type CustomerCondition = Exclude<Condition, { type: 'all' | 'any' | 'not' | 'never' | 'subtotal' | 'grandTotal' | 'quantity' | 'lineQuantity' | 'contains' | 'allLines' }>

/** The sum that a `subtotal` or `grandTotal` condition looks at. */
export const amountOf = (condition: Sum, state: PricingState): Rational => {
  const initial = condition.basis === 'initial'
  const basis = condition.taxBasis ?? 'list'
  let items = condition.select || basis !== 'list' ? sumInBasis(selectLines(state, condition.select), (line) => (initial ? line.base : line.rest), basis, state) : initial ? state.linesBase : state.linesRest
  if (!initial && !condition.select && state.basket.length > 0) items = subtract(items, sumOf(state.basket.map((entry) => entry.amount)))
  if (condition.type === 'subtotal') return items
  return state.shipping.length === 0 ? items : add(items, sumOf(state.shipping.map((one) => listedToBasis(initial ? one.amount : one.rest, one.shipping.taxCategory, basis, state))))
}

/** Pieces that a `quantity` condition counts. */
export const quantityOf = (condition: Count, state: PricingState): number =>
  selectLines(state, condition.select).reduce((sum, line) => sum + line.line.quantity, 0)

/** Whether a value stands to its limit as the comparison asks; at least, if none is named. */
export const isMet = (value: Rational, op: Comparison = 'gte', limit: Rational): boolean => {
  const order = compare(value, limit)
  switch (op) {
    case 'gte':
      return order >= 0
    case 'lte':
      return order <= 0
    case 'gt':
      return order > 0
    case 'lt':
      return order < 0
    case 'eq':
      return order === 0
  }
}

/** Conditions on who buys, where and when: the same for the whole basket, whatever was reduced before. */
const holdsForCustomer = (condition: CustomerCondition, context: PricingContext): boolean => {
  switch (condition.type) {
    case 'customerGroup':
      return (context.customer?.groups ?? []).some((group) => condition.in.includes(group))
    case 'customerTag':
      return (context.customer?.tags ?? []).some((tag) => condition.in.includes(tag))
    case 'store':
      return context.store !== undefined && condition.in.includes(context.store)
    case 'country':
      return context.country !== undefined && condition.in.includes(context.country)
    case 'shippingMethod':
      return (context.shipping ?? []).some((one) => condition.in.includes(one.method))
    case 'nthOrder':
      return context.customer !== undefined && ordersPlaced(context) === condition.n - 1
    case 'birthday':
      return isNearBirthday(context, condition.daysBefore ?? 0, condition.daysAfter ?? 0)
    case 'weekday':
      return condition.days.includes(storeTime(context)?.weekday ?? 0)
    case 'timeOfDay':
      return isWithinHours(storeTime(context), condition.fromMinute, condition.untilMinute)
    default: // A condition of a newer shop.
      return false
  }
}

/** A guest without history is at the first order. */
const ordersPlaced = ({ customer }: PricingContext): number | undefined => customer?.ordersPlaced ?? (customer?.guest ? 0 : undefined)

/** The store's wall clock, if the instant is known. */
export const storeTime = (context: PricingContext): LocalTime | null =>
  context.now === undefined ? null : localTime(millis(Date.parse(context.now)), context.timeZone ?? 'UTC')

/** From later than until spans midnight. */
const isWithinHours = (time: LocalTime | null, fromMinute: number, untilMinute: number): boolean => {
  if (!time) return false
  const minute = time.hour * 60 + time.minute
  return fromMinute <= untilMinute ? minute >= fromMinute && minute < untilMinute : minute >= fromMinute || minute < untilMinute
}

const MONTH_AND_DAY = /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** The window may reach over New Year, so the birthdays of the neighbouring years count too; 29 February is kept on 1 March. */
const isNearBirthday = (context: PricingContext, daysBefore: number, daysAfter: number): boolean => {
  const today = storeTime(context)?.day
  const birthday = context.customer?.birthday
  if (!today || !birthday || !MONTH_AND_DAY.test(birthday)) return false
  const year = Number(today.slice(0, 4))
  return [year - 1, year, year + 1].some((one) => {
    const day = addDays(`${String(one).padStart(4, '0')}-${birthday.slice(0, 2)}-01` as Day, Number(birthday.slice(3)) - 1)
    const distance = daysBetween(day, today)
    return distance >= -daysBefore && distance <= daysAfter
  })
}

