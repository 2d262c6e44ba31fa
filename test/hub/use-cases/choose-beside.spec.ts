import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boughtDocuments, conflictsIn, pairsBeside, shownBeside } from '#hub/use-cases/choose-beside.ts'
import { countAtOnce, countingSteps, givenBaskets } from '#hub/use-cases/count-baskets.ts'
import type { Day } from '#shared/kernel/time.ts'
import { allBeside, boughtSchema, MOST_BESIDE } from '#shared/protocol/bought-document.ts'
import type { BoughtChoice, BoughtTarget, StoredChoice } from '#shared/protocol/bought.ts'
import type { Documents } from '#shared/sync/release.ts'
import * as v from 'valibot'
import { shelf, soldOut, times } from './bought-shelf.ts'

const BASKETS = [...times(40, ['bread', 'butter']), ...times(20, ['bread', 'jam']), ...times(14, ['eggs', 'bread']), ...times(60, ['salt', 'tea']), ...times(30, ['eggs'])]
const rules = countAtOnce(countingSteps(givenBaskets(BASKETS), shelf(), false))
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

const besideAt = (items: Documents, number: number) => allBeside(items).get(number)

describe('the documents', () => {
  const DAY = '2026-11-22' as Day
  const made = (found = rules, before = {}, asOf = DAY, choices: readonly StoredChoice[] = []) => boughtDocuments({ rules: found, choices, shelf: shelf() }, { before, asOf })
  it('say by item numbers what devices show, and in how many baskets', () => {
    expect(made()).toEqual({ 'bought/0': { id: '0', asOf: DAY, demo: false, beside: [[1, 74, [[2, 40], [3, 20]]], [2, 40, [[1, 40]]], [3, 20, [[1, 20]]], [5, 60, [[6, 60]]], [6, 60, [[5, 60]]]] } })
    expect(besideAt(made(), 1)).toEqual([1, 74, [[2, 40], [3, 20]]])
    expect([besideAt(made(), 4), besideAt({}, 1)]).toEqual([undefined, undefined])
  })
  it('say of what was pinned without figures that nobody counted', () => {
    expect(besideAt(made(rules, {}, DAY, [decided({ type: 'article', id: 'eggs' }, { pins: ['jam'] })]), 4)).toEqual([4, 44, [[3, null]]])
  })
  it('stay as they were as long as figures are less than a tenth off and the order holds', () => {
    const more = (n: number) => countAtOnce(countingSteps(givenBaskets([...BASKETS, ...times(n, ['salt', 'tea'])]), shelf(), false))
    const before = made()
    expect(made(more(5), before, '2026-11-23' as Day)).toEqual(before)
    expect(made(more(6), before, '2026-11-23' as Day)['bought/0']).toMatchObject({ asOf: '2026-11-23', beside: [[1, 74, [[2, 40], [3, 20]]], [2, 40, [[1, 40]]], [3, 20, [[1, 20]]], [5, 66, [[6, 66]]], [6, 66, [[5, 66]]]] })
  })
  it('keep an order while two are about as clear, and follow what is clearly clearer, what was pinned and what is gone', () => {
    const close = (jam: number) => countAtOnce(countingSteps(givenBaskets([...times(30, ['bread', 'butter']), ...times(jam, ['bread', 'jam']), ...times(200, ['salt'])]), shelf(), false))
    const first = besideAt(made(close(29)), 1)![2]
    expect(first).toEqual([[2, 30], [3, 29]])
    expect(besideAt(made(close(31), made(close(29))), 1)![2]).toEqual(first)
    expect(besideAt(made(close(60), made(close(29))), 1)![2]).toEqual([[3, 60], [2, 30]])
    expect(besideAt(made(close(29), made(close(29)), DAY, [decided(BREAD, { pins: ['jam'] })]), 1)![2]).toEqual([[3, 29], [2, 30]])
    expect(besideAt(boughtDocuments({ rules: close(29), choices: [], shelf: shelf({ butter: soldOut }) }, { before: made(close(29)), asOf: DAY }), 1)![2]).toEqual([[3, 29]])
  })
  it('let wait what has only just come into enough baskets', () => {
    const withJam = (jam: number) => countAtOnce(countingSteps(givenBaskets([...times(100, ['bread', 'butter']), ...times(jam, ['bread', 'jam']), ...times(400, ['salt'])]), shelf(), false))
    const before = made(withJam(14))
    expect(besideAt(before, 1)![2]).toEqual([[2, 100]])
    expect(made(withJam(18), before)).toEqual(before)
    expect(besideAt(made(withJam(19), before), 1)![2]).toEqual([[2, 100], [3, 19]])
  })
  it('are sound and hold nothing twice, nothing sensitive and nothing of fewer than fifteen baskets, whatever lies in the baskets', () => {
    const names = ['bread', 'butter', 'jam', 'eggs', 'salt', 'tea', 'red']
    fc.assert(fc.property(fc.array(fc.subarray(names, { minLength: 1 }), { maxLength: 120 }), fc.subarray(names), fc.subarray(names), (drawn, pins, never) => {
      const found = countAtOnce(countingSteps(givenBaskets([...BASKETS, ...drawn]), shelf(), false))
      const parts = { rules: found, choices: [decided({ type: 'category', id: 'food' }, { pins, never })], shelf: shelf() }
      for (const [, body] of Object.entries(boughtDocuments(parts, { before: {}, asOf: DAY }))) {
        for (const [number, , beside] of v.parse(boughtSchema, body).beside) {
          expect(beside.length).toBeLessThanOrEqual(MOST_BESIDE)
          expect(new Set([number, ...beside.map(([other]) => other)]).size).toBe(beside.length + 1)
          expect([number, ...beside.map(([other]) => other)]).not.toContain(7)
          for (const [other, n] of beside) expect(n === null || n >= 15 || pins.includes(names[other - 1]!)).toBe(true)
        }
      }
      for (const sku of names) for (const { other } of shownBeside(pairsBeside(sku, parts))) expect(never).not.toContain(sku === 'red' ? '' : other)
    }), { numRuns: 60 })
  })
})
