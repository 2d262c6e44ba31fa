/** The list of what customers judge by grows from their own words. */
import { describe, expect, it } from 'vitest'
import { withOption } from '#kiosk/manager/surveys/survey-edit.ts'
import { wordOptions } from '#kiosk/manager/surveys/word-options.ts'
import type { Option, Question } from '#shared/feedback/survey.ts'
import type { TopicView } from '#shared/protocol/figures.ts'

const topic = (id: string, de: string, n: number): TopicView => ({ topic: id as TopicView['topic'], name: { de, en: `${de} (en)` }, n, share: n < 5 ? null : n / 100, shareInterval: null, blame: null, blameInterval: null, praise: null })
const heard = { topics: [topic('price', 'Preis', 12), topic('checkout', 'Kasse und Warten', 40), topic('parking', 'Parken', 4)], ownWords: [{ word: 'Quitten', n: 7 }, { word: 'Pfandautomat', n: 9 }] }
const part = (id: string, de: string): Option => ({ id, text: { de, en: de } })
let count = 0
const newId = (prefix: string): string => `${prefix}-${(count += 1)}`
const told = (parts: readonly Option[]): readonly (readonly [string, number])[] => wordOptions(heard, parts, newId).map(({ option, n }) => [option.text.de, n])

describe('answers to choose from', () => {
  it('are named by customers: topics with five comments or more, then their own words as they wrote them', () => {
    expect(told([])).toEqual([['Kasse und Warten', 40], ['Preis', 12], ['Pfandautomat', 9], ['Quitten', 7]])
    expect(wordOptions(heard, [], newId).map(({ option: { id, text }, isOwnWord }) => [id.replace(/\d+/, 'n'), text.en, isOwnWord])).toEqual([['checkout', 'Kasse und Warten (en)', false], ['price', 'Preis (en)', false], ['o-n', '', true], ['o-n', '', true]])
  })
  it('are not named twice, whatever they are called there', () => {
    expect(told([part('checkout', 'Schlange'), part('x', 'preis'), part('y', 'QUITTEN')])).toEqual([['Pfandautomat', 9]])
  })
  it('take the place of one that nobody wrote yet, else the end', () => {
    const question: Question = { id: 'q', kind: 'ranking', text: { de: 'Was zählt?', en: 'What counts?' }, options: [part('a', 'Preis'), part('b', ' ')] }
    const first = withOption(question, part('c', 'Quitten'))
    expect(first.options!.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(withOption(first, part('d', 'Ruhe')).options!.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
  })
})
