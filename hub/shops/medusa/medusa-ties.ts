/** Promotions whose order nobody can tell: the shop sorts by the bare number of their value alone. */
import { matchesFilter } from '#shared/offers/filter.ts'
import type { Filter } from '#shared/offers/offer.ts'
import { compareTurns, isOfDelivery } from './medusa-offers.ts'
import type { MedusaPromotion, MedusaRegion, MedusaRule } from './medusa-records.ts'
import { filterOf } from './medusa-rules.ts'

/** An article as rules see it. */
export type TiedArticle = { readonly sku: string; readonly product: string; readonly taxons: readonly string[] }

/**
 * The ids of active promotions that have the same value as another one, where both may meet in an article and the order between them changes the price.
 * Two percentages without a number of pieces may come in any order: what one leaves, the other takes its part of.
 */
export const tiedPromotions = (promotions: readonly MedusaPromotion[], region: MedusaRegion, articles: readonly TiedArticle[]): ReadonlySet<string> => {
  const active = promotions.filter(({ status }) => status === 'active')
  const touched = new Map(active.map((one) => [one, touchedBy(one, region, articles)]))
  const meet = (one: MedusaPromotion, other: MedusaPromotion): boolean => {
    const [a, b] = [touched.get(one)!, touched.get(other)!]
    return a === null || b === null ? a === b : [...a].some((sku) => b.has(sku))
  }
  return new Set(active.filter((one) => active.some((other) => other !== one && isTie(one, other) && meet(one, other))).map(({ id }) => id))
}

const isTie = (one: MedusaPromotion, other: MedusaPromotion): boolean => one.type === other.type && compareTurns(one, other) === 0 && !(isPlainPercentage(one) && isPlainPercentage(other))

const isPlainPercentage = ({ application_method: { type, max_quantity: pieces } }: MedusaPromotion): boolean => type === 'percentage' && pieces === null

/** Articles that it may touch or count, however many pieces there are; null: delivery. */
const touchedBy = (promotion: MedusaPromotion, region: MedusaRegion, articles: readonly TiedArticle[]): ReadonlySet<string> | null => {
  if (isOfDelivery(promotion)) return null
  const { target_rules: target, buy_rules: buy } = promotion.application_method
  const isBuyGet = promotion.type === 'buyget'
  const filters = [filterOfGroups(target, region, !isBuyGet), ...(isBuyGet ? [filterOfGroups(buy, region, false)] : [])]
  return new Set(articles.filter((article) => filters.some((filter) => touches(article, filter))).map(({ sku }) => sku))
}

/** Without the number of pieces, which is another in each cart. What cannot be read may touch everything. */
const filterOfGroups = (rules: readonly MedusaRule[], region: MedusaRegion, touching: boolean): Filter => {
  const filter = filterOf(rules.filter(({ attribute }) => attribute !== 'items.quantity'), region, touching)
  return 'why' in filter ? {} : filter
}

const touches = ({ sku, product, taxons }: TiedArticle, filter: Filter): boolean =>
  matchesFilter({ line: { id: sku, sku, product, taxons, unitPriceMinor: 0, quantity: 1 }, unit: 0, reduced: false }, filter)
