/** What is still missing for an offer, exactly: the facts behind "noch 4,10 €". */
import { add, isPositive, rational, subtract, sumOf, toNumber, type Rational } from '../kernel/rational.ts'
import { amountOf, holds, quantityOf } from './conditions.ts'
import { chargesFor } from './effects/shipping-discount.ts'
import { tierFactsOf } from './effects/effect-facts.ts'
import { completeSets } from './effects/set.ts'
import { matchesFilter } from './filter.ts'
import type { Comparison, Condition, Effect, Filter, Value } from './offer.ts'
import type { Missing } from './priced-basket.ts'
import { selectLines, type PricingState } from './pricing-state.ts'
import { nextTier, valueInForce } from './value.ts'

/** Nothing if the condition holds. Of alternatives, the one that needs least; all of them, where shopping alone meets none. */
export const missingForCondition = (condition: Condition | undefined, state: PricingState): readonly Missing[] => (condition ? lacking(condition, true, state) : [])

/** `wanted`: whether the condition must hold or must not, as inside of `not`. */
const lacking = (condition: Condition, wanted: boolean, state: PricingState): readonly Missing[] => {
  if (holds(condition, state) === wanted) return []
  switch (condition.type) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((one) => lacking(one, wanted, state))
      return (condition.type === 'all') === wanted ? parts.flat() : leastOf(parts)
    }
    case 'not':
      return lacking(condition.of, !wanted, state)
    case 'subtotal':
    case 'grandTotal':
      return missingAmount(rational(condition.amountMinor), amountOf(condition, state), operator(condition.op, wanted), condition.select)
    case 'quantity':
      return missingPieces(condition.value, quantityOf(condition, state), operator(condition.op, wanted), condition.select)
    case 'lineQuantity':
      return missingOnLine(condition, wanted, state)
    case 'contains':
      return wanted ? missingProduct(condition.select, state) : [{ type: 'without', select: condition.select }]
    case 'allLines':
      return [{ type: wanted ? 'only' : 'other', select: condition.select }]
    default:
      return missingFact(condition, wanted)
  }
}

type Sums = 'all' | 'any' | 'not' | 'subtotal' | 'grandTotal' | 'quantity' | 'lineQuantity' | 'contains' | 'allLines'

/** Who buys, where and when. The opposite of days and hours are the other days and hours. */
const missingFact = (fact: Exclude<Condition, { type: Sums }>, wanted: boolean): readonly Missing[] => {
  const not = wanted ? {} : ({ not: true } as const)
  switch (fact.type) {
    case 'customerGroup':
    case 'customerTag':
    case 'store':
    case 'country':
    case 'shippingMethod':
      return fact.in.length === 0 ? NOTHING_HELPS : [{ type: fact.type, in: fact.in, ...not }]
    case 'nthOrder':
      return [{ type: 'nthOrder', n: fact.n, ...not }]
    case 'birthday':
      return [{ ...fact, ...not }]
    case 'weekday': {
      const days = wanted ? [...new Set(fact.days)] : [1, 2, 3, 4, 5, 6, 7].filter((day) => !fact.days.includes(day))
      return days.length === 0 ? NOTHING_HELPS : [{ type: 'weekday', days }]
    }
    case 'timeOfDay': {
      const { fromMinute, untilMinute } = fact
      if (wanted ? fromMinute === untilMinute : (untilMinute - fromMinute) % DAY_MINUTES === 0) return NOTHING_HELPS
      return [wanted ? { type: 'timeOfDay', fromMinute, untilMinute } : { type: 'timeOfDay', fromMinute: untilMinute % DAY_MINUTES, untilMinute: fromMinute || DAY_MINUTES }]
    }
    default: // `never`, and conditions of a newer shop.
      return NOTHING_HELPS
  }
}

const DAY_MINUTES = 1440
const NOTHING_HELPS: readonly Missing[] = [{ type: 'unmeetable' }]

/** One line is enough where it must hold; where it must not, every line stands in the way. */
const missingOnLine = ({ op, value, select }: Extract<Condition, { type: 'quantity' | 'lineQuantity' }>, wanted: boolean, state: PricingState): readonly Missing[] => {
  const quantities = selectLines(state, select).map((line) => line.line.quantity)
  const asked = operator(op, wanted)
  const upwards = asked === 'gte' || asked === 'gt' || asked === 'ne'
  const below = quantities.filter((quantity) => quantity < value)
  const nearest = asked === 'eq' && below.length > 0 ? Math.max(...below) : upwards === wanted ? Math.max(0, ...quantities) : Math.min(...quantities)
  if (quantities.length === 0 && !upwards) return missingPieces(1, 0, 'gte', select)
  return missingPieces(value, nearest, asked, select).map((one) => (one.type === 'quantity' || one.type === 'quantityLimit' ? Object.assign({}, one, { perLine: true } as const) : one))
}

/** Demands on the same articles become one: the larger number of pieces. */
export const mergeMissing = (missing: readonly Missing[]): readonly Missing[] => {
  if (missing.length < 2) return missing
  const merged = new Map<string, Missing>()
  for (const one of missing) {
    const asPieces: Missing = one.type === 'product' ? { type: 'quantity', pieces: 1, select: one.select } : one
    const key = JSON.stringify(asPieces.type === 'quantity' ? ['quantity', asPieces.perLine, asPieces.select] : one)
    const known = merged.get(key)
    if (!known) merged.set(key, one)
    else if (asPieces.type === 'quantity' && piecesOf(known) < asPieces.pieces) merged.set(key, one)
  }
  return [...merged.values()]
}

const piecesOf = (missing: Missing): number => (missing.type === 'quantity' ? missing.pieces : 1)

/** Articles or shipping that the effects lack; nothing if at least one effect found something to work on. */
export const missingForEffects = (effects: readonly Effect[], state: PricingState): readonly Missing[] => {
  if (effects.length === 1) return missingForEffect(effects[0]!, state)
  const each = effects.map((effect) => missingForEffect(effect, state))
  return each.some((one) => one.length === 0) ? [] : leastOf(each)
}

/** What a further step of an applied effect would need: the next tier, or the rest of a group or set that has been begun. */
export const nextStep = (effect: Effect, state: PricingState): readonly Missing[] => {
  if (effect.type === 'quantityGroups') {
    const begun = piecesIn(state, effect.select) % effect.groupSize
    return begun === 0 ? [] : missingPieces(effect.groupSize, begun, 'gte', effect.select)
  }
  if (effect.type === 'set') return nextSet(effect, state)
  return 'value' in effect && 'tiers' in effect.value ? nextTierMissing(effect.value, 'select' in effect ? effect.select : undefined, state) : []
}

const nextSet = (effect: Extract<Effect, { type: 'set' }>, state: PricingState): readonly Missing[] => {
  const maxUses = effect.pick?.maxUses
  if (typeof maxUses === 'number' && completeSets(effect, state).length >= maxUses) return []
  const missing = missingForSet(effect, state)
  const pieces = missing.reduce((sum, one) => sum + (one.type === 'quantity' ? one.pieces : 0), 0)
  return pieces < effect.groups.reduce((sum, group) => sum + group.count, 0) ? missing : []
}

const nextTierMissing = (value: Value, select: Filter | undefined, state: PricingState): readonly Missing[] => {
  const facts = tierFactsOf(null, selectLines(state, select).map((line) => ({ line })), state)
  const next = nextTier(value, facts)
  if (!next) return []
  if (next.by === 'selectedQuantity') return missingPieces(next.from, facts.selectedQuantity, 'gte', select)
  return missingAmount(rational(next.from), facts[next.by], 'gte', next.by === 'lineAmount' ? select : undefined)
}

const missingForEffect = (effect: Effect, state: PricingState): readonly Missing[] => {
  switch (effect.type) {
    case 'gift':
      return []
    case 'shippingDiscount':
      return chargesFor(effect, state).length === 0 && effect.methods ? [{ type: 'shippingMethod', in: effect.methods }] : []
    case 'quantityGroups':
      return missingPieces(effect.groupSize, piecesIn(state, effect.select), 'gte', effect.select)
    case 'buyGet':
      return missingForBuyGet(effect, state)
    case 'set':
      return completeSets(effect, state).length > 0 ? [] : missingForSet(effect, state)
    case 'unitPrice':
    case 'unitDiscount':
    case 'lineDiscount':
    case 'orderDiscount':
    case 'cheapest': {
      const article = missingArticle(effect.select, state)
      return article.length > 0 ? article : missingFirstTier(effect.value, effect.select, state)
    }
    default: // An effect of a newer shop.
      return [{ type: 'unmeetable' }]
  }
}

/** A value that takes nothing off yet begins with its first tier. */
const missingFirstTier = (value: Value, select: Filter | undefined, state: PricingState): readonly Missing[] => {
  if (!('tiers' in value)) return []
  const now = valueInForce(value, () => tierFactsOf(null, selectLines(state, select).map((line) => ({ line })), state))
  const isNothing = ('percent' in now && Number(now.percent) === 0) || ('amountMinor' in now && now.amountMinor === 0)
  return isNothing ? nextTierMissing(value, select, state) : []
}

const missingArticle = (select: Filter | undefined, state: PricingState): readonly Missing[] => {
  if (selectLines(state, select).length > 0) return []
  return missingProduct(select ?? {}, state)
}

/** One piece, or as many of one article as the selection itself demands. */
const missingProduct = (select: Filter, state: PricingState): readonly Missing[] => {
  const { quantityMin = 0, ...others } = select
  const most = Math.max(0, ...selectLines(state, others).map((line) => line.line.quantity))
  if (quantityMin > most) return [{ type: 'quantity', pieces: quantityMin - most, perLine: true, select: others }]
  return Object.keys(select).length > 0 ? [{ type: 'product', select }] : [{ type: 'quantity', pieces: 1 }]
}

/** Pieces may serve only one side where bought and given ones must differ. */
const missingForBuyGet = (effect: Extract<Effect, { type: 'buyGet' }>, state: PricingState): readonly Missing[] => {
  const { buy, get } = effect
  const toBuy = [...missingPieces(buy.quantity, piecesIn(state, buy.select), 'gte', buy.select), ...missingSpend(effect, state)]
  const mode = effect.mode ?? state.policies.buyGet ?? 'flatY'
  const wanted = mode === 'reserve' || mode === 'inTurn' ? get.quantity : 1
  const toGet = missingPieces(wanted, piecesIn(state, get.select), 'gte', get.select)
  if (toBuy.length > 0 || toGet.length > 0 || mode === 'flatY') return [...toBuy, ...toGet]
  const either = state.lines.filter((line) => [buy.select, get.select].some((select) => matchesFilter(line, select, state.context.taxonParents)))
  const pieces = either.reduce((sum, line) => sum + line.line.quantity, 0)
  return missingPieces(buy.quantity + wanted, pieces, 'gte', get.select)
}

const missingSpend = ({ buy }: Extract<Effect, { type: 'buyGet' }>, state: PricingState): readonly Missing[] =>
  buy.spendMinor === undefined ? [] : missingAmount(rational(buy.spendMinor), sumOf(selectLines(state, buy.select).map((line) => line.base)), 'gte', buy.select)

/** The pieces, and what they must cost, that the next set lacks, group by group, after the complete sets have taken theirs. */
const missingForSet = (effect: Extract<Effect, { type: 'set' }>, state: PricingState): readonly Missing[] => {
  const left = new Map(state.lines.map((line) => [line, line.line.quantity]))
  for (const line of completeSets(effect, state).flat(2)) left.set(line, left.get(line)! - 1)
  return effect.groups.flatMap((group) => {
    let wanted = group.count
    let unspent = rational(group.amountMinor ?? 0)
    for (const line of selectLines(state, group.select)) {
      while (left.get(line)! > 0 && (wanted > 0 || isPositive(unspent))) {
        left.set(line, left.get(line)! - 1)
        unspent = subtract(unspent, line.unit)
        wanted--
      }
    }
    return [...missingPieces(wanted, 0, 'gte', group.select), ...missingAmount(unspent, 0, 'gte', group.select)]
  })
}

const piecesIn = (state: PricingState, select: Filter | undefined): number => selectLines(state, select).reduce((sum, line) => sum + line.line.quantity, 0)

/** As in conditions; `ne`: anything but. */
type Operator = Comparison | 'ne'

const OPPOSITES: { readonly [op in Comparison]: Operator } = { gte: 'lt', gt: 'lte', lt: 'gte', lte: 'gt', eq: 'ne' }
const operator = (op: Comparison = 'gte', wanted: boolean): Operator => (wanted ? op : OPPOSITES[op])

/** What brings `value` to where it stands to `limit` as asked; asked for when it does not yet. */
const missingAmount = (limit: Rational, value: Rational, op: Operator, select: Filter | undefined): readonly Missing[] => {
  const of = select ? { select } : {}
  const more = op === 'gt' || op === 'ne' ? add(subtract(limit, value), 1) : subtract(limit, value)
  if (op !== 'lt' && op !== 'lte' && isPositive(more)) return [{ type: 'amount', minor: toNumber(more), ...of }]
  if (op === 'gte' || op === 'gt' || op === 'ne') return []
  return op === 'lt' && !isPositive(limit) ? NOTHING_HELPS : [{ type: 'amountLimit', op, minor: toNumber(limit), ...of }]
}

const missingPieces = (limit: number, value: number, op: Operator, select: Filter | undefined): readonly Missing[] => {
  const of = select ? { select } : {}
  const more = op === 'gt' || op === 'ne' ? limit - value + 1 : limit - value
  if (op !== 'lt' && op !== 'lte' && more > 0) return [{ type: 'quantity', pieces: more, ...of }]
  if (op === 'gte' || op === 'gt' || op === 'ne') return []
  const most = op === 'lt' ? limit - 1 : limit
  if (most > 0) return [{ type: 'quantityLimit', op: op === 'eq' ? 'eq' : 'lte', pieces: most, ...of }]
  return most === 0 && select ? [{ type: 'without', select }] : NOTHING_HELPS
}

const SHOPPING: ReadonlySet<Missing['type']> = new Set(['amount', 'quantity', 'product'])
const isHopeless = (missing: readonly Missing[]): boolean => missing.some(({ type }) => type === 'unmeetable')

/** Fewest demands, and those that more shopping can meet before all others. */
const leastOf = (alternatives: readonly (readonly Missing[])[]): readonly Missing[] => {
  const sorted = [...alternatives].sort((a, b) => effort(a) - effort(b))
  const [least] = sorted
  if (!least || isHopeless(least)) return NOTHING_HELPS
  if (least.every(({ type }) => SHOPPING.has(type))) return least
  const ways = sorted.filter((one) => !isHopeless(one)).flatMap((one) => (one.length === 1 && one[0]!.type === 'either' ? one[0]!.of : [one]))
  const different = [...new Map(ways.map((one) => [JSON.stringify(one), one])).values()]
  return different.length === 1 ? different[0]! : [{ type: 'either', of: different }]
}

const effort = (missing: readonly Missing[]): number =>
  missing.reduce((sum, one) => sum + (one.type === 'unmeetable' ? 1000 : SHOPPING.has(one.type) ? 1 : 10), 0)
