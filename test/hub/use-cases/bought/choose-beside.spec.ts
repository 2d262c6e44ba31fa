import { describe, expect, it } from 'vitest'
import { conflictsIn, pairsBeside } from '#hub/use-cases/bought/choose-beside.ts'
import { countAtOnce, countingSteps, givenBaskets } from '#hub/use-cases/bought/count-baskets.ts'
import type { BoughtChoice, BoughtTarget, StoredChoice } from '#shared/protocol/bought.ts'
import { shelf, soldOut, times } from './bought-shelf.ts'

const BASKETS = [...times(40, ['bread', 'butter']), ...times(20, ['bread', 'jam']), ...times(14, ['eggs', 'bread']), ...times(60, ['salt', 'tea']), ...times(30, ['eggs'])]
const rules = countAtOnce(countingSteps(givenBaskets(BASKETS), shelf(), { demo: false }))
const NOTHING: BoughtChoice = { pins: [], never: [], off: false }
const decided = (target: BoughtTarget, choice: Partial<BoughtChoice>): StoredChoice => ({ target, choice: { ...NOTHING, ...choice }, at: 0 })
const BREAD: BoughtTarget = { type: 'article', id: 'bread' }
const verdicts = (choices: readonly StoredChoice[] = [], at = shelf(), sku = 'bread') => pairsBeside(sku, { rules, choices, shelf: at }).map(({ other, verdict }) => [other, verdict])

describe('beside an article stands', () => {
  it('what is bought with it more often than by luck, with its figures', () => {
    const [first] = pairsBeside('bread', { rules, choices: [], shelf: shelf() })
    expect(first).toMatchObject({ other: 'butter', n: 74, nOther: 40, nBoth: 40, verdict: 'shown', measures: { support: 40 / 164, confidence: 40 / 74, confidenceBack: 1, lift: (40 * 164) / (74 * 40) } })
    expect(verdicts()).toEqual([['butter', 'shown'], ['jam', 'shown'], ['eggs', 'few']])
  })
  it('what was pinned, first and in that order, with or without figures', () => {
    expect(verdicts([decided(BREAD, { pins: ['tea', 'jam'] })])).toEqual([['tea', 'pinned'], ['jam', 'pinned'], ['butter', 'shown'], ['eggs', 'few']])
    expect(pairsBeside('bread', { rules, choices: [decided(BREAD, { pins: ['tea'] })], shelf: shelf() })[0]).toMatchObject({ nBoth: 0, measures: null })
  })
  it('the pins of the article before those of its category, the nearer category before the farther one', () => {
    const choices = [decided({ type: 'category', id: 'food' }, { pins: ['salt'] }), decided({ type: 'category', id: 'bakery' }, { pins: ['tea'] }), decided(BREAD, { pins: ['eggs'] })]
    expect(verdicts(choices).slice(0, 4)).toEqual([['eggs', 'pinned'], ['tea', 'pinned'], ['salt', 'pinned'], ['butter', 'shown']])
    expect(verdicts(choices)[4]).toEqual(['jam', 'further'])
  })
  it('nothing that was struck out, here, for its category or everywhere', () => {
    for (const target of [BREAD, { type: 'category', id: 'food' }, { type: 'store' }] as const) expect(verdicts([decided(target, { never: ['butter'] })])[0]).toEqual(['butter', 'hidden'])
    expect(verdicts([decided({ type: 'category', id: 'cellar' }, { never: ['butter'] })])[0]).toEqual(['butter', 'shown'])
  })
  it('nothing at all where it was switched off', () => {
    expect(verdicts([decided({ type: 'store' }, { off: true })]).slice(0, 2)).toEqual([['butter', 'off'], ['jam', 'off']])
  })
  it('nothing that is sold out, gone or sensitive, also if it is pinned', () => {
    expect(verdicts([decided(BREAD, { pins: ['red'] })], shelf({ butter: soldOut, jam: null }))).toEqual([['red', 'sensitive'], ['butter', 'sold-out'], ['jam', 'gone'], ['eggs', 'few']])
  })
  it('nothing beside what is sensitive itself', () => {
    expect(verdicts([decided({ type: 'article', id: 'red' }, { pins: ['bread'] })], shelf(), 'red')).toEqual([['bread', 'sensitive']])
  })
})

describe('where a decision and the shelf disagree', () => {
  it('it is told pin by pin', () => {
    const at = shelf({ butter: soldOut, jam: null })
    const store = decided({ type: 'store' }, { never: ['salt'] })
    const mine = decided(BREAD, { pins: ['butter', 'jam', 'red', 'bread', 'salt', 'tea'] })
    expect(conflictsIn(mine, { choices: [store, mine], shelf: at }).map(({ sku, why }) => [sku, why])).toEqual([['butter', 'sold-out'], ['jam', 'gone'], ['red', 'sensitive'], ['bread', 'itself'], ['salt', 'hidden']])
  })
})
