/** Whether the answer to a question is known well enough to stop asking. */
import { isScored } from '../feedback/scales.ts'
import type { AnswerKind, RetireAt } from '../feedback/survey.ts'
import { answersIn, figureOf, halfWidth, METRIC_KIND, METRICS, type Counts } from './figure.ts'
import { wilsonInterval, Z95 } from './interval.ts'

/**
 * How well answers are known. `halfWidth`: half of the 95 % interval in points; null: too few to say, or nothing that has an interval.
 * Units  points of a hundred, of a net promoter score −100 … 100.
 */
export type Knowledge = { readonly n: number; readonly halfWidth: number | null }

/**
 * How well the answers to a question are known.
 * Shape   of a scale `counts` are by value; of a choice by option and of a ranking by first place, with `n` people: the share that is known worst counts.
 */
export const knowledgeOf = (kind: AnswerKind, counts: Counts, n: number = answersIn(counts)): Knowledge => {
  if (kind === 'text' || n === 0) return { n, halfWidth: null }
  if (!isScored(kind)) return { n, halfWidth: Math.max(...Object.values(counts).map((hits) => shareHalfWidth(Math.min(hits, n), n))) }
  const metric = METRICS.find((one) => METRIC_KIND[one] === kind)
  return { n, halfWidth: metric ? halfWidth(figureOf(metric, counts)) : null }
}

/** The widest that the interval of so many answers can be; says nothing about what they were. Null: nobody answered. */
export const widestHalfWidth = (kind: AnswerKind, n: number): number | null => {
  if (n === 0 || kind === 'text') return null
  return kind === 'nps' ? Math.min(100, (100 * Z95) / Math.sqrt(n)) : shareHalfWidth(n / 2, n)
}

/** Several answers to one question, as the rows of a matrix: as well as the worst of them. */
export const worstKnown = (all: readonly Knowledge[]): Knowledge =>
  all.reduce((worst, one) => ({ n: Math.min(worst.n, one.n), halfWidth: worst.halfWidth === null || one.halfWidth === null ? null : Math.max(worst.halfWidth, one.halfWidth) }), all[0] ?? { n: 0, halfWidth: null })

/** Whether it is known as well as the question wants. Null or absent: it is asked until somebody ends it. */
export const isKnownWell = (retireAt: RetireAt | null | undefined, { n, halfWidth: half }: Knowledge): boolean => !!retireAt && n >= retireAt.minN && half !== null && half <= retireAt.halfWidth

const shareHalfWidth = (hits: number, n: number): number => {
  const { low, high } = wilsonInterval(hits, n)
  return 50 * (high - low)
}
