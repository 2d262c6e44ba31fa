import { describe, expect, it } from 'vitest'
import { judgeCase, type OfferCase } from '#hub/tools/conformance/judge-case.ts'
import { ASKED_PER_MINUTE, PROBES_PER_HOUR } from '#hub/use-cases/parity/watch-parity.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { article, offerOf, perRate, promotion, snapshotOf } from '../shops/paper-shop.ts'
import { basketOf, KIOSK, MANAGER, parityBench } from './parity-bench.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const nothing = { equal: 0, different: 0, left: 0, passed: 0, apartMinor: 0 }
const tenPercent = offerOf('1', [{ type: 'orderDiscount', value: { percent: '10' } }])
const fiveEuros = offerOf('2', [{ type: 'orderDiscount', value: { amountMinor: 500 } }])
const both = (offers: readonly [typeof tenPercent, typeof tenPercent]) => snapshotOf({ promotions: [promotion('1'), promotion('2')], translated: { offers, notComputable: [], warnings: [] } })

/** A store that has taken its shop over, with one basket handed over after `plant`. */
const withFault = async (plant: (bench: ReturnType<typeof parityBench>) => void, snapshot = snapshotOf(), basket = basketOf({ A: 1, B: 2 })) => {
  const bench = parityBench()
  bench.paper.says.snapshot = snapshot
  await bench.read()
  plant(bench)
  bench.handOver(basket)
  await bench.monitor.turn()
  const standing = bench.standing()
  return { ...bench, counts: standing.counts, alarms: standing.alarms }
}
const cheaper = (promotionId: string, by: number) => (quote: ShopQuote): ShopQuote => ({
  ...quote,
  discounts: quote.discounts.map((one) => (one.promotion === promotionId ? { ...one, minor: one.minor + by } : one)),
  lines: quote.lines.map((line, i) => (i === 0 ? { ...line, totalMinor: line.totalMinor - by } : line)),
  totalMinor: quote.totalMinor - by,
})

describe('a basket that was handed over', () => {
  it('counts once where kiosk, hub and shop say the same cents', async () => {
    const { counts, alarms, monitor, standing } = await withFault(() => undefined)
    expect([counts, alarms]).toEqual([{ handoff: { ...nothing, equal: 1 }, probe: nothing, cart: nothing }, []])
    await monitor.turn()
    expect(standing()).toMatchObject({ waiting: 0, since: expect.any(Number), counts: { handoff: { equal: 1 } }, shop: { name: 'paper', connected: true, trouble: null, report: { exact: [{ promotion: '1', name: 'Promotion 1' }], tried: { total: 60, equal: 60 } } } })
  })
  it('is an alarm with its cause where the shop rounds otherwise', async () => {
    const { counts, alarms, alarm } = await withFault(({ paper }) => void (paper.says.dialect = perRate), snapshotOf(), basketOf({ A: 1, C: 3 }))
    expect(counts.handoff).toMatchObject({ equal: 0, different: 1 })
    expect(alarms).toMatchObject([{ cause: 'rounding', detail: 'vendure-3-order-tax', source: 'handoff', baskets: 1, device: KIOSK.slice(0, 8), closed: false }])
    const told = alarm({ id: alarms[0]!.id })
    expect(told.ok && told.value.figures.filter(({ ours, shop }) => ours !== shop)).toEqual([
      { place: { type: 'tax' }, kiosk: 845, ours: 845, shop: 846 },
      { place: { type: 'total' }, kiosk: 5296, ours: 5296, shop: 5297 },
    ])
  })
  it('is one where an offer of the shop is missing here, and the shop is read again', async () => {
    const { alarms, looks, monitor, handOver } = await withFault(({ paper }) => void (paper.says.snapshot = both([tenPercent, fiveEuros])))
    expect(alarms).toMatchObject([{ cause: 'not synced', detail: '2', byMinor: -500, offers: [{ offer: '2', here: false, left: false }] }])
    handOver(basketOf({ C: 1 }))
    await monitor.turn()
    expect(looks()).toBe(1)
  })
  it('is one where the kiosk has an older release, with the kiosk and both releases', async () => {
    const { alarms, alarm } = await (async () => {
      const bench = parityBench()
      await bench.read()
      const old = bench.current()
      bench.paper.says.snapshot = snapshotOf({ articles: [article('A', '1', 1799), article('B', '2', 333, { taxPercent: 7 })] })
      await bench.read()
      bench.later(3 * MINUTE)
      bench.handOver(basketOf({ A: 1, B: 2 }), { assortment: old })
      await bench.monitor.turn()
      return { ...bench, alarms: bench.standing().alarms, old }
    })()
    expect(alarms).toMatchObject([{ cause: 'release', device: KIOSK.slice(0, 8), byMinor: -180 }])
    const told = alarm({ id: alarms[0]!.id })
    expect(told.ok && told.value.figures).toContainEqual({ place: { type: 'article', name: { de: 'Artikel A', en: 'Artikel A' }, quantity: 1 }, kiosk: 1799, ours: 1619, shop: null })
    expect(told.ok && told.value.releases.kiosk).not.toBe(told.ok && told.value.releases.ours)
  })
  it('is one where the shop changed a price in the meantime', async () => {
    const { alarms, looks } = await withFault(({ paper }) => void (paper.says.snapshot = snapshotOf({ articles: [article('A', '1', 1799), article('B', '2', 333, { taxPercent: 7 }), article('C', '3', 1295)] })))
    expect([alarms, looks()]).toMatchObject([[{ cause: 'price', detail: 'A 1999 → 1799', byMinor: -180 }], 1])
  })
  it('is one where the offers came in another order', async () => {
    const { alarms } = await withFault(({ paper }) => void (paper.says.snapshot = both([fiveEuros, tenPercent])), both([tenPercent, fiveEuros]))
    expect(alarms).toMatchObject([{ cause: 'order', detail: '2 → 1', byMinor: 50 }])
  })
  it('is one where one offer comes to another amount', async () => {
    const { alarms } = await withFault(({ paper }) => void (paper.says.bend = cheaper('1', 100)))
    expect(alarms).toMatchObject([{ cause: 'other kind', detail: '1', byMinor: -100, offers: [{ offer: '1', title: { de: 'Promotion 1' }, here: true, left: false }] }])
  })
  it('is one where the shop gives fewer pieces', async () => {
    const { alarms } = await withFault(({ paper }) => void (paper.says.bend = (quote) => ({ ...quote, lines: quote.lines.map((line) => (line.key === '2' ? { ...line, quantity: 1, beforeMinor: 333, totalMinor: 300 } : line)), totalMinor: quote.totalMinor - 300 })))
    expect(alarms).toMatchObject([{ cause: 'stock', detail: 'B 1/2' }])
  })
  it('is one where the shop does not apply an offer of ours', async () => {
    const { alarms, looks } = await withFault(({ paper }) => void (paper.says.snapshot = snapshotOf({ promotions: [], translated: { offers: [], notComputable: [], warnings: [] } })))
    expect([alarms, looks()]).toMatchObject([[{ cause: 'not in shop', detail: '1', byMinor: 266 }], 1])
  })
  it('is one where the kiosk computed otherwise from the same release, though the shop cannot be asked', async () => {
    const bench = parityBench({ unable: 'it has no interface for carts' })
    await bench.read()
    bench.handOver(basketOf({ A: 1, B: 2 }), { total: 2400 })
    bench.handOver(basketOf({ A: 1, B: 2 }))
    await bench.monitor.turn()
    expect(bench.standing()).toMatchObject({ counts: { handoff: { equal: 1, different: 1, apartMinor: 1 } }, alarms: [{ cause: 'app', byMinor: -1 }], shop: { capabilities: expect.arrayContaining([{ name: 'quote', unable: 'it has no interface for carts' }]) } })
  })
  it('is one where prices changed between the hand-off and the checkout', async () => {
    const bench = parityBench()
    await bench.read()
    bench.handOver(basketOf({ A: 1 }))
    bench.later(10_000)
    bench.paper.says.snapshot = snapshotOf({ articles: [article('A', '1', 1799)] })
    await bench.read()
    await bench.monitor.turn()
    expect(bench.standing()).toMatchObject({ counts: { handoff: { different: 1, apartMinor: 180 } }, alarms: [{ cause: 'since', byMinor: -180 }] })
  })
  it('is no alarm where an offer is left to the checkout', async () => {
    const notComputable = snapshotOf({ promotions: [promotion('1'), promotion('2')], translated: { offers: [tenPercent], notComputable: [{ offerId: '2', why: 'a plug-in of the shop' }], warnings: [] } })
    const { alarms, counts } = await withFault(({ paper }) => void (paper.says.bend = (quote) => ({ ...quote, discounts: [...quote.discounts, { promotion: '2', minor: 100 }], totalMinor: quote.totalMinor - 100 })), notComputable)
    expect([alarms, counts.handoff]).toEqual([[], { ...nothing, left: 1 }])
  })
  it('is no alarm where the kiosk was too careful: too long without the hub, or without a clock that anybody vouches for', async () => {
    const bench = parityBench()
    await bench.read()
    bench.handOver(basketOf({ A: 1, B: 2 }), { total: 2665 })
    bench.handOver(basketOf({ A: 1, B: 2 }), { total: 1, clockVerified: false })
    await bench.monitor.turn()
    expect(bench.standing()).toMatchObject({ alarms: [], counts: { handoff: { left: 2 } } })
  })
  it('differs once however often it differs: alike baskets are one alarm with their number', async () => {
    const { handOver, monitor, standing } = await withFault(({ paper }) => void (paper.says.bend = cheaper('1', 100)))
    handOver(basketOf({ C: 3 }))
    handOver(basketOf({ A: 2 }))
    await monitor.turn()
    expect(standing()).toMatchObject({ counts: { handoff: { different: 3, apartMinor: 300 } }, alarms: [{ baskets: 3 }] })
  })
})

describe('the shop is asked', () => {
  it('no more than a number of times a minute; what waits has its turn later', async () => {
    const { handOver, monitor, paper, read, standing, later } = parityBench()
    await read()
    const before = paper.asked.quotes
    for (let n = 0; n < 30; n++) handOver(basketOf({ A: 1 + n }))
    await monitor.turn()
    expect([paper.asked.quotes - before, standing().waiting]).toEqual([ASKED_PER_MINUTE, 30 - ASKED_PER_MINUTE])
    later(MINUTE)
    await monitor.turn()
    expect(standing()).toMatchObject({ waiting: 0, counts: { handoff: { equal: 30 } } })
  })
  it('again after it was gone, and people see since when; what waited too long is not counted as compared', async () => {
    const { handOver, monitor, paper, read, standing, later, now } = parityBench()
    await read()
    handOver(basketOf({ A: 1 }))
    paper.says.trouble = { type: 'Unreachable', why: 'ECONNREFUSED' }
    await monitor.turn()
    const since = now()
    later(5 * MINUTE)
    await monitor.turn()
    expect(standing()).toMatchObject({ waiting: 1, lastAt: null, shop: { trouble: { since, why: 'the shop does not answer: ECONNREFUSED' } } })
    later(25 * HOUR)
    await monitor.turn()
    expect(standing()).toMatchObject({ waiting: 0, counts: { handoff: { passed: 1, equal: 0 } } })
    paper.says.trouble = null
    handOver(basketOf({ A: 1 }))
    later(MINUTE)
    await monitor.turn()
    expect(standing()).toMatchObject({ counts: { handoff: { passed: 1, equal: 1 } }, shop: { trouble: null } })
  })
  it(`about ${PROBES_PER_HOUR} made-up baskets in each hour, and a difference is an alarm without a kiosk`, async () => {
    const { monitor, paper, read, standing, later } = parityBench()
    await read()
    await monitor.turn()
    expect(standing().counts.probe).toEqual(nothing)
    paper.says.bend = cheaper('1', 7)
    later(HOUR)
    await monitor.turn()
    later(MINUTE)
    await monitor.turn()
    const { counts, alarms } = standing()
    expect([counts.probe.equal + counts.probe.different, counts.probe.apartMinor]).toEqual([PROBES_PER_HOUR, 7 * counts.probe.different])
    expect([counts.probe.different > 0, alarms[0]]).toMatchObject([true, { source: 'probe', device: null, cause: 'other kind' }])
    await monitor.turn()
    expect(standing().counts).toEqual(counts)
  })
})

describe('a cart of the shop that the checkout tells', () => {
  const told = (basket: ReturnType<typeof basketOf>, totalMinor: number, qid = '00000000000000ff') => ({ qid: qid as QuoteId, dev: KIOSK, basket, owedCents: cents(totalMinor), cart: { totalMinor } })
  it('counts where it says what we say', async () => {
    const { read, monitor, standing } = parityBench()
    await read()
    monitor.cartTold(told(basketOf({ A: 1, B: 2 }), 2399))
    await monitor.turn()
    expect(standing()).toMatchObject({ counts: { cart: { equal: 1 } }, alarms: [] })
  })
  it('is the second price of the shop where it answered otherwise before', async () => {
    const { read, monitor, standing, handOver } = parityBench()
    await read()
    const qid = handOver(basketOf({ A: 1, B: 2 }))
    await monitor.turn()
    monitor.cartTold(told(basketOf({ A: 1, B: 2 }), 2398, qid))
    await monitor.turn()
    expect(standing()).toMatchObject({ counts: { handoff: { equal: 1 }, cart: { different: 1, apartMinor: 1 } }, alarms: [{ cause: 'two prices', detail: '2399 / 2398', source: 'cart' }] })
  })
  it('is another basket where another delivery was chosen', async () => {
    const { read, monitor, standing, handOver } = parityBench()
    await read()
    const qid = handOver(basketOf({ A: 1, B: 2 }))
    await monitor.turn()
    monitor.cartTold(told(basketOf({ A: 1, B: 2 }), 2399, qid))
    monitor.cartTold(told(basketOf({ A: 1, B: 2 }, { delivery: 'home' }), 2889, qid))
    await monitor.turn()
    expect(standing()).toMatchObject({ counts: { cart: { equal: 2, different: 0 } }, alarms: [] })
    monitor.cartTold({ ...told(basketOf({ A: 1, B: 2 }, { delivery: 'home', codes: ['X'] }), 2890, qid), owedCents: cents(2889) })
    await monitor.turn()
    expect(standing().alarms).toMatchObject([{ cause: 'unknown', byMinor: 1 }])
  })
  it('never waits: what is too much is counted as not compared', async () => {
    const { read, monitor, standing } = parityBench()
    await read()
    for (let n = 0; n < 510; n++) monitor.cartTold(told(basketOf({ A: 1 }), 1799, n.toString(16).padStart(16, '0')))
    await monitor.turn()
    expect(standing().counts.cart).toEqual({ ...nothing, equal: 500, passed: 10 })
  })
})

describe('a differing basket is a file of test/vectors', () => {
  const casesOf = async (plant: Parameters<typeof withFault>[0]) => {
    const { alarms, vector } = await withFault(plant, snapshotOf(), basketOf({ A: 1, C: 3 }))
    const file = vector({ id: alarms[0]!.id })
    if (!file.ok) throw new Error('no file')
    return { name: file.value.name, text: file.value.text, cases: (JSON.parse(file.value.text) as { readonly cases: readonly OfferCase[] }).cases }
  }
  it('red before the arithmetic is mended, green afterwards', async () => {
    const { cases, name } = await casesOf(({ paper }) => void (paper.says.dialect = perRate))
    const mended = { ...DIALECTS, 'vendure-3': DIALECTS['vendure-3-order-tax'] }
    expect([name, cases.map((one) => judgeCase(one, DIALECTS).status), cases.map((one) => judgeCase(one, mended).status)]).toEqual([expect.stringMatching(/^parity-paper-[0-9a-f]{12}\.json$/), ['wrong'], ['passed']])
  })
  it('red before an offer is mended, green afterwards', async () => {
    const { cases: [one] } = await casesOf(({ paper }) => void (paper.says.snapshot = snapshotOf({ translated: { offers: [offerOf('1', [{ type: 'orderDiscount', value: { percent: '20' } }])], notComputable: [], warnings: [] } })))
    const mended = { ...one!, offers: one!.offers.map(({ offer }) => ({ offer: { ...offer, effects: [{ type: 'orderDiscount' as const, value: { percent: '20' } }] } })) }
    expect([judgeCase(one!, DIALECTS).status, judgeCase(mended, DIALECTS).status]).toEqual(['wrong', 'passed'])
  })
  it('with nothing of the kiosk or the person in it', async () => {
    const { text } = await casesOf(({ paper }) => void (paper.says.dialect = perRate))
    expect([text.includes(KIOSK), /customer|device|session|qid/.test(text)]).toEqual([false, false])
  })
})

describe('an offer left to the checkout by one tap', () => {
  const differing = () => withFault(({ paper }) => void (paper.says.bend = cheaper('1', 100)))
  it('is at the checkout in a new release at once, and no alarm any more', async () => {
    const { leave, alarms, current, standing, monitor, handOver, said, documents } = await differing()
    const before = documents.head()!.rev
    expect(leave({ offer: '1', alarm: alarms[0]!.id }, MANAGER)).toEqual({ ok: true, value: { rev: before + 1 } })
    expect([current().offers, current().unread?.map(({ told }) => [told.offer.id, told.certainty, told.title.de, told.summary.de])]).toEqual([[], [['1', 'checkout', 'Promotion 1', 'Wird gerade geprüft. Was es ausmacht, sagt die Kasse des Online-Shops.']]])
    expect(standing()).toMatchObject({ left: [{ offer: '1', title: { de: 'Promotion 1' }, by: MANAGER.slice(0, 8), cause: 'other kind' }], alarms: [{ offers: [{ offer: '1', left: true }] }] })
    handOver(basketOf({ A: 1, B: 2 }))
    await monitor.turn()
    expect(standing().counts.handoff).toMatchObject({ different: 1, left: 1 })
    expect(said.find(({ what }) => what === 'offer left to the checkout by hand')!.facts).toMatchObject({ offer: '1', by: MANAGER, cause: 'other kind' })
  })
  it('stays so through later imports, until it is lifted: then it is what the shop last made of it', async () => {
    const { leave, lift, current, paper, read } = await differing()
    leave({ offer: '1', alarm: null }, MANAGER)
    paper.says.bend = (quote) => quote
    paper.says.snapshot = snapshotOf({ articles: [article('A', '1', 1000)], translated: { offers: [offerOf('1', [{ type: 'orderDiscount', value: { percent: '20' } }])], notComputable: [], warnings: [] } })
    await read()
    expect([current().products.length, current().offers]).toEqual([1, []])
    expect([lift({ offer: '1' }, MANAGER).ok, lift({ offer: '1' }, MANAGER)]).toEqual([true, { ok: false, error: { code: 'not_found' } }])
    const quote = quoteBasket(basketOf({ A: 1 }), current(), { now: 0 as never, channel: 'store', clockVerified: true })
    expect([current().unread ?? [], quote.totalCents]).toEqual([[], 800])
  })
  it('also in releases that wait for their time', async () => {
    const { leave, documents, publish, current, now } = await differing()
    const items = documents.current()!.items
    const planned = publish({ ...items, 'category/new': { id: 'new', parent: null, name: { de: 'Neu', en: 'New' }, picture: '/icons/mark.svg', order: 9 } }, { by: 'test', reason: 'test' }, { activeFrom: (now() + HOUR) as never })
    expect(planned.ok).toBe(true)
    leave({ offer: '1', alarm: null }, MANAGER)
    const waiting = documents.upcoming()
    expect([waiting.length, documents.itemsAt(waiting[0]!.rev)['offer/1']]).toMatchObject([1, { certainty: 'checkout', offer: { effects: [] } }])
    expect(documents.itemsAt(waiting[0]!.rev)['category/new']).toBeTruthy()
    expect(current().offers).toEqual([])
  })
  it('not where there is no such offer', async () => {
    const { leave } = await differing()
    expect(leave({ offer: 'nobody', alarm: null }, MANAGER)).toEqual({ ok: false, error: { code: 'not_found' } })
  })
})
