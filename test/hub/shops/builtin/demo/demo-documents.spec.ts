import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { demoProducts, SOURCE_ENDS } from '#hub/shops/builtin/demo/demo-products.ts'
import { isInStoreEan } from '#shared/catalogue/ean.ts'
import { priorPrice } from '#shared/catalogue/prior-price.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { indexProducts, searchProducts } from '#shared/catalogue/search.ts'
import { unitPrice } from '#shared/catalogue/unit-price.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { daysBetween, type Day } from '#shared/kernel/time.ts'
import { documentsToAssortment, documentsToBrand, documentsToSurveys, documentsToTouchpoints, findDamage } from '#shared/protocol/documents.ts'

const TODAY = '2026-11-22' as Day
const DOCUMENTS = demoDocuments(TODAY)
const read = documentsToAssortment({ hash: '', items: DOCUMENTS })
if (!read.ok) throw new Error('the demo shop has no store')
const shop = read.value
/** As in the source, without moving the days. */
const source = demoProducts(SOURCE_ENDS)
const bySku = (sku: string): Product => source.find((one) => one.sku === sku)!
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

describe('the demo shop sells the 177 articles of the source', () => {
  it('at 106,793 cents altogether, with 3,820 prices', () => {
    expect(shop.products).toHaveLength(177)
    expect(sum(shop.products.map((one) => one.priceCents))).toBe(106_793)
    expect(sum(shop.products.map((one) => one.priceHistory.length))).toBe(3_820)
  })
  it('with names, contents and every price unchanged', () => {
    const unit = (one: Product): string => (one.contents.unit === 'piece' ? 'stk' : one.contents.unit)
    const facts = source.map((one) => [one.sku, one.name.de, one.contents.amount, unit(one), one.priceHistory.map((entry) => [entry.from, entry.cents])])
    expect(bytesToHex(sha256(utf8(JSON.stringify(facts))))).toBe('30691aed51bffc47b2d269e90a577d6aa0c38ed585245fdb0fd0b911b34f9b8b')
  })
  it('moved in time by whole days, so that the newest price is of today', () => {
    const shifts = new Set(shop.products.flatMap((one, i) => one.priceHistory.map((entry, k) => daysBetween(source[i]!.priceHistory[k]!.from, entry.from))))
    expect([...shifts]).toEqual([daysBetween(SOURCE_ENDS, TODAY)])
    expect(shop.products.map((one) => one.priceHistory[0]!.from).reduce((a, b) => (a > b ? a : b))).toBe(TODAY)
  })
  it('each with its own number 1 … 177 and its own bar code of the in-store range', () => {
    expect(shop.products.map((one) => one.number)).toEqual(Array.from({ length: 177 }, (_, i) => i + 1))
    expect(new Set(shop.products.map((one) => one.ean)).size).toBe(177)
    expect(shop.products.filter((one) => !isInStoreEan(one.ean))).toEqual([])
  })
  it('each in a category, on a shelf, with companions that exist and are not itself', () => {
    const categories = new Set(shop.categories.map((one) => one.id))
    for (const one of shop.products) {
      expect(categories.has(one.category)).toBe(true)
      expect(one.shelf.aisle).toBeGreaterThan(0)
      expect(one.alsoBought.length).toBeGreaterThan(0)
      expect(one.alsoBought.every((sku) => shop.productsBySku.has(sku) && sku !== one.sku)).toBe(true)
    }
  })
  it('and leaves no category empty', () => {
    const used = new Set(shop.products.flatMap((one) => one.taxons))
    expect(shop.categories.filter((one) => !used.has(one.id))).toEqual([])
  })
  it.each([
    ['00-577500', 1900, 25],
    ['00-692880', 1900, 25],
    ['00-521422', 1900, 0],
    ['6211752', 1900, 0],
    ['00-779372', 700, 0],
    ['00-402489', 700, 0],
  ])('%s at %i bps with a deposit of %i cents', (sku, taxRateBps, depositCents) => {
    expect(bySku(sku)).toMatchObject({ taxRateBps, depositCents })
  })
})

describe('the truth about its reductions', () => {
  const reductions = source.flatMap((one) => {
    const prior = priorPrice(one)
    return prior ? [{ sku: one.sku, ...prior }] : []
  })
  it('18 articles last became cheaper; their 30-day lows add up to 4,038 cents', () => {
    expect(reductions).toHaveLength(18)
    expect(sum(reductions.map((one) => one.lowestCents))).toBe(4_038)
  })
  it('5 of them had been cheaper within the 30 days, and none of those may be announced', () => {
    expect(reductions.filter((one) => one.lowestCents < one.previousCents).map((one) => one.sku).toSorted()).toEqual(['00-511983', '00-631807', '00-721450', '00-767924', '2020003205781'])
    expect(reductions.filter((one) => !one.mayAnnounce).map((one) => one.sku).toSorted()).toEqual(['00-511983', '00-631807', '00-721450', '00-767924', '2020003205781'])
  })
  it.each([
    ['00-511983', '2023-03-30', 499, 509, 382, -3063],
    ['00-631807', '2023-06-15', 75, 89, 67, -1194],
    ['00-721450', '2023-06-15', 75, 89, 67, -1194],
    ['00-767924', '2023-06-22', 279, 349, 262, -649],
    ['2020003205781', '2023-03-23', 145, 149, 145, 0],
    ['00-479407', '2023-05-15', 279, 299, 299, 669],
    ['00-779372', '2023-06-07', 55, 65, 65, 1538],
    ['00-953957', '2023-06-22', 129, 169, 169, 2367],
    ['1807332', '2023-04-21', 899, 949, 949, 527],
  ])('%s since %s: %i after %i, lowest %i, so %i bps', (sku, since, priceCents, previousCents, lowestCents, reductionBps) => {
    expect(priorPrice(bySku(sku))).toMatchObject({ since, priceCents, previousCents, lowestCents, reductionBps })
  })
})

describe('its unit prices', () => {
  it('of the 171 articles by weight or volume add up to 2,623.85 €', () => {
    const measured = source.filter((one) => one.contents.unit !== 'piece')
    expect(measured).toHaveLength(171)
    expect(sum(measured.map((one) => unitPrice(one.priceCents, one.contents).cents))).toBe(262_385)
  })
  it.each([
    ['00-247287', 3990, 'kg'],
    ['00-247683', 3396, 'l'],
    ['00-261892', 897, 'kg'],
    ['00-304193', 598, 'kg'],
    ['00-325237', 4363, 'kg'],
  ])('%s costs %i cents per %s', (sku, cents, per) => {
    expect(unitPrice(bySku(sku).priceCents, bySku(sku).contents)).toEqual({ cents, per })
  })
})

describe('its search', () => {
  const index = indexProducts(shop.products, shop.categories)
  const first = (query: string): string => searchProducts(index, query)[0]?.product.name.de ?? ''
  it.each([
    ['Sahne', 'Ja! Natürlich Bio Schlagobers 36%'],
    ['Aprikosen', 'SPAR Natur*pur Bio-Marillen'],
    ['sojamilch', 'Ja! Natürlich Sojadrink Pur'],
    ['öl', 'Ja! Natürlich Natives Olivenöl Extra'],
    ['mozarella', 'BILLA Mozzarella'],
    ['feldsalat', 'Ja! Natürlich Bio Vogerlsalat aus Italien'],
  ])('%s finds %s', (query, name) => {
    expect(first(query)).toBe(name)
  })
  it('Käse finds the cheeses and nothing else', () => {
    expect(searchProducts(index, 'Käse').every((hit) => hit.product.category === 'cheese' || /käse/i.test([...hit.product.synonyms, hit.product.name.de].join(' ')))).toBe(true)
  })
  it('every article by its bar code', () => {
    expect(shop.products.filter((one) => searchProducts(index, one.ean)[0]?.product.sku !== one.sku)).toEqual([])
  })
})

describe('its documents', () => {
  it('are sound on any day, the last of February included', () => {
    for (const today of ['2026-11-22', '2024-02-29', '2027-03-28', '2026-12-31']) expect(findDamage(demoDocuments(today as Day))).toEqual([])
  })
  it('are the same on the same day', () => {
    expect(demoDocuments(TODAY)).toEqual(DOCUMENTS)
  })
  it('hold a brand, three surveys and six touchpoints', () => {
    expect(documentsToBrand(DOCUMENTS)).toMatchObject({ ok: true, value: { name: 'Lindenkorb' } })
    expect(documentsToSurveys(DOCUMENTS).map(({ id }) => id)).toEqual(['department', 'store-visit', 'web-shop'])
    expect(documentsToTouchpoints(DOCUMENTS).map(({ id }) => id)).toEqual(['checkout', 'cheese-counter', 'entrance', 'kiosk', 'produce', 'web-shop'].toSorted())
  })
  it('speak both languages everywhere, calmly: no exclamation marks but those of a brand', () => {
    const texts = JSON.stringify(Object.entries(DOCUMENTS).filter(([id]) => !id.startsWith('product/')))
    expect(texts).not.toContain('!')
  })
})

describe('its pictures', () => {
  const folder = new URL('../../../../../public/pictures/', import.meta.url)
  const used = new Set([...shop.products, ...shop.categories, ...shop.offers].map((one) => one.picture.replace('/pictures/', '')))
  it('are all there, and none is spare', () => {
    expect([...used].filter((name) => !existsSync(new URL(name, folder)))).toEqual([])
    expect(readdirSync(folder).filter((name) => name.endsWith('.svg') && !used.has(name))).toEqual([])
  })
  it('hold drawings alone: no script, no style, no reference, nothing above 8 kB', () => {
    for (const name of used) {
      const svg = readFileSync(new URL(name, folder), 'utf8')
      expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'), name).toBe(true)
      expect(/<(script|style|use|image|a|foreignObject|animate)\b|href|url\(|\son\w+=|<!|<\?/i.test(svg), name).toBe(false)
      expect(svg.length, name).toBeLessThan(8_192)
    }
  })
  it('carry the notice of those they were taken from', () => {
    expect(readFileSync(new URL('LICENSE', folder), 'utf8')).toContain('Copyright (c) Microsoft Corporation')
  })
})
