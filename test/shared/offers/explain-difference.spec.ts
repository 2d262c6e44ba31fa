import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfferId } from '#shared/kernel/ids.ts'
import { comparePrices, type PriceAccount } from '#shared/offers/compare-prices.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { explainDifference } from '#shared/offers/explain-difference.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { lineOf, offerOf, orderOff, percentOff, priced } from './builders.ts'
import { anyContext, anyOffers } from './offer-arbitraries.ts'

const names = { offer: (id: OfferId) => ({ ten: '10 % auf alles', five: '5 € Rabatt' })[id as string] ?? id, product: (sku: string) => ({ tea: 'Tee', cup: 'Tasse' })[sku] ?? sku, taxon: (id: string) => id }
const plain = (sentence: string): string => sentence.replaceAll('\u00a0', ' ')
const told = (ours: PriceAccount, theirs: PriceAccount, language: 'de' | 'en' = 'de'): readonly string[] =>
  explainDifference(comparePrices(ours, theirs), { language, names }, { ours: 'Kiosk', theirs: language === 'de' ? 'Online-Shop' : 'web shop' }).map(plain)
const [TEN, FIVE] = [offerOf('ten', percentOff('10')), offerOf('five', orderOff(500))]
const account = (offers: readonly Offer[], lines: readonly PricingLine[], policies?: Policies, more?: Partial<PricingContext>) => priced(offers, lines, more, policies)
const TEA = lineOf('tea', 249)

describe('two engines that say the same', () => {
  it('differ in nothing, and every step stands beside its own', () => {
    const comparison = comparePrices(account([TEN], [TEA]), account([TEN], [TEA]))
    expect(comparison).toMatchObject({ equal: true, byMinor: 0, differences: [] })
    expect(comparison.steps.map(({ ours, theirs, same }) => [ours?.amountMinor, theirs?.amountMinor, same])).toEqual([[25, 25, true]])
  })
  it('whatever the basket, also when only a total is told', () => {
    fc.assert(fc.property(anyOffers, anyContext, fc.constantFrom<Policies>(...Object.values(DIALECTS)), (offers, context, policies) => {
      const one = priced(offers, context.lines, context, policies)
      expect(comparePrices(one, structuredClone({ ...one, tax: one.tax, applied: one.applied, verdicts: one.verdicts })).differences).toEqual([])
      expect(comparePrices(one, { totalMinor: one.totalMinor }).equal).toBe(true)
    }), { numRuns: 200 })
  })
})

describe('what differs, with both amounts', () => {
  it('an offer that only one applied', () => {
    expect(told(account([TEN], [TEA]), account([], [TEA]))).toEqual(['Tee, Summe der Position: Kiosk 2,24 €, Online-Shop 2,49 €', '‹10 % auf alles› nur bei Kiosk: 0,25 €', 'Summe: Kiosk 2,24 €, Online-Shop 2,49 €; Unterschied 0,25 €'])
    expect(told(account([], [TEA]), account([TEN], [TEA]), 'en')).toEqual(['Tee, sum of the line: Kiosk €2.49, web shop €2.24', '‹10 % auf alles› only at web shop: €0.25', 'Total: Kiosk €2.49, web shop €2.24; difference €0.25'])
  })
  it('a percentage that was rounded differently', () => {
    const half = lineOf('tea', 245)
    expect(told(account([TEN], [half]), account([TEN], [half], DIALECTS.vendure))).toEqual(['Tee, Summe der Position: Kiosk 2,20 €, Online-Shop 2,21 €', '‹10 % auf alles› anders gerundet: Kiosk 0,25 €, Online-Shop 0,24 €', 'Summe: Kiosk 2,20 €, Online-Shop 2,21 €; Unterschied 0,01 €'])
  })
  it('an amount that was split differently: the total is right, the lines are not', () => {
    const lines = [lineOf('tea', 500), lineOf('cup', 500), lineOf('pot', 500)]
    expect(told(account([FIVE], lines), account([FIVE], lines, DIALECTS.sylius))).toEqual([
      'Tee, Summe der Position: Kiosk 3,33 €, Online-Shop 3,34 €',
      'pot, Summe der Position: Kiosk 3,34 €, Online-Shop 3,33 €',
      '‹5 € Rabatt› zieht beide Male 5,00 € ab, aber anders verteilt: Tee Kiosk 1,67 €, Online-Shop 1,66 €; pot Kiosk 1,66 €, Online-Shop 1,67 €',
    ])
  })
  it('an offer that takes off something else', () => {
    expect(told(account([offerOf('ten', percentOff('10'))], [TEA]), account([offerOf('ten', percentOff('20'))], [TEA]))[1]).toBe('‹10 % auf alles› zieht Verschiedenes ab: Kiosk 0,25 €, Online-Shop 0,50 €')
  })
  it('offers in another order', () => {
    const [first, second] = [offerOf('ten', { type: 'orderDiscount', value: { percent: '10' } }), FIVE]
    const lines = [lineOf('tea', 5000)]
    expect(told(account([first, second], lines), account([second, first], lines))).toEqual([
      'Tee, Summe der Position: Kiosk 40,00 €, Online-Shop 40,50 €',
      '‹10 % auf alles› zieht Verschiedenes ab: Kiosk 5,00 €, Online-Shop 4,50 €',
      'Andere Reihenfolge: Kiosk rechnet ‹10 % auf alles› vor ‹5 € Rabatt›, Online-Shop umgekehrt',
      'Summe: Kiosk 40,00 €, Online-Shop 40,50 €; Unterschied 0,50 €',
    ])
  })
  it('another price, quantity or article', () => {
    expect(told(account([], [TEA, lineOf('cup', 500)]), account([], [lineOf('tea', 259, 2)]))).toEqual([
      'Tee, Menge: Kiosk 1, Online-Shop 2', 'Tee, Preis je Stück: Kiosk 2,49 €, Online-Shop 2,59 €', 'Tee, Summe der Position: Kiosk 2,49 €, Online-Shop 5,18 €',
      'Nur Kiosk: Tasse, 5,00 €', 'Summe: Kiosk 7,49 €, Online-Shop 5,18 €; Unterschied 2,31 €',
    ])
  })
  it('the release, and a total that is all the other side tells', () => {
    expect(told({ version: '3f2a', totalMinor: 249 }, { version: '91bc', totalMinor: 250 })).toEqual(['Verschiedener Stand: Kiosk 3f2a, Online-Shop 91bc', 'Summe: Kiosk 2,49 €, Online-Shop 2,50 €; Unterschied 0,01 €'])
    expect(told({ version: '3f2a', totalMinor: 249 }, { version: '91bc', totalMinor: 250 }, 'en')).toEqual(['Different releases: Kiosk 3f2a, web shop 91bc', 'Total: Kiosk €2.49, web shop €2.50; difference €0.01'])
  })
  it('delivery, tax and the rounding for cash', () => {
    const delivered = (amountMinor: number) => account([], [TEA], undefined, { shipping: [{ id: 's', method: 'home', amountMinor }], tax: { pricesIncludeTax: true, rates: { standard: '19' } } })
    expect(told(delivered(490), delivered(590))).toEqual(['Lieferung: Kiosk 4,90 €, Online-Shop 5,90 €', 'Enthaltene Steuer: Kiosk 1,18 €, Online-Shop 1,34 €', 'Summe: Kiosk 7,39 €, Online-Shop 8,39 €; Unterschied 1,00 €'])
    const cash = account([], [TEA], undefined, { rounding: { at: 'order', mode: 'halfUp', intervalMinor: 5 } })
    expect(told(account([], [TEA]), cash)).toEqual(['Rundung der Summe: Kiosk 0,00 €, Online-Shop 0,01 €', 'Summe: Kiosk 2,49 €, Online-Shop 2,50 €; Unterschied 0,01 €'])
  })
})

describe('both traces side by side', () => {
  it('keep the order of either side', () => {
    const [mine, others] = [account([TEN, FIVE], [lineOf('tea', 5000)]), account([FIVE], [lineOf('tea', 5000)])]
    expect(comparePrices(mine, others).steps.map(({ ours, theirs, same }) => [ours?.offerId ?? null, theirs?.offerId ?? null, same])).toEqual([['ten', null, false], ['five', 'five', true]])
    expect(comparePrices(others, mine).steps.map(({ ours, theirs, same }) => [ours?.offerId ?? null, theirs?.offerId ?? null, same])).toEqual([[null, 'ten', false], ['five', 'five', true]])
  })
})
