/** Where customers are hurt and where they are delighted most: how far a rating is from the rest, times how much it matters. */
import type { Interval } from '../interval.ts'

/** A rating with its doubts. Units  score and its interval on one scale for all; importance 0 … 1. */
export type WeighedScore = {
  readonly key: string
  readonly score: number
  readonly scoreInterval: Interval
  readonly importance: number
  readonly importanceInterval: Interval
}

/**
 * A pain point or highlight.
 * Units   `effect` in points of the score times importance; below nought it hurts.
 * Shape   `sure` when the interval does not reach nought.
 */
export type MarkedPoint = { readonly key: string; readonly kind: 'pain' | 'highlight'; readonly effect: number; readonly interval: Interval; readonly sure: boolean }

/**
 * Every rating as pain point or highlight against the mean of all, or against a target.
 * Order   the largest effect first, whatever its sign; equal ones by key.
 * Source  deviations add as independent ones do: variance of a product, Goodman, J. Am. Stat. Assoc. 55 (1960) 708.
 */
export const markedPoints = (weighed: readonly WeighedScore[], target: number | null = null): readonly MarkedPoint[] => {
  if (weighed.length === 0) return []
  const level = target ?? weighed.reduce((sum, { score }) => sum + score, 0) / weighed.length
  return weighed
    .map(({ key, score, scoreInterval, importance, importanceInterval }): MarkedPoint => {
      const gap = score - level
      const effect = gap * importance
      const [dGap, dImportance] = [half(scoreInterval), half(importanceInterval)]
      const spread = Math.sqrt((importance * dGap) ** 2 + (gap * dImportance) ** 2 + (dGap * dImportance) ** 2)
      const interval = { low: effect - spread, high: effect + spread }
      return { key, kind: effect < 0 ? 'pain' : 'highlight', effect, interval, sure: interval.low > 0 || interval.high < 0 }
    })
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.key < b.key ? -1 : 1))
}

const half = ({ low, high }: Interval): number => (high - low) / 2
