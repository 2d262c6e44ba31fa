/** The cells that an answer is counted in, so that any tile is the sum of a few of them however many answers there are. */
import { localTime, millis, type Day, type LocalTime, type Millis } from '../../kernel/time.ts'
import { QUARTER_MS } from '../group-tallies.ts'
import { add, EMPTY, merge, remove, type Rollup } from './rollup.ts'
import { blocksAround, blocksBetween, type Block } from './time-blocks.ts'

/** By what answers can be looked at apart; each by itself, not crossed with another. */
export const SLICES = ['touchpoint', 'device', 'stage', 'persona', 'channel', 'language'] as const
export type Slice = (typeof SLICES)[number]

/** An answer as the cells see it. A slice that nobody knows is left out. */
export type CountedAnswer = { readonly question: string; readonly value: number; readonly at: Millis } & { readonly [S in Slice]?: string }

/** All answers to a question, or those of one slice. */
export type Cut = { readonly question: string; readonly slice?: Slice; readonly key?: string }

/** Where the counts stand: a table of the hub, or a map. A cell that is not there is empty. */
export type Cells = { get(cell: string): Rollup | undefined; set(cell: string, rollup: Rollup): unknown }

/** Counts an answer in. Shape  18 cells for the whole and 18 for each slice it has: 9 levels of time, 9 of days by weekday and hour. */
export const countIn = (cells: Cells, answer: CountedAnswer, timeZone: string): void => {
  for (const cell of cellsOf(answer, timeZone)) cells.set(cell, add(cells.get(cell) ?? EMPTY, answer.value))
}

/**
 * What many answers add to each cell, so that a batch writes every cell once: a hundred answers of one hour touch hardly more cells than one.
 * Shape   to be merged into what stands in the cells.
 */
export const cellsOfBatch = (answers: readonly CountedAnswer[], timeZone: string): ReadonlyMap<string, Rollup> => {
  const counts = new Map<string, { [value: string]: number }>()
  for (const answer of answers) {
    for (const cell of cellsOf(answer, timeZone)) {
      const own = counts.get(cell) ?? {}
      own[answer.value] = (own[answer.value] ?? 0) + 1
      counts.set(cell, own)
    }
  }
  return counts
}

/** Takes an erased answer out; afterwards nothing is left of it. */
export const countOut = (cells: Cells, answer: CountedAnswer, timeZone: string): void => {
  for (const cell of cellsOf(answer, timeZone)) cells.set(cell, remove(cells.get(cell) ?? EMPTY, { [answer.value]: 1 }))
}

/**
 * All answers of a cut from one instant up to before another.
 * Units   both at whole quarters of an hour: every store's midnight is one.
 * Shape   `read` tells how many cells were looked at: at most 54 for two years.
 */
export const countsBetween = (cells: Pick<Cells, 'get'>, cut: Cut, from: Millis, until: Millis): { readonly counts: Rollup; readonly read: number } =>
  sumOf(cells, blocksBetween(Math.floor(from / QUARTER_MS), Math.floor(until / QUARTER_MS)).map((block) => timeCell(cut, block)))

/**
 * Answers given at one hour of one weekday, over the store's days `from` … before `until`.
 * Units   weekday 1 (Monday) … 7, hour 0 … 23 of the store's own clock: the hour that is lived twice counts as one.
 */
export const countsAtHour = (cells: Pick<Cells, 'get'>, cut: Cut, days: { readonly from: Day; readonly until: Day }, at: { readonly weekday: number; readonly hour: number }): { readonly counts: Rollup; readonly read: number } =>
  sumOf(cells, blocksBetween(dayNumber(days.from), dayNumber(days.until)).map((block) => hourCell(cut, block, at)))

const cellsOf = (answer: CountedAnswer, timeZone: string): readonly string[] => {
  // whole quarters share one reading of the clock
  const quarter = Math.floor(answer.at / QUARTER_MS)
  const local = localTime(millis(quarter * QUARTER_MS), timeZone)
  const cuts: readonly Cut[] = [{ question: answer.question }, ...SLICES.flatMap((slice) => cutOf(answer, slice))]
  const [times, days] = [blocksAround(quarter), blocksAround(dayNumber(local.day))]
  return cuts.flatMap((cut) => times.map((block) => timeCell(cut, block)).concat(days.map((block) => hourCell(cut, block, local))))
}

const cutOf = (answer: CountedAnswer, slice: Slice): readonly Cut[] => {
  const key = answer[slice]
  return key === undefined ? [] : [{ question: answer.question, slice, key }]
}

const sumOf = (cells: Pick<Cells, 'get'>, keys: readonly string[]): { readonly counts: Rollup; readonly read: number } => ({
  counts: keys.reduce((sum, key) => merge(sum, cells.get(key) ?? EMPTY), EMPTY),
  read: keys.length,
})

/** Parts are told apart as JSON, so that no name can run into its neighbour. */
const timeCell = (cut: Cut, { level, index }: Block): string => JSON.stringify([cut.question, cut.slice ?? null, cut.key ?? null, 't', level, index])
const hourCell = (cut: Cut, { level, index }: Block, { weekday, hour }: Pick<LocalTime, 'weekday' | 'hour'>): string =>
  JSON.stringify([cut.question, cut.slice ?? null, cut.key ?? null, 'h', level, index, weekday, hour])

const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
