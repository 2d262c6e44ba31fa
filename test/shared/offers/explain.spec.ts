import { describe, expect, it } from 'vitest'
import type { OfferId } from '#shared/kernel/ids.ts'
import { explainLine, explainNext, explainVerdict, explainWindow } from '#shared/offers/explain.ts'
import type { Telling } from '#shared/offers/telling.ts'
import { formatMoney } from '#shared/offers/format-money.ts'
import type { Missing, Verdict } from '#shared/offers/priced-basket.ts'

const id = 'ten' as OfferId
const names = { offer: (one: string) => (one === 'ten' ? '10 % auf alles' : 'Sommerfest'), product: (sku: string) => ({ tea: 'Tee', cup: 'Tasse' })[sku] ?? sku, taxon: (one: string) => ({ fruit: 'Obst' })[one] ?? one }
const telling = (language: 'de' | 'en', more: Partial<Telling> = {}): Telling => ({ language, names, timeZone: 'Europe/Berlin', ...more })
/** The no-break space before the symbol reads like any other here. */
const plain = (sentence: string): string => sentence.replaceAll('\u00a0', ' ')
const both = (verdict: Verdict, more: Partial<Telling> = {}): readonly string[] => [explainVerdict(verdict, telling('de', more)), explainVerdict(verdict, telling('en', more))].map(plain)
const missed = (...missing: readonly Missing[]): Verdict => ({ offerId: id, status: 'missed', missing })

describe('what is missing, in a sentence', () => {
  it('money', () => {
    expect(both(missed({ type: 'amount', minor: 410 }))).toEqual(['Noch 4,10 €, dann: 10 % auf alles', '€4.10 more, then: 10 % auf alles'])
  })
  it('pieces', () => {
    expect(both(missed({ type: 'quantity', pieces: 2 }))).toEqual(['Noch 2 Stück, dann: 10 % auf alles', '2 more, then: 10 % auf alles'])
    expect(both(missed({ type: 'quantity', pieces: 2, select: { taxons: ['fruit'] } }))).toEqual(['Noch 2 Stück (Obst), dann: 10 % auf alles', '2 more (Obst), then: 10 % auf alles'])
    expect(both(missed({ type: 'product', select: { skus: ['tea', 'cup'] } }))[0]).toBe('Noch 1 Stück (Tee oder Tasse), dann: 10 % auf alles')
    expect(both(missed({ type: 'product', select: { skus: ['tea', 'cup', 'pot'] } }))).toEqual(['Noch 1 Stück (Tee oder 2 weitere), dann: 10 % auf alles', '1 more (Tee or 2 others), then: 10 % auf alles'])
  })
  it('several things in one sentence, limits first', () => {
    expect(both(missed({ type: 'code' }, { type: 'amount', minor: 700 }, { type: 'quantity', pieces: 1 }))).toEqual(['Mit Code · Noch 7,00 € und 1 Stück, dann: 10 % auf alles', 'With a code · €7.00 more and 1 more, then: 10 % auf alles'])
  })
  it('days and hours', () => {
    expect(both(missed({ type: 'weekday', days: [6] }))).toEqual(['Gilt nur samstags', 'Only on Saturdays'])
    expect(both(missed({ type: 'weekday', days: [1, 3] }))).toEqual(['Gilt nur montags und mittwochs', 'Only on Mondays and Wednesdays'])
    expect(both(missed({ type: 'weekday', days: [5, 1, 2, 3, 4] }))).toEqual(['Gilt nur montags bis freitags', 'Only Mondays to Fridays'])
    expect(both(missed({ type: 'timeOfDay', fromMinute: 1020, untilMinute: 1140 }))).toEqual(['Gilt nur von 17:00 bis 19:00 Uhr', 'Only from 17:00 to 19:00'])
    expect(both(missed({ type: 'timeOfDay', fromMinute: 1020, untilMinute: 1440 }))).toEqual(['Gilt nur ab 17:00 Uhr', 'Only from 17:00'])
  })
  it('who, and that the checkout takes it off', () => {
    const member = missed({ type: 'customerGroup', in: ['member'] })
    expect(both(member)).toEqual(['Mit Kundenkarte', 'With a loyalty card'])
    expect(both(member, { certainty: 'checkout' })).toEqual(['Mit Kundenkarte – wird an der Kasse abgezogen', 'With a loyalty card – taken off at the checkout'])
    expect(both(missed({ type: 'birthday' }), { certainty: 'checkout' })).toEqual(['Zum Geburtstag – wird an der Kasse abgezogen', 'On your birthday – taken off at the checkout'])
    expect(both(missed({ type: 'customerGroup', in: ['member'] }, { type: 'birthday' }), { certainty: 'checkout' })[0]).toBe('Mit Kundenkarte · Zum Geburtstag – wird an der Kasse abgezogen')
    expect(both(missed({ type: 'nthOrder', n: 1 }))).toEqual(['Bei der ersten Bestellung', 'On the first order'])
  })
  it('or that nothing helps', () => {
    expect(both(missed({ type: 'unmeetable' }))).toEqual(['Gilt nicht für diesen Warenkorb', 'Not for this basket'])
  })
})

describe('other verdicts, in a sentence', () => {
  it('applied', () => {
    expect(both({ offerId: id, status: 'applied', amountMinor: 120 })).toEqual(['1,20 € gespart', '€1.20 saved'])
    expect(both({ offerId: id, status: 'applied', amountMinor: 0, gifts: [{ sku: 'cup', quantity: 1 }] })).toEqual(['Gratis dazu: 1 × Tasse', 'Free with it: 1 × Tasse'])
  })
  it('the next step', () => {
    const verdict: Verdict = { offerId: id, status: 'applied', amountMinor: 1, next: [{ type: 'quantity', pieces: 1 }] }
    expect([explainNext(verdict, telling('de')), explainNext(verdict, telling('en'))]).toEqual(['Noch 1 Stück bis zum nächsten Vorteil', '1 more to the next saving'])
    expect(explainNext({ offerId: id, status: 'without effect' }, telling('de'))).toBeNull()
  })
  it('displaced, without effect', () => {
    expect(both({ offerId: id, status: 'displaced', by: 'x' as OfferId })).toEqual(['Durch ‹Sommerfest› ersetzt', 'Replaced by ‹Sommerfest›'])
    expect(both({ offerId: id, status: 'without effect' })[0]).toBe('Hier bleibt nichts mehr abzuziehen')
  })
  it('inactive, with the day in the time zone of the store', () => {
    expect(both({ offerId: id, status: 'inactive', why: 'not yet', at: '2026-11-30T23:00:00Z' })).toEqual(['Ab 1. Dezember', 'From 1 December'])
    expect(both({ offerId: id, status: 'inactive', why: 'over', at: '2026-11-30T22:59:59Z' })).toEqual(['Beendet seit 30. November', 'Ended on 30 November'])
    expect((['disabled', 'channel', 'currency', 'exhausted'] as const).map((why) => both({ offerId: id, status: 'inactive', why })[0])).toEqual(['Zurzeit nicht gültig', 'Gilt hier nicht', 'Gilt nicht in dieser Währung', 'Aufgebraucht'])
  })
  it('windows', () => {
    expect(explainWindow({ window: { from: '2026-11-30T23:00:00Z', until: '2026-12-24T22:59:59Z' } }, telling('de'))).toBe('1. Dezember bis 24. Dezember')
    expect(explainWindow({ window: { until: '2026-12-24T23:00:00Z' } }, telling('en'))).toBe('Until 24 December')
    expect(explainWindow({ window: { from: '2026-12-24T12:00:00Z' } }, telling('de'))).toBe('Ab 24. Dezember, 13:00 Uhr')
    expect(explainWindow({}, telling('de'))).toBeNull()
  })
  it('the reductions of a line', () => {
    expect(explainLine({ reductions: [{ offerId: id, amountMinor: 120 }] }, telling('de')).map(plain)).toEqual(['10 % auf alles −1,20 €'])
  })
})

describe('money', () => {
  it.each([
    [410, '4,10 €', '€4.10'], [5, '0,05 €', '€0.05'], [0, '0,00 €', '€0.00'], [-120, '−1,20 €', '−€1.20'], [123456789, '1.234.567,89 €', '€1,234,567.89'], [0.5, '0,01 €', '€0.01'],
  ])('%d', (minor, german, english) => {
    expect([formatMoney(minor, 'de'), formatMoney(minor, 'en')]).toEqual([german.replace(' ', '\u00a0'), english])
  })
  it('of other currencies', () => {
    expect([formatMoney(100, 'de', 'CHF'), formatMoney(100, 'en', 'CHF'), formatMoney(100, 'en', 'USD')]).toEqual(['1,00\u00a0CHF', 'CHF\u00a01.00', '$1.00'])
    expect([formatMoney(12_345, 'de', 'JPY'), formatMoney(0, 'en', 'JPY'), formatMoney(12_345, 'de', 'KWD'), formatMoney(-1, 'en', 'KWD')]).toEqual(['12.345\u00a0JPY', 'JPY\u00a00', '12,345\u00a0KWD', '\u2212KWD\u00a00.001'])
  })
})
