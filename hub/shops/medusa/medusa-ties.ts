/** Promotions whose order nobody can tell: the shop sorts by the bare number of their value alone. */
import type { MedusaPromotion } from './medusa-records.ts'

/**
 * The ids of active promotions on articles that have the same value as another one, where the order between the two changes the price.
 * Two percentages without a number of pieces may come in any order: what one leaves, the other takes its part of.
 */
export const tiedPromotions = (promotions: readonly MedusaPromotion[]): ReadonlySet<string> => {
  const sorted = promotions.filter(({ type, status, application_method: { target_type: target } }) => type === 'standard' && status === 'active' && target !== 'shipping_methods')
  return new Set(sorted.filter((one) => sorted.some((other) => other !== one && isTie(one, other))).map(({ id }) => id))
}

const isTie = (one: MedusaPromotion, other: MedusaPromotion): boolean =>
  one.application_method.value === other.application_method.value && !(isPlainPercentage(one) && isPlainPercentage(other))

const isPlainPercentage = ({ application_method: { type, max_quantity: pieces } }: MedusaPromotion): boolean => type === 'percentage' && pieces === null
