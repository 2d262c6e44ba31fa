/** What many comparisons come to. */
import type { ComparedGroup } from '#shared/protocol/figures.ts'

export type Compared = {
  /** Groups with enough answers to be compared at all. */
  readonly tested: number
  /** Differences of which none may be luck. */
  readonly certain: number
  /** Further ones, of which one in twenty may be. */
  readonly likely: number
}

export const comparedOf = (groups: readonly Pick<ComparedGroup, 'verdict' | 'certain'>[]): Compared => {
  const stands = groups.filter(({ verdict }) => verdict === 'better' || verdict === 'worse')
  const certain = stands.filter((group) => group.certain).length
  return { tested: groups.filter(({ verdict }) => verdict !== 'few').length, certain, likely: stands.length - certain }
}
