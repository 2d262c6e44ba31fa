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
import { nextTier } from './value.ts'

/** Nothing if the condition holds. Of alternatives, the one that needs least. */
export const missingForCondition = (condition: Condition | undefined, state: PricingState): readonly Missing[] => {
  if (!condition || holds(condition, state)) return []
  switch (condition.type) {
    case 'all':
      return condition.of.flatMap((one) => missingForCondition(one, state))
    case 'any':
      return leastOf(condition.of.map((one) => missingForCondition(one, state)))
    case 'subtotal':
    case 'grandTotal':
      return missingAmount(subtract(rational(condition.amountMinor), amountOf(condition, state)), condition.op, condition.select)
    case 'quantity':
      return missingPieces(condition.value - quantityOf(condition, state), condition.op, condition.select)
    case 'lineQuantity':
      return missingPieces(condition.value - Math.max(0, ...selectLines(state, condition.select).map((line) => line.line.quantity)), condition.op, condition.select)
    case 'contains':
      return [{ type: 'product', select: condition.select }]
    case 'customerGroup':
    case 'customerTag':
    case 'store':
    case 'country':
    case 'shippingMethod':
      return [{ type: condition.type, in: condition.in }]
    case 'nthOrder':
      return [{ type: 'nthOrder', n: condition.n }]
    case 'birthday':
      return [{ type: 'birthday' }]
    case 'weekday':
      return [{ type: 'weekday', days: condition.days }]
    case 'timeOfDay':
      return [{ type: 'timeOfDay', fromMinute: condition.fromMinute, untilMinute: condition.untilMinute }]
    default: // `not`, `never`, `allLines`, and conditions of a newer shop.
      return [{ type: 'unmeetable' }]
  }
}

/** Demands on the same articles become one: the larger number of pieces. */
export const mergeMissing = (missing: readonly Missing[]): readonly Missing[] => {
  if (missing.length < 2) return missing
  const merged = new Map<string, Missing>()
  for (const one of missing) {
    const asPieces: Missing = one.type === 'product' ? { type: 'quantity', pieces: 1, select: one.select } : one
    const key = JSON.stringify(asPieces.type === 'quantity' ? ['quantity', asPieces.select] : one)
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
    return begun === 0 ? [] : missingPieces(effect.groupSize - begun, 'gte', effect.select)
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
  if (next.by === 'selectedQuantity') return missingPieces(next.from - facts.selectedQuantity, 'gte', select)
  return missingAmount(subtract(rational(next.from), facts[next.by]), 'gte', next.by === 'lineAmount' ? select : undefined)
}

const missingForEffect = (effect: Effect, state: PricingState): readonly Missing[] => {
  switch (effect.type) {
    case 'gift':
      return []
    case 'shippingDiscount':
      return chargesFor(effect, state).length === 0 && effect.methods ? [{ type: 'shippingMethod', in: effect.methods }] : []
    case 'quantityGroups':
      return missingPieces(effect.groupSize - piecesIn(state, effect.select), 'gte', effect.select)
    case 'buyGet':
      return missingForBuyGet(effect, state)
    case 'set':
      return completeSets(effect, state).length > 0 ? [] : missingForSet(effect, state)
    case 'unitPrice':
    case 'unitDiscount':
    case 'lineDiscount':
    case 'orderDiscount':
    case 'cheapest':
      return missingArticle(effect.select, state)
    default: // An effect of a newer shop.
      return [{ type: 'unmeetable' }]
  }
}

const missingArticle = (select: Filter | undefined, state: PricingState): readonly Missing[] => {
  if (selectLines(state, select).length > 0) return []
  return select ? [{ type: 'product', select }] : [{ type: 'quantity', pieces: 1 }]
}

/** Pieces may serve only one side where bought and given ones must differ. */
const missingForBuyGet = (effect: Extract<Effect, { type: 'buyGet' }>, state: PricingState): readonly Missing[] => {
  const { buy, get } = effect
  const toBuy = [...missingPieces(buy.quantity - piecesIn(state, buy.select), 'gte', buy.select), ...missingSpend(effect, state)]
  const mode = effect.mode ?? state.policies.buyGet ?? 'flatY'
  const wanted = mode === 'reserve' ? get.quantity : 1
  const toGet = missingPieces(wanted - piecesIn(state, get.select), 'gte', get.select)
  if (toBuy.length > 0 || toGet.length > 0 || mode === 'flatY') return [...toBuy, ...toGet]
  const either = state.lines.filter((line) => [buy.select, get.select].some((select) => matchesFilter(line, select, state.context.taxonParents)))
  const pieces = either.reduce((sum, line) => sum + line.line.quantity, 0)
  return missingPieces(buy.quantity + wanted - pieces, 'gte', get.select)
}

const missingSpend = ({ buy }: Extract<Effect, { type: 'buyGet' }>, state: PricingState): readonly Missing[] =>
  buy.spendMinor === undefined ? [] : missingAmount(subtract(rational(buy.spendMinor), sumOf(selectLines(state, buy.select).map((line) => line.base))), 'gte', buy.select)

/** The pieces that the next set lacks, group by group, after the complete sets have taken theirs. */
const missingForSet = (effect: Extract<Effect, { type: 'set' }>, state: PricingState): readonly Missing[] => {
  const left = new Map(state.lines.map((line) => [line, line.line.quantity]))
  for (const line of completeSets(effect, state).flat(2)) left.set(line, left.get(line)! - 1)
  return effect.groups.flatMap((group) => {
    let wanted = group.count
    for (const line of selectLines(state, group.select)) {
      const taken = Math.min(wanted, left.get(line)!)
      left.set(line, left.get(line)! - taken)
      wanted -= taken
    }
    return missingPieces(wanted, 'gte', group.select)
  })
}

const piecesIn = (state: PricingState, select: Filter | undefined): number => selectLines(state, select).reduce((sum, line) => sum + line.line.quantity, 0)

type Op = Comparison | undefined

const missingAmount = (difference: Rational, op: Op, select: Filter | undefined): readonly Missing[] => {
  if (op === 'lt' || op === 'lte') return [{ type: 'unmeetable' }]
  const amount = op === 'gt' ? add(difference, 1) : difference
  if (!isPositive(amount)) return op === 'eq' ? [{ type: 'unmeetable' }] : []
  return [{ type: 'amount', minor: toNumber(amount), ...(select ? { select } : {}) }]
}

const missingPieces = (difference: number, op: Op, select: Filter | undefined): readonly Missing[] => {
  if (op === 'lt' || op === 'lte') return [{ type: 'unmeetable' }]
  const pieces = op === 'gt' ? difference + 1 : difference
  if (pieces <= 0) return op === 'eq' ? [{ type: 'unmeetable' }] : []
  return [{ type: 'quantity', pieces, ...(select ? { select } : {}) }]
}

/** Fewest demands, and those that more shopping can meet before all others. */
const leastOf = (alternatives: readonly (readonly Missing[])[]): readonly Missing[] =>
  [...alternatives].sort((a, b) => effort(a) - effort(b))[0] ?? [{ type: 'unmeetable' }]

const effort = (missing: readonly Missing[]): number =>
  missing.reduce((sum, one) => sum + (one.type === 'unmeetable' ? 100 : one.type === 'amount' || one.type === 'quantity' || one.type === 'product' ? 1 : 10), 0)
