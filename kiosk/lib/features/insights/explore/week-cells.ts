/** The hours of the week as a table: which stand out from all the others when the luck of many looks is taken out. */
import { compareGroups, type GroupVerdict } from '#shared/insights/compare/compare-groups.ts'
import type { Figure, Metric } from '#shared/insights/figure.ts'
import type { WeekMapHour } from '#shared/protocol/figures.ts'

/** `none`: nobody answered · `withheld`: not told, to protect single people · `few`: too few for a comparison. */
export type WeekCell = { readonly weekday: number; readonly hour: number; readonly figure: Figure | null; readonly verdict: 'none' | 'withheld' | GroupVerdict }

export type WeekCells = {
  /** From the first hour in which anybody answered to the last, over all weekdays. */
  readonly hours: readonly number[]
  /** Monday first, one cell per hour. */
  readonly days: readonly (readonly WeekCell[])[]
  /** Hours with enough answers for a comparison. */
  readonly compared: number
  /** Those that stand out; the worst first, then the best. */
  readonly standing: readonly WeekCell[]
}

export const weekCells = (metric: Metric, hours: readonly WeekMapHour[]): WeekCells => {
  const groups = hours.flatMap(({ weekday, hour, figure }) => (figure ? [{ key: keyOf(weekday, hour), counts: figure.counts }] : []))
  const verdicts = new Map(compareGroups(metric, groups).map((group) => [group.key, group]))
  const cells = new Map(hours.map(({ weekday, hour, figure, empty }): [string, WeekCell] => {
    const key = keyOf(weekday, hour)
    return [key, { weekday, hour, figure, verdict: empty ? 'none' : figure ? verdicts.get(key)!.verdict : 'withheld' }]
  }))
  const answered = hours.filter(({ empty }) => !empty).map(({ hour }) => hour)
  const first = Math.min(...answered)
  const range = answered.length === 0 ? [] : Array.from({ length: Math.max(...answered) - first + 1 }, (_, i) => first + i)
  const gap = ({ weekday, hour }: WeekCell): number => verdicts.get(keyOf(weekday, hour))!.comparison!.difference
  const standing = [...cells.values()].filter(({ verdict }) => verdict === 'better' || verdict === 'worse').sort((a, b) => gap(a) - gap(b))
  return {
    hours: range,
    days: Array.from({ length: 7 }, (_, day) => range.map((hour) => cells.get(keyOf(day + 1, hour)) ?? { weekday: day + 1, hour, figure: null, verdict: 'none' as const })),
    compared: [...verdicts.values()].filter(({ comparison }) => comparison !== null).length,
    standing,
  }
}

const keyOf = (weekday: number, hour: number): string => `${weekday} ${hour}`
