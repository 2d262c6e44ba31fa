/** Many comparisons at once find something by luck; these keep the luck at bay. */

/**
 * Probabilities so raised that calling every one up to 0.05 a difference is wrong at all, in any of them, at most once in twenty looks.
 * Shape   one per probability, in the same order.
 * Source  Holm, Scand. J. Stat. 6 (1979) 65.
 */
export const holm = (probabilities: readonly number[]): readonly number[] => {
  const order = sortedPlaces(probabilities)
  const adjusted = probabilities.map(() => 1)
  let highest = 0
  for (const [rank, place] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (probabilities.length - rank) * probabilities[place]!))
    adjusted[place] = highest
  }
  return adjusted
}

/**
 * Probabilities so raised that of everything called a difference up to 0.05, one in twenty is luck.
 * Shape   one per probability, in the same order.
 * Source  Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995) 289.
 */
export const benjaminiHochberg = (probabilities: readonly number[]): readonly number[] => {
  const order = sortedPlaces(probabilities)
  const adjusted = probabilities.map(() => 1)
  let lowest = 1
  for (let rank = order.length; rank >= 1; rank--) {
    const place = order[rank - 1]!
    lowest = Math.min(lowest, (probabilities.length / rank) * probabilities[place]!)
    adjusted[place] = lowest
  }
  return adjusted
}

const sortedPlaces = (values: readonly number[]): readonly number[] => [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b)
