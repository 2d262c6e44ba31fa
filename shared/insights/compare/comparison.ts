/** What comparing two groups says. */
import type { Interval } from '../interval.ts'

/**
 * First minus second.
 * Shape   `interval` holds the true difference with 95 % certainty; `probability` is two-sided, of a difference this large if there were none;
 *         `effect` is the size without units: standardised for means and NPS, Cohen's h for shares.
 */
export type Comparison = { readonly difference: number; readonly interval: Interval; readonly probability: number; readonly effect: number }
