import { describe, expect, it } from 'vitest'
import { foldedWords, foldText } from '#shared/catalogue/fold-text.ts'

describe('text is folded for comparing', () => {
  it.each([
    ['Käse', 'kase'],
    ['Kaese', 'kase'],
    ['KASE', 'kase'],
    ['Öl', 'ol'],
    ['Oel', 'ol'],
    ['Weiß', 'weiss'],
    ['Crème brûlée', 'creme brulee'],
    ['Smørrebrød', 'smorrebrod'],
    ['Sauerkraut', 'saurkraut'],
  ])('%s becomes %s', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })
  it('and taken apart at everything that is no letter or digit', () => {
    expect(foldedWords('SPAR Natur*pur Bio-Käse, 2 x 90g')).toEqual(['spar', 'natur', 'pur', 'bio', 'kase', '2', 'x', '90g'])
    expect(foldedWords(' – ')).toEqual([])
  })
})
