/** The rule of `settled-cuts.ts` as it is told, without anything that makes it quick: what both find has to be the same. */
/**
 * Where the rows of a report may be cut in time, so that no report, no sum of reports and no difference between two of them is about fewer answers than may be shown.
 * Time runs in units (days). A row is a group (a touchpoint, an hour of the day, a question) or the whole. What is told of a row are sums between two of its cuts,
 * so the smallest thing that anybody can compute of it is what lies between two neighbouring cuts: nothing, or enough answers.
 */
import { MIN_SHOWN } from '#shared/insights/figure.ts'

/** How many answers a row has on each unit; several parts where a row is told in parts, each of which has to be large enough. */
export type Row = { readonly parts: readonly (readonly number[])[] }

/** Whether a row may be cut before its first unit, behind each of them, and so behind the last: one more than there are units. */
export type Cuts = boolean[]

const isEnough = (n: number): boolean => n === 0 || n >= MIN_SHOWN
const areEnough = (sums: readonly number[]): boolean => sums.every(isEnough)
const plus = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((n, i) => n + b[i]!)
const isNothing = (sums: readonly number[]): boolean => sums.every((n) => n === 0)
const at = ({ parts }: Row, unit: number): readonly number[] => parts.map((part) => part[unit]!)

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
 * How far apart two ends of a difference are looked at: behind more days than this even the smallest rows that may be told have come together.
 * Units   units of time.
 */
const MAX_SPAN = 62

/**
 * Takes cuts away until nothing small can be computed from the whole minus the rows that are told, nor from two such remainders:
 * wherever the whole is known, either every row of a division is, or at least two are not, with enough answers of theirs on both sides and between any two such places.
 * Shape   changes the cuts it is given. `isGiven`: the whole is told elsewhere too, its cuts stay.
 */
export const settleCuts = (whole: Row, wholeCuts: Cuts, divisions: readonly Division[], isGiven = false): void => {
  const all = divisions.map(summed)
  const isKnown = (boundary: number): boolean => wholeCuts[boundary]! || all.some(({ cuts }) => cuts.every((own) => own[boundary]))
  const mend = (division: Summed, boundary: number, holds: () => boolean): boolean => {
    if (closeOneMore(division, boundary, holds)) return true
    return isGiven ? closeAll(division, boundary) : closeWhole(summedRow(whole), wholeCuts, all, boundary)
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const division of all) {
      for (let end = 0; end < wholeCuts.length; end++) {
        if (!isKnown(end) || division.cuts.every((own) => own[end])) {
          // nothing is left over here; whether something is at an earlier place is looked at from there
        } else if (countOpen(division, end) < 2) changed = mend(division, end, () => countOpen(division, end) > 1) || changed
        else if (!areEnough(restRight(division, end))) changed = mend(division, end, () => areEnough(restRight(division, end))) || changed
        for (let start = Math.max(0, end - MAX_SPAN); start < end && isKnown(end); start++)
          if (isKnown(start) && !areEnough(restBetween(division, start, end))) changed = mend(division, end, () => areEnough(restBetween(division, start, end))) || changed
      }
    }
  }
}

/** Rows with their running sums: what a row has up to a boundary is asked for many times. */
type SummedRow = { readonly sums: readonly (readonly number[])[]; readonly total: number; readonly row: Row }
type Summed = { readonly rows: readonly SummedRow[]; readonly cuts: readonly Cuts[] }

const summed = ({ rows, cuts }: Division): Summed => ({ rows: rows.map(summedRow), cuts })
const summedRow = (row: Row): SummedRow => {
  const sums = row.parts.map((part) => {
    let sum = 0
    return [0, ...part.map((n) => (sum += n))]
  })
  return { sums, total: sums.reduce((sum, part) => sum + part.at(-1)!, 0), row }
}
const span = ({ sums }: SummedRow, from: number, to: number): readonly number[] => sums.map((part) => part[to]! - part[from]!)

const countOpen = ({ cuts }: Summed, boundary: number): number => cuts.reduce((n, own) => n + (own[boundary] ? 0 : 1), 0)

/** What the rows that are not told have behind a boundary, each up to its own next cut. */
const restRight = (division: Summed, boundary: number): readonly number[] =>
  addUp(division, (row, cuts) => (cuts[boundary] ? null : span(row, boundary, cutBehind(cuts, boundary))))

/**
 * The least that is left over between two boundaries when everything that is told is taken away: of a row that is told at neither of them all between; of one that is told at one of them
 * what lies between that place and its cut nearest to the other; of one that is told at both nothing.
 */
const restBetween = (division: Summed, start: number, end: number): readonly number[] =>
  addUp(division, (row, cuts) => {
    if (cuts[start]) return cuts[end] ? null : span(row, Math.max(start, cutBefore(cuts, end)), end)
    return cuts[end] ? span(row, start, Math.min(end, cutBehind(cuts, start))) : span(row, start, end)
  })

const addUp = ({ rows, cuts }: Summed, of: (row: SummedRow, cuts: Cuts) => readonly number[] | null): readonly number[] => {
  const sums: number[] = []
  rows.forEach((row, i) => of(row, cuts[i]!)?.forEach((n, part) => (sums[part] = (sums[part] ?? 0) + n)))
  return sums
}

const cutBefore = (cuts: Cuts, boundary: number): number => cuts.lastIndexOf(true, boundary)
const cutBehind = (cuts: Cuts, boundary: number): number => {
  const next = cuts.indexOf(true, boundary)
  return next < 0 ? cuts.length - 1 : next
}

/** Takes the cut at one more row away: of those with answers on both sides the one with the fewest in all, if that is enough; else the first of them. */
const closeOneMore = ({ rows, cuts }: Summed, boundary: number, isMended: () => boolean): boolean => {
  const last = cuts[0]!.length - 1
  const candidates = rows
    .flatMap((row, i) => (cuts[i]![boundary] && !isNothing(span(row, 0, boundary)) ? [{ i, isInside: !isNothing(span(row, boundary, last)), size: row.total }] : []))
    .toSorted((a, b) => Number(b.isInside) - Number(a.isInside) || a.size - b.size || a.i - b.i)
  for (const { i } of candidates) {
    const before = [...cuts[i]!]
    close(rows[i]!.row, cuts[i]!, boundary)
    if (isMended()) return true
    before.forEach((cut, at) => (cuts[i]![at] = cut))
  }
  const [first] = candidates
  if (!first) return false
  close(rows[first.i]!.row, cuts[first.i]!, boundary)
  return true
}

/** No row is left to help: then the whole is not told here either, and no division may tell it in its place. */
const closeWhole = (whole: SummedRow, wholeCuts: Cuts, divisions: readonly Summed[], boundary: number): boolean => {
  if (isNothing(span(whole, 0, boundary))) return false
  const was = wholeCuts[boundary]!
  close(whole.row, wholeCuts, boundary)
  const others = divisions.filter(({ cuts }) => cuts.every((own) => own[boundary]))
  const closed = others.map((division) => closeOneMore(division, boundary, () => true))
  return was || closed.includes(true)
}

const closeAll = ({ rows, cuts }: Summed, boundary: number): boolean => {
  const open = rows.map((row, i) => cuts[i]![boundary]! && !isNothing(span(row, 0, boundary)) && (close(row.row, cuts[i]!, boundary), true))
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
