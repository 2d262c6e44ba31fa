/** How far a figure may be off, found by drawing the same answers again and again. */
import type { Interval } from '../interval.ts'
import type { Random } from '../statistics/seeded-random.ts'

/**
 * 95 % intervals of figures that have no formula for one.
 * `figuresOf` gets the drawn row numbers and says the figures, or null where a draw has none (a column that never changes in it).
 * Shape   one interval per figure; null if fewer than half of the draws gave figures.
 * Order   `rounds` draws, one after the other, so equal generators give equal intervals.
 * Source  Efron, Ann. Stat. 7 (1979) 1, percentile intervals.
 */
export const bootstrapIntervals = (
  rows: number,
  figuresOf: (drawn: readonly number[]) => readonly number[] | null,
  { random, rounds }: { readonly random: Random; readonly rounds: number },
): readonly Interval[] | null => {
  const draws: (readonly number[])[] = []
  for (let round = 0; round < rounds; round++) {
    const figures = figuresOf(Array.from({ length: rows }, () => Math.floor(random() * rows)))
    if (figures !== null) draws.push(figures)
  }
  if (draws.length === 0 || draws.length * 2 < rounds) return null
  return draws[0]!.map((_, figure) => {
    const sorted = draws.map((draw) => draw[figure]!).sort((a, b) => a - b)
    return { low: quantileOf(sorted, 0.025), high: quantileOf(sorted, 0.975) }
  })
}

/** Between the two nearest values of a sorted list. Source  Hyndman and Fan, Am. Stat. 50 (1996) 361, type 7. */
export const quantileOf = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const low = sorted[below]!
  return low + (place - below) * ((sorted[below + 1] ?? low) - low)
}
