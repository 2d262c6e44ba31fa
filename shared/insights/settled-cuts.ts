/**
 * Where the rows of a report may be cut in time, so that no report, no sum of reports and no difference between two of them is about fewer answers than may be shown.
 * Time runs in units (days). A row is a group (a touchpoint, an hour of the day, a question) or the whole. What is told of a row are sums between two of its cuts,
 * so the smallest thing that anybody can compute of it is what lies between two neighbouring cuts: nothing, or enough answers.
 */
import { MIN_SHOWN } from './figure.ts'

/** How many answers a row has on each unit; several parts where a row is told in parts, each of which has to be large enough. */
export type Row = { readonly parts: readonly ArrayLike<number>[] }

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
  const units = wholeCuts.length - 1
  const all = divisions.map((division) => summed(division, units))
  const isKnown = (boundary: number): boolean => wholeCuts[boundary]! || all.some(({ open }) => open[boundary] === 0)
  const mend = (division: Summed, boundary: number, holds: () => boolean): boolean => {
    if (closeOneMore(division, boundary, holds)) return true
    return isGiven ? closeAll(division, boundary) : closeWhole(whole, wholeCuts, all, boundary)
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const division of all) {
      for (let end = 0; end <= units; end++) {
        if (!isKnown(end) || division.open[end] === 0) {
          // nothing is left over here; whether something is at an earlier place is looked at from there
        } else if (division.open[end]! < 2) changed = mend(division, end, () => division.open[end]! > 1) || changed
        else if (!isEnoughRight(division, end)) changed = mend(division, end, () => isEnoughRight(division, end)) || changed
        for (let start = Math.max(0, end - MAX_SPAN); start < end && isKnown(end); start++) {
          if (division.open[end] === 0 && division.open[start] === 0) continue
          if (isKnown(start) && !isEnoughBetween(division, start, end)) changed = mend(division, end, () => isEnoughBetween(division, start, end)) || changed
        }
      }
    }
  }
}

/**
 * A row with its running sums and, for each boundary, its nearest cuts: they are asked for a million times a year of days.
 * Shape   `sums`: one list per part. `before`, `behind`: the nearest cut at the boundary or earlier (−1: none), at it or later (the last boundary: none).
 */
type SummedRow = { readonly sums: readonly Int32Array[]; readonly total: number; readonly cuts: Cuts; readonly before: Int32Array; readonly behind: Int32Array }
/** `open`: for each boundary, rows that are not told there. */
type Summed = { readonly rows: readonly SummedRow[]; readonly open: Int32Array; readonly parts: number }

const summed = ({ rows, cuts }: Division, units: number): Summed => {
  const open = new Int32Array(units + 1)
  for (const own of cuts) for (let boundary = 0; boundary <= units; boundary++) if (!own[boundary]) open[boundary]! += 1
  return { rows: rows.map((row, i) => summedRow(row, cuts[i]!)), open, parts: rows[0]?.parts.length ?? 0 }
}

const summedRow = ({ parts }: Row, cuts: Cuts): SummedRow => {
  const sums = parts.map((part) => {
    const own = new Int32Array(part.length + 1)
    for (let unit = 0; unit < part.length; unit++) own[unit + 1] = own[unit]! + part[unit]!
    return own
  })
  const row = { sums, total: sums.reduce((sum, part) => sum + part[part.length - 1]!, 0), cuts, before: new Int32Array(cuts.length), behind: new Int32Array(cuts.length) }
  findNearest(row)
  return row
}

const findNearest = ({ cuts, before, behind }: SummedRow): void => {
  for (let boundary = 0, last = -1; boundary < cuts.length; boundary++) {
    if (cuts[boundary]) last = boundary
    before[boundary] = last
  }
  for (let boundary = cuts.length - 1, next = boundary; boundary >= 0; boundary--) {
    if (cuts[boundary]) next = boundary
    behind[boundary] = next
  }
}

const hasAny = ({ sums }: SummedRow, from: number, to: number): boolean => sums.some((part) => part[to]! > part[from]!)

/** Whether the rows that are not told have enough behind a boundary, each up to its own next cut. */
const isEnoughRight = ({ rows, parts }: Summed, boundary: number): boolean => {
  for (let part = 0; part < parts; part++) {
    let rest = 0
    for (const row of rows) {
      if (row.cuts[boundary]) continue
      rest += row.sums[part]![row.behind[boundary]!]! - row.sums[part]![boundary]!
      if (rest >= MIN_SHOWN) break
    }
    if (!isEnough(rest)) return false
  }
  return true
}

/**
 * Whether enough is left over between two boundaries when everything that is told is taken away: of a row that is told at neither of them all between; of one that is told at one of them
 * what lies between that place and its cut nearest to the other; of one that is told at both nothing.
 */
const isEnoughBetween = ({ rows, parts }: Summed, start: number, end: number): boolean => {
  for (let part = 0; part < parts; part++) {
    let rest = 0
    for (const { cuts, sums, before, behind } of rows) {
      const own = sums[part]!
      if (cuts[start]) {
        if (cuts[end]) continue
        rest += own[end]! - own[Math.max(start, before[end]!)]!
      } else rest += own[cuts[end] ? Math.min(end, behind[start]!) : end]! - own[start]!
      if (rest >= MIN_SHOWN) break
    }
    if (!isEnough(rest)) return false
  }
  return true
}

/** Takes the cut at one more row away: of those with answers on both sides the one with the fewest in all, if that is enough; else the first of them. */
const closeOneMore = (division: Summed, boundary: number, isMended: () => boolean): boolean => {
  const { rows } = division
  const last = division.open.length - 1
  const candidates = rows
    .flatMap((row, i) => (row.cuts[boundary] && hasAny(row, 0, boundary) ? [{ i, isInside: hasAny(row, boundary, last), size: row.total }] : []))
    .toSorted((a, b) => Number(b.isInside) - Number(a.isInside) || a.size - b.size || a.i - b.i)
  for (const { i } of candidates) {
    const { from, to } = closeRow(division, rows[i]!, boundary)
    if (isMended()) return true
    setCuts(division, rows[i]!, from, to, true)
  }
  const [first] = candidates
  if (!first) return false
  closeRow(division, rows[first.i]!, boundary)
  return true
}

/** No row is left to help: then the whole is not told here either, and no division may tell it in its place. */
const closeWhole = (whole: Row, wholeCuts: Cuts, divisions: readonly Summed[], boundary: number): boolean => {
  if (isNothingBefore(whole, boundary)) return false
  const was = wholeCuts[boundary]!
  const { from, to } = around((unit) => isNothing(at(whole, unit)), wholeCuts.length, boundary)
  wholeCuts.fill(false, from, to + 1)
  const others = divisions.filter(({ open }) => open[boundary] === 0)
  const closed = others.map((division) => closeOneMore(division, boundary, () => true))
  return was || closed.includes(true)
}

const isNothingBefore = (row: Row, boundary: number): boolean => {
  for (let unit = 0; unit < boundary; unit++) if (!isNothing(at(row, unit))) return false
  return true
}

const closeAll = (division: Summed, boundary: number): boolean => {
  const open = division.rows.map((row) => row.cuts[boundary]! && hasAny(row, 0, boundary) && (closeRow(division, row, boundary), true))
  return open.includes(true)
}

const closeRow = (division: Summed, row: SummedRow, boundary: number): { readonly from: number; readonly to: number } => {
  const place = around((unit) => !hasAny(row, unit, unit + 1), row.cuts.length, boundary)
  setCuts(division, row, place.from, place.to, false)
  return place
}

/** A cut goes with those behind the empty units around it: all of them tell the same sum. So where one of them is a cut, all are. */
const around = (isEmpty: (unit: number) => boolean, boundaries: number, boundary: number): { readonly from: number; readonly to: number } => {
  let from = boundary
  while (from > 0 && isEmpty(from - 1)) from -= 1
  let to = boundary
  while (to < boundaries - 1 && isEmpty(to)) to += 1
  return { from, to }
}

/** All of them the other way; only boundaries between the cuts on both sides get other neighbours. */
const setCuts = ({ open }: Summed, { cuts, before, behind }: SummedRow, from: number, to: number, isCut: boolean): void => {
  for (let boundary = from; boundary <= to; boundary++) {
    if (cuts[boundary] === isCut) continue
    cuts[boundary] = isCut
    open[boundary]! += isCut ? -1 : 1
  }
  const last = cuts.length - 1
  for (let boundary = from; boundary <= last && (boundary <= to || !cuts[boundary]); boundary++) before[boundary] = cuts[boundary] ? boundary : boundary === 0 ? -1 : before[boundary - 1]!
  for (let boundary = to; boundary >= 0 && (boundary >= from || !cuts[boundary]); boundary--) behind[boundary] = cuts[boundary] || boundary === last ? boundary : behind[boundary + 1]!
}

/** The part of a range that may be told of a row: from its first cut to its last one inside; null if there is none. */
export const windowIn = (cuts: Cuts, from: number, to: number): { readonly from: number; readonly to: number } | null => {
  const first = cuts.indexOf(true, from)
  const last = cuts.lastIndexOf(true, to)
  return first >= 0 && first < last ? { from: first, to: last } : null
}
