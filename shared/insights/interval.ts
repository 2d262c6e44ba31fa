/** 95 % intervals of shares and of the net promoter score, in shares (0 … 1) and in score units (−1 … 1). */

/** Two-sided 95 % quantile of the normal distribution. */
export const Z95 = 1.959964

export type Interval = { readonly low: number; readonly high: number }

/**
 * Where a share lies with 95 % certainty, given `hits` of `n`.
 * Errors  throws RangeError unless 0 ≤ hits ≤ n and n ≥ 1: only a bug can cause it.
 * Source  Wilson, J. Am. Stat. Assoc. 22 (1927) 209: stays inside 0 … 1 and is honest for small n.
 */
export const wilsonInterval = (hits: number, n: number): Interval => {
  if (!(n >= 1 && hits >= 0 && hits <= n)) throw new RangeError(`no share: ${hits} of ${n}`)
  const share = hits / n
  const z2 = Z95 * Z95
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  // an end that is exactly 0 or 1 must not miss it by a rounding error
  return { low: hits === 0 ? 0 : middle - half, high: hits === n ? 1 : middle + half }
}

export type NpsCounts = { readonly promoters: number; readonly passives: number; readonly detractors: number }

/** Standard error of the net promoter score. Source  variance p + d − (p − d)² of one answer scored +1, 0, −1. */
export const npsStandardError = ({ promoters, passives, detractors }: NpsCounts): number => {
  const n = promoters + passives + detractors
  const p = promoters / n
  const d = detractors / n
  return Math.sqrt(Math.max(0, p + d - (p - d) ** 2) / n)
}

/**
 * Where the net promoter score lies with 95 % certainty.
 * Shape   within −1 … 1.
 * Source  normal approximation; when all answers are of one sort its width would be nought, so what Wilson's interval leaves open is given to the worst case.
 */
export const npsInterval = (counts: NpsCounts): Interval => {
  const n = counts.promoters + counts.passives + counts.detractors
  const open = 1 - wilsonInterval(n, n).low
  if (counts.promoters === n) return { low: 1 - 2 * open, high: 1 }
  if (counts.detractors === n) return { low: -1, high: 2 * open - 1 }
  if (counts.passives === n) return { low: -open, high: open }
  const score = (counts.promoters - counts.detractors) / n
  const half = Z95 * npsStandardError(counts)
  return { low: Math.max(-1, score - half), high: Math.min(1, score + half) }
}
