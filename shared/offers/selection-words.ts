/** What a filter selects, in a few words: "Tee oder Tasse", "Obst, außer Bananen". */
import { formatMoney } from './format-money.ts'
import type { Names, Telling } from './telling.ts'
import type { ExplanationWords } from './explanation-words.ts'
import type { Filter } from './offer.ts'

/** Names told in full; beyond that a sentence says how many more there are. */
const MAX_NAMES = 2

/** Null where the filter lets everything through, or names only lines of the basket. */
export const selectionName = (filter: Filter | undefined, words: ExplanationWords, telling: Telling): string | null => {
  if (!filter) return null
  const { names } = telling
  const named = (ids: readonly string[] | undefined, name: (id: string) => string, join = words.or): readonly string[] => (ids && ids.length > 0 ? [join(shortened(ids.map(name), words))] : [])
  const parts = [
    ...named(soldOf(filter.skus, names), names.product),
    ...named(soldOf(filter.products, names), names.product),
    ...named(filter.taxons, names.taxon),
    ...named(filter.allTaxons, names.taxon, words.and),
    ...named(filter.any?.flatMap((one) => selectionName(one, words, telling) ?? []), (one) => one),
    ...[filter.notSkus, filter.notProducts].flatMap((ids) => named(ids, names.product)).map(words.except),
    ...named(filter.notTaxons, names.taxon).map(words.except),
    ...priceRange(filter, words, telling),
    ...(filter.quantityMin || filter.quantityMax !== undefined ? [words.linePieces(filter.quantityMin ?? 0, filter.quantityMax ?? null)] : []),
    ...(filter.excludeReduced ? [words.notReduced] : []),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

const priceRange = ({ priceMinMinor: least = 0, priceMaxMinor: most }: Filter, words: ExplanationWords, { language, currency }: Telling): readonly string[] => {
  const money = (minor: number): string => formatMoney(minor, language, currency)
  if (most === undefined) return least > 0 ? [words.priceFrom(money(least))] : []
  return [least > 0 ? words.priceBetween(money(least), money(most)) : words.priceUpTo(money(most))]
}

/** Articles that the shop no longer has are called by their number where there is no other. */
const soldOf = (ids: readonly string[] | undefined, { isSold }: Names): readonly string[] | undefined => {
  const sold = isSold && ids?.filter(isSold)
  return sold && sold.length > 0 ? sold : ids
}

const shortened = (names: readonly string[], words: ExplanationWords): readonly string[] =>
  names.length > MAX_NAMES ? [...names.slice(0, MAX_NAMES - 1), words.others(names.length - MAX_NAMES + 1)] : names
