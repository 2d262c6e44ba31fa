/** Hours and days in an unbroken row, so that a gap in the figures is seen as a gap. */
import { formatDay, formatShortDay } from '../lib/i18n/format.ts'
import type { Figure } from '#shared/insights/figure.ts'
import type { Language } from '#shared/kernel/language.ts'
import { addDays, daysBetween, type Day } from '#shared/kernel/time.ts'

type Group = { readonly key: string; readonly figure: Figure }
export type Slot = { readonly key: string; readonly short: string; readonly name: string; readonly figure: Figure | null }

/** More days than this do not fit; the latest are shown. */
const MAX_DAYS = 60

/** From the first hour with answers to the last; those without a time are left to the table of places. */
export const hourSlots = (groups: readonly Group[], nameOf: (hour: string) => string): readonly Slot[] => {
  const figures = new Map(groups.map(({ key, figure }) => [key, figure]))
  const hours = [...figures.keys()].filter((key) => /^\d{2}$/.test(key)).map(Number)
  if (hours.length === 0) return []
  const first = Math.min(...hours)
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, i) => {
    const key = String(first + i).padStart(2, '0')
    return { key, short: String(first + i), name: nameOf(key), figure: figures.get(key) ?? null }
  })
}

/** From the first day with answers to the last. */
export const daySlots = (groups: readonly Group[], language: Language): readonly Slot[] => {
  const figures = new Map(groups.map(({ key, figure }) => [key, figure]))
  const days = [...figures.keys()].filter((key): key is Day => /^\d{4}-\d{2}-\d{2}$/.test(key)).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  const count = Math.min(MAX_DAYS, daysBetween(first, last) + 1)
  return Array.from({ length: count }, (_, i) => {
    const key = addDays(last, i - count + 1)
    const noon = Date.parse(`${key}T12:00:00Z`)
    return { key, short: formatShortDay(noon, language, 'UTC'), name: formatDay(noon, language, 'UTC'), figure: figures.get(key) ?? null }
  })
}
