import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerLedger, type AnswerPlace } from '#shared/insights/rollup/answer-ledger.ts'
import { settleReports, type Cut, type SettledReports } from '#shared/insights/report-figures.ts'
import { windowIn } from '#shared/insights/settled-cuts.ts'
import { settleDevices, settleSlice, settleWeek, toldTogether, type ToldSlice } from '#shared/insights/told-slices.ts'

type Cell = { readonly day: number; readonly touchpoint: string; readonly channel: string; readonly device: string; readonly language: string; readonly hour: number; readonly n: number }

const FIRST_DAY = 20_759 // a Monday
const place = ({ touchpoint, channel, device, language }: Cell): AnswerPlace => ({ question: 'mood', survey: 'visit', detail: false, touchpoint, channel, device, language, segment: '' })
/** Each cell has a value of its own, so counts tell which cells a figure is made of. */
const reportsOf = (cells: readonly Cell[]): SettledReports => {
  const ledger = answerLedger(cells.length)
  cells.forEach((cell, value) => ledger.at(place(cell))({ day: FIRST_DAY + cell.day, hour: cell.hour, value, n: cell.n }, 'both', 1))
  return settleReports(ledger)
}
const toldOf = ({ line, cuts }: Cut): readonly ReadonlySet<number>[] => {
  const open = cuts.flatMap((cut, boundary) => (cut ? [boundary] : []))
  return open.slice(1).map((to, i) => new Set(Object.keys(line.counts(open[i]!, to)).map(Number))).filter(({ size }) => size > 0)
}
const rowsOf = ({ rows, at }: ToldSlice): readonly Cut[] => [...rows.values(), ...[...at.values()].flatMap((own) => Array.from(own.values()))]

/** Whether a sum over `wanted` follows from what was told, by any calculation: Gauss in floating point of small whole numbers. */
const solver = (told: readonly ReadonlySet<number>[], width: number): ((wanted: ReadonlySet<number>) => boolean) => {
  const pivots = new Map<number, readonly number[]>()
  const reduce = (set: ReadonlySet<number>): readonly number[] => {
    let left: readonly number[] = Array.from({ length: width }, (_, i) => (set.has(i) ? 1 : 0))
    for (const [i, pivot] of [...pivots].sort(([a], [b]) => a - b)) {
      const factor = left[i]!
      if (Math.abs(factor) > 1e-9) left = left.map((x, j) => x - factor * pivot[j]!)
    }
    return left
  }
  for (const set of told) {
    const left = reduce(set)
    const first = left.findIndex((x) => Math.abs(x) > 1e-9)
    if (first >= 0) pivots.set(first, left.map((x) => x / left[first]!))
  }
  return (wanted) => reduce(wanted).every((x) => Math.abs(x) < 1e-6)
}

const cell = (over: Partial<Cell>): Cell => ({ day: 0, touchpoint: 'exit', channel: 'kiosk', device: 'k1', language: 'de', hour: 9, n: 10, ...over })
const n = (cut: Cut | undefined): number | null => {
  const window = cut && windowIn(cut.cuts, 0, cut.cuts.length - 1)
  return window ? Object.values(cut.line.counts(window.from, window.to)).reduce((sum, one) => sum + one, 0) : null
}

describe('a slice beside the whole and the touchpoints', () => {
  it('tells its groups, and each of them at each touchpoint', () => {
    const { rows, at } = settleSlice(reportsOf([cell({}), cell({ language: 'en', n: 6 }), cell({ touchpoint: 'meat', n: 7 }), cell({ touchpoint: 'meat', language: 'en', n: 9 })]), 'language')
    expect([...rows].map(([key, cut]) => [key, n(cut)])).toEqual([['de', 17], ['en', 15]])
    expect([...at.get('exit')!].map(([key, cut]) => [key, n(cut)])).toEqual([['de', 10], ['en', 6]])
  })
  it('tells neither of two where one is too few: the other would give it away', () => {
    expect([...settleSlice(reportsOf([cell({}), cell({ language: 'en', n: 3 })]), 'language').rows.values()].map(n)).toEqual([null, null])
  })
  it('a kiosk of a touchpoint keeps quiet where all but three answers there are its own', () => {
    const reports = reportsOf([cell({}), cell({ channel: 'import', device: 'import', language: '', n: 3 }), cell({ touchpoint: 'meat', device: 'k2', n: 9 }), cell({ touchpoint: 'meat', channel: 'import', device: 'import', language: '', n: 8 })])
    const channels = settleSlice(reports, 'channel')
    const devices = settleDevices(reports, channels)
    expect(n(reports.settled.touchpoint.get('exit'))).toBe(13)
    expect(n(devices.rows.get('k1'))).toBe(null)
    expect(n(devices.at.get('exit')?.get('k1'))).toBe(null)
    expect(n(channels.rows.get('import'))).toBe(11)
  })
  it('a channel that is one touchpoint and two answers more keeps quiet', () => {
    const reports = reportsOf([cell({ touchpoint: 'sign', channel: 'phone', device: 'phone', n: 20 }), cell({ channel: 'phone', device: 'phone', n: 2 }), cell({ n: 30 }), cell({ channel: 'import', device: 'import', n: 9 })])
    expect([n(reports.settled.touchpoint.get('sign')), n(settleSlice(reports, 'channel').rows.get('phone'))]).toEqual([20, null])
  })
  it('stages are what is told of their touchpoints', () => {
    const { settled, days } = reportsOf([cell({}), cell({ day: 1, n: 6 }), cell({ touchpoint: 'meat', n: 7 }), cell({ touchpoint: 'meat', day: 1, n: 2 })])
    expect(n(toldTogether([settled.touchpoint.get('exit')!, settled.touchpoint.get('meat')!], days.length))).toBe(25)
  })
  it('hours of the week divide the day', () => {
    const week = settleWeek(reportsOf([cell({}), cell({ hour: 10, n: 6 }), cell({ day: 7, n: 8 }), cell({ day: 1, n: 9 }), cell({ day: 1, hour: 10, n: 12 })]))
    expect([...week.rows].map(([key, cut]) => [key, n(cut)])).toEqual([['1 09', 18], ['2 09', 9], ['1 10', 6], ['2 10', 12]])
  })
})

const sizes = fc.constantFrom(1, 1, 2, 2, 3, 4, 5, 8, 20, 30)
/** Two or three touchpoints by two or three languages; on every day somebody answered everywhere, so that nothing is known from what is missing. */
const stores = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 })).chain(([days, touchpoints, languages]) =>
  fc.array(sizes, { minLength: days * touchpoints * languages, maxLength: days * touchpoints * languages }).map((all) =>
    all.map((size, i) => cell({ day: Math.floor(i / (touchpoints * languages)), touchpoint: 'abc'[i % touchpoints]!, language: ['de', 'en', ''][Math.floor(i / touchpoints) % languages]!, n: size })),
  ),
)

describe('whoever has every figure', () => {
  it('can compute no language, touchpoint or language at a touchpoint of any stretch that has fewer than five answers', () => {
    fc.assert(
      fc.property(stores, (cells) => {
        const { settled, ...rest } = reportsOf(cells)
        const told = [settled.whole, ...settled.touchpoint.values(), ...rowsOf(settleSlice({ settled, ...rest }, 'language'))].flatMap(toldOf)
        const follows = solver(told, cells.length)
        const last = Math.max(...cells.map(({ day }) => day))
        for (let from = 0; from <= last; from++)
          for (let to = from; to <= last; to++)
            for (const same of [(a: Cell, b: Cell) => a.language === b.language, (a: Cell, b: Cell) => a.touchpoint === b.touchpoint, (a: Cell, b: Cell) => a.touchpoint === b.touchpoint && a.language === b.language])
              for (const one of cells.slice(0, 9)) {
                const group = cells.flatMap((other, i) => (other.day >= from && other.day <= to && same(one, other) ? [i] : []))
                const size = group.reduce((sum, i) => sum + cells[i]!.n, 0)
                if (size < 5 && follows(new Set(group))) throw new Error(`${JSON.stringify(group)} follows: ${JSON.stringify(cells)}`)
              }
      }),
      { numRuns: 150 },
    )
  })
})
