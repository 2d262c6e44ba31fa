/** Good and bad hours of the week, in the store's own time. */
import type { Day } from '../../kernel/time.ts'
import { figureOf, type Figure, type Metric } from '../figure.ts'
import { countsAtHour, type Cells, type Cut } from './answer-cells.ts'

/** Units  weekday 1 (Monday) … 7, hour 0 … 23. */
export type WeekHour = { readonly weekday: number; readonly hour: number; readonly figure: Figure }

/**
 * The figure of each hour of the week over the store's days `from` … before `until`.
 * Shape   168 hours; those with fewer than MIN_SHOWN answers say only how many there are.
 * Order   Monday midnight first.
 */
export const weekMapOf = (metric: Metric, cells: Pick<Cells, 'get'>, cut: Cut, days: { readonly from: Day; readonly until: Day }): readonly WeekHour[] =>
  Array.from({ length: 168 }, (_, i) => {
    const at = { weekday: Math.floor(i / 24) + 1, hour: i % 24 }
    return { ...at, figure: figureOf(metric, countsAtHour(cells, cut, days, at).counts) }
  })
