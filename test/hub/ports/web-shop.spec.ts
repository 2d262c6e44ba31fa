import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import { MAX_LINK, permalink } from '#hub/ports/web-shop/permalink.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { isAble, toldCapabilities, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'

describe('articles of a shop get names that fit into documents', () => {
  it('their own number where it can be used, else one made of what the shop keeps unique', () => {
    expect(articleKeys([{ sku: 'A-1', key: '11' }, { sku: 'with blank', key: '12' }, { sku: '', key: '13' }, { sku: 'twice', key: '14' }, { sku: 'twice', key: '15' }, { sku: 'é', key: 'no way' }])).toEqual(['A-1', 'id:12', 'id:13', 'id:14', 'id:15', null])
  })
  it('and no two the same, also where a number looks like a made one', () => {
    expect(articleKeys([{ sku: 'id:2', key: '1' }, { sku: ' ', key: '2' }])).toEqual(['id:1', 'id:2'])
    fc.assert(fc.property(fc.uniqueArray(fc.record({ sku: fc.string({ maxLength: 4 }), key: fc.stringMatching(/^[a-z0-9]{1,3}$/) }), { selector: ({ key }) => key, maxLength: 12 }), (all) => {
      const keys = articleKeys(all)
      return new Set(keys).size === keys.length && keys.every((key) => key !== null)
    }))
  })
})

describe('the hash of a shop', () => {
  const article = { sku: 'A', key: '1', product: '1', name: { de: 'Apfel' }, category: null, taxons: [], priceMinor: 199, taxPercent: 7, ean: '', stock: 5 }
  const snapshot: Omit<ShopSnapshot, 'hash'> = {
    shopName: 'S', currency: 'EUR', pricesIncludeTax: true, articles: [article, { ...article, sku: 'B', key: '2' }], categories: [], promotions: [], translated: { offers: [], notComputable: [], warnings: [] },
    deliveries: [], dialects: [{ name: 'vendure-3', policies: DIALECTS['vendure-3'], when: '' }], settings: {}, leftOut: [],
  }
  const hash = (change: Partial<ShopSnapshot> = {}): string => withHash({ ...snapshot, ...change }).hash
  it('stays when stock moves or pages come in another order', () => {
    expect([hash({ articles: [{ ...article, stock: 4 }, { ...article, sku: 'B', key: '2', stock: null }] }), hash({ articles: [...snapshot.articles].reverse() })]).toEqual([hash(), hash()])
  })
  it('moves with one cent, one letter, one setting', () => {
    const moved = [hash({ articles: [{ ...article, priceMinor: 200 }, snapshot.articles[1]!] }), hash({ shopName: 's' }), hash({ settings: { tax: 'order' } }), hash({ articles: [article] })]
    expect(new Set([hash(), ...moved]).size).toBe(5)
  })
  it('moves when two promotions change places: shops apply them in order', () => {
    const [a, b] = [{ id: 'a' as never, effects: [] }, { id: 'b' as never, effects: [] }]
    expect(hash({ translated: { offers: [a, b], notComputable: [], warnings: [] } })).not.toBe(hash({ translated: { offers: [b, a], notComputable: [], warnings: [] } }))
  })
})

describe('the link into a shop', () => {
  const from = { store: 'lindenkorb', device: 'kiosk-1', handoff: '00ff' }
  it('holds articles, codes and where it came from', () => {
    expect(permalink('https://shop.example/buy/', { lines: [{ key: '12', quantity: 2 }, { key: 'a/b', quantity: 1 }], codes: ['SOMMER 5'], delivery: null }, from)).toBe(
      'https://shop.example/buy/12:2,~YS9i:1?discounts%2Fcodes%2F0=SOMMER+5&attribution%2Futm_source=kiosk&attribution%2Futm_medium=lindenkorb&attribution%2Futm_content=kiosk-1&attribution%2Futm_id=00ff',
    )
  })
  it('is none rather than one that is cut off on the way', () => {
    const lines = Array.from({ length: 400 }, (_, i) => ({ key: `gid-${i}`, quantity: 1 }))
    expect(permalink('https://shop.example/buy', { lines, codes: [], delivery: null }, from)).toBeNull()
    expect(permalink('https://shop.example/buy', { lines: lines.slice(0, 60), codes: [], delivery: null }, from)!.length).toBeLessThan(MAX_LINK)
  })
})

describe('what a shop can do', () => {
  it('is there, or there is a reason why not', () => {
    const no = { unable: 'not at all' }
    const shop: WebShop = { name: 'x', read: no, quote: no, openCheckout: no, ordersSince: no, checkWebhook: no, findMember: async () => null, ownOrders: no }
    expect([isAble(shop.read), isAble(shop.findMember)]).toEqual([false, true])
    expect(toldCapabilities(shop)).toEqual({ read: 'not at all', quote: 'not at all', openCheckout: 'not at all', ordersSince: 'not at all', checkWebhook: 'not at all', findMember: null, ownOrders: 'not at all' })
  })
})
