/** A choice of filters in words: `28 Tage, Zufriedenheit (CSAT), Kasse`. */
import type { ExploreFilters } from '../explore-filters.ts'
import type { exploreText } from '../explore-text.ts'
import { formatShortDay } from '../../lib/i18n/format.ts'
import type { Language } from '#shared/kernel/language.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { FigureChoices } from '#shared/protocol/figures.ts'

type Words = (typeof exploreText)['de']['usual']

/** What of the filters a tile goes by. */
export type FilterPart = 'figure' | 'at' | 'only'

export const filterWords = (filters: ExploreFilters, parts: readonly FilterPart[], choices: FigureChoices | null, t: Words, language: Language): string => {
  const named = (list: readonly { readonly key: string; readonly name: { readonly [L in Language]: string } }[] | undefined, key: string): string => list?.find((one) => one.key === key)?.name[language] ?? key
  const figure = filters.question === null ? t[filters.metric] : (choices?.questions.find(({ question }) => question === filters.question)?.name[language] ?? filters.question)
  const words = [periodWords(filters, t, language)]
  if (parts.includes('figure')) words.push(figure)
  if (parts.includes('at')) words.push(filters.at === null ? t.everywhere : named(choices?.touchpoints, filters.at))
  if (parts.includes('only') && filters.only) words.push(named(choices?.slices[filters.only.by], filters.only.key))
  return words.join(', ')
}

const periodWords = ({ period, days }: ExploreFilters, t: Words, language: Language): string => {
  if (period !== 'own' || !days) return t[period]
  const short = (day: Day): string => formatShortDay(Date.parse(`${day}T12:00:00Z`), language, 'UTC')
  return `${short(days.from)} – ${short(days.until)}`
}
