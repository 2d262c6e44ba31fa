import { describe, expect, it } from 'vitest'
import { ratingsOnOneScale } from '#kiosk/manager/one-scale.ts'
import type { DriversReply, FigureChoices } from '#shared/protocol/figures.ts'

const choices = (metrics: { readonly [question: string]: 'csat' | 'nps' | 'ces' }): Pick<FigureChoices, 'questions'> => ({
  questions: Object.entries(metrics).map(([question, metric]) => ({ question, name: { de: question, en: question }, metric, detail: true, n: 50 })),
})
const reply = (...keys: readonly string[]): DriversReply => ({ found: { drivers: keys.map((key) => ({ key })) } }) as unknown as DriversReply

describe('ratings that explain a judgement', () => {
  it('are those on the scale that most of them have, without recommendation', () => {
    const known = choices({ price: 'csat', staff: 'csat', recommend: 'nps', easy: 'ces' })
    expect(ratingsOnOneScale(reply('recommend', 'easy', 'staff', 'price'), known)).toEqual(['price', 'staff'])
  })

  it('stay as they are when they share a scale, or too few would be left', () => {
    expect(ratingsOnOneScale(reply('price', 'staff'), choices({ price: 'csat', staff: 'csat' }))).toBeNull()
    expect(ratingsOnOneScale(reply('price', 'easy'), choices({ price: 'csat', easy: 'ces' }))).toBeNull()
    expect(ratingsOnOneScale({ found: null } as unknown as DriversReply, choices({}))).toBeNull()
  })
})
