/** What each effect would do in the running state: one function per effect. */
import { add, compare, rational, sumOf, type Rational } from '../../kernel/rational.ts'
import type { Effect, Offer } from '../offer.ts'
import { lineShares, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import type { TraceStep } from '../priced-basket.ts'
import { listedToBasis } from '../tax/tax-basis.ts'
import { proposeBuyGet } from './buy-get.ts'
import { proposeCheapest } from './cheapest.ts'
import { proposeLineDiscount } from './line-discount.ts'
import { proposeOrderDiscount, proposeOrderDiscountsTogether } from './order-discount.ts'
import { proposeQuantityGroups } from './quantity-groups.ts'
import { proposeSet } from './set.ts'
import { proposeShippingDiscount } from './shipping-discount.ts'
import { proposeUnitDiscount } from './unit-discount.ts'

/** The three passes of the cart. */
export type Stage = Extract<TraceStep['stage'], 'item' | 'order' | 'shipping'>

/** The pass in which an effect has its turn. */
export const stageOf = (effect: Effect): Stage | 'catalog' => {
  switch (effect.type) {
    case 'unitPrice':
      return 'catalog'
    case 'orderDiscount':
    case 'gift':
      return 'order'
    case 'shippingDiscount':
      return 'shipping'
    default:
      return 'item'
  }
}

/** Computes an effect without applying it; the offer's own budget is respected. */
export const propose = (offer: Offer, effect: Effect, state: PricingState): Proposal => withinBudget(offer, effect, proposalOf(effect, state), state)

/** All of them computed on the same prices; order reductions become one. */
export const proposeTogether = (offer: Offer, effects: readonly Effect[], state: PricingState): readonly { readonly effect: Effect; readonly proposal: Proposal }[] => {
  const orders = effects.filter((effect) => effect.type === 'orderDiscount')
  const together = orders.length > 1 ? proposeOrderDiscountsTogether(orders, state) : null
  const alone = together ? effects.filter((effect) => effect.type !== 'orderDiscount') : effects
  const proposals = alone.map((effect) => ({ effect, proposal: propose(offer, effect, state) }))
  return together ? [{ effect: orders[0]!, proposal: withinBudget(offer, orders[0]!, together, state) }, ...proposals] : proposals
}

/** The same, narrowed to one line. What stands on no line, or keeps pieces of several lines back, is carried out whole when the first line has its turn. */
export const onlyLine = (proposal: Proposal, line: LineState): Proposal => {
  if (proposal.basket !== undefined || proposal.reserve) return line.index === 0 ? proposal : {}
  const { split: _, ...others } = proposal
  return { ...others, lines: lineShares(proposal).filter((share) => share.line === line) }
}

const proposalOf = (effect: Effect, state: PricingState): Proposal => {
  switch (effect.type) {
    case 'unitPrice':
      return {}
    case 'unitDiscount':
      return proposeUnitDiscount(effect, state)
    case 'lineDiscount':
      return proposeLineDiscount(effect, state)
    case 'orderDiscount':
      return proposeOrderDiscount(effect, state)
    case 'shippingDiscount':
      return proposeShippingDiscount(effect, state)
    case 'cheapest':
      return proposeCheapest(effect, state)
    case 'quantityGroups':
      return proposeQuantityGroups(effect, state)
    case 'buyGet':
      return proposeBuyGet(effect, state)
    case 'set':
      return proposeSet(effect, state)
    case 'gift':
      return { gift: { sku: effect.sku, quantity: effect.quantity, ...(effect.unitPriceMinor === undefined ? {} : { unitPriceMinor: effect.unitPriceMinor }) } }
    default: // An effect of a newer shop: promised by nobody here, so it takes nothing off.
      return {}
  }
}

/** A share that alone would burst what is left of the budget is not given; the others are. */
const withinBudget = (offer: Offer, effect: Effect, proposal: Proposal, state: PricingState): Proposal => {
  const budget = offer.limits?.budget
  if (!budget) return proposal
  if (budget.type === 'usage') return (budget.used ?? 0) + 1 > budget.limit ? {} : proposal
  const fits = ({ amount }: { readonly amount: Rational }): boolean => compare(add(rational(budget.usedMinor ?? 0), amount), rational(budget.limitMinor)) <= 0
  if (proposal.basket !== undefined) return fits({ amount: proposal.basket }) ? proposal : {}
  const basis = 'taxBasis' in effect ? (effect.taxBasis ?? 'list') : 'list'
  const told = (amount: Rational, category: string | undefined): { readonly amount: Rational } => ({ amount: listedToBasis(amount, category, basis, state) })
  const { split: _, ...others } = proposal
  return {
    ...others,
    lines: lineShares(proposal).filter(({ amount, line }) => fits(told(amount, line.line.taxCategory))),
    shipping: (proposal.shipping ?? []).filter(({ amount, shipping }) => fits(told(amount, shipping.shipping.taxCategory))),
  }
}

/** All that a proposal would save. */
export const savingOf = (proposal: Proposal): ReturnType<typeof sumOf> =>
  proposal.basket ?? sumOf([...lineShares(proposal), ...(proposal.shipping ?? [])].map((share) => share.amount))
