import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figureOf } from '#shared/insights/figure.ts'
import { cellsOfBatch, countIn, countOut, countsAtHour, countsBetween, type CountedAnswer, type Cut } from '#shared/insights/rollup/answer-cells.ts'
import { add, EMPTY, merge, remove, type Rollup } from '#shared/insights/rollup/rollup.ts'
import { blocksBetween } from '#shared/insights/rollup/time-blocks.ts'
import { daysAsStretches, trendOf } from '#shared/insights/rollup/trend.ts'
import { weekMapOf } from '#shared/insights/rollup/week-map.ts'
import { localTime, millis, type Day } from '#shared/kernel/time.ts'

const BERLIN = 'Europe/Berlin'
const QUARTER = 900_000
const at = (written: string) => millis(Date.parse(written))
const rollup = fc.dictionary(fc.constantFrom('0', '1', '5', '10'), fc.integer({ min: 1, max: 9 })) as fc.Arbitrary<Rollup>

describe('rollups', () => {
  it('are an algebra: empty adds nothing, order does not matter, what was added can be removed without a trace', () => {
    expect(add(add(EMPTY, 5), 5)).toEqual({ 5: 2 })
    expect(remove({ 4: 1, 5: 2 }, { 5: 2 })).toEqual({ 4: 1 })
    fc.assert(fc.property(rollup, rollup, rollup, (a, b, c) => {
      expect(merge(a, EMPTY)).toEqual(a)
      expect(merge(a, b)).toEqual(merge(b, a))
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)))
      expect(remove(merge(a, b), b)).toEqual(a)
    }))
  })
  it('refuse to lose what they never had', () => expect(() => remove({ 5: 1 }, { 5: 2 })).toThrow('1 answers of 5 more gone'))
})

describe('blocks of time', () => {
  it('cover a year of quarters with few: 35,040 from an odd place are 27', () => expect(blocksBetween(1_234_567, 1_234_567 + 35_040)).toHaveLength(27))
  it('are exactly the steps asked for, at most six a level', () => {
    fc.assert(fc.property(fc.integer({ min: -5000, max: 5000 }), fc.nat(3000), (from, length) => {
      const blocks = blocksBetween(from, from + length)
      const steps = blocks.flatMap(({ level, index }) => Array.from({ length: 4 ** level }, (_, i) => index * 4 ** level + i))
      expect(steps).toEqual(Array.from({ length }, (_, i) => from + i))
      expect(blocks.length).toBeLessThanOrEqual(6 * 6)
    }))
  })
})

/** Around both changes of the clocks of 2026. */
const answer: fc.Arbitrary<CountedAnswer> = fc.record(
  {
    question: fc.constantFrom('mood', 'nps'),
    value: fc.integer({ min: 1, max: 5 }),
    at: fc.oneof(
      fc.integer({ min: Date.parse('2026-03-27T00:00:00Z'), max: Date.parse('2026-03-31T00:00:00Z') }),
      fc.integer({ min: Date.parse('2026-10-23T00:00:00Z'), max: Date.parse('2026-10-27T00:00:00Z') }),
    ).map(millis),
    touchpoint: fc.constantFrom('exit', 'meat'),
    channel: fc.constantFrom('kiosk', 'staff'),
  },
  { requiredKeys: ['question', 'value', 'at'] },
)

const raw = (answers: readonly CountedAnswer[], { question, slice, key }: Cut, holds: (answer: CountedAnswer) => boolean): Rollup =>
  answers.filter((one) => one.question === question && (slice === undefined || one[slice] === key) && holds(one)).reduce((sum, one) => add(sum, one.value), EMPTY)
const CUTS: readonly Cut[] = [{ question: 'mood' }, { question: 'nps', slice: 'touchpoint', key: 'exit' }, { question: 'mood', slice: 'channel', key: 'staff' }]

describe('any tile', () => {
  it('equals the figure over the raw answers exactly, after erasures too, from at most 54 cells', () => {
    fc.assert(fc.property(fc.array(answer, { maxLength: 60 }), fc.nat(59), fc.integer({ min: Date.parse('2026-01-01') / QUARTER, max: Date.parse('2026-12-31') / QUARTER }), fc.nat(35_040), (answers, gone, from, length) => {
      const cells = new Map<string, Rollup>()
      for (const one of answers) countIn(cells, one, BERLIN)
      for (const one of answers.slice(0, gone)) countOut(cells, one, BERLIN)
      const left = answers.slice(gone)
      const range = [millis(from * QUARTER), millis((from + length) * QUARTER)] as const
      for (const cut of CUTS) {
        const { counts, read } = countsBetween(cells, cut, ...range)
        const expected = raw(left, cut, (one) => one.at >= range[0] && one.at < range[1])
        expect(counts).toEqual(expected)
        expect(figureOf('csat', counts)).toEqual(figureOf('csat', expected))
        expect(read).toBeLessThanOrEqual(54)
      }
    }), { numRuns: 60 })
  })
  it('by hour of the week is that of the store, through both changes of the clocks', () => {
    fc.assert(fc.property(fc.array(answer, { maxLength: 60 }), (answers) => {
      const cells = new Map<string, Rollup>()
      for (const one of answers) countIn(cells, one, BERLIN)
      const days = { from: '2026-03-28' as Day, until: '2026-10-26' as Day }
      for (const weekday of [1, 6, 7]) for (const hour of [0, 1, 2, 3, 23]) {
        const expected = raw(answers, { question: 'mood' }, (one) => {
          const local = localTime(one.at, BERLIN)
          return local.weekday === weekday && local.hour === hour && local.day >= days.from && local.day < days.until
        })
        expect(countsAtHour(cells, { question: 'mood' }, days, { weekday, hour }).counts).toEqual(expected)
      }
    }), { numRuns: 60 })
  })
})

describe('a batch', () => {
  it('adds what its answers add one by one', () => {
    fc.assert(fc.property(fc.array(answer, { maxLength: 30 }), fc.array(answer, { maxLength: 30 }), (before, batch) => {
      const [single, whole] = [new Map<string, Rollup>(), new Map<string, Rollup>()]
      for (const one of [...before, ...batch]) countIn(single, one, BERLIN)
      for (const one of before) countIn(whole, one, BERLIN)
      for (const [cell, counts] of cellsOfBatch(batch, BERLIN)) whole.set(cell, merge(whole.get(cell) ?? EMPTY, counts))
      expect(whole).toEqual(single)
    }), { numRuns: 40 })
  })
  it('of a hundred answers in one hour to one question writes 21 cells, not 1,800', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => ({ question: 'mood', value: 1 + (i % 5), at: at(`2026-11-02T09:${String(i % 60).padStart(2, '0')}:00Z`) }))
    expect(cellsOfBatch(hundred, BERLIN).size).toBe(21)
  })
})

describe('days as the store lives them', () => {
  it('have 23 hours when clocks go forward and 25 when they go back', () => {
    const hours = (from: string, until: string) => daysAsStretches(at(from), at(until), BERLIN).map(({ day, from, until }) => [day, (until - from) / 3_600_000])
    expect(hours('2026-03-28T10:00:00Z', '2026-03-30T10:00:00Z')).toEqual([['2026-03-28', 24], ['2026-03-29', 23], ['2026-03-30', 24]])
    expect(hours('2026-10-24T10:00:00Z', '2026-10-25T22:59:00Z')).toEqual([['2026-10-24', 24], ['2026-10-25', 25]])
  })
})

describe('a trend', () => {
  it('over days of 23, 24 and 25 hours is that of the answers of those days', () => {
    fc.assert(fc.property(fc.array(answer, { maxLength: 60 }), (answers) => {
      const cells = new Map<string, Rollup>()
      for (const one of answers) countIn(cells, one, BERLIN)
      for (const [from, until] of [['2026-03-27T00:00:00Z', '2026-03-31T00:00:00Z'], ['2026-10-23T00:00:00Z', '2026-10-27T00:00:00Z']] as const) {
        const steps = daysAsStretches(at(from), at(until), BERLIN).map((stretch) => ({ day: stretch.day, counts: countsBetween(cells, { question: 'mood' }, stretch.from, stretch.until).counts }))
        for (const { day, counts } of steps) expect(counts).toEqual(raw(answers, { question: 'mood' }, (one) => localTime(one.at, BERLIN).day === day))
        expect(trendOf('csat', steps).points.map(({ figure }) => figure)).toEqual(steps.map(({ counts }) => figureOf('csat', counts)))
      }
    }), { numRuns: 40 })
  })
  it('is found as in the literature: alcohol and malformation with M² = 6.57, p = 0.010 (Agresti 2002, 5.3.5), at twice his scores 0, 0.5, 1.5, 4, 7 as days', () => {
    const cases = [['01', 48, 17066], ['02', 38, 14464], ['04', 5, 788], ['09', 1, 126], ['15', 1, 37]] as const
    const { direction, probability } = trendOf('csat', cases.map(([day, ill, well]) => ({ day: `2026-11-${day}` as Day, counts: { 5: ill, 1: well } })))
    expect([direction, probability!.toFixed(3)]).toEqual(['up', '0.010'])
  })
  it('of 80, 70, 60 of a hundred goes down by 10 points a day', () => {
    const steps = [80, 70, 60].map((good, i) => ({ day: `2026-11-0${i + 1}` as Day, counts: { 5: good, 1: 100 - good } }))
    expect(trendOf('csat', steps)).toMatchObject({ direction: 'down', perStep: -10 })
  })
  it('is not told from two days, nor from forty answers', () => {
    const steps = (n: number, days: number) => Array.from({ length: days }, (_, i) => ({ day: `2026-11-0${i + 1}` as Day, counts: { 5: n } }))
    expect([trendOf('csat', steps(100, 2)).direction, trendOf('csat', steps(10, 4)).direction, trendOf('csat', steps(100, 4)).direction]).toEqual(['few', 'few', 'flat'])
  })
})

describe('the map of the week', () => {
  it('has 168 hours and hides those of fewer than five', () => {
    const cells = new Map<string, Rollup>()
    for (const [written, value] of [['2026-11-02T09:10:00+01:00', 5], ['2026-11-09T09:50:00+01:00', 4], ['2026-11-09T10:05:00+01:00', 1]] as const) {
      for (let i = 0; i < 3; i++) countIn(cells, { question: 'mood', value, at: at(written) }, BERLIN)
    }
    const map = weekMapOf('csat', cells, { question: 'mood' }, { from: '2026-11-01' as Day, until: '2026-12-01' as Day })
    expect(map).toHaveLength(168)
    expect(map[9]).toMatchObject({ weekday: 1, hour: 9, figure: { n: 6, score: 100 } })
    expect(map[10]).toMatchObject({ weekday: 1, hour: 10, figure: { n: 3, score: null } })
  })
})
