/** What counting baskets came to, and what people decided about it. */
import type { Millis } from '#shared/kernel/time.ts'
import type { BoughtChoice, BoughtTarget, StoredChoice } from '#shared/protocol/bought.ts'

/**
 * Counts by article of the assortment of that moment.
 * Units   baskets. Shape  `items` in how many baskets each is; `beside` the strongest of what lies with it, of articles that have any.
 */
export type BoughtRules = {
  readonly baskets: number
  readonly demo: boolean
  /** Things in baskets that the assortment does not have. */
  readonly unknown: number
  /** Articles that were bought too seldom to be paired. */
  readonly unpaired: number
  readonly items: { readonly [sku: string]: number }
  readonly beside: { readonly [sku: string]: readonly (readonly [sku: string, nBoth: number])[] }
}

export interface BoughtStore {
  /** Null: never computed. */
  rules(): { readonly at: Millis; readonly rules: BoughtRules } | null
  keepRules(rules: BoughtRules, at: Millis): void
  /** Order  by target. */
  choices(): readonly StoredChoice[]
  /** Null: none any more. */
  keepChoice(target: BoughtTarget, choice: BoughtChoice | null, at: Millis): void
}
