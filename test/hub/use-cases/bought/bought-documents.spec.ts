import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { boughtDocuments } from '#hub/use-cases/bought/bought-documents.ts'
import { pairsBeside, shownBeside } from '#hub/use-cases/bought/choose-beside.ts'
import { countAtOnce, countingSteps, givenBaskets } from '#hub/use-cases/bought/count-baskets.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'
import { allBeside, boughtSchema, MOST_BESIDE } from '#shared/protocol/bought-document.ts'
import type { BoughtChoice, BoughtTarget, StoredChoice } from '#shared/protocol/bought.ts'
import type { Documents } from '#shared/sync/release.ts'
import { shelf, soldOut, times } from './bought-shelf.ts'

const BASKETS = [...times(40, ['bread', 'butter']), ...times(20, ['bread', 'jam']), ...times(14, ['eggs', 'bread']), ...times(60, ['salt', 'tea']), ...times(30, ['eggs'])]
const countOf = (baskets: readonly (readonly string[])[]) => countAtOnce(countingSteps(givenBaskets(baskets), shelf(), { demo: false }))
const rules = countOf(BASKETS)
const NOTHING: BoughtChoice = { pins: [], never: [], off: false }
const decided = (target: BoughtTarget, choice: Partial<BoughtChoice>): StoredChoice => ({ target, choice: { ...NOTHING, ...choice }, at: 0 })
const BREAD: BoughtTarget = { type: 'article', id: 'bread' }

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
  it('stay as they were while the share behind each figure is about the same', () => {
    const before = made()
    const later = addDays(DAY, 1)
    const alone = (n: number) => countOf([...BASKETS, ...times(n, ['salt'])])
    const more = (n: number) => countOf([...BASKETS, ...times(n, ['salt', 'tea'])])
    expect([made(alone(17), before, later), made(more(30), before, later)]).toEqual([before, before])
    expect(made(alone(18), before, later)['bought/0']).toMatchObject({ asOf: later, beside: [[1, 74, [[2, 40], [3, 20]]], [2, 40, [[1, 40]]], [3, 20, [[1, 20]]], [5, 78, [[6, 60]]], [6, 60, [[5, 60]]]] })
    expect(besideAt(made(more(31), before, later), 5)).toEqual([5, 91, [[6, 91]]])
  })
  it('are made anew after three to four weeks, not all in one night, and at once when they are dated ahead', () => {
    const wide = shelf({ salt: { number: 133 }, tea: { number: 134 } })
    const madeOn = (asOf: Day, before = {}) => boughtDocuments({ rules, choices: [], shelf: wide }, { before, asOf })
    const daysOf = (asOf: Day) => Object.values(madeOn(asOf, madeOn(DAY))).map((body) => (body as { readonly asOf: Day }).asOf)
    expect([daysOf(addDays(DAY, 20)), daysOf(addDays(DAY, 21)), daysOf(addDays(DAY, 22))]).toEqual([[DAY, DAY], [addDays(DAY, 21), DAY], [addDays(DAY, 22), addDays(DAY, 22)]])
    expect(daysOf(addDays(DAY, -1))).toEqual([addDays(DAY, -1), addDays(DAY, -1)])
  })
  it('keep an order while two are about as clear, and follow what is clearly clearer, what was pinned, hidden and what is gone', () => {
    const close = (jam: number) => countOf([...times(30, ['bread', 'butter']), ...times(jam, ['bread', 'jam']), ...times(200, ['salt'])])
    const before = made(close(29))
    const first = besideAt(before, 1)![2]
    expect(first).toEqual([[2, 30], [3, 29]])
    expect(besideAt(made(close(31), before), 1)![2]).toEqual(first)
    expect(besideAt(made(close(60), before), 1)![2]).toEqual([[3, 60], [2, 30]])
    expect(besideAt(made(close(29), before, DAY, [decided(BREAD, { pins: ['jam'] })]), 1)![2]).toEqual([[3, 29], [2, 30]])
    expect(besideAt(made(close(29), before, DAY, [decided(BREAD, { never: ['butter'] })]), 1)![2]).toEqual([[3, 29]])
    expect(besideAt(boughtDocuments({ rules: close(29), choices: [], shelf: shelf({ butter: null }) }, { before, asOf: DAY }), 1)![2]).toEqual([[3, 29]])
  })
  it('stay as they are while half of a list is sold out, for devices leave that out, and bring others when more of it is', () => {
    const found = countOf([...times(50, ['bread', 'butter']), ...times(40, ['bread', 'jam']), ...times(30, ['bread', 'eggs']), ...times(200, ['salt'])])
    const at = (gone: readonly string[], before = {}, choices: readonly StoredChoice[] = []) =>
      besideAt(boughtDocuments({ rules: found, choices, shelf: shelf(Object.fromEntries(gone.map((sku) => [sku, soldOut]))) }, { before, asOf: DAY }), 1)?.[2]
    const whole = (gone: readonly string[]) => boughtDocuments({ rules: found, choices: [], shelf: shelf(Object.fromEntries(gone.map((sku) => [sku, soldOut]))) }, { before: {}, asOf: DAY })
    expect(at(['jam', 'butter'], whole([]))).toEqual([[2, 50], [3, 40], [4, 30]])
    expect(at(['eggs'])).toEqual([[2, 50], [3, 40]])
    expect(at(['butter'], whole(['eggs']))).toEqual([[3, 40], [4, 30]])
    expect(at(['jam', 'butter'], whole(['eggs']))).toEqual([[4, 30]])
    expect(at(['butter', 'jam', 'eggs'], whole([]))).toEqual([[2, 50], [3, 40], [4, 30]])
  })
  it('give a place in a full list to what is twice as clear as the weakest of it, and to anything when most of it is sold out', () => {
    const five = (tea: number) => countOf([...times(90, ['bread', 'butter']), ...times(80, ['bread', 'jam']), ...times(70, ['bread', 'eggs']), ...times(40, ['bread', 'salt']), ...times(tea, ['bread', 'tea']), ...times(900, ['red'])])
    const numbersOf = (items: Documents) => besideAt(items, 1)![2].map(([number]) => number)
    const withoutTea = (tea: number) => boughtDocuments({ rules: five(tea), choices: [], shelf: shelf({ tea: soldOut }) }, { before: {}, asOf: DAY })
    expect([numbersOf(withoutTea(60)), numbersOf(made(five(60), withoutTea(60)))]).toEqual([[2, 3, 4, 5], [2, 3, 4, 5]])
    expect(numbersOf(made(five(85), withoutTea(85)))).toEqual([2, 6, 3, 4])
    const before = made(five(32))
    const without = (...gone: readonly string[]) => numbersOf(boughtDocuments({ rules: five(32), choices: [], shelf: shelf(Object.fromEntries(gone.map((sku) => [sku, soldOut]))) }, { before, asOf: DAY }))
    expect([without('butter', 'jam'), without('butter', 'jam', 'eggs')]).toEqual([[2, 3, 4, 5], [5, 6]])
  })
  it('say of nothing any more that it was put there by hand when it was not', () => {
    const pinned = made(rules, {}, DAY, [decided(BREAD, { pins: ['tea'] })])
    expect(besideAt(pinned, 1)![2]).toEqual([[6, null], [2, 40], [3, 20]])
    expect(besideAt(made(rules, pinned), 1)![2]).toEqual([[2, 40], [3, 20]])
    const others = [...times(90, ['bread', 'butter']), ...times(300, ['jam'])]
    const byHand = made(countOf(others), {}, DAY, [decided(BREAD, { pins: ['tea'] })])
    expect(besideAt(byHand, 1)![2]).toEqual([[6, null], [2, 90]])
    expect(besideAt(made(countOf([...others, ...times(20, ['bread', 'tea'])]), byHand), 1)![2]).toEqual([[2, 90], [6, 20]])
  })
  it('let wait what has only just come into enough baskets', () => {
    const withJam = (jam: number) => countOf([...times(100, ['bread', 'butter']), ...times(jam, ['bread', 'jam']), ...times(400, ['salt'])])
    const before = made(withJam(14))
    expect(besideAt(before, 1)![2]).toEqual([[2, 100]])
    expect(made(withJam(29), before)).toEqual(before)
    expect(besideAt(made(withJam(30), before), 1)![2]).toEqual([[2, 100], [3, 30]])
  })
  it('keep with less evidence what would not come in with it', () => {
    const withTea = (alone: number) => countOf([...times(40, ['bread', 'tea']), ...times(60, ['bread']), ...times(60 + alone, ['tea']), ...times(230, ['salt'])])
    const llr = (alone: number) => pairsBeside('bread', { rules: withTea(alone), choices: [], shelf: shelf() })[0]!.measures!.llr
    expect([6, 8, 20, 24].map((alone) => llr(alone).toFixed(1))).toEqual(['11.4', '10.6', '7.1', '6.1'])
    const before = made(withTea(6))
    expect([besideAt(before, 1), besideAt(made(withTea(8)), 1)]).toEqual([[1, 100, [[6, 40]]], undefined])
    expect([made(withTea(8), before), made(withTea(20), before)]).toEqual([before, before])
    expect(made(withTea(24), before)).toEqual({})
  })
  it('are sound and hold nothing twice, nothing sensitive and nothing of fewer than fifteen baskets, whatever lies in the baskets', () => {
    const names = ['bread', 'butter', 'jam', 'eggs', 'salt', 'tea', 'red']
    fc.assert(fc.property(fc.array(fc.subarray(names, { minLength: 1 }), { maxLength: 120 }), fc.subarray(names), fc.subarray(names), (drawn, pins, never) => {
      const found = countOf([...BASKETS, ...drawn])
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
