/** How many answers it takes to see a change. */
import { Z95 } from '../interval.ts'

/** 80 % quantile of the normal distribution: a change is found four times in five. */
const Z80 = 0.841_621
const EVIDENCE = Z95 + Z80

/**
 * Answers in each window to find a change of `points` from a share of `percent`.
 * Units   percent 0 … 100; points above nought, downwards below it.
 * Shape   null if the changed share would not lie within 0 … 100.
 * Source  two proportions, unpooled variances; Fleiss, Statistical Methods for Rates and Proportions (1981) 3.2 without continuity correction.
 */
export const answersForShare = (percent: number, points: number): number | null => {
  const [p, q] = [percent / 100, (percent + points) / 100]
  if (points === 0 || q < 0 || q > 1) return null
  return Math.ceil((EVIDENCE ** 2 * (p * (1 - p) + q * (1 - q))) / (p - q) ** 2)
}

/** The same for an NPS, from the shares of promoters and detractors. Units  shares 0 … 1, points of the score. */
export const answersForNps = ({ promoters, detractors }: { readonly promoters: number; readonly detractors: number }, points: number): number | null => {
  const variance = promoters + detractors - (promoters - detractors) ** 2
  return points === 0 ? null : Math.ceil((2 * EVIDENCE ** 2 * variance) / (points / 100) ** 2)
}
