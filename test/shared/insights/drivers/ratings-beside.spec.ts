import { describe, expect, it } from 'vitest'
import { ratingsBeside, tellingRatings, type AskedAs } from '#shared/insights/drivers/ratings-beside.ts'

const people = (n: number, ...questions: readonly string[]) => Array.from({ length: n }, () => ({ answers: new Map(questions.map((question) => [question, 4])) }))
const asked = (kinds: { readonly [question: string]: AskedAs['kind'] }, ...details: readonly string[]) =>
  new Map(Object.entries(kinds).map(([question, kind]): readonly [string, AskedAs] => [question, { kind, detail: details.includes(question) }]))

describe('the ratings that explain a judgement', () => {
  const kinds = { overall: 'csat5', recommend: 'nps', easy: 'ces7', price: 'csat5', staff: 'csat5' } as const
  it('are those on the commonest scale, never recommendation, sorted', () => {
    expect(ratingsBeside(people(6, 'overall', 'staff', 'price', 'easy', 'recommend'), asked(kinds), 'overall')).toEqual(['price', 'staff'])
  })
  it('are ratings of parts alone where there are any: another judgement of the whole explains nothing', () => {
    expect(ratingsBeside(people(6, 'overall', 'staff', 'price', 'recommend'), asked(kinds, 'price', 'staff'), 'recommend')).toEqual(['price', 'staff'])
    expect(ratingsBeside(people(6, 'overall', 'staff', 'price', 'recommend'), asked(kinds), 'recommend')).toEqual(['overall', 'price', 'staff'])
  })
  it('were given together with it by five people at least', () => {
    expect(ratingsBeside([...people(9, 'overall'), ...people(9, 'price'), ...people(4, 'overall', 'price'), ...people(5, 'overall', 'staff')], asked(kinds), 'overall')).toEqual(['staff'])
    expect(ratingsBeside(people(9, 'price'), asked(kinds), 'overall')).toEqual([])
  })
})

describe('ratings that keep the others from being weighed', () => {
  const outcome = [1, 2, 3, 4, 5, 5, 4, 2]
  const a = [1, 3, 2, 4, 5, 4, 4, 1]
  const b = [2, 2, 3, 5, 4, 5, 3, 1]
  it('are those that never change and those that repeat or add up others; the first of a pair stays', () => {
    const ratings = [{ key: 'same', values: outcome.map(() => 3) }, { key: 'a', values: a }, { key: 'twin', values: a.map((value) => 6 - value) }, { key: 'b', values: b }, { key: 'sum', values: a.map((value, i) => value + b[i]!) }]
    const { kept, left } = tellingRatings({ outcome, ratings })
    expect(kept.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(left).toEqual([{ key: 'same', why: 'constant' }, { key: 'twin', why: 'collinear' }, { key: 'sum', why: 'collinear' }])
  })
  it('are none where there are fewer answers than a regression takes: that is said instead', () => {
    expect(tellingRatings({ outcome: [1, 2, 3], ratings: [{ key: 'a', values: [1, 2, 3] }, { key: 'b', values: [3, 1, 2] }] }).left).toEqual([])
  })
})
