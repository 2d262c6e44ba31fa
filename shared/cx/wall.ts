/** What customers have brought about, told where they and the staff see it: only what was measured, in words that a manager has approved. */
import type { Localised } from '../kernel/language.ts'
import type { Day } from '../kernel/time.ts'

/**
 * One improvement that showed its effect.
 * Units   `before` and `after` in the figure's own points, `low` … `high` the 95 % interval of the change, all rounded to whole ones; `n` answers of both windows.
 */
export type WallEntry = {
  readonly id: string
  readonly text: Localised
  readonly place: string
  readonly metric: 'nps' | 'csat' | 'ces' | 'smiley'
  readonly before: number
  readonly after: number
  readonly low: number
  readonly high: number
  readonly n: number
  /** The day after the measured weeks. */
  readonly day: Day
}
export type Wall = { readonly entries: readonly WallEntry[] }

/** Staff see the newest of a year or so, a shopper in passing reads three. */
export const MAX_WALL = 12
export const MAX_WALL_SHOWN = 3
/** One sentence, from one metre away. */
export const MAX_WALL_CHARS = 110

/** The newest entries, as a document holds them. Order  newest first, then by id. */
export const wallOf = (entries: readonly WallEntry[]): Wall => ({
  entries: entries.toSorted((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? 1 : -1)).slice(0, MAX_WALL),
})
