/** Answers beside what their visit's basket was worth, without anything that leads to a person, an order or a visit. */
import type { ScoredKind } from '#shared/feedback/scales.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { WeekOfBaskets } from '#shared/insights/spend-cuts.ts'
import type { Day, Millis } from '#shared/kernel/time.ts'

/** How far the basket of a visit came. none: no code was shown, so nobody knows what lay in it. */
export const SPEND_STEPS = ['none', 'shown', 'opened', 'ordered'] as const
export type SpendStep = (typeof SPEND_STEPS)[number]

/** An exact total leads to an order, and an order to a name: amounts are rounded to this. */
export const SPEND_ROUNDED_TO = 500

/**
 * So many answers of one score whose baskets were worth about the same.
 * Units   `spend` in whole cents, rounded to SPEND_ROUNDED_TO; null for `none`.
 */
export type AnsweredSpend = { readonly score: number; readonly reached: SpendStep; readonly spend: Cents | null; readonly n: number }

/** `from` and `until` are Mondays, `until` not included; absent: all. */
export type SpendFilter = { readonly kind: ScoredKind; readonly question: string; readonly from?: Day; readonly until?: Day }

export interface SpendSource {
  /** Order  by score, step and amount. */
  answered(filter: SpendFilter): readonly AnsweredSpend[]
  /** Baskets whose worth is known, week by week and score by score. Order  by week. */
  weeks(filter: Pick<SpendFilter, 'kind' | 'question'>): readonly WeekOfBaskets[]
  /** Scored questions that somebody answered in a visit, with their number of answers. */
  questions(): readonly { readonly question: string; readonly kind: ScoredKind; readonly n: number }[]
  /** Until when answers are in: those that arrived later still wait for their visit to end. */
  settledUntil(): Millis | null
  /**
   * Joins answers that arrived before `until` with the baskets of their visits and forgets the tie, a few thousand at a time. Answers that were replaced, erased or flagged are left out.
   * Shape   false: there are more.
   */
  settle(until: Millis, mondayOf: (at: Millis) => Day): boolean
}
