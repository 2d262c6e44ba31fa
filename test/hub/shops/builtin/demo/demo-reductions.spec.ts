import { describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { SOURCE_ENDS } from '#hub/shops/builtin/demo/demo-products.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Channel } from '#shared/basket/quote.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'

/** The shop on the days of the source, without offers of ours. */
const items = Object.fromEntries(Object.entries(demoDocuments(SOURCE_ENDS)).filter(([id]) => !id.startsWith('offer/')))
const read = documentsToAssortment({ hash: '', items })
if (!read.ok) throw new Error('the demo shop has no store')
const shop = read.value

const announcedOn = (sku: string, day: string, channel: Channel) =>
  quoteBasket({ lines: [{ sku: sku as Sku, quantity: 1 }], codes: [], delivery: 'pickup' }, shop, { now: millis(Date.parse(`${day}T11:00:00Z`)), channel, clockVerified: true }).lines[0]!.announced

/** Worked out by a second program, day by day, from the source: reduced on, price, price before, lowest of 30 days, percent (0: nothing may be said). */
const TRUTH: readonly (readonly [sku: string, since: string, priceCents: number, previousCents: number, lowestCents: number, percent: number])[] = [
  ['00-479407', '2023-05-15', 279, 299, 299, 6],
  ['00-511983', '2023-03-30', 499, 509, 382, 0],
  ['00-631807', '2023-06-15', 75, 89, 67, 0],
  ['00-721450', '2023-06-15', 75, 89, 67, 0],
  ['00-767924', '2023-06-22', 279, 349, 262, 0],
  ['00-779372', '2023-06-07', 55, 65, 65, 15],
  ['00-953957', '2023-06-22', 129, 169, 169, 23],
  ['1807332', '2023-04-21', 899, 949, 949, 5],
  ['2020002525040', '2023-05-15', 275, 279, 279, 1],
  ['2020003205781', '2023-03-23', 145, 149, 145, 0],
  ['2020003611001', '2023-05-15', 275, 279, 279, 1],
  ['2020003730771', '2023-06-01', 139, 149, 149, 6],
  ['2020004318688', '2023-05-05', 169, 175, 175, 3],
  ['3573648', '2023-05-15', 75, 79, 79, 5],
  ['5675357', '2023-05-05', 129, 135, 135, 4],
  ['6211752', '2023-06-13', 129, 159, 159, 18],
  ['6753672', '2023-05-15', 75, 79, 79, 5],
  ['7403262', '2023-06-26', 249, 299, 299, 16],
]

describe('the eighteen real reductions, told by the one rule', () => {
  it.each(TRUTH)('%s on %s: %i after %i, lowest %i: %i %%', (sku, since, priceCents, previousCents, lowestCents, percent) => {
    for (const channel of ['store', 'web'] as const) {
      const announced = announcedOn(sku, since, channel)
      expect(announced).toMatchObject({ since, priceCents, previousCents, lowestCents, mayAnnounce: percent > 0 })
      expect(announced!.badge).toEqual(percent > 0 ? { de: `−${percent} %`, en: `−${percent}%` } : null)
    }
  })
  it('five had been cheaper within the thirty days, and of those five none may be announced', () => {
    const cheaper = TRUTH.filter(([, , , previous, lowest]) => lowest < previous)
    expect(cheaper).toHaveLength(5)
    expect(cheaper.map(([sku, since]) => announcedOn(sku, since, 'store')!.mayAnnounce)).toEqual([false, false, false, false, false])
  })
  it('are all there are: every other article of the 177 announces nothing on the last day of the source', () => {
    const known = new Set(TRUTH.map(([sku]) => sku))
    expect(shop.products.filter(({ sku }) => !known.has(sku) && announcedOn(sku, SOURCE_ENDS, 'store') !== null)).toEqual([])
  })
  it('stop being news after thirty days, and keep their reference until then', () => {
    expect(announcedOn('00-953957', '2023-07-21', 'store')).toMatchObject({ since: '2023-06-22', percent: 23 })
    expect(announcedOn('00-953957', '2023-07-22', 'store')).toBeNull()
  })
})
