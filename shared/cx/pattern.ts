/** Several cases with one cause. */
import type { Case } from './case.ts'

/** Cases that somebody has put together under a name. */
export type Pattern = { readonly id: number; readonly title: string; readonly madeAt: number }

/** Cases that may have one cause: of one touchpoint and about one topic. */
export type PatternSuggestion = { readonly touchpoint: string; readonly topic: string; readonly cases: readonly number[] }

/** One is a case, two are a beginning. */
export const LEAST_IN_PATTERN = 2

/** Suggestions from cases that belong to no pattern yet. Order  the most cases first, then by name: the same everywhere. */
export const suggestPatterns = (cases: readonly Pick<Case, 'id' | 'touchpoint' | 'topic' | 'pattern'>[]): readonly PatternSuggestion[] => {
  const groups = new Map<string, { readonly touchpoint: string; readonly topic: string; readonly cases: number[] }>()
  for (const { id, touchpoint, topic, pattern } of cases) {
    if (pattern !== null || touchpoint === null || topic === null) continue
    const name = JSON.stringify([touchpoint, topic])
    const group = groups.get(name) ?? { touchpoint, topic, cases: [] }
    group.cases.push(id)
    groups.set(name, group)
  }
  return [...groups.entries()]
    .filter(([, { cases: ids }]) => ids.length >= LEAST_IN_PATTERN)
    .toSorted(([a, one], [b, other]) => other.cases.length - one.cases.length || (a < b ? -1 : 1))
    .map(([, { touchpoint, topic, cases: ids }]) => ({ touchpoint, topic, cases: ids.toSorted((a, b) => a - b) }))
}
