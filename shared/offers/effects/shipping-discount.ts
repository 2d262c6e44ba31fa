/** A reduction of the shipping charge. */
import { minOf, rational, sumOf, type Rational } from '../../kernel/rational.ts'
import { proportionalSplit } from '../distribution/distribute.ts'
import type { Effect } from '../offer.ts'
import type { PricingState, Proposal, ShippingState } from '../pricing-state.ts'
import { reductionOf, scheduleAmount, valueInForce } from '../value.ts'
import { basisToListed, listedToBasis } from '../tax/tax-basis.ts'
import { roundingOf, tierFactsOf } from './effect-facts.ts'

type ShippingDiscount = Extract<Effect, { type: 'shippingDiscount' }>

/** `each`: the value for every charge on its own. `across`: once, split over the charges. Never more than is left to pay, unless the shop itself forgets that. */
export const proposeShippingDiscount = (effect: ShippingDiscount, state: PricingState): Proposal => {
  const charges = chargesFor(effect, state)
  const unfloored = state.policies.shippingFloor === 'none'
  const list = unfloored || (effect.base ?? state.policies.shippingBase ?? 'now') === 'list'
  const bases = charges.map((one) => (list ? one.amount : one.rest))
  const amount = (base: Rational): Rational => capped(valueAmount(effect, base, state), effect.capMinor)
  const shares = effect.allocation === 'across' ? proportionalSplit(state.policies)(minOf(amount(sumOf(bases)), sumOf(charges.map((one) => one.rest))), bases) : charges.map((one, i) => (effect.taxBasis ? basisToListed(amount(listedToBasis(bases[i]!, one.shipping.taxCategory, effect.taxBasis, state)), one.shipping.taxCategory, effect.taxBasis, state) : amount(bases[i]!)))
  return { shipping: charges.map((shipping, i) => ({ shipping, amount: unfloored ? shares[i]! : minOf(shares[i]!, shipping.rest) })) }
}

/** The charges whose method the offer names; all without names. */
export const chargesFor = (effect: ShippingDiscount, state: PricingState): readonly ShippingState[] =>
  state.shipping.filter(({ shipping }) => !effect.methods || effect.methods.includes(shipping.method))

const valueAmount = (effect: ShippingDiscount, base: Rational, state: PricingState): Rational => {
  const value = valueInForce(effect.value, () => tierFactsOf(null, state.lines.map((line) => ({ line })), state))
  return 'schedule' in value ? minOf(scheduleAmount(value.schedule, 1), base) : reductionOf(value, base, 1, roundingOf(state))
}

const capped = (amount: Rational, capMinor: number | undefined): Rational => (capMinor === undefined ? amount : minOf(amount, rational(capMinor)))
