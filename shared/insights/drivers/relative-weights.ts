/** What each rating contributes, by way of uncorrelated stand-ins. */
import { eigenOf, SINGULAR_BELOW } from '../statistics/matrix.ts'
import type { Correlations } from '../statistics/regression.ts'

/**
 * Each rating's part of R² by relative weights: nearly those of `shapleyParts`, and quick for any number of ratings.
 * Shape   one part per rating, none below nought; together they are R². Null if one rating is a sum of others.
 * Source  Johnson, Multivariate Behavioral Research 35 (2000) 1.
 */
export const relativeWeights = ({ among, toOutcome }: Correlations): readonly number[] | null => {
  const { values, vectors } = eigenOf(among)
  if (values.some((value) => value < SINGULAR_BELOW)) return null
  const rows = toOutcome.map((_, i) => toOutcome.map((_, j) => values.reduce((sum, value, k) => sum + vectors[k]![i]! * Math.sqrt(value) * vectors[k]![j]!, 0)))
  const betas = toOutcome.map((_, j) =>
    values.reduce((sum, value, k) => sum + (vectors[k]![j]! / Math.sqrt(value)) * vectors[k]!.reduce((own, entry, i) => own + entry * toOutcome[i]!, 0), 0),
  )
  return rows.map((row) => row.reduce((sum, loading, k) => sum + loading * loading * betas[k]! * betas[k]!, 0))
}
