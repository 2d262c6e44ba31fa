import { describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { DEMO_MEMBERS } from '#hub/shops/builtin/demo/demo-members.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { QuoteFacts } from '#shared/basket/quote.ts'
import { priorPriceOfOffer } from '#shared/catalogue/prior-price.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { localTime, millis, type Day } from '#shared/kernel/time.ts'
import { matchesFilter } from '#shared/offers/filter.ts'
import { pricingLineOf } from '#shared/basket/pricing-of-basket.ts'
import { rational } from '#shared/kernel/rational.ts'
import type { Filter } from '#shared/offers/offer.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'

/** A Friday. */
const TODAY = '2026-11-20' as Day
const read = documentsToAssortment({ hash: '', items: demoDocuments(TODAY) })
if (!read.ok) throw new Error('the demo shop has no store')
const shop = read.value

const NOON: QuoteFacts = { now: millis(Date.parse('2026-11-20T11:00:00Z')), channel: 'store', clockVerified: true }
const EVENING: QuoteFacts = { ...NOON, now: millis(Date.parse('2026-11-20T17:30:00Z')) }
const basket = (lines: { readonly [sku: string]: number }, more: Partial<Basket> = {}): Basket => ({
  lines: Object.entries(lines).map(([sku, quantity]) => ({ sku: sku as Sku, quantity })),
  codes: [],
  delivery: 'pickup',
  ...more,
})
const savings = (given: Basket, facts: QuoteFacts = NOON): { readonly [offer: string]: number } =>
  Object.fromEntries(quoteBasket(given, shop, facts).applied.map((reason) => [reason.offer.offer.id, reason.cents]))

describe('the offers of the demo shop', () => {
  it('are fourteen, numbered, two of them left to the checkout', () => {
    expect(shop.offers.map((one) => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
    expect(shop.offers.filter((one) => one.certainty === 'checkout').map((one) => one.offer.id)).toEqual(['members-5', 'birthday-10'])
  })
  it('run today, from midnight to midnight of the store, summer or winter', () => {
    for (const { offer } of shop.offers) {
      if (!offer.window) continue
      const from = localTime(millis(Date.parse(offer.window.from!)), 'Europe/Berlin')
      const until = localTime(millis(Date.parse(offer.window.until!) + 1000), 'Europe/Berlin')
      expect([from.hour, from.minute, until.hour, until.minute]).toEqual([0, 0, 0, 0])
      expect(from.day <= TODAY && until.day > TODAY).toBe(true)
    }
  })
  it.each<readonly [what: string, given: Basket, saved: { readonly [offer: string]: number }, facts: QuoteFacts]>([
    ['percent: two juices of 2.39 € are 96 cents cheaper', basket({ '00-521422': 2 }), { 'juice-20': 96 }, NOON],
    ['amount: 1 € off a Parmigiano', basket({ '2020003529399': 1 }), { 'parmesan-1': 100 }, NOON],
    ['tiers: one tub nothing', basket({ '00-462682': 1 }), {}, NOON],
    ['tiers: two tubs of 4.99 € 10 %', basket({ '00-462682': 1, '00-715158': 1 }), { 'ice-cream-tiers': 100 }, NOON],
    ['tiers: four tubs 20 %', basket({ '00-462682': 4 }), { 'ice-cream-tiers': 399 }, NOON],
    ['cheapest: of four yoghurts the one at 0.75 €', basket({ '00-631807': 3, '00-573853': 1 }), { 'yoghurt-cheapest': 75 }, NOON],
    ['X for Y: two bottles nothing', basket({ '00-577500': 2 }), {}, NOON],
    ['X for Y: of six bottles at 1.19 € two are free', basket({ '00-577500': 3, '2020002518158': 3 }), { 'tonic-3-for-2': 238 }, NOON],
    ['bundle: dough 2.29 € and mozzarella 1.59 € for 2.99 €', basket({ '00-568680': 1, '00-946692': 1 }), { 'pizza-evening': 89 }, NOON],
    ['bundle: two pairs, two prices', basket({ '00-568680': 2, '00-946692': 1, '7995545': 1 }), { 'pizza-evening': 188 }, NOON],
    ['time of day: two sandwiches at noon cost what they cost', basket({ '00-773935': 1, '2431420': 1 }), {}, NOON],
    ['time of day: after five the second is half price', basket({ '00-773935': 1, '2431420': 1 }), { 'sandwich-evening': 115 }, EVENING],
    ['basket threshold: 59.90 € is 5 € less', basket({ '00-451182': 1 }), { 'basket-50': 500 }, NOON],
    ['code: 10 % in place of the 5 €', basket({ '00-451182': 1 }, { codes: ['LINDE10'] }), { linde10: 599 }, NOON],
    ['code: never more than 10 €', basket({ '00-451182': 2 }, { codes: ['LINDE10'] }), { linde10: 1000 }, NOON],
    ['free delivery: 62.39 €', basket({ '00-451182': 1, '00-402489': 1 }, { delivery: 'home' }), { 'basket-50': 500, 'free-delivery': 490 }, NOON],
  ])('%s', (_what, given, saved, facts) => {
    expect(savings(given, facts)).toEqual(saved)
  })
  it('limited: two cakes of 2.79 € are 2 € less where a use is held, and left to the checkout where none is', () => {
    const cakes = basket({ '00-715960': 1, '5143559': 1 })
    expect(savings(cakes, { ...NOON, units: { 'cakes-200': 1 } })).toEqual({ 'cakes-200': 200 })
    expect(savings(cakes)).toEqual({})
    expect(quoteBasket(cakes, shop, NOON).atCheckout.filter(({ why }) => why === 'limit').map(({ offer }) => offer.offer.id)).toEqual(['cakes-200'])
  })
  it('gift: two packs of sausages bring a sauerkraut', () => {
    expect(quoteBasket(basket({ '00-767924': 2 }), shop, NOON).gifts.map((gift) => gift.sku)).toEqual(['2020003583308'])
  })
  it('members: 5 %, and on a birthday 10 % in its place', () => {
    const [january, , , , november] = DEMO_MEMBERS
    const as = (member: (typeof DEMO_MEMBERS)[number]): QuoteFacts => ({ ...NOON, customer: { id: member.number, groups: member.groups, birthday: member.birthday } })
    expect(savings(basket({ '2020003529399': 2 }), as(january!))).toEqual({ 'parmesan-1': 200, 'members-5': 60 })
    expect(savings(basket({ '2020003529399': 2 }), as(november!))).toEqual({ 'parmesan-1': 200, 'birthday-10': 120 })
  })
})

describe('the offers are lawful', () => {
  const selected = (select: Filter | undefined) =>
    shop.products.filter((one) => matchesFilter({ line: pricingLineOf({ product: one, quantity: 1 }), unit: rational(one.priceCents), reduced: false }, select, {}))
  const plain = shop.offers.filter(({ offer }) => !offer.when && !offer.trigger && offer.effects.some((effect) => effect.type === 'unitDiscount'))

  it('each plain reduction is against the lowest price of the 30 days before it began', () => {
    expect(plain.map(({ offer }) => offer.id)).toEqual(['juice-20', 'parmesan-1'])
    for (const { offer } of plain) {
      const since = localTime(millis(Date.parse(offer.window!.from!)), 'Europe/Berlin').day
      for (const effect of offer.effects) {
        if (effect.type !== 'unitDiscount') continue
        const articles = selected(effect.select)
        expect(articles.length).toBeGreaterThan(0)
        for (const one of articles) {
          const { totalCents } = quoteBasket(basket({ [one.sku]: 1 }), shop, NOON).lines[0]!
          const prior = priorPriceOfOffer(one, cents(totalCents), since)
          expect(prior).toMatchObject({ mayAnnounce: true, lowestCents: one.priceCents })
        }
      }
    }
  })
  it('every article they name is sold, every filter selects something', () => {
    const filters = JSON.stringify(shop.offers.map(({ offer }) => [offer.when, offer.effects]))
    for (const [, list] of filters.matchAll(/"skus":\[([^\]]*)\]/g)) for (const sku of JSON.parse(`[${list}]`)) expect(shop.productsBySku.has(sku)).toBe(true)
    for (const [, list] of filters.matchAll(/"taxons":\[([^\]]*)\]/g)) expect(selected({ taxons: JSON.parse(`[${list}]`) }).length).toBeGreaterThan(0)
  })
  it('no article is reduced by two offers of its own', () => {
    for (const one of shop.products) {
      const own = quoteBasket(basket({ [one.sku]: 12, '00-568680': 12, '00-946692': 12 }), shop, EVENING).lines[0]!
      const reasons = own.reasons.map((reason) => reason.offer.offer.id).filter((id) => id !== 'basket-50')
      expect(reasons.length, one.sku).toBeLessThanOrEqual(1)
    }
  })
  it('and nothing ever costs less than half, all offers and a birthday together', () => {
    const birthday: QuoteFacts = { ...EVENING, customer: { groups: ['lindenfreunde'], birthday: '11-22' } }
    for (const one of shop.products) {
      const quote = quoteBasket(basket({ [one.sku]: 6 }, { codes: ['LINDE10'] }), shop, birthday)
      expect(quote.itemsCents * 2, one.sku).toBeGreaterThanOrEqual(one.priceCents * 6)
    }
  })
})
