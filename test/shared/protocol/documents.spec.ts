import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#shared/kernel/json.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { documentsToAssortment, documentsToBrand, documentsToSurveys, documentsToTouchpoints, findDamage, readDocument, readInSteps } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'

type Body = { readonly [key: string]: Json }

const store: Body = {
  id: 'corner',
  number: 1,
  name: 'Eckladen',
  address: 'Am Eck 1',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  country: 'DE',
  checkoutDomain: '',
  shipping: [{ id: 'home', name: { de: 'Lieferung', en: 'Delivery' }, priceCents: 490, taxRateBps: 1900 }],
  handoffHours: 24,
  honourHours: 24,
  maxOfflineHours: 168,
}
const product = (sku: string, number: number, more: Body = {}): Body => ({
  sku,
  number,
  name: { de: 'Apfel', en: 'Apple' },
  brand: null,
  category: 'fruit',
  taxons: ['fruit', 'organic'],
  priceCents: 129,
  priceHistory: [{ from: '2026-02-01', cents: 129 }, { from: '2026-01-01', cents: 149 }],
  taxRateBps: 700,
  contents: { amount: 500, unit: 'g' },
  depositCents: 0,
  ean: '4006381333931',
  picture: '/pictures/apple.svg',
  stock: { pieces: 3, at: 1_780_000_000_000 },
  shelf: { aisle: 1, name: { de: 'Obst', en: 'Fruit' } },
  perishable: false,
  synonyms: ['Boskop'],
  alsoBought: [],
  ...more,
})
const offer = (id: string, number: number, more: Body = {}): Body => ({
  offer: { id, effects: [{ type: 'unitDiscount', value: { percent: '10' }, select: { taxons: ['fruit'] } }], ...more },
  number,
  badge: { de: '−10 %', en: '−10 %' },
  title: { de: '10 %', en: '10 %' },
  summary: { de: 'auf Obst', en: 'off fruit' },
  picture: '/pictures/offer.svg',
  certainty: 'exact',
})
const sound: Documents = {
  'store/main': store,
  'brand/main': { name: 'Eckladen', claim: { de: 'Nah', en: 'Near' }, light: { brand: '#0a6e4f' }, dark: {} },
  'policies/main': { order: 'passes', percentRound: { scope: 'line', mode: 'halfUp' } },
  'category/fruit': { id: 'fruit', parent: null, name: { de: 'Obst', en: 'Fruit' }, picture: '/pictures/fruit.svg', order: 1 },
  'product/a': product('a', 2),
  'product/b': product('b', 1),
  'offer/x': offer('x', 2),
  'offer/y': offer('y', 1),
  'survey/visit': { id: 'visit', opening: { id: 'q', kind: 'csat5', text: { de: 'Wie?', en: 'How?' } }, followUps: [], contact: true },
  'touchpoint/till': { id: 'till', name: { de: 'Kasse', en: 'Till' }, phase: 'after', survey: 'visit' },
}
const assortmentOf = (items: Documents) => {
  const read = documentsToAssortment({ hash: 'h', items })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

describe('the documents of a release become an assortment', () => {
  it('with articles and offers by their number, whatever the order of the documents', () => {
    const assortment = assortmentOf(sound)
    expect(assortment.hash).toBe('h')
    expect(assortment.store.name).toBe('Eckladen')
    expect(assortment.products.map(({ sku }) => sku)).toEqual(['b', 'a'])
    expect(assortment.offers.map((published) => published.offer.id)).toEqual(['y', 'x'])
    expect([...assortment.productsBySku.keys()]).toEqual(['b', 'a'])
    expect(assortment.damaged).toEqual([])
    expect(assortmentOf(Object.fromEntries(Object.entries(sound).reverse()))).toEqual(assortment)
  })
  it('and sound documents hold no damage', () => {
    expect(findDamage(sound)).toEqual([])
  })
  it('under the arithmetic of every shop that the engine speaks', () => {
    for (const [name, policies] of Object.entries(DIALECTS)) expect([name, findDamage({ ...sound, 'policies/main': policies })]).toEqual([name, []])
  })
  it('but not without a store or policies', () => {
    const { 'store/main': _, ...storeless } = sound
    expect(documentsToAssortment({ hash: 'h', items: storeless })).toEqual({ ok: false, error: { type: 'DocumentMissing', id: 'store/main' } })
    expect(documentsToAssortment({ hash: 'h', items: { ...sound, 'policies/main': { order: 'sideways' } } })).toMatchObject({ ok: false, error: { type: 'DocumentDamaged', id: 'policies/main' } })
  })
})

describe('a damaged document is left out with its reason', () => {
  it.each<readonly [what: string, id: string, body: Json, reason: RegExp]>([
    ['a price of nothing', 'product/a', product('a', 2, { priceCents: 0 }), /priceCents/],
    ['a negative price', 'product/a', product('a', 2, { priceCents: -129 }), /priceCents/],
    ['half a cent', 'product/a', product('a', 2, { priceCents: 12.5 }), /priceCents/],
    ['a price that is not the newest', 'product/a', product('a', 2, { priceCents: 139 }), /price in force/],
    ['a history in the wrong order', 'product/a', product('a', 2, { priceHistory: [{ from: '2026-01-01', cents: 129 }, { from: '2026-02-01', cents: 149 }] }), /newest first/],
    ['no history', 'product/a', product('a', 2, { priceHistory: [] }), /priceHistory/],
    ['30 February', 'product/a', product('a', 2, { priceHistory: [{ from: '2026-02-30', cents: 129 }] }), /priceHistory/],
    ['a tax rate of another country', 'product/a', product('a', 2, { taxRateBps: 2000 }), /2000 is no rate of DE/],
    ['the number of another article', 'product/b2', product('b2', 1), /1 belongs to product\/b/],
    ['another article inside', 'product/a', product('c', 2), /holds c/],
    ['a picture of another origin', 'product/a', product('a', 2, { picture: 'https://elsewhere/a.svg' }), /picture/],
    ['a picture outside its folder', 'product/a', product('a', 2, { picture: '/pictures/../x.svg' }), /picture/],
    ['an unknown field', 'product/a', product('a', 2, { colour: 'red' }), /colour/],
    ['a name without English', 'product/a', product('a', 2, { name: { de: 'Apfel' } }), /name/],
    ['contents of nothing', 'product/a', product('a', 2, { contents: { amount: 0, unit: 'g' } }), /contents/],
    ['half an egg', 'product/a', product('a', 2, { contents: { amount: 0.5, unit: 'piece' } }), /contents/],
    ['text instead of an article', 'product/a', 'apple', /object/i],
    ['an effect nobody knows', 'offer/x', offer('x', 2, { effects: [{ type: 'magic' }] }), /effects/],
    ['no effect', 'offer/x', offer('x', 2, { effects: [] }), /effects/],
    ['more than 100 %', 'offer/x', offer('x', 2, { effects: [{ type: 'unitDiscount', value: { percent: '120' } }] }), /effects/],
    ['a percent that is a number', 'offer/x', offer('x', 2, { effects: [{ type: 'unitDiscount', value: { percent: 10 } }] }), /effects/],
    ['a window without a zone', 'offer/x', offer('x', 2, { window: { from: '2026-01-01' } }), /window/],
    ['an eighth day of the week', 'offer/x', offer('x', 2, { when: { type: 'weekday', days: [8] } }), /when/],
    ['the number of another offer', 'offer/z', offer('z', 2), /2 belongs to offer\/x/],
    ['a category without a name', 'category/fruit', { id: 'fruit', parent: null, picture: '/pictures/fruit.svg', order: 1 }, /name/],
  ])('%s', (_what, id, body, reason) => {
    const assortment = assortmentOf({ ...sound, [id]: body })
    expect(assortment.damaged).toHaveLength(1)
    expect(assortment.damaged[0]).toMatchObject({ id, reason: expect.stringMatching(reason) })
    expect(assortment.products.length + assortment.offers.length + assortment.categories.length).toBe(Object.hasOwn(sound, id) ? 4 : 5)
  })
  it('conditions nested a thousand deep', () => {
    const deep = Array.from({ length: 1000 }).reduce<Body>((inner) => ({ type: 'not', of: inner }), { type: 'never' })
    expect(assortmentOf({ ...sound, 'offer/x': offer('x', 2, { when: deep }) }).damaged).toEqual([{ id: 'offer/x', reason: 'nested deeper than 24' }])
  })
  it('a survey whose opening question is no single tap, and the touchpoint that asks it', () => {
    const items = { ...sound, 'survey/visit': { id: 'visit', opening: { id: 'q', kind: 'text', text: { de: 'Wie?', en: 'How?' } }, followUps: [], contact: true } }
    expect(documentsToSurveys(items)).toEqual([])
    expect(documentsToTouchpoints(items)).toEqual([])
    expect(findDamage(items).map(({ id }) => id)).toEqual(['survey/visit', 'touchpoint/till'])
  })
  it('a brand colour that would load something', () => {
    const items = { ...sound, 'brand/main': { name: 'E', claim: { de: 'N', en: 'N' }, light: { brand: 'url(//elsewhere)' }, dark: {} } }
    expect(documentsToBrand(items)).toMatchObject({ ok: false, error: { type: 'DocumentDamaged', id: 'brand/main' } })
  })
  it('a kind nobody knows is only named before publishing; devices skip it', () => {
    const items = { ...sound, 'poem/1': 'roses' }
    expect(findDamage(items)).toEqual([{ id: 'poem/1', reason: 'unknown kind of document' }])
    expect(assortmentOf(items).damaged).toEqual([])
  })
})

describe('a release that is read beforehand', () => {
  it('takes one step a document, and no document is looked at again', () => {
    const looks: string[] = []
    const watched = (name: string, body: Body): Body => new Proxy(body, { get: (of, key) => (looks.push(name), Reflect.get(of, key) as Json) })
    const items: Documents = { ...sound, 'product/a': watched('a', product('a', 2)), 'product/b': watched('b', product('b', 1)) }
    expect([...readInSteps(items)]).toHaveLength(Object.keys(items).length)
    expect(new Set(looks)).toEqual(new Set(['a', 'b']))
    looks.length = 0
    expect(assortmentOf(items).products.map(({ sku }) => sku)).toEqual(['b', 'a'])
    expect(looks).toEqual([])
  })
  it('names the same damage as one that is not', () => {
    const items: Documents = { ...sound, 'product/a': product('a', 2, { number: -1 }), 'product/c': product('a', 3), 'poem/1': 'roses', 'category/none': null }
    for (const _ of readInSteps(items)) void _
    expect(assortmentOf(items).damaged).toEqual(assortmentOf(structuredClone(items)).damaged)
    expect(assortmentOf(items).damaged.map(({ id }) => id)).toEqual(['category/none', 'product/a', 'product/c'])
  })
  it('tells one body under two names apart', () => {
    const body = product('a', 2)
    expect(readDocument('product', 'product/a', body).ok).toBe(true)
    expect(readDocument('product', 'product/b', body)).toMatchObject({ ok: false, error: { reason: 'holds a' } })
  })
})

describe('whatever a document holds', () => {
  it('reading it answers, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom('product', 'offer', 'store', 'survey'), fc.jsonValue({ maxDepth: 40 }), (kind, body) => {
        expect(typeof readDocument(kind, `${kind}/x`, body as Json).ok).toBe('boolean')
      }),
    )
  })
  it('a sound one with any single field replaced either still reads or is named', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(product('a', 2))), fc.jsonValue(), (field, value) => {
        const assortment = assortmentOf({ ...sound, 'product/a': product('a', 2, { [field]: value as Json }) })
        expect(assortment.products.length + assortment.damaged.length).toBe(2)
      }),
    )
  })
})
