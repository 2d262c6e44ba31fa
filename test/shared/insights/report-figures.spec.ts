import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIMENSIONS, type Dimension, type Tally } from '#shared/insights/group-tallies.ts'
import { reportFigures, type ReportFigures, type ReportTerms } from '#shared/insights/report-figures.ts'
import { cutsOf, settleCuts, windowIn, type Row } from '#shared/insights/settled-cuts.ts'

const DAY = 86_400_000
const START = Date.parse('2026-11-02T00:00:00Z')
const at = (day: number, hour = 9): number => START + day * DAY + hour * 3_600_000
const tally = (over: Partial<Tally> = {}): Tally => ({ touchpoint: 'a', question: 'visit', detail: false, quarterAt: at(0), value: 5, n: 1, ...over })
const report = (tallies: readonly Tally[], terms: Partial<ReportTerms> = {}): ReportFigures => reportFigures(tallies, { metric: 'csat', by: null, timeZone: 'UTC', ...terms })
const sizes = ({ groups }: ReportFigures) => groups.map(({ key, figure }) => [key, figure.n])
const row = (...n: readonly number[]): Row => ({ parts: [n] })
const shown = (cuts: readonly boolean[]): string => cuts.map((cut) => (cut ? '|' : '.')).join('')

describe('a row may be cut where enough answers lie on both sides', () => {
  it('behind every day that has enough', () => {
    expect(shown(cutsOf(row(5, 9, 7)))).toBe('||||')
  })
  it('a small day joins the days before it, the first one those behind it', () => {
    expect(shown(cutsOf(row(9, 3, 6)))).toBe('|.||')
    expect(shown(cutsOf(row(3, 9, 6)))).toBe('|.||')
    expect(shown(cutsOf(row(9, 3, 4, 6)))).toBe('|..||')
  })
  it('days without answers hide nothing', () => {
    expect(shown(cutsOf(row(5, 0, 0, 5, 0)))).toBe('||||||')
    expect(shown(cutsOf(row(0, 3, 0, 4)))).toBe('||..|')
  })
  it('nowhere behind its beginning if all of it is too few', () => {
    expect(shown(cutsOf(row(1, 2)))).toBe('|..')
  })
  it('in parts: where each part has enough or nothing', () => {
    expect(shown(cutsOf({ parts: [[5, 6, 5], [0, 2, 5]] }))).toBe('||.|')
  })
  it('what is told of a range are the days between two cuts inside', () => {
    const cuts = cutsOf(row(9, 3, 6))
    expect([windowIn(cuts, 0, 3), windowIn(cuts, 1, 3), windowIn(cuts, 1, 2), windowIn(cuts, 0, 2)]).toEqual([{ from: 0, to: 3 }, { from: 2, to: 3 }, null, { from: 0, to: 2 }])
  })
  it('the whole minus the rows that are told gives nothing away: the smallest of the others keeps quiet too', () => {
    const rows = [row(9, 9), row(3, 6), row(20, 20)]
    const cuts = rows.map(cutsOf)
    expect(cuts.map(shown)).toEqual(['|||', '|.|', '|||'])
    settleCuts(row(32, 35), cutsOf(row(32, 35)), [{ rows, cuts }])
    expect(cuts.map(shown)).toEqual(['|.|', '|.|', '|||'])
  })
})

describe('a report', () => {
  const busy = [tally({ n: 40 }), tally({ touchpoint: 'b', n: 12, value: 1 }), tally({ touchpoint: 'c', n: 3, value: 2 })]
  it('tells a group of five, and of four neither figure nor number', () => {
    const five = report([tally({ n: 40 }), tally({ touchpoint: 'b', n: 5 })], { by: 'touchpoint' })
    expect([sizes(five), five.withheld]).toEqual([[['a', 40], ['b', 5]], []])
    const four = report([tally({ n: 40 }), tally({ touchpoint: 'b', n: 4 }), tally({ touchpoint: 'c', n: 4 })], { by: 'touchpoint' })
    expect([sizes(four), four.withheld]).toEqual([[['a', 40]], ['b', 'c']])
  })
  it('withholds the smallest of the others where the total minus the told ones would give a group away', () => {
    const { overall, withheld, ...rest } = report(busy, { by: 'touchpoint' })
    expect([overall.n, sizes({ overall, withheld, ...rest }), withheld]).toEqual([55, [['a', 40]], ['b', 'c']])
  })
  it('cannot be made to differ from another by a few answers of one place', () => {
    const week = [0, 1, 2].flatMap((day) => [tally({ quarterAt: at(day), n: 30 }), tally({ touchpoint: 'b', quarterAt: at(day), n: 20 }), tally({ touchpoint: 'c', quarterAt: at(day), n: day === 1 ? 2 : 8 })])
    const n = (from: number, until: number) => Object.fromEntries(sizes(report(week, { by: 'touchpoint', from: at(from), until: at(until) })))
    expect([n(0, 0), n(0, 1), n(1, 1), n(1, 2), n(2, 2), n(0, 2)]).toEqual([{ a: 30 }, { a: 60, b: 40, c: 10 }, { a: 30 }, { a: 60, b: 20, c: 8 }, { a: 30, b: 20, c: 8 }, { a: 90, b: 60, c: 18 }])
  })
  it('cannot be asked for hour by hour: ranges count whole days', () => {
    const day = [tally({ quarterAt: at(0, 8), n: 20 }), tally({ quarterAt: at(0, 9), n: 1, value: 1 })]
    expect(report(day, { from: at(0, 9), until: at(0, 9) }).overall.n).toBe(21)
  })
  it('counts all there is where no range is given', () => {
    const sparse = Array.from({ length: 40 }, (_, day) => tally({ quarterAt: at(day), touchpoint: day % 2 ? 'a' : 'b' }))
    expect(sizes(report(sparse, { by: 'touchpoint' }))).toEqual([['a', 20], ['b', 20]])
  })
  it('by day leaves a day with too few to the day before', () => {
    const days = report([tally({ quarterAt: at(0), n: 9 }), tally({ quarterAt: at(1), n: 3 }), tally({ quarterAt: at(2), n: 6 })], { by: 'day' })
    expect([sizes(days), days.withheld]).toEqual([[['2026-11-04', 6]], ['2026-11-02', '2026-11-03']])
  })
  it('counts what carries no time only where the range has no ends', () => {
    const all = [tally({ n: 7, quarterAt: null }), tally({ n: 6 })]
    expect([report(all).overall.n, report(all, { from: at(0) }).overall.n, report(all, { until: at(9) }).overall.n]).toEqual([13, 6, 6])
    expect(sizes(report(all, { by: 'hour' }))).toEqual([['09', 6], ['undated', 7]])
  })
  it('of the whole store says how many answers there are, also where they are too few for a figure', () => {
    expect(report([tally({ n: 3 })]).overall).toMatchObject({ n: 3, score: null, counts: {} })
  })
  it('of one question by place tells no place where another question would be left over', () => {
    const two = [tally({ n: 30 }), tally({ question: 'help', n: 10 }), tally({ touchpoint: 'b', n: 20 }), tally({ touchpoint: 'b', question: 'help', n: 2 }), tally({ touchpoint: 'c', n: 50 }), tally({ touchpoint: 'c', question: 'help', n: 9 })]
    const visit = report(two, { by: 'touchpoint', question: 'visit' })
    expect([visit.overall.n, sizes(visit)]).toEqual([100, [['c', 50]]])
    expect(visit.withheld).toEqual(['a', 'b'])
  })
})

/** Every report that can be asked for, as the set of cells that its figures are made of: each cell has a value of its own, so the counts tell. */
type Cell = { readonly day: number; readonly touchpoint: string; readonly hour: number; readonly question: string; readonly n: number }
type Told = ReadonlySet<number>

const everything = (cells: readonly Cell[], days: number): { readonly told: readonly { readonly of: string; readonly set: Told }[]; readonly n: (cell: number) => number; readonly wanted: readonly Told[] } => {
  const tallies = cells.map(({ day, hour, n, ...place }, value) => tally({ ...place, quarterAt: at(day, hour), value, n }))
  const ranges = Array.from({ length: days }, (_, from) => Array.from({ length: days - from }, (__, length) => ({ from, until: from + length }))).flat()
  const told: { readonly of: string; readonly set: Told }[] = []
  const wanted: Told[] = []
  const members = (holds: (cell: Cell) => boolean): Told => new Set(cells.flatMap((cell, i) => (holds(cell) ? [i] : [])))
  const keyOf = (by: Dimension) => (cell: Cell): string => (by === 'hour' ? String(cell.hour).padStart(2, '0') : by === 'day' ? `2026-11-0${cell.day + 2}` : cell[by])
  for (const { from, until } of ranges)
    for (const by of [null, ...DIMENSIONS]) {
      const { overall, groups, withheld } = report(tallies, { metric: 'nps', by, from: at(from, 0), until: at(until, 23) })
      for (const { of, figure } of [{ of: 'whole', figure: overall }, ...groups.map(({ key, figure }) => ({ of: by === 'day' ? 'whole' : `${by} ${key}`, figure }))])
        if (figure.score !== null) told.push({ of, set: new Set(Object.keys(figure.counts).map(Number)) })
      const inRange = (cell: Cell): boolean => cell.day >= from && cell.day <= until
      if (by === null) wanted.push(members(inRange))
      else {
        for (const key of new Set(cells.map(keyOf(by)))) wanted.push(members((cell) => inRange(cell) && keyOf(by)(cell) === key))
        wanted.push(members((cell) => inRange(cell) && withheld.includes(keyOf(by)(cell))))
      }
    }
  return { told, wanted, n: (cell) => cells[cell]!.n }
}

/** Whether a sum over `wanted` follows from the sums that were told, by any calculation with them: Gauss over the rationals, in floating point of small whole numbers. */
const solver = (told: readonly { readonly set: Told }[], width: number): ((wanted: Told) => boolean) => {
  const pivots = new Map<number, readonly number[]>()
  const vector = (set: Told): readonly number[] => Array.from({ length: width }, (_, i) => (set.has(i) ? 1 : 0))
  const reduce = (start: readonly number[]): readonly number[] => {
    let left = start
    for (let i = 0; i < width; i++) {
      const pivot = pivots.get(i)
      const factor = left[i]!
      if (pivot && Math.abs(factor) > 1e-9) left = left.map((x, j) => x - factor * pivot[j]!)
    }
    return left
  }
  for (const { set } of told) {
    const left = reduce(vector(set))
    const first = left.findIndex((x) => Math.abs(x) > 1e-9)
    if (first >= 0) pivots.set(first, left.map((x) => x / left[first]!))
  }
  return (wanted) => reduce(vector(wanted)).every((x) => Math.abs(x) < 1e-6)
}

/** Three places by two hours, or by two questions; on every day somebody answered everywhere, so that nothing is known from what is missing. */
const store = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.boolean()).chain(([days, byHour]) =>
  fc.tuple(
    fc.constant(days),
    fc.array(fc.constantFrom(1, 1, 1, 1, 2, 2, 3, 4, 5, 8, 20), { minLength: days * 6, maxLength: days * 6 }).map((sizesOfCells) =>
      sizesOfCells.map((n, i): Cell => {
        const second = Math.floor(i / 3) % 2
        return { day: Math.floor(i / 6), touchpoint: 'abc'[i % 3]!, hour: byHour ? 8 + second : 8, question: byHour || second ? 'visit' : 'help', n }
      }),
    ),
  ),
)

describe('whoever has every report of a store', () => {
  const sum = (cells: Told, n: (cell: number) => number): number => [...cells].reduce((total, cell) => total + n(cell), 0)
  it('finds in none of them a figure about fewer than five answers, and between a part and its whole no difference of fewer', () => {
    fc.assert(fc.property(store, ([days, cells]) => {
      const { told, n } = everything(cells, days)
      for (const { set } of told) expect(sum(set, n)).toBeGreaterThanOrEqual(5)
      for (const big of told)
        for (const small of told) {
          const isPart = (big.of === 'whole' || big.of === small.of) && small.set.size < big.set.size && [...small.set].every((cell) => big.set.has(cell))
          if (isPart) expect(sum(big.set, n) - sum(small.set, n)).toBeGreaterThanOrEqual(5)
        }
    }), { numRuns: 150 })
  })
  it('can compute no place, hour, day or question of any stretch that has fewer than five answers, and not what is withheld together either', () => {
    fc.assert(fc.property(store, ([days, cells]) => {
      const { told, wanted, n } = everything(cells, days)
      const follows = solver(told, cells.length)
      for (const group of wanted) {
        const size = sum(group, n)
        if (size > 0 && size < 5) expect(follows(group)).toBe(false)
      }
    }), { numRuns: 150 })
  })
})
