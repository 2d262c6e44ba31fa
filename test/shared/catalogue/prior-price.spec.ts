import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowestPriceBefore, priorPrice, priorPriceOfOffer } from '#shared/catalogue/prior-price.ts'
import { cents } from '#shared/kernel/money.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'
import { history } from './product-builder.ts'

const day = (text: string): Day => text as Day
const article = (...entries: readonly (readonly [string, number])[]) => ({ priceHistory: history(...entries), perishable: false })

describe('a reduction is measured against the lowest price of the 30 days before it began', () => {
  it('1.29 € after 1.69 € for 40 days: 23 % from 1.69 €', () => {
    expect(priorPrice(article(['2023-06-22', 129], ['2023-05-13', 169], ['2023-04-29', 119]))).toEqual({
      since: '2023-06-22',
      priceCents: 129,
      previousCents: 169,
      lowestCents: 169,
      reductionBps: 2367,
      percent: 23,
      mayAnnounce: true,
      exempt: false,
    })
  })
  it('0.75 € after four days of 0.89 €, but 0.67 € a week before: nothing to announce, it became 11.94 % dearer', () => {
    const prior = priorPrice(article(['2023-06-15', 75], ['2023-06-11', 89], ['2023-06-07', 67], ['2023-04-29', 89]))
    expect(prior).toMatchObject({ previousCents: 89, lowestCents: 67, reductionBps: -1194, mayAnnounce: false })
  })
  it('1.45 € after 1.49 €, but 1.45 € within the 30 days: no reduction is left', () => {
    expect(priorPrice(article(['2023-03-23', 145], ['2023-03-01', 149], ['2022-09-30', 145]))).toMatchObject({ lowestCents: 145, reductionBps: 0, mayAnnounce: false })
  })
  it('the price in force on the 30th day before still counts, the one that ended the day before it does not', () => {
    expect(priorPrice(article(['2026-03-31', 80], ['2026-03-02', 100], ['2026-01-01', 60]))!.lowestCents).toBe(60)
    expect(priorPrice(article(['2026-03-31', 80], ['2026-03-01', 100], ['2026-01-01', 60]))!.lowestCents).toBe(100)
  })
  it('an article sold for less than 30 days is measured against what it cost since', () => {
    expect(priorPrice(article(['2026-03-31', 80], ['2026-03-20', 100]))).toMatchObject({ lowestCents: 100, percent: 20, mayAnnounce: true })
  })
  it('the printed percent is rounded down: 1.00 € to 0.805 … never promises more', () => {
    expect(priorPrice(article(['2026-03-31', 667], ['2026-01-01', 1000]))).toMatchObject({ percent: 33, reductionBps: 3330 })
    expect(priorPrice(article(['2026-03-31', 1], ['2026-01-01', 1000]))!.percent).toBe(99)
  })
  it('a raised price, a first price and a repeated price are no reduction', () => {
    expect(priorPrice(article(['2026-03-31', 120], ['2026-01-01', 100]))).toBeNull()
    expect(priorPrice(article(['2026-03-31', 120]))).toBeNull()
    expect(priorPrice(article(['2026-03-31', 100], ['2026-01-01', 100]))).toBeNull()
  })
  it('a repeated price does not start the reduction anew', () => {
    expect(priorPrice(article(['2026-03-31', 80], ['2026-03-10', 80], ['2026-01-01', 100]))).toMatchObject({ since: '2026-03-10', previousCents: 100 })
  })
})

describe('exceptions', () => {
  const steps = [['2026-03-31', 60], ['2026-03-20', 80], ['2026-01-01', 100]] as const
  it('steps of one announced reduction keep the price before the first step: 40 % from 1.00 €', () => {
    expect(priorPrice(article(...steps), { stepwise: true })).toMatchObject({ since: '2026-03-20', previousCents: 100, lowestCents: 100, percent: 40 })
  })
  it('without that announcement the first step counts: 25 % from 0.80 €', () => {
    expect(priorPrice(article(...steps))).toMatchObject({ since: '2026-03-31', lowestCents: 80, percent: 25 })
  })
  it('perishables reduced for that reason are measured against the price just before', () => {
    const prior = priorPrice({ ...article(['2023-06-15', 75], ['2023-06-11', 89], ['2023-06-07', 67]), perishable: true })
    expect(prior).toMatchObject({ exempt: true, mayAnnounce: true, percent: 15, lowestCents: 67 })
  })
})

describe('an unconditional offer is a reduction from its first day on', () => {
  it('1.00 € off 6.99 € since 1 March, 5.99 € in February: nothing may be announced', () => {
    const prior = priorPriceOfOffer(article(['2026-02-20', 699], ['2026-01-01', 599]), cents(599), day('2026-03-01'))
    expect(prior).toMatchObject({ lowestCents: 599, mayAnnounce: false })
  })
  it('20 % off a steady 2.39 € is 20 %', () => {
    expect(priorPriceOfOffer(article(['2025-01-01', 239]), cents(191), day('2026-03-01'))).toMatchObject({ lowestCents: 239, percent: 20, mayAnnounce: true })
  })
  it('nothing is known of an article first sold that day', () => {
    expect(priorPriceOfOffer(article(['2026-03-01', 239]), cents(191), day('2026-03-01'))).toBeNull()
  })
})

describe('the lowest price before a day', () => {
  const changes = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 999 })), { minLength: 1, maxLength: 30, selector: ([at]) => at })
  it('equals the minimum of a walk day by day, for any history', () => {
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 95 }), (raw, at) => {
        const start = day('2026-01-01')
        const entries = raw.toSorted(([a], [b]) => b - a).map(([offset, price]) => ({ from: addDays(start, offset), cents: cents(price) }))
        const asked = addDays(start, at)
        const walked = Array.from({ length: 30 }, (_, i) => addDays(asked, -1 - i)).flatMap((on) => entries.find((entry) => entry.from <= on)?.cents ?? [])
        expect(lowestPriceBefore(entries, asked)).toBe(walked.length === 0 ? null : Math.min(...walked))
      }),
    )
  })
})
