/** Everything a review looks at besides the offers themselves. */
import type { PriceEntry } from '../../catalogue/price-entry.ts'
import type { Cents } from '../../kernel/money.ts'
import type { Millis } from '../../kernel/time.ts'
import type { Policies } from '../../offers/policies.ts'
import type { Assortment } from '../assortment.ts'
import { articleIndex, type ArticleIndex } from './article-index.ts'

/** What the caller knows. */
export type ReviewFacts = {
  readonly now: Millis
  /** How the shop calculates; that of the assortment if absent. */
  readonly policies?: Policies
  /** Price histories by article number, newest first; those of the articles if absent. */
  readonly histories?: ReadonlyMap<string, readonly PriceEntry[]>
  /** What one piece costs the merchant, by article number; without it nothing is said about cost. */
  readonly costs?: ReadonlyMap<string, Cents>
}

/** The shop as the rules see it. */
export type ReviewedShop = {
  readonly assortment: Assortment
  readonly articles: ArticleIndex
  readonly policies: Policies
  readonly costs: ReadonlyMap<string, Cents>
  readonly histories: ReadonlyMap<string, readonly PriceEntry[]> | null
  readonly now: Millis
}

/** Arranges the shop once for all rules. */
export const reviewedShop = (assortment: Assortment, { now, policies, histories, costs }: ReviewFacts): ReviewedShop => ({
  assortment,
  articles: articleIndex(assortment),
  policies: policies ?? assortment.policies,
  costs: costs ?? new Map<string, Cents>(),
  histories: histories ?? null,
  now,
})
