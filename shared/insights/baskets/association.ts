/** How much more often two articles are bought together than by luck. */

/** Baskets in all, with a, with b, with both. */
export type Together = { readonly baskets: number; readonly nA: number; readonly nB: number; readonly nAB: number }

/**
 * Measures of one pair.
 * Units   support, confidence, cosine 0 … 1; lift 1 where luck alone is at work; llr 0 there and growing with the evidence.
 */
export type Association = {
  /** Share of baskets with both. */
  readonly support: number
  /** Of the baskets with a, those with b. */
  readonly confidence: number
  /** Of the baskets with b, those with a. */
  readonly confidenceBack: number
  readonly lift: number
  readonly cosine: number
  readonly llr: number
}

/**
 * The measures of a pair that was bought together at least once.
 * Source  support, confidence: Agrawal, Imieliński and Swami, SIGMOD (1993) 207; lift: Brin et al., SIGMOD (1997) 255; llr: Dunning, Computational Linguistics 19 (1993) 61.
 */
export const associationOf = (counts: Together): Association => {
  const { baskets, nA, nB, nAB } = counts
  return {
    support: nAB / baskets,
    confidence: nAB / nA,
    confidenceBack: nAB / nB,
    lift: (nAB * baskets) / (nA * nB),
    cosine: nAB / Math.sqrt(nA * nB),
    llr: logLikelihoodRatio(counts),
  }
}

/** G² of the table of four: both, only a, only b, neither. */
const logLikelihoodRatio = ({ baskets, nA, nB, nAB }: Together): number => {
  const cells = [
    [nAB, nA, nB],
    [nA - nAB, nA, baskets - nB],
    [nB - nAB, baskets - nA, nB],
    [baskets - nA - nB + nAB, baskets - nA, baskets - nB],
  ] as const
  const sum = cells.reduce((total, [seen, row, column]) => total + (seen === 0 ? 0 : seen * Math.log((seen * baskets) / (row * column))), 0)
  return Math.max(0, 2 * sum)
}
