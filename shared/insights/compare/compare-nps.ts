/** Whether two net promoter scores differ by more than chance, and by how much. */
import { npsInterval, type NpsCounts } from '../interval.ts'
import { normalTwoSided } from '../statistics/distributions.ts'
import type { Comparison } from './comparison.ts'

/**
 * First score minus second. Null if one of them has no answers.
 * Units   difference −2 … 2 in scores of −1 … 1; effect in standard deviations of one answer scored +1, 0, −1.
 * Source  difference of two means of such answers, pooled for the test; the interval squares and adds the one-sided arms of both scores'
 *         intervals (Zou and Donner, Stat. Med. 27 (2008) 1693), so it keeps its width where all answers are alike.
 */
export const compareNps = (a: NpsCounts, b: NpsCounts): Comparison | null => {
  const [na, nb] = [answers(a), answers(b)]
  if (na === 0 || nb === 0) return null
  const [own, other] = [npsInterval(a), npsInterval(b)]
  const [s, t] = [scoreOf(a), scoreOf(b)]
  const pooled = spreadOf({ promoters: a.promoters + b.promoters, passives: a.passives + b.passives, detractors: a.detractors + b.detractors })
  const error = pooled * Math.sqrt(1 / na + 1 / nb)
  return {
    difference: s - t,
    interval: { low: s - t - Math.hypot(s - own.low, other.high - t), high: s - t + Math.hypot(own.high - s, t - other.low) },
    probability: error === 0 ? 1 : normalTwoSided((s - t) / error),
    effect: pooled === 0 ? 0 : (s - t) / pooled,
  }
}

const answers = ({ promoters, passives, detractors }: NpsCounts): number => promoters + passives + detractors
const scoreOf = (counts: NpsCounts): number => (counts.promoters - counts.detractors) / answers(counts)
const spreadOf = (counts: NpsCounts): number => Math.sqrt((counts.promoters + counts.detractors) / answers(counts) - scoreOf(counts) ** 2)
