/**
 * Where the rows of a report may be cut in time, so that no report, no sum of reports and no difference between two of them is about fewer answers than may be shown.
 * Time runs in units (days). A row is a group (a touchpoint, an hour of the day, a question) or the whole. What is told of a row are sums between two of its cuts,
 * so the smallest thing that anybody can compute of it is what lies between two neighbouring cuts: nothing, or enough answers.
 */
import { MIN_SHOWN } from './figure.ts'

/** How many answers a row has on each unit; several parts where a row is told in parts, each of which has to be large enough. */
export type Row = { readonly parts: readonly (readonly number[])[] }

/** Whether a row may be cut before its first unit, behind each of them, and so behind the last: one more than there are units. */
export type Cuts = boolean[]

const isEnough = (n: number): boolean => n === 0 || n >= MIN_SHOWN
const areEnough = (sums: readonly number[]): boolean => sums.every(isEnough)
const plus = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((n, i) => n + b[i]!)
const isNothing = (sums: readonly number[]): boolean => sums.every((n) => n === 0)
const at = ({ parts }: Row, unit: number): readonly number[] => parts.map((part) => part[unit]!)

/** What a row has from one cut to another. */
export const between = (row: Row, from: number, to: number): readonly number[] => row.parts.map((part) => part.slice(from, to).reduce((sum, n) => sum + n, 0))

/**
 * Cuts of a row by itself.
 * Order   a day with too few joins the days before it, so that the newest day stands alone as soon as it can; before the first large one it waits for the next.
 */
export const cutsOf = (row: Row): Cuts => {
  const units = row.parts[0]?.length ?? 0
  const batches: { readonly sums: readonly number[]; readonly end: number }[] = []
  let waiting = row.parts.map(() => 0) as readonly number[]
  for (let unit = 0; unit < units; unit++) {
    const own = at(row, unit)
    if (isNothing(own)) continue
    const last = batches.at(-1)
    waiting = plus(waiting, own)
    if (areEnough(waiting)) {
      batches.push({ sums: waiting, end: unit })
    } else if (last && areEnough(plus(last.sums, waiting))) {
      batches[batches.length - 1] = { sums: plus(last.sums, waiting), end: unit }
    } else continue
    waiting = waiting.map(() => 0)
  }
  // What waits to the end takes the days before it along.
  let open = waiting
  while (!isNothing(open) && batches.length > 0) {
    open = plus(open, batches.pop()!.sums)
    if (areEnough(open)) {
      batches.push({ sums: open, end: units - 1 })
      open = []
    }
  }
  return cutsBehind(row, units, batches.map(({ end }) => end))
}

/** A cut stands behind its last unit with answers, and behind the empty ones that follow. */
const cutsBehind = (row: Row, units: number, ends: readonly number[]): Cuts => {
  const isEnd = new Set(ends)
  let open = true
  return Array.from({ length: units + 1 }, (_, boundary) => {
    const unit = boundary - 1
    if (unit >= 0 && !isNothing(at(row, unit))) open = false
    if (isEnd.has(unit)) open = true
    return open
  })
}

/** A way to divide the whole into rows that add up to it. */
export type Division = { readonly rows: readonly Row[]; readonly cuts: readonly Cuts[] }

/**
 * Takes cuts away until nothing small can be computed from the whole minus the rows that are told: wherever the whole is known, either every row of a division is,
 * or at least two are not, with enough answers between them on both sides.
 * Shape   changes the cuts it is given. `isGiven`: the whole is told elsewhere too, its cuts stay.
 */
export const settleCuts = (whole: Row, wholeCuts: Cuts, divisions: readonly Division[], isGiven = false): void => {
  const units = wholeCuts.length - 1
  for (let changed = true; changed; ) {
    changed = false
    for (let boundary = 0; boundary <= units; boundary++) {
      for (const division of divisions) {
        const isKnown = wholeCuts[boundary]! || divisions.some(({ cuts }) => cuts.every((own) => own[boundary]))
        if (!isKnown || isSettled(division, boundary)) continue
        if (closeOneMore(division, boundary)) changed = true
        else if (!isGiven) changed = closeWhole(whole, wholeCuts, divisions, boundary) || changed
        else changed = closeAll(division, boundary) || changed
      }
    }
  }
}

const isSettled = ({ rows, cuts }: Division, boundary: number): boolean => {
  const open = rows.flatMap((row, i) => (cuts[i]![boundary] ? [] : [{ row, cuts: cuts[i]! }]))
  if (open.length === 0) return true
  if (open.length === 1) return false
  const left = open.map((one) => between(one.row, cutBefore(one.cuts, boundary), boundary)).reduce(plus)
  const right = open.map((one) => between(one.row, boundary, cutBehind(one.cuts, boundary))).reduce(plus)
  return areEnough(left) && areEnough(right)
}

const cutBefore = (cuts: Cuts, boundary: number): number => cuts.lastIndexOf(true, boundary)
const cutBehind = (cuts: Cuts, boundary: number): number => {
  const next = cuts.indexOf(true, boundary)
  return next < 0 ? cuts.length - 1 : next
}

/** Takes the cut at one more row away: of those with answers on both sides the one with the fewest in all. */
const closeOneMore = ({ rows, cuts }: Division, boundary: number): boolean => {
  const sizes = rows.map((row) => between(row, 0, row.parts[0]!.length).reduce((sum, n) => sum + n, 0))
  const candidates = rows.flatMap((row, i) => {
    if (!cuts[i]![boundary] || isNothing(between(row, 0, boundary))) return []
    const isInside = !isNothing(between(row, boundary, row.parts[0]!.length))
    return [{ i, isInside, size: sizes[i]! }]
  })
  const [best] = candidates.toSorted((a, b) => Number(b.isInside) - Number(a.isInside) || a.size - b.size || a.i - b.i)
  if (!best) return false
  close(rows[best.i]!, cuts[best.i]!, boundary)
  return true
}

/** No row is left to help: then the whole is not told here either, and no division may tell it in its place. */
const closeWhole = (whole: Row, wholeCuts: Cuts, divisions: readonly Division[], boundary: number): boolean => {
  if (isNothing(between(whole, 0, boundary))) return false
  const was = wholeCuts[boundary]!
  close(whole, wholeCuts, boundary)
  const others = divisions.filter(({ cuts }) => cuts.every((own) => own[boundary]))
  const closed = others.map((division) => closeOneMore(division, boundary))
  return was || closed.includes(true)
}

const closeAll = ({ rows, cuts }: Division, boundary: number): boolean => {
  const open = rows.map((row, i) => cuts[i]![boundary]! && !isNothing(between(row, 0, boundary)) && (close(row, cuts[i]!, boundary), true))
  return open.includes(true)
}

/** The cut goes, with those behind the empty units around it: all of them tell the same sum. */
const close = (row: Row, cuts: Cuts, boundary: number): void => {
  let from = boundary
  while (from > 0 && isNothing(at(row, from - 1))) from -= 1
  let to = boundary
  while (to < cuts.length - 1 && isNothing(at(row, to))) to += 1
  cuts.fill(false, from, to + 1)
}

/** The part of a range that may be told of a row: from its first cut to its last one inside; null if there is none. */
export const windowIn = (cuts: Cuts, from: number, to: number): { readonly from: number; readonly to: number } | null => {
  const first = cuts.indexOf(true, from)
  const last = cuts.lastIndexOf(true, to)
  return first >= 0 && first < last ? { from: first, to: last } : null
}
