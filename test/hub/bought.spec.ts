/** Recommendations from the book of baskets to the release, over the socket, with a running hub. */
import { describe, expect, it } from 'vitest'
import { takeBaskets } from '#hub/use-cases/bought/take-baskets.ts'
import type { BoughtArticle, BoughtPreview, BoughtSaved, BoughtStanding } from '#shared/protocol/bought.ts'
import { allBeside, type BesideArticle } from '#shared/protocol/bought-document.ts'
import type { Documents } from '#shared/sync/release.ts'
import { managedHub } from './managed-hub.ts'

const { hub, manager, ask, atDesk } = managedHub('bought')
const items = (): Documents => atDesk(({ documents }) => documents.current()!.items)
const numberOf = (sku: string): number => (items()[`product/${sku}`] as { readonly number: number }).number
const skuAt = (n: number): string => Object.keys(items()).filter((id) => id.startsWith('product/'))[n]!.slice('product/'.length)
const besideAt = (all: Documents, number: number): BesideArticle | undefined => allBeside(all).get(number)
/** Orders of a table; `a` and `b` together in `n` of them, other things in as many. */
const takeIn = (a: string, b: string, c: string, n: number): void =>
  void atDesk((desk) => takeBaskets(desk, { name: 'web shop', currency: 'EUR', ordered: true }, Array.from({ length: n }, (_, i) => [[`${i}`, a], [`${i}`, b], [`x${i}`, c]] as const).flat().map(([basket, item]) => ({ basket, item, name: item, quantity: 1, priceMicros: 1_000_000, at: null, customer: '', country: '', cancelled: false, goods: true }))))

describe('what others bought too', () => {
  it('is there from the first release on, and called made up as long as it is', async () => {
    const standing = await ask<BoughtStanding>('bought.read', {})
    expect(standing).toMatchObject({ demo: true, counting: false, baskets: 6_000, sources: [], articles: 177, unknown: 0, least: 15 })
    expect(standing.beside).toBeGreaterThan(120)
    expect(standing.strongest).toHaveLength(20)
    expect(items()['bought/0']).toMatchObject({ id: '0', demo: true })
  })
  it('is counted from real baskets alone as soon as there are any, and put in force', async () => {
    const [a, b, c] = [skuAt(0), skuAt(1), skuAt(2)]
    takeIn(a, b, c, 40)
    const standing = await ask<BoughtStanding>('bought.compute', {})
    expect(standing).toMatchObject({ demo: false, baskets: 80, sources: [{ source: 'web shop', baskets: 80, ordered: 80 }], beside: 2, strongest: [{ n: 40, nOther: 40, nBoth: 40, verdict: 'shown' }] })
    expect(besideAt(items(), numberOf(a))).toEqual([numberOf(a), 40, [[numberOf(b), 40]]])
    expect((await ask<BoughtArticle>('bought.article', { sku: a })).pairs).toMatchObject([{ other: b, measures: { lift: 2, confidence: 1, support: 0.5 } }])
    expect(atDesk(({ audit }) => audit.list({ limit: 3 }).map(({ what, count }) => [what, count]))).toContainEqual(['bought.computed', 80])
  })
  it('goes along with whatever is published, of what that still sells', async () => {
    const [a, b, c] = [skuAt(0), skuAt(1), skuAt(2)]
    takeIn(a, b, c, 40)
    await ask('bought.compute', {})
    const others = Object.fromEntries(Object.entries(items()).filter(([id]) => !id.startsWith('bought/')))
    hub().publish({ ...others, 'brand/main': { ...(others['brand/main'] as object), name: 'Anders' } })
    expect(besideAt(items(), numberOf(a))![2]).toEqual([[numberOf(b), 40]])
    const number = numberOf(a)
    hub().publish(Object.fromEntries(Object.entries(others).filter(([id]) => id !== `product/${b}` && id !== `prices/${b}`)), { by: 'test', reason: 'test' })
    expect(besideAt(items(), number)).toBeUndefined()
  })
  it('is looked at before it is decided, decided for all devices, and taken back', async () => {
    const [a, b, c] = [skuAt(0), skuAt(1), skuAt(2)]
    takeIn(a, b, c, 40)
    await ask('bought.compute', {})
    const wish = { target: { type: 'article', id: a }, choice: { pins: [c], never: [b], off: false } }
    expect(await ask<BoughtPreview>('bought.preview', wish)).toMatchObject({ changed: 1, articles: [{ sku: a, before: [b], after: [c] }], conflicts: [] })
    expect(besideAt(items(), numberOf(a))![2]).toEqual([[numberOf(b), 40]])
    expect(await ask<BoughtSaved>('bought.save', wish)).toMatchObject({ type: 'saved' })
    expect(besideAt(items(), numberOf(a))![2]).toEqual([[numberOf(c), null]])
    expect(atDesk(({ audit }) => audit.list({ limit: 9, what: 'bought.changed' }).map(({ object }) => object))).toEqual([`article/${a}`])
    await ask('bought.save', { ...wish, choice: null })
    expect(besideAt(items(), numberOf(a))![2]).toEqual([[numberOf(b), 40]])
  })
  it('refuses what cannot be recommended, and keeps nothing of it', async () => {
    const a = skuAt(0)
    const refused = await ask<BoughtSaved>('bought.save', { target: { type: 'article', id: a }, choice: { pins: ['nowhere', a], never: [], off: false } })
    expect(refused).toEqual({ type: 'refused', conflicts: [{ target: { type: 'article', id: a }, sku: 'nowhere', why: 'gone' }, { target: { type: 'article', id: a }, sku: a, why: 'itself' }] })
    expect((await ask<BoughtStanding>('bought.read', {})).choices).toEqual([])
    expect(await manager().ask('bought.article', { sku: 'nowhere' })).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })
})
