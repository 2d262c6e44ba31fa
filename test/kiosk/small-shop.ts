/** A shop small enough to price by head: milk 1.00 €, juice 2.00 € with 0.25 € deposit, cheese 10.00 €. */
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { Documents } from '#shared/sync/release.ts'

const article = (sku: string, number: number, priceCents: number, more: { readonly [key: string]: Json } = {}): Json => ({
  sku,
  number,
  name: { de: `${sku} de`, en: `${sku} en` },
  brand: null,
  category: 'food',
  taxons: ['food', sku],
  priceCents,
  priceHistory: [{ from: '2026-01-01', cents: priceCents }],
  taxRateBps: 700,
  contents: { amount: 500, unit: 'g' },
  depositCents: 0,
  ean: '4006381333931',
  picture: '/pictures/milk.svg',
  stock: { pieces: 12, at: Date.UTC(2026, 10, 24, 8) },
  shelf: { aisle: 3, name: { de: 'Regal', en: 'Shelf' } },
  perishable: false,
  synonyms: [],
  alsoBought: [],
  ...more,
})

const offer = (id: string, number: number, rest: { readonly [key: string]: Json }, certainty = 'exact'): Json => ({
  offer: { id, enabled: true, ...rest },
  number,
  title: { de: `${id} de`, en: `${id} en` },
  summary: { de: id, en: id },
  badge: { de: `Nr. ${number}`, en: `No. ${number}` },
  picture: '/pictures/milk.svg',
  certainty,
})

const survey: Json = {
  id: 'visit',
  opening: { id: 'how', kind: 'csat5', text: { de: 'Wie war es?', en: 'How was it?' } },
  followUps: [
    { id: 'why', kind: 'choice', text: { de: 'Warum?', en: 'Why?' }, options: [{ id: 'queue', text: { de: 'Schlange', en: 'Queue' } }, { id: 'price', text: { de: 'Preis', en: 'Price' } }], onlyIf: { from: 1, to: 3 } },
    { id: 'words', kind: 'text', text: { de: 'Noch etwas?', en: 'Anything else?' } },
  ],
  contact: true,
}

const { 'policies/main': policies, 'store/main': store, 'brand/main': brand } = demoDocuments('2026-11-24' as Day)

export const SMALL_SHOP: Documents = {
  'policies/main': policies!,
  'store/main': store!,
  'brand/main': brand!,
  'category/food': { id: 'food', parent: null, name: { de: 'Essen', en: 'Food' }, picture: '/pictures/milk.svg', order: 1 },
  'product/milk': article('milk', 1, 100),
  'product/juice': article('juice', 2, 200, { depositCents: 25, ean: '96385074' }),
  'product/cheese': article('cheese', 3, 1000),
  'offer/juice-10': offer('juice-10', 1, { window: { from: '2026-11-20T00:00:00Z', until: '2026-11-30T22:59:59Z' }, effects: [{ type: 'lineDiscount', value: { percent: '10' }, select: { taxons: ['juice'] } }] }),
  'offer/five-from-20': offer('five-from-20', 2, { when: { type: 'subtotal', amountMinor: 2000 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 500 } }] }),
  'offer/code': offer('code', 3, { trigger: { type: 'code', codes: ['KAESE'] }, effects: [{ type: 'lineDiscount', value: { amountMinor: 100 }, select: { taxons: ['cheese'] } }] }),
  'offer/members': offer('members', 4, { when: { type: 'customerGroup', in: ['members'] }, effects: [{ type: 'orderDiscount', value: { percent: '5' } }] }, 'checkout'),
  'offer/over': offer('over', 5, { window: { until: '2026-11-01T00:00:00Z' }, effects: [{ type: 'orderDiscount', value: { percent: '50' } }] }),
  'survey/visit': survey,
}
