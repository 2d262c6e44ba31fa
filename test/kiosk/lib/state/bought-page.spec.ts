import { describe, expect, it } from 'vitest'
import { BoughtPage, hidden, NO_CHOICE, pinned, unhidden, unpinned } from '#kiosk/lib/state/bought-page.svelte.ts'
import { findNames, shelfNames } from '#kiosk/lib/features/bought/shelf-names.ts'
import type { BoughtStanding } from '#shared/protocol/bought.ts'
import { fakeClock } from '../../fake-clock.ts'

const STANDING: BoughtStanding = { asOf: 1, computedAt: 1, counting: false, baskets: 10, demo: false, sources: [], least: 15, leastLlr: 10.83, articles: 2, beside: 1, unknown: 0, unpaired: 0, leftOut: [], strongest: [], choices: [{ target: { type: 'article', id: 'milk' }, choice: { pins: ['bread'], never: [], off: false }, at: 1 }], conflicts: [], names: {} }
const MILK = { type: 'article', id: 'milk' } as const
const article = { sku: 'milk', n: 5, baskets: 10, pairs: [], categories: [], choices: STANDING.choices, conflicts: [], names: {} }

const open = (answers: { readonly [name: string]: unknown }, saved: unknown = null) => {
  const asked: [string, unknown][] = []
  const kept: unknown[] = []
  const { clock, pass } = fakeClock()
  const device = {
    call: async (name: string, request: unknown) => {
      asked.push([name, request])
      return name in answers ? { ok: true, value: answers[name] } : { ok: false, error: { code: 'offline' } }
    },
    now: () => ({ at: 0 }),
  }
  const cache = { read: async () => (saved === null ? null : { value: saved }), write: async (_key: string, value: unknown) => void kept.push(value) }
  return { page: new BoughtPage({ device: device as never, cache: cache as never, clock }), asked, kept, pass }
}

describe('the page of the recommendations', () => {
  it('shows what it last knew until the hub answers, and keeps the answer', async () => {
    const offline = open({}, STANDING)
    await offline.page.start()
    expect([offline.page.standing, offline.page.stale]).toEqual([STANDING, true])
    const online = open({ 'bought.read': STANDING })
    await online.page.start()
    expect([online.page.standing, online.page.stale, online.kept]).toEqual([STANDING, false, [STANDING]])
  })
  it('waits for a count that takes longer than an answer may', async () => {
    const { page, asked, pass } = open({ 'bought.compute': { ...STANDING, counting: true }, 'bought.read': { ...STANDING, baskets: 11 } })
    const done = page.count()
    await new Promise((resolve) => setImmediate(resolve))
    expect([page.busy, page.standing]).toEqual([true, null])
    pass(2_000)
    await done
    expect([page.busy, page.done, page.standing?.baskets, asked.map(([name]) => name)]).toEqual([false, 'counted', 11, ['bought.compute', 'bought.read']])
  })
  it('opens an article with the decision about it', async () => {
    const { page } = open({ 'bought.read': STANDING, 'bought.article': article })
    await page.start()
    await page.open(MILK)
    expect(page.draft).toEqual({ target: MILK, choice: { pins: ['bread'], never: [], off: false }, before: { pins: ['bread'], never: [], off: false } })
    expect(page.isChanged).toBe(false)
  })
  it('asks once what several taps would change, and saves nothing by that', async () => {
    const preview = { changed: 1, articles: [], conflicts: [{ target: MILK, sku: 'bread', why: 'sold-out' }], names: {} }
    const { page, asked, pass } = open({ 'bought.read': STANDING, 'bought.article': article, 'bought.preview': preview })
    await page.open(MILK)
    page.change(hidden(page.draft!.choice, 'tea'))
    page.change(hidden(page.draft!.choice, 'jam'))
    pass(1_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked.filter(([name]) => name !== 'bought.article')).toEqual([['bought.preview', { target: MILK, choice: { pins: ['bread'], never: ['tea', 'jam'], off: false } }]])
    expect([page.preview, page.conflicts.length]).toEqual([preview, 1])
  })
  it('takes a decision back as none, and reads again what came of it', async () => {
    const { page, asked } = open({ 'bought.read': STANDING, 'bought.article': article, 'bought.save': { type: 'saved', rev: 2 } })
    await page.open(MILK)
    page.change(NO_CHOICE)
    await page.save()
    expect(asked.find(([name]) => name === 'bought.save')![1]).toEqual({ target: MILK, choice: null })
    expect([page.done, page.isChanged]).toEqual(['saved', false])
  })
  it('keeps a decision on the screen that was refused, with the reason', async () => {
    const { page } = open({ 'bought.read': STANDING, 'bought.article': article, 'bought.save': { type: 'refused', conflicts: [{ target: MILK, sku: 'x', why: 'gone' }] } })
    await page.open(MILK)
    page.change(pinned(page.draft!.choice, 'x'))
    await page.save()
    expect([page.done, page.draft!.choice.pins, page.conflicts[0]!.why]).toEqual(['refused', ['bread', 'x'], 'gone'])
  })
})

describe('a decision by hand', () => {
  const choice = { pins: ['a', 'b', 'c'], never: ['d'], off: false }
  it('pins at the end, moves one place up, and never holds an article on both lists', () => {
    expect([pinned(choice, 'd'), pinned(choice, 'c').pins, pinned(choice, 'a').pins]).toEqual([{ pins: ['a', 'b', 'c', 'd'], never: [], off: false }, ['a', 'c', 'b'], ['a', 'b', 'c']])
    expect([hidden(choice, 'a'), unpinned(choice, 'b').pins, unhidden(choice, 'd').never]).toEqual([{ pins: ['b', 'c'], never: ['d', 'a'], off: false }, ['a', 'c'], []])
  })
})

describe('articles and departments are found', () => {
  const names = shelfNames({ 'product/1234': { name: { de: 'Bio Vollmilch', en: 'Organic whole milk' } }, 'product/9': { name: 'x' }, 'category/milk': { name: { de: 'Milch und Butter', en: 'Milk and butter' } }, 'offer/1': { name: { de: 'Milch', en: 'Milk' } } })
  it('by words of either language or the beginning of a number, departments first', () => {
    expect(findNames(names, 'milk', 9).map(({ target }) => target)).toEqual([{ type: 'category', id: 'milk' }, { type: 'article', id: '1234' }])
    expect(findNames(names, 'milch BIO', 9).map(({ target }) => target)).toEqual([{ type: 'article', id: '1234' }])
    expect([findNames(names, '12', 9).length, findNames(names, ' ', 9).length, findNames(names, 'milk', 1).length]).toEqual([1, 0, 1])
  })
})
