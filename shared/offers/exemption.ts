/** Which offers reduce the price of an article for everybody, and which the law does not count as an announced reduction. */
import type { Condition, Effect, PublishedOffer } from './offer.ts'

/**
 * code: an individual voucher · customer: known customers only (members, birthday, nth order) · basket: needs more than this one piece.
 * Source  PAngV § 11 (4) no. 1 (individual reductions); European Commission, guidance on Art. 6a of Directive 98/6/EC, 2.2: conditional offers.
 */
export type Exemption = 'code' | 'customer' | 'basket'

/** Why an offer is not announced against the lowest price of 30 days; null where it makes an article cheaper for everybody. */
export const exemptionOf = ({ offer, certainty }: Pick<PublishedOffer, 'offer' | 'certainty'>): Exemption | null => {
  if (offer.trigger?.type === 'code') return 'code'
  if (certainty === 'checkout') return 'customer'
  return exemptionOfCondition(offer.when) ?? (offer.effects.every(needsMore) ? 'basket' : null)
}

const exemptionOfCondition = (when: Condition | undefined): Exemption | null => {
  switch (when?.type) {
    case undefined:
    case 'country':
    case 'store':
    case 'weekday':
    case 'timeOfDay':
      return null
    case 'customerGroup':
    case 'customerTag':
    case 'nthOrder':
    case 'birthday':
      return 'customer'
    case 'quantity':
    case 'lineQuantity':
      return (when.op ?? 'gte') === 'gte' && when.value <= 1 ? null : 'basket'
    case 'subtotal':
    case 'grandTotal':
      return (when.op ?? 'gte') === 'gte' && when.amountMinor === 0 ? null : 'basket'
    case 'all':
      return when.of.map(exemptionOfCondition).find((exemption) => exemption !== null) ?? null
    case 'any':
      return when.of.some((one) => exemptionOfCondition(one) === null) ? null : exemptionOfCondition(when.of[0])
    case 'not':
      return exemptionOfCondition(when.of)
    default:
      return 'basket'
  }
}

/** Whether one piece of an article alone gets nothing from it. */
const needsMore = (effect: Effect): boolean => {
  switch (effect.type) {
    case 'buyGet':
    case 'cheapest':
    case 'gift':
    case 'shippingDiscount':
      return true
    case 'quantityGroups':
      return effect.groupSize > 1
    case 'set':
      return effect.groups.reduce((pieces, group) => pieces + group.count, 0) > 1
    default:
      return false
  }
}
