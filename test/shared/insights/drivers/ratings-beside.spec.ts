import { describe, expect, it } from 'vitest'
import { ratingsBeside, type AskedAs } from '#shared/insights/drivers/ratings-beside.ts'

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
