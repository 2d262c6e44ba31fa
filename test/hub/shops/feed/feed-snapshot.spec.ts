import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFeedRows } from '#hub/shops/feed/feed-rows.ts'
import { feedSnapshot } from '#hub/shops/feed/feed-snapshot.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { draftOf, freshNumbers } from '#hub/use-cases/shops/draft-shop.ts'
import type { Result } from '#shared/kernel/result.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'

const read = (text: string): Result<ShopSnapshot, string> => {
  const rows = readFeedRows(text)
  return rows.ok ? feedSnapshot(rows.value) : rows
}
const taken = (text: string): ShopSnapshot => {
  const snapshot = read(text)
  if (!snapshot.ok) throw new Error(snapshot.error)
  return snapshot.value
}
const example = (name: string): string => readFileSync(new URL(`../../../../hub/shops/feed/example/${name}`, import.meta.url), 'utf8')
const NOON = millis(Date.parse('2026-11-22T11:00:00Z'))

const totalOf = (text: string, lines: readonly (readonly [string, number])[], codes: readonly string[] = [], delivery: 'pickup' | 'home' = 'pickup'): number => {
  const snapshot = taken(text)
  const draft = draftOf(snapshot, snapshot.dialects[0], {}, { numberOf: freshNumbers(), at: NOON, distrusted: new Map() })
  if (!draft.ok) throw new Error(draft.error.why)
  return quoteBasket({ lines: lines.map(([sku, quantity]) => ({ sku: sku as Sku, quantity })), codes, delivery }, draft.value.candidate.assortment, { now: NOON, channel: 'store', clockVerified: true }).totalCents
}

describe('the example feed', () => {
  it('is whole as a table', () => {
    const { articles, promotions, translated, deliveries, categories, leftOut } = taken(example('feed.csv'))
    expect(articles.map(({ sku, priceMinor, taxPercent, stock, ean, category }) => [sku, priceMinor, taxPercent, stock, ean, category])).toEqual([
      ['W-1', 89, 19, 120, '4001234567890', 'category:getraenke.wasser'],
      ['W-2', 95, 19, 80, '', 'category:getraenke.wasser'],
      ['A-1', 199, 19, 40, '', 'category:getraenke.saft'],
      ['B-1', 349, 7, 12, '', 'category:backwaren'],
      ['K-1', 104900, 19, 3, '', 'category:kueche'],
    ])
    expect(articles[4]!.name).toEqual({ de: 'Kochtopf "Emma" mit Deckel', en: 'Pot "Emma" with lid' })
    expect(categories.map(({ id, parent }) => [id, parent])).toContainEqual(['category:getraenke.wasser', 'category:getraenke'])
    expect(promotions.map(({ id }) => id)).toEqual(['water-week', 'juice', 'fifty', 'friends'])
    expect(translated.notComputable).toEqual([{ offerId: 'friends', why: 'the feed says that the checkout works it out' }])
    expect(deliveries.map(({ key, kind, priceMinor }) => [key, kind, priceMinor])).toEqual([['post', 'home', 490], ['counter', 'pickup', 0]])
    expect(leftOut).toEqual([])
  })
  it.each([
    // 2 × 0.89 = 1.78, 15 % of it is 0.267, so 0.27
    ['15 % off two bottles of water, rounded per line', [['W-1', 2]], [], 'pickup', 151],
    // 7 × 1.99 = 13.93, two of them free
    ['seven juices: two are free', [['A-1', 7]], [], 'pickup', 995],
    ['nothing off below 50.00 €', [['B-1', 14]], ['HERBST'], 'pickup', 4886],
    ['5.00 € off with the code from 50.00 € on', [['B-1', 15]], ['HERBST'], 'pickup', 4735],
    ['delivery on top', [['B-1', 1]], [], 'home', 839],
  ] as const)('charges %s', (_, lines, codes, delivery, total) => {
    expect(totalOf(example('feed.csv'), lines, codes, delivery)).toBe(total)
  })
  it('is whole as JSON', () => {
    const { shopName, articles, translated } = taken(example('feed.json'))
    expect([shopName, articles.map(({ priceMinor }) => priceMinor), translated.offers.map(({ id }) => id)]).toEqual(['Hofladen', [89, 199, 349], ['regional', 'twenty']])
    // 10 % off 11 × 1.99 = 21.89 is 2.19; the threshold looks at listed prices: 21.89 − 2.19 − 2.00
    expect(totalOf(example('feed.json'), [['A-1', 11]])).toBe(1770)
  })
})

const HEAD = 'type;sku;name;price;tax;id;kind;value;articles;from;limit;buy;get;stock\n'
const GOOD = Array.from({ length: 40 }, (_, i) => `;S-${i};Artikel ${i};1,00;19;;;;;;;;;\n`).join('')

describe('a damaged row of a feed', () => {
  it.each([
    [';A;a;1.299;19;;;;;;;;;', 'price "1.299" is no amount'],
    [';A;a;-1,00;19;;;;;;;;;', 'price "-1,00" is no amount'],
    [';A;a;0,999999;19;;;;;;;;;', 'price "0,999999" is no amount'],
    [';A;a;;19;;;;;;;;;', 'price "" is no amount'],
    [';;a;1,00;19;;;;;;;;;', 'sku is missing'],
    [';A;;1,00;19;;;;;;;;;', 'name is missing'],
    [';A;a;1,00;neunzehn;;;;;;;;;', 'tax "neunzehn" is no percentage'],
    [';A;a;1,00;19;;;;;;;;;viele', 'stock "viele" is no whole number'],
    [';A Ä;a;1,00;19;;;;;;;;;', 'sku "A Ä" has other characters than letters, digits and . _ : -'],
    [';S-3;a;1,00;19;;;;;;;;;', 'S-3 stands in line 5 already'],
    ['offer;;o;;;;percent;10;;;;;;', 'id is missing'],
    ['offer;;o;;;o;percent;110;;;;;;', 'value "110" is no percentage'],
    ['offer;;o;;;o;price;1,00;;;;;;', 'a price without articles, categories or tags'],
    ['offer;;o;;;o;percent;10;;2026-11-30;;;;', 'from "2026-11-30" is no instant such as 2026-11-30T06:00:00+01:00'],
    ['offer;;o;;;o;buy_get;;;;;0;1;', 'buy "0" is no whole number from 1 on'],
    ['delivery;;d;1,00;19;d;drone;;;;;;;', 'kind "drone" is neither home nor pickup'],
    ['voucher;;d;1,00;19;d;;;;;;;;', 'type "voucher" is not known'],
  ])('%s is told with its line and reason: %s', (row, why) => {
    const { articles, leftOut, promotions, deliveries } = taken(`${HEAD}${GOOD}${row}\n`)
    expect({ articles: articles.length, leftOut, promotions, deliveries }).toEqual({ articles: 40, leftOut: [{ what: 'line 42', why }], promotions: [], deliveries: [] })
  })
  it('is told by its place in JSON', () => {
    const articles = [...Array.from({ length: 5 }, (_, i) => ({ sku: `S-${i}`, name: 'a', price: 1, tax: 19 })), { sku: 'X', name: 'x', price: { net: 1 }, tax: 19 }, 7]
    expect(taken(JSON.stringify({ format: 'einklang-feed-1', articles })).leftOut).toEqual([{ what: 'articles[5]', why: 'price is neither a text nor a number' }, { what: 'articles[6]', why: 'no object' }])
  })
  it('stands for a feed that went wrong where there are many of them', () => {
    expect(read(`${HEAD}${GOOD}${';X;x;?;19;;;;;;;;;\n'.repeat(5)}`)).toEqual({ ok: false, error: '5 of 45 rows are damaged, the first of them line 42: price "?" is no amount' })
    expect(read(`${HEAD}${GOOD}${';X;x;?;19;;;;;;;;;\n'.repeat(4)}`)).toMatchObject({ ok: true })
  })
})

describe('half a feed is none', () => {
  it.each([
    ['JSON that ends early', '{"format":"einklang-feed-1","articles":[{"sku":"A"', 'it is no JSON to its end'],
    ['a table that ends in a row', `${HEAD}${GOOD};Z;z;1`, 'it ends in the middle of a row'],
    ['fewer articles than it says', JSON.stringify({ format: 'einklang-feed-1', count: 2, articles: [{ sku: 'A', name: 'a', price: 1, tax: 19 }] }), 'it says 2 articles and holds 1'],
    ['another JSON', '{"products":[]}', 'format: Invalid key: Expected "format" but received undefined'],
    ['a page', '<!doctype html>\n<title>Shop</title>\n', 'no column sku and price in its first line'],
    ['two columns of one name', 'sku;price;price\nA;1;2\n', 'two columns are called price'],
    ['no article', HEAD, 'it holds no article'],
    ['nothing', '', 'no column sku and price in its first line'],
    ['a way to calculate that nobody knows', JSON.stringify({ format: 'einklang-feed-1', shop: { dialect: 'toString' }, articles: [{ sku: 'A', name: 'a', price: 1, tax: 19 }] }), expect.stringContaining('dialect "toString" is not known')],
  ])('%s', (_, text, error) => {
    expect(read(text)).toEqual({ ok: false, error })
  })
})

describe('an offer of a feed', () => {
  const offerOf = (row: string): unknown => {
    const { translated } = taken(`${HEAD}${GOOD}${row}\n`)
    return translated.offers[0]?.effects[0] ?? translated.notComputable[0]?.why
  }
  it.each([
    ['offer;;o;;;o;percent;12,5;S-1|S-2;;;;;', { type: 'unitDiscount', value: { percent: '12.5' }, select: { skus: ['S-1', 'S-2'] } }],
    ['offer;;o;;;o;percent;10;;;;;;', { type: 'orderDiscount', value: { percent: '10' } }],
    ['offer;;o;;;o;amount;0,50;S-1;;;;;', { type: 'unitDiscount', value: { amountMinor: 50 }, select: { skus: ['S-1'] } }],
    ['offer;;o;;;o;amount;5;;;;;;', { type: 'orderDiscount', value: { amountMinor: 500 } }],
    ['offer;;o;;;o;price;0,75;S-1;;;;;', { type: 'unitDiscount', value: { unitPriceMinor: 75 }, select: { skus: ['S-1'] } }],
    ['offer;;o;;;o;delivery;100;;;;;;', { type: 'shippingDiscount', value: { percent: '100' } }],
    ['offer;;o;;;o;buy_get;;;;;3;2;', { type: 'buyGet', mode: 'apart', repeat: 9999, buy: { quantity: 3 }, get: { quantity: 2, value: { percent: '100' } } }],
    ['offer;;o;;;o;lottery;;;;;;;', 'kind "lottery" is not known here'],
  ])('%s', (row, effect) => {
    expect(offerOf(row)).toEqual(effect)
  })
  it('with a limit of uses is left to the checkout', () => {
    const snapshot = taken(`${HEAD}${GOOD}offer;;o;;;o;percent;10;;;100;;;\n`)
    const draft = draftOf(snapshot, snapshot.dialects[0], {}, { numberOf: freshNumbers(), at: NOON, distrusted: new Map() })
    expect(draft.ok && draft.value.imported.offers).toEqual([{ promotion: 'o', id: 'o', name: 'o', why: 'its uses are limited, and the web shop counts them' }])
  })
  it('in the words of the engine is checked field by field', () => {
    const offers = [{ name: 'x', offer: { id: 'x', effects: [{ type: 'orderDiscount', value: { percent: '101' } }] } }]
    const articles = [{ sku: 'A', name: 'a', price: 1, tax: 19 }]
    expect(taken(JSON.stringify({ format: 'einklang-feed-1', articles, offers })).leftOut).toEqual([{ what: 'offers[0]', why: expect.stringContaining('offer.effects.0.value') }])
  })
})
