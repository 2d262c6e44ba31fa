/** What stands around a tile's picture: its age, whether it is old, whether it is still of another choice, and why there is none. */
import type { KnownAnswer } from '../known-answers.svelte.ts'
import type { ExploreFilters } from '../explore-filters.ts'
import { ageWords, momentWords } from '../../lib/features/insights/figure-words.ts'
import type { tileText } from '../../lib/features/insights/explore/tile-text.ts'
import type { Language } from '#shared/kernel/language.ts'

type Words = (typeof tileText)['de']['usual']
export type TileState = { readonly age: string | null; readonly isOld: boolean; readonly busy: boolean; readonly still: string | null; readonly note: string | null }
export type TileSurroundings = { readonly connected: boolean; readonly now: number; readonly language: Language; readonly timeZone: string; readonly t: Words; /** A choice in words. */ readonly wordsOf: (filters: ExploreFilters) => string }

type Answers = { readonly shown: KnownAnswer<unknown> | null; readonly isBehind: boolean; readonly fetching: boolean; readonly failed: boolean }

export const tileState = ({ shown, isBehind, fetching, failed }: Answers, { connected, now, language, timeZone, t, wordsOf }: TileSurroundings): TileState => {
  const missing = connected ? (failed && !fetching ? t.failed : t.nothingYet) : t.nothingKnown
  if (!shown) return { age: null, isOld: false, busy: false, still: null, note: missing }
  const isOld = !connected || (failed && !fetching)
  const moment = t.asOf(momentWords(shown.at, now, language, timeZone))
  const age = isOld ? `${moment}, ${ageWords(shown.at, now, language)}` : moment
  // Without a connection the picture of another choice is told what it is, and what was asked for is told not to be there.
  return { age, isOld, busy: fetching && isBehind && connected, still: isBehind ? `${t.stillOf(wordsOf(shown.of))}${connected ? '' : ` ${t.nothingKnown}`}` : null, note: null }
}
