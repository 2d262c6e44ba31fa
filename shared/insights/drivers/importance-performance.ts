/** Which ratings to work on first: how much each matters against how well it goes. */

/** concentrate: matters and goes badly · keep: matters and goes well · low: matters little and goes badly · overdone: matters little and goes well. */
export type Quadrant = 'concentrate' | 'keep' | 'low' | 'overdone'

/** One rating. Units  importance 0 … 1 of what all explain together, score on the question's own scale. */
export type Rated = { readonly key: string; readonly importance: number; readonly score: number }

export type PlacedRating = Rated & { readonly quadrant: Quadrant }

export type ImportancePerformance = {
  /** Where the cross stands. */
  readonly importanceCut: number
  readonly performanceCut: number
  /** Order  as given. */
  readonly placed: readonly PlacedRating[]
}

/**
 * The matrix, cut at the means or at a target for the performance.
 * Shape   exactly on a cut counts as above it; without ratings both cuts are nought.
 * Source  Martilla and James, Journal of Marketing 41 (1977) 77.
 */
export const importancePerformance = (rated: readonly Rated[], target: number | null = null): ImportancePerformance => {
  const mean = (of: (one: Rated) => number): number => (rated.length === 0 ? 0 : rated.reduce((sum, one) => sum + of(one), 0) / rated.length)
  const importanceCut = mean(({ importance }) => importance)
  const performanceCut = target ?? mean(({ score }) => score)
  const placed = rated.map(({ key, importance, score }) => ({ key, importance, score, quadrant: quadrantOf(importance >= importanceCut, score >= performanceCut) }))
  return { importanceCut, performanceCut, placed }
}

const quadrantOf = (matters: boolean, goesWell: boolean): Quadrant => {
  if (matters) return goesWell ? 'keep' : 'concentrate'
  return goesWell ? 'overdone' : 'low'
}
