import { describe, expect, it } from 'vitest'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { memoryShopLedger } from '#hub/stores/memory/memory-shop-ledger.ts'
import { cartOf, compareWithShop } from '#hub/use-cases/shops/shop-basket.ts'
import { shopDocuments, type ShopImport } from '#hub/use-cases/shops/shop-documents.ts'
import { badgeOf, inBoth } from '#hub/use-cases/shops/shop-words.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment, findDamage, isRefusedOffer } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'
import { article, offerOf, perLine, promotion, snapshotOf } from './paper-shop.ts'

const NOON = millis(Date.UTC(2026, 10, 22, 11))
const DAY = 86_400_000
const made = (snapshot: ShopSnapshot = snapshotOf(), base: Documents = {}, at = NOON, distrusted: ReadonlyMap<string, string> = new Map(), ledger = memoryShopLedger()): ShopImport => {
  const numbers = { article: ledger.numbers('p', 'article', snapshot.articles.map(({ key }) => key), []), offer: ledger.numbers('p', 'offer', snapshot.promotions.map(({ id }) => id), []) }
  const result = shopDocuments(snapshot, base, { policies: perLine.policies, at, distrusted, numberOf: (kind, key) => numbers[kind].get(key) ?? null })
  if (!result.ok) throw new Error(result.error.why)
  return result.value
}
const assortmentOf = ({ items }: ShopImport) => {
  const read = documentsToAssortment({ hash: '', items })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

describe('a shop as documents', () => {
  it('is a whole release, also for a store that had nothing before', () => {
    expect(findDamage(made().items)).toEqual([])
  })
  it('keeps what the store itself has: brand, surveys, hours, and what it wrote down about an article', () => {
    const first = made().items
    const base: Documents = { ...first, 'brand/main': { name: 'Mein Markt', claim: { de: 'x', en: 'x' }, light: {}, dark: {} }, 'product/A': { ...(first['product/A'] as object), contents: { amount: 500, unit: 'g' }, synonyms: ['Apfel'] } }
    const again = made(snapshotOf({ shopName: 'Anders' }), base).items
    expect([again['brand/main'], again['product/A']]).toMatchObject([{ name: 'Mein Markt' }, { contents: { amount: 500, unit: 'g' }, synonyms: ['Apfel'], priceCents: 1999 }])
  })
  it('takes articles out that the shop no longer has, and gives their numbers to nobody', () => {
    const ledger = memoryShopLedger()
    made(snapshotOf(), {}, NOON, new Map(), ledger)
    const fewer = made(snapshotOf({ articles: [article('A', '1', 1999), article('D', '4', 100)] }), {}, NOON, new Map(), ledger)
    expect(assortmentOf(fewer).products.map(({ sku, number }) => [sku, number])).toEqual([['A', 1], ['D', 4]])
  })
  it('adds a changed price to the history, once a day, and leaves it when it did not change', () => {
    const first = made().items
    const price = (priceMinor: number, base: Documents, days: number): Documents => made(snapshotOf({ articles: [article('A', '1', priceMinor)] }), base, millis(NOON + days * DAY)).items
    const second = price(1899, first, 1)
    const third = price(1799, second, 1)
    const back = price(1999, second, 1)
    const history = (items: Documents) => (items['product/A'] as { priceHistory: unknown }).priceHistory
    expect([history(second), history(third), history(back), history(price(1999, first, 5))]).toEqual([
      [{ from: '2026-11-23', cents: 1899 }, { from: '2026-11-22', cents: 1999 }],
      [{ from: '2026-11-23', cents: 1799 }, { from: '2026-11-22', cents: 1999 }],
      [{ from: '2026-11-22', cents: 1999 }],
      [{ from: '2026-11-22', cents: 1999 }],
    ])
  })
  it('does not move when only time passes', () => {
    const first = made()
    expect(made(snapshotOf(), first.items, millis(NOON + 3 * DAY)).items).toEqual(first.items)
  })
  it.each([
    ['without a price', article('X', '9', 0), 'its price is 0 cents'],
    ['with a rate of tax that the country has not', article('X', '9', 100, { taxPercent: 21 }), '21 % is no rate of tax in DE'],
  ])('leaves out an article %s, and says so', (_, one, why) => {
    const { leftOut, keys } = made(snapshotOf({ articles: [article('A', '1', 1999), one] }))
    expect([leftOut, keys.articles.has('X')]).toEqual([[{ what: 'X', why }], false])
  })
  it.each([
    ['another currency', { currency: 'CHF' }, "its currency is CHF, the store's is EUR"],
    ['prices without tax', { pricesIncludeTax: false }, 'it lists prices without tax, which shoppers in a store must not be shown'],
  ])('is none for a shop with %s', (_, change, why) => {
    expect(shopDocuments(snapshotOf(change), {}, { policies: perLine.policies, at: NOON, distrusted: new Map(), numberOf: () => 1 })).toEqual({ ok: false, error: { type: 'ShopUnsuitable', why } })
  })
  it('prices one way home, and leaves every other delivery to the checkout with the reason', () => {
    const { items, leftOut, keys } = made(snapshotOf({ deliveries: [
      { key: 'w', kind: 'home', name: { en: 'By weight' }, priceMinor: null, taxPercent: 0, why: 'its price is worked out by "weight"' },
      { key: 'd', kind: 'home', name: { en: 'Post' }, priceMinor: 490, taxPercent: 19 },
      { key: 'e', kind: 'home', name: { en: 'Express' }, priceMinor: 990, taxPercent: 19 },
    ] }))
    expect([keys.deliveries, leftOut]).toEqual([{ pickup: null, home: 'd' }, [{ what: 'delivery By weight', why: 'its price is worked out by "weight"' }, { what: 'delivery Express', why: 'the store shows one way home and one to the counter' }]])
    expect(items['store/main']).toMatchObject({ shipping: [{ id: 'pickup', priceCents: 0 }, { id: 'home', priceCents: 490, taxRateBps: 1900 }] })
  })
})

describe('promotions of a shop as documents', () => {
  const ten = offerOf('1', [{ type: 'orderDiscount', value: { percent: '10' } }])
  const why = ({ offers }: ShopImport) => Object.fromEntries(offers.map((one) => [one.promotion, one.why]))
  const withOffers = (offers: readonly (typeof ten)[], more: Partial<ShopSnapshot['translated']> = {}, told = offers.map(({ id }) => promotion(String(id)))) => snapshotOf({ promotions: told, translated: { offers, notComputable: [], warnings: [], ...more } })

  it('are served in the order of the shop, whatever their numbers', () => {
    const all = [offerOf('9', ten.effects), offerOf('2', ten.effects), offerOf('5', ten.effects)]
    const { offers, policies } = assortmentOf(made(withOffers(all, {}, [promotion('2'), promotion('5'), promotion('9')])))
    expect([policies.sort, ...offers.map(({ number, offer }) => [number, offer.id, offer.priority])]).toEqual(['priorityDesc', [1, '2', 2], [2, '5', 1], [3, '9', 3]])
  })
  it('that nobody can compute are told, with their code, and left to the checkout', () => {
    const trigger = { type: 'code', codes: ['MOON'] } as const
    const imported = made(withOffers([], { notComputable: [{ offerId: '1', why: 'condition "full_moon"' }] }, [promotion('1', { trigger })]))
    const { offers, unread } = assortmentOf(imported)
    expect([why(imported), offers, unread.map(({ told }) => [told.offer.trigger, told.title.en, told.certainty])]).toEqual([{ '1': 'condition "full_moon"' }, [], [[trigger, 'Promotion 1', 'checkout']]])
    expect(findDamage(imported.items).every(isRefusedOffer)).toBe(true)
  })
  it.each([
    ['limited uses', withOffers([{ ...ten, limits: { total: 5 } }]), 'its uses are limited, and the web shop counts them'],
    ['two prices', withOffers([ten], { warnings: [{ offerId: '1', what: 'it has two prices', leave: true }] }), 'it has two prices'],
    ['an effect that cannot be published', withOffers([offerOf('1', [{ type: 'orderDiscount', value: { amountMinor: 0.5 } }])]), 'offer.effects.0.value.amountMinor: not whole minor units'],
    ['nothing said about them', snapshotOf({ translated: { offers: [], notComputable: [], warnings: [] } }), 'the shop does not say what it does'],
  ])('with %s are left to the checkout', (_, snapshot, reason) => {
    expect(why(made(snapshot))).toEqual({ '1': reason })
  })
  it('that differed in a basket are left to the checkout', () => {
    const imported = made(snapshotOf(), {}, NOON, new Map([['1', 'it differed']]))
    expect([why(imported), assortmentOf(imported).offers]).toEqual([{ '1': 'it differed' }, []])
  })
  it('that warn of something odd but certain are computed', () => {
    expect(why(made(withOffers([ten], { warnings: [{ offerId: '1', what: 'odd' }] })))).toEqual({ '1': null })
  })
  it('for known customers need the shop to know them', () => {
    const forClub = { ...ten, when: { type: 'all', of: [{ type: 'not', of: { type: 'customerGroup', in: ['club'] } }] } } as const
    expect(assortmentOf(made(withOffers([forClub]))).offers[0]!.certainty).toBe('checkout')
  })
  it('that are over or switched off are no documents', () => {
    expect(made(withOffers([ten, offerOf('2', ten.effects)], {}, [promotion('1', { enabled: false }), promotion('2', { window: { until: '2026-11-22T10:00:00.000Z' } })])).offers).toEqual([])
  })
  it('of a product are of its articles, everywhere in the offer', () => {
    const articles = [article('S', '1', 100, { product: 'p' }), article('L', '2', 200, { product: 'p' }), article('X', '3', 300, { product: 'q' })]
    const offer = offerOf('1', [{ type: 'unitDiscount', value: { percent: '50' }, select: { any: [{ products: ['p'] }] } }], { when: { type: 'quantity', value: 1, select: { notProducts: ['q'] } } })
    const imported = made({ ...withOffers([offer]), articles })
    expect(assortmentOf(imported).offers[0]!.offer).toMatchObject({ effects: [{ select: { any: [{ skus: ['S', 'L'] }] } }], when: { select: { notSkus: ['X'] } } })
  })
})

describe('words of a shop', () => {
  it.each([
    [{ de: 'Apfel', en: 'Apple' }, { de: 'Apfel', en: 'Apple' }],
    [{ en: 'Apple' }, { de: 'Apple', en: 'Apple' }],
    [{ de_CH: 'Öpfel', fr: 'Pomme' }, { de: 'Öpfel', en: 'Öpfel' }],
    [{ fr: ' ' }, { de: 'x', en: 'y' }],
  ])('%j are told as %j', (texts, told) => {
    expect(inBoth(texts, { de: 'x', en: 'y' })).toEqual(told)
  })
  it('are cut between whole characters', () => {
    expect(inBoth({ de: '🍏🍏🍏' }, { de: 'x', en: 'x' }, 4).de).toBe('🍏…')
  })
  it('promise on a label what is simple, and nothing that does not fit', () => {
    const badge = (value: never) => badgeOf([{ type: 'orderDiscount', value }]).de
    expect([badge({ percent: '12.5' } as never), badge({ amountMinor: 500 } as never), badge({ amountMinor: 999_999_900 } as never), badgeOf([{ type: 'shippingDiscount', value: { percent: '100' } }]).en]).toEqual(['−12,5 %', '−5,00\u00a0€', 'Angebot', 'Free delivery'])
  })
})

describe('a basket and the shop’s cart', () => {
  const imported = made()
  const assortment = assortmentOf(imported)
  const basket = { lines: [{ sku: 'C' as Sku, quantity: 2 }, { sku: 'A' as Sku, quantity: 1 }], codes: ['X'], delivery: 'home' as const }
  const quote = quoteBasket(basket, assortment, { now: NOON, channel: 'store', clockVerified: true })
  const shop = {
    lines: [{ key: '1', quantity: 1, beforeMinor: 1999, totalMinor: 1799 }, { key: '3', quantity: 2, beforeMinor: 2590, totalMinor: 2331 }],
    discounts: [{ promotion: '1', minor: 459 }], deliveryMinor: 490, taxMinor: 737, totalMinor: 4620, refusedCodes: [],
  }
  it('have their lines in the order in which they are priced', () => {
    expect(cartOf(basket, assortment, imported.keys)).toEqual({ lines: [{ key: '1', quantity: 1 }, { key: '3', quantity: 2 }], codes: ['X'], delivery: 'd' })
  })
  it('are none where the shop does not sell an article', () => {
    expect(cartOf({ ...basket, lines: [{ sku: 'Z' as Sku, quantity: 1 }] }, assortment, imported.keys)).toBeNull()
  })
  it('are equal when every figure is', () => {
    expect(compareWithShop(quote, shop, imported.keys)).toEqual({ type: 'equal' })
  })
  it('differ by one cent of one figure, with the promotion that did it', () => {
    expect(compareWithShop(quote, { ...shop, totalMinor: 4621, discounts: [{ promotion: '1', minor: 458 }] }, imported.keys)).toEqual({
      type: 'different', suspects: ['1'], figures: [{ what: 'promotion 1', shop: 458, ours: 459 }, { what: 'total', shop: 4621, ours: 4620 }],
    })
  })
  it('suspect all promotions at work where no single one differs', () => {
    expect(compareWithShop(quote, { ...shop, taxMinor: 738 }, imported.keys)).toEqual({ type: 'different', suspects: ['1'], figures: [{ what: 'tax', shop: 738, ours: 737 }] })
  })
  it('are compared without tax where the shop does not tell it', () => {
    expect(compareWithShop(quote, { ...shop, taxMinor: null }, imported.keys)).toEqual({ type: 'equal' })
    expect(compareWithShop(quote, { ...shop, taxMinor: null, totalMinor: 4621 }, imported.keys)).toMatchObject({ type: 'different', figures: [{ what: 'total' }] })
  })
  it('are not compared where the shop took off what is left to its checkout', () => {
    const left = made(snapshotOf(), {}, NOON, new Map([['1', 'it differed']]))
    const ours = quoteBasket(basket, assortmentOf(left), { now: NOON, channel: 'store', clockVerified: true })
    expect(compareWithShop(ours, shop, left.keys)).toEqual({ type: 'left', promotions: ['1'] })
  })
})
