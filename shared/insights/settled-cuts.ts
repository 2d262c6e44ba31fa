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

/** Running sums of the parts of a row: how much lies between two boundaries is asked for a million times a year of days. */
type Sums = readonly Int32Array[]

const sumsOf = ({ parts }: Row): Sums => parts.map((part) => summedUp.get(part) ?? sumUp(part))
/** A row is looked at under many rules; its counts do not change. */
const summedUp = new WeakMap<ArrayLike<number>, Int32Array>()

const sumUp = (part: ArrayLike<number>): Int32Array => {
  const own = new Int32Array(part.length + 1)
  for (let unit = 0; unit < part.length; unit++) own[unit + 1] = own[unit]! + part[unit]!
  summedUp.set(part, own)
  return own
}

const hasAny = (sums: Sums, from: number, to: number): boolean => {
  for (const part of sums) if (part[to]! > part[from]!) return true
  return false
}

const areEnough = (sums: Sums, from: number, to: number): boolean => {
  for (const part of sums) if (!isEnough(part[to]! - part[from]!)) return false
  return true
}

/**
 * Cuts of a row by itself.
 * Order   a day with too few joins the days before it, so that the newest day stands alone as soon as it can; before the first large one it waits for the next.
 */
export const cutsOf = (row: Row): Cuts => {
  const units = row.parts[0]?.length ?? 0
  const sums = sumsOf(row)
  const batches: { readonly from: number; readonly to: number }[] = []
  let from = 0
  for (let unit = 0; unit < units; unit++) {
    if (!hasAny(sums, unit, unit + 1)) continue
    const to = unit + 1
    const last = batches.at(-1)
    if (areEnough(sums, from, to)) batches.push({ from, to })
    else if (last && areEnough(sums, last.from, to)) batches[batches.length - 1] = { from: last.from, to }
    else continue
    from = to
  }
  // What waits to the end takes the days before it along.
  for (let waits = hasAny(sums, from, units); waits && batches.length > 0; ) {
    from = batches.pop()!.from
    waits = !areEnough(sums, from, units)
    if (!waits) batches.push({ from, to: units })
  }
  return cutsBehind(sums, units, batches)
}

/** A cut stands behind its last unit with answers, and behind the empty ones that follow. */
const cutsBehind = (sums: Sums, units: number, batches: readonly { readonly to: number }[]): Cuts => {
  const cuts: Cuts = [true]
  let next = 0
  let open = true
  for (let boundary = 1; boundary <= units; boundary++) {
    if (hasAny(sums, boundary - 1, boundary)) open = false
    if (batches[next]?.to === boundary) {
      open = true
      next += 1
    }
    cuts.push(open)
  }
  return cuts
}

/** A way to divide the whole into rows that add up to it. */
export type Division = { readonly rows: readonly Row[]; readonly cuts: readonly Cuts[] }

/**
 * How far apart two ends of a difference are looked at: behind more days than this even the smallest rows that may be told have come together.
 * Units   units of time.
 */
export const MAX_SPAN = 62

/**
 * `isGiven`: the whole is told elsewhere too, its cuts stay.
 * `from`: everything held before this boundary, and neither counts nor cuts have changed there since; only differences that end behind it are looked at.
 */
export type Settling = { readonly isGiven?: boolean; readonly from?: number }

/**
 * Takes cuts away until nothing small can be computed from the whole minus the rows that are told, nor from two such remainders:
 * wherever the whole is known, either every row of a division is, or at least two are not, with enough answers of theirs on both sides and between any two such places.
 * Shape   changes the cuts it is given.
 */
export const settleCuts = (whole: Row, wholeCuts: Cuts, divisions: readonly Division[], { isGiven = false, from = 0 }: Settling = {}): void => {
  const units = wholeCuts.length - 1
  const all = divisions.map((division) => summed(division, units))
  const table: Table = { sums: sumsOf(whole), cuts: wholeCuts, all, known: new Uint8Array(units + 1), isGiven }
  findKnown(table, 0, units)
  // Whatever is taken away matters to the differences that end there or later.
  for (let first = from, isFirst = true; first <= units; isFirst = false) {
    let touched = Number.POSITIVE_INFINITY
    for (const division of all) {
      for (let end = isFirst ? 0 : first; end <= units; end++) {
        touched = Math.min(touched, settleRest(table, division, end).from)
        if (end >= first) touched = Math.min(touched, settleDifferences(table, division, end))
      }
    }
    first = touched
  }
}

/** The whole with its divisions. `known`: for each boundary 1 where its sum follows from what is told. */
type Table = { readonly sums: Sums; readonly cuts: Cuts; readonly all: readonly Summed[]; readonly known: Uint8Array; readonly isGiven: boolean }

/** Boundaries, both included, at which something was taken away. */
type Touched = { readonly from: number; readonly to: number }
const NOWHERE: Touched = { from: Number.POSITIVE_INFINITY, to: -1 }
const both = (a: Touched, b: Touched): Touched => ({ from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) })

const findKnown = ({ cuts, all, known }: Table, from: number, to: number): void => {
  for (let boundary = from; boundary <= to; boundary++) known[boundary] = cuts[boundary] || all.some(({ open }) => open[boundary] === 0) ? 1 : 0
}

/** What the told rows leave over behind a boundary. */
const settleRest = (table: Table, division: Summed, end: number): Touched => {
  const { open } = division
  // nothing is left over here; whether something is at an earlier place is looked at from there
  if (open[end] === 0 || table.known[end] === 0) return NOWHERE
  if (open[end]! < 2) return mend(table, division, end, () => open[end]! > 1)
  return isEnoughRight(division, end) ? NOWHERE : mend(table, division, end, () => isEnoughRight(division, end))
}

/** What two remainders leave over between them. Shape  the first boundary at which something was taken away. */
const settleDifferences = (table: Table, division: Summed, end: number): number => {
  const { known } = table
  const { open } = division
  let touched = NOWHERE.from
  for (let start = Math.max(0, end - MAX_SPAN); start < end && known[end] === 1; start++) {
    if (known[start] === 0 || (open[end] === 0 && open[start] === 0) || isEnoughBetween(division, start, end)) continue
    const at = start
    touched = Math.min(touched, mend(table, division, end, () => isEnoughBetween(division, at, end)).from)
  }
  return touched
}

const mend = (table: Table, division: Summed, boundary: number, holds: () => boolean): Touched => {
  const own = closeOneMore(division, boundary, holds)
  const touched = own !== NOWHERE ? own : table.isGiven ? closeAll(division, boundary) : closeWhole(table, boundary)
  findKnown(table, touched.from, touched.to)
  return touched
}

/**
 * A row with its running sums and, for each boundary, its nearest cuts.
 * Shape   `before`, `behind`: the nearest cut at the boundary or earlier (−1: none), at it or later (the last boundary: none).
 */
type SummedRow = { readonly sums: Sums; readonly total: number; readonly cuts: Cuts; readonly before: Int32Array; readonly behind: Int32Array }
/** `open`: for each boundary, rows that are not told there; `leaves`: the row that left something over behind it when it was last looked at. */
type Summed = { readonly rows: readonly SummedRow[]; readonly open: Int32Array; readonly leaves: Int32Array; readonly parts: number }

const summed = ({ rows, cuts }: Division, units: number): Summed => {
  const open = new Int32Array(units + 1)
  for (const own of cuts) for (let boundary = 0; boundary <= units; boundary++) if (!own[boundary]) open[boundary]! += 1
  return { rows: rows.map((row, i) => summedRow(row, cuts[i]!)), open, leaves: new Int32Array(units + 1), parts: rows[0]?.parts.length ?? 0 }
}

const summedRow = (row: Row, cuts: Cuts): SummedRow => {
  const sums = sumsOf(row)
  const own = { sums, total: sums.reduce((sum, part) => sum + part.at(-1)!, 0), cuts, before: new Int32Array(cuts.length), behind: new Int32Array(cuts.length) }
  findNearest(own)
  return own
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
const isEnoughBetween = ({ rows, leaves, parts }: Summed, start: number, end: number): boolean => {
  for (let part = 0; part < parts; part++) {
    let rest = 0
    // begins where something was found last: most rows leave nothing over
    for (let looked = 0, i = leaves[start]!; looked < rows.length; looked++, i = i + 1 < rows.length ? i + 1 : 0) {
      const own = leftBetween(rows[i]!, part, start, end)
      if (own === 0) continue
      if (rest === 0) leaves[start] = i
      rest += own
      if (rest >= MIN_SHOWN) break
    }
    if (!isEnough(rest)) return false
  }
  return true
}

const leftBetween = ({ cuts, sums, before, behind }: SummedRow, part: number, start: number, end: number): number => {
  const own = sums[part]!
  if (cuts[start]) return cuts[end] ? 0 : own[end]! - own[Math.max(start, before[end]!)]!
  return own[cuts[end] ? Math.min(end, behind[start]!) : end]! - own[start]!
}

/** Takes the cut at one more row away: of those with answers on both sides the one with the fewest in all, if that is enough; else the first of them. */
const closeOneMore = (division: Summed, boundary: number, isMended: () => boolean): Touched => {
  const { rows } = division
  const last = division.open.length - 1
  const candidates = rows
    .flatMap((row, i) => (row.cuts[boundary] && hasAny(row.sums, 0, boundary) ? [{ i, isInside: hasAny(row.sums, boundary, last), size: row.total }] : []))
    .toSorted((a, b) => Number(b.isInside) - Number(a.isInside) || a.size - b.size || a.i - b.i)
  for (const { i } of candidates) {
    const touched = closeRow(division, rows[i]!, boundary)
    if (isMended()) return touched
    setCuts(division, rows[i]!, touched.from, touched.to, true)
  }
  const [first] = candidates
  return first ? closeRow(division, rows[first.i]!, boundary) : NOWHERE
}

/** No row is left to help: then the whole is not told here either, and no division may tell it in its place. */
const closeWhole = ({ sums, cuts, all }: Table, boundary: number): Touched => {
  if (!hasAny(sums, 0, boundary)) return NOWHERE
  const was = cuts[boundary]!
  const own = around(sums, cuts.length, boundary)
  cuts.fill(false, own.from, own.to + 1)
  const others = all.filter(({ open }) => open[boundary] === 0)
  return others.map((division) => closeOneMore(division, boundary, () => true)).reduce(both, was ? own : NOWHERE)
}

const closeAll = (division: Summed, boundary: number): Touched =>
  division.rows.map((row) => (row.cuts[boundary] && hasAny(row.sums, 0, boundary) ? closeRow(division, row, boundary) : NOWHERE)).reduce(both, NOWHERE)

const closeRow = (division: Summed, row: SummedRow, boundary: number): Touched => {
  const place = around(row.sums, row.cuts.length, boundary)
  setCuts(division, row, place.from, place.to, false)
  return place
}

/** A cut goes with those behind the empty units around it: all of them tell the same sum. So where one of them is a cut, all are. */
const around = (sums: Sums, boundaries: number, boundary: number): Touched => {
  let from = boundary
  while (from > 0 && !hasAny(sums, from - 1, from)) from -= 1
  let to = boundary
  while (to < boundaries - 1 && !hasAny(sums, to, to + 1)) to += 1
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
