/**
 * Settles cuts again after few answers more without looking at all the years. Once a week the days that are over are settled by themselves; what lies well before the first change since
 * then keeps its cuts, and the last weeks are settled behind one unit that holds everything before them. Where a kept cut would have to go, more is settled anew, at last all of it.
 * Nothing is ever begun from what was told in between: an early morning's three answers may close much, and must not close it for good.
 */
import type { Line } from './rollup/answer-ledger.ts'
import { cutsOf, MAX_SPAN, type Cuts } from './settled-cuts.ts'

/** Answers of a group, and where they may be cut. `finished`: where they could be when the days that were over were settled. */
export type Cut = { readonly line: Line; readonly cuts: Cuts; readonly finished?: Cuts }

/**
 * Calls a visitor for everything a table is made of, by a name that stays the same, and puts what it gives in its place.
 * Shape   `row`: is to be cut; `part`: is only looked at; `told`: is cut already and stays so.
 */
export type Walk<Table> = (table: Table, visit: Visit) => Table
export type Visit = { readonly row: (name: string, line: Line) => Line; readonly part: (name: string, line: Line) => Line; readonly told: (name: string, cut: Cut) => Cut }

/** Takes cuts away until a table's rules hold; `cutsAt` are those of a row, and changed. `from`: before this boundary they hold. */
export type KeepRules<Table> = (table: Table, cutsAt: (line: Line) => Cuts, from: number) => void

/** Cuts of each row; with what was seen, and how the days that were over were settled, for who settles again. */
export type SettledRows = Base & { readonly base: Base | null }
/** `cuts`: of a row by itself, of a told sum as told, of a part none. */
type Seen = { readonly line: Line; readonly cuts: Cuts }
type Sight = ReadonlyMap<string, Seen>
type Base = { readonly days: readonly string[]; readonly seen: Sight; readonly cuts: ReadonlyMap<string, Cuts> }

/** How long days that are over stay settled as they were. Units  days with answers. */
const KEEP_BASE = 7
/** Fewer are settled from the beginning. Units  days with answers. */
const FEW_DAYS = 3 * MAX_SPAN

type Terms<Table> = { readonly days: readonly string[]; readonly table: Table; readonly walk: Walk<Table>; readonly keepRules: KeepRules<Table> }

export const settleTable = <Table>(terms: Terms<Table>, last: SettledRows | null): SettledRows => {
  const base = last?.base && terms.days.length - last.base.days.length <= KEEP_BASE ? last.base : settleFinished(terms)
  const { rows, seen } = look(terms, last?.seen)
  if (last && firstChange(last, { days: terms.days, seen }) > terms.days.length) return { ...last, seen }
  const again = base && settleEnd({ ...terms, rows, kept: base.cuts }, firstChange(base, { days: terms.days, seen }) - MAX_SPAN)
  return { days: terms.days, cuts: again ?? settleAll(terms, rows), seen, base }
}

/** A row with the cuts that were found for it. */
export const cutIn = ({ cuts, base }: SettledRows, name: string, line: Line): Cut => {
  const finished = base?.cuts.get(name)
  return { line, cuts: cuts.get(name)!, ...(finished && { finished }) }
}

/** All days but the last. */
const settleFinished = <Table>(terms: Terms<Table>): Base | null => {
  if (terms.days.length <= FEW_DAYS) return null
  let units = terms.days.length - 1
  const keep = (_: string, line: Line): Line => line
  terms.walk(terms.table, { row: keep, part: keep, told: (_, cut) => ((units = Math.min(units, (cut.finished ?? cut.cuts).length - 1)), cut) })
  const until = (_: string, line: Line): Line => lineOf(line.n.slice(0, units))
  const finished = { ...terms, days: terms.days.slice(0, units), table: terms.walk(terms.table, { row: until, part: until, told: (name, { line, cuts, finished }) => ({ line: until(name, line), cuts: (finished ?? cuts).slice(0, units + 1) }) }) }
  const { rows, seen } = look(finished)
  return { days: finished.days, seen, cuts: settleAll(finished, rows) }
}

const look = <Table>({ table, walk }: Terms<Table>, before?: Sight): { readonly rows: Sight; readonly seen: Sight } => {
  const [rows, others] = [new Map<string, Seen>(), new Map<string, Seen>()]
  walk(table, {
    row: (name, line) => (rows.set(name, { line, cuts: byItself(line, before?.get(name)) }), line),
    part: (name, line) => (others.set(name, { line, cuts: [] }), line),
    told: (name, cut) => (others.set(name, cut), cut),
  })
  return { rows, seen: new Map([...rows, ...others]) }
}

/** Most rows are as they were. */
const byItself = ({ n }: Line, before: Seen | undefined): Cuts => (before && isSame(before.line.n, n) ? before.cuts : cutsOf({ parts: [n] }))

const isSame = (a: Int32Array, b: Int32Array): boolean => {
  if (a.length !== b.length) return false
  for (let unit = 0; unit < a.length; unit++) if (a[unit] !== b[unit]) return false
  return true
}

const settleAll = <Table>({ table, keepRules }: Terms<Table>, rows: Sight): Base['cuts'] => {
  const cuts = new Map<Line, Cuts>([...rows.values()].map(({ line, cuts: own }) => [line, [...own]]))
  keepRules(table, (line) => cuts.get(line)!, 0)
  return new Map([...rows].map(([name, { line }]) => [name, cuts.get(line)!]))
}

type EndTerms<Table> = Terms<Table> & { readonly rows: Sight; readonly kept: Base['cuts'] }

/** Boundaries from `from` on, or from earlier where a kept one has to go; null where that is nearly all. */
const settleEnd = <Table>(terms: EndTerms<Table>, from: number): Base['cuts'] | null => {
  if (from <= 2 * MAX_SPAN) return null
  const settled = settleFrom(terms, from)
  return 'moved' in settled ? settleEnd(terms, settled.moved - MAX_SPAN) : settled.cuts
}

/** With kept cuts as far before as a difference reaches. `moved`: the first kept one that would go. */
const settleFrom = <Table>({ table, walk, keepRules, rows, kept }: EndTerms<Table>, from: number): { readonly cuts: Base['cuts'] } | { readonly moved: number } => {
  const start = from - MAX_SPAN - 1
  const begun = new Map([...rows].map(([name, { line, cuts }]) => [name, begin(line, cuts, kept.get(name) ?? cuts, from)]))
  const short = new Map<Line, Cuts>()
  const named = new Map<string, Cuts>()
  const end = walk(table, {
    row: (name, line) => {
      const own = lineFrom(line, start)
      const cuts = cutsFrom(begun.get(name)!, start)
      short.set(own, cuts)
      named.set(name, cuts)
      return own
    },
    part: (_, line) => lineFrom(line, start),
    told: (_, { line, cuts }) => ({ line: lineFrom(line, start), cuts: cutsFrom(cuts, start) }),
  })
  keepRules(end, (line) => short.get(line)!, from - start + 1)
  const moved = [...named].map(([name, cuts]) => movedIn(begun.get(name)!, cuts, start, from)).filter((boundary) => boundary !== null)
  if (moved.length > 0) return { moved: Math.min(...moved) }
  for (const [name, cuts] of named) for (let boundary = from; boundary < begun.get(name)!.length; boundary++) begun.get(name)![boundary] = cuts[boundary - start + 1]!
  return { cuts: begun }
}

const movedIn = (was: Cuts, cuts: Cuts, start: number, from: number): number | null => {
  for (let boundary = start; boundary < from; boundary++) if (cuts[boundary - start + 1] !== was[boundary]) return boundary
  return null
}

/** Kept cuts before a boundary, a row's own behind it. The empty units around it are one place: what is not told before them is not told behind them. */
const begin = ({ n }: Line, own: Cuts, kept: Cuts, from: number): Cuts => {
  const cuts = [...kept.slice(0, from), ...own.slice(from)]
  for (let boundary = from; boundary < cuts.length && n[boundary - 1] === 0 && !cuts[boundary - 1]; boundary++) cuts[boundary] = false
  return cuts
}

const lineOf = (n: Int32Array): Line => ({ n, counts: () => ({}), flagged: () => 0 })
/** All before a unit as one. */
const lineFrom = ({ n }: Line, start: number): Line => {
  const own = new Int32Array(n.length - start + 1)
  for (let unit = 0; unit < start; unit++) own[0]! += n[unit]!
  own.set(n.subarray(start), 1)
  return lineOf(own)
}
const cutsFrom = (cuts: Cuts, start: number): Cuts => [true, ...cuts.slice(start)]

/** The first boundary up to which nothing has changed; behind the last one where nothing has changed at all. */
const firstChange = (before: Pick<Base, 'days' | 'seen'>, now: Pick<Base, 'days' | 'seen'>): number => {
  const units = Math.max(before.days.length, now.days.length)
  let first = 0
  while (first < units && before.days[first] === now.days[first]) first += 1
  if (first === units) first += 1
  for (const name of new Set([...before.seen.keys(), ...now.seen.keys()])) first = changeOf(before.seen.get(name), now.seen.get(name), first)
  return first
}

/** What is missing was empty, and told everywhere. */
const changeOf = (before: Seen | undefined, now: Seen | undefined, atMost: number): number => {
  const [cuts, n] = [before?.cuts ?? [], before?.line.n ?? NOBODY]
  const [ownCuts, ownN] = [now?.cuts ?? [], now?.line.n ?? NOBODY]
  for (let boundary = 0; boundary < atMost; boundary++) {
    if ((cuts[boundary] ?? true) !== (ownCuts[boundary] ?? true)) return boundary
    if ((n[boundary] ?? 0) !== (ownN[boundary] ?? 0)) return boundary + 1
  }
  return atMost
}
const NOBODY = new Int32Array()
