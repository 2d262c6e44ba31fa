import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figureOf, hiddenFigure } from '#shared/insights/figure.ts'
import { letterChanges, letterFigure, nextSteps, pickVoices } from '#shared/insights/weekly-letter.ts'

const csat = (good: number, bad: number) => figureOf('csat', { '5': good, '1': bad })
const name = (key: string) => ({ de: key, en: key })

describe('the score of a week', () => {
  it('stands beside that of the week before; where nobody answered there is none', () => {
    expect(letterFigure('csat', csat(8, 2), csat(5, 5))).toMatchObject([{ metric: 'csat', n: 10, score: 80, before: { n: 10, score: 50 } }])
    expect(letterFigure('csat', csat(8, 2), hiddenFigure(0))).toMatchObject([{ before: null }])
    expect(letterFigure('csat', hiddenFigure(0), csat(8, 2))).toEqual([])
  })
})

describe('places that moved', () => {
  const was = [{ key: 'till', figure: csat(80, 20) }, { key: 'door', figure: csat(30, 10) }, { key: 'shelf', figure: csat(10, 10) }, { key: 'new', figure: csat(3, 3) }]
  it('are told with the change of their share, certain ones first: 80 to 50 of 100 is certain, 30 to 28 of 40 may be chance', () => {
    const is = [{ key: 'till', figure: csat(50, 50) }, { key: 'door', figure: csat(28, 12) }, { key: 'shelf', figure: csat(10, 10) }, { key: 'new', figure: csat(19, 0) }]
    expect(letterChanges(was, is, name)).toEqual([
      { place: name('till'), was: 80, is: 50, low: -42, high: -17, n: 100, certain: true },
      { place: name('door'), was: 75, is: 70, low: -24, high: 14, n: 40, certain: false },
    ])
  })
  it('need 20 answers in both weeks', () => {
    expect(letterChanges([{ key: 'a', figure: csat(19, 0) }], [{ key: 'a', figure: csat(0, 90) }], name)).toEqual([])
  })
})

describe('three comments', () => {
  const comment = (id: string, touchpoint: string, text = 'lang genug zum Lesen') => ({ id, touchpoint, text })
  it('are first one about the place of the headline, then one of every other place', () => {
    const all = [comment('1', 'door'), comment('2', 'door'), comment('3', 'till'), comment('4', 'till'), comment('5', 'shelf')]
    expect(pickVoices(all, 'till')).toEqual(['3', '1', '5'])
    expect(pickVoices(all, null)).toEqual(['1', '3', '5'])
    expect(pickVoices(all.slice(0, 2), null)).toEqual(['1', '2'])
  })
  it('are neither a word nor a page', () => {
    expect(pickVoices([comment('1', 'door', 'gut'), comment('2', 'door', 'x'.repeat(241)), comment('3', 'door', 'Es war voll.')], null)).toEqual(['3'])
  })
  it('are at most three, each once, whatever was said', () => {
    const comments = fc.array(fc.record({ id: fc.uuid(), touchpoint: fc.constantFrom('a', 'b', 'c'), text: fc.string({ maxLength: 300 }) }), { maxLength: 40 })
    fc.assert(fc.property(comments, fc.constantFrom('a', null), (all, about) => {
      const picked = pickVoices(all, about)
      return picked.length <= 3 && new Set(picked).size === picked.length && picked.every((id) => all.some((one) => one.id === id))
    }))
  })
})

describe('what to do next', () => {
  const calm = { headline: 'steady' as const, place: null, overall: csat(400, 100), changes: [], missing: 0 }
  const first = (facts: Parameters<typeof nextSteps>[0]) => nextSteps(facts).map(({ en }) => en)
  it('begins with the place that causes trouble, then certain changes, missing devices, too few answers', () => {
    const changes = [{ place: name('shelf'), was: 80, is: 50, low: -42, high: -17, n: 100, certain: true }, { place: name('door'), was: 60, is: 80, low: 5, high: 30, n: 90, certain: true }]
    expect(first({ ...calm, headline: 'trouble', place: name('till'), changes, missing: 2, overall: csat(10, 10) })).toEqual([
      'till: look there first, talk to the team, and plan an improvement with a before and an after.',
      'shelf has certainly fallen (from 80 to 50 in 100): find out what changed there.',
      'door has certainly risen (from 60 to 80 in 100): note what helped, and tell the team.',
      '2 devices have not sent all their answers yet: see “Devices”.',
      'Some 16 more answers would make the figures certain: make the questions easier to see.',
    ])
  })
  it('is never nothing, and says nothing of what may be chance', () => {
    expect(first(calm)).toEqual(['Nothing urgent. Keep it up, and retire a question whose answer nobody needs any more.'])
    expect(first({ ...calm, changes: [{ place: name('door'), was: 75, is: 70, low: -24, high: 14, n: 40, certain: false }] }).length).toBe(1)
  })
})
