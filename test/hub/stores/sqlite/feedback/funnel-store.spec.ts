import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sqliteCheckoutLinks, sqliteReturnedOrders } from '#hub/stores/sqlite/baskets/checkout-links.ts'
import { sqliteFunnelStore } from '#hub/stores/sqlite/feedback/funnel-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteQuoteStore } from '#hub/stores/sqlite/baskets/quote-store.ts'
import type { ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { DeviceId, QuoteId, VisitId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'

const DEV = 'd1' as DeviceId
const SID = 's1' as VisitId
const QID = 'aaaaaaaaaaaaaaaa' as QuoteId
const EVER = { from: 0, until: 1000 }
const order = (number: string, state: ReturnedOrder['state'] = 'placed', more: Partial<ReturnedOrder> = {}): ReturnedOrder => ({ number, placedAt: millis(50), handoff: QID, totalMinor: 1234, state, ...more })

const open = () => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  const [funnel, quotes, links, orders] = [sqliteFunnelStore(opened.value), sqliteQuoteStore(opened.value), sqliteCheckoutLinks(opened.value), sqliteReturnedOrders(opened.value)]
  const steps = {
    start: () => funnel.visitStarted({ dev: DEV, sid: SID }, millis(10), true),
    begin: () => funnel.basketBegun({ dev: DEV, sid: SID }, millis(20)),
    show: () => {
      funnel.codeShown({ qid: QID, dev: DEV, sid: SID, at: millis(30) })
      if (orders.settle(QID)) funnel.handoffMoved(QID, DEV)
    },
    open: () => {
      quotes.claimFirst(QID, 'session', millis(40))
      funnel.handoffMoved(QID, DEV)
    },
    order: () => {
      orders.take('shop', order('1'), millis(60))
      funnel.handoffMoved(QID, DEV)
    },
    cancel: () => {
      orders.take('shop', order('1', 'cancelled'), millis(70))
      funnel.handoffMoved(QID, DEV)
    },
  }
  return { funnel, quotes, links, orders, steps, counts: () => funnel.countsByDevice(EVER).map(({ counts }) => counts) }
}

describe('a visit in the hub', () => {
  it('counts at every step it reached, once', () => {
    const { steps, counts, funnel } = open()
    steps.start()
    expect(counts()).toEqual([{ visits: 1, told: 1, baskets: 0, shownTold: 0, shown: 0, opened: 0, ordered: 0 }])
    for (const step of ['begin', 'show', 'open', 'order'] as const) for (let twice = 0; twice < 2; twice++) steps[step]()
    expect(counts()).toEqual([{ visits: 1, told: 1, baskets: 1, shownTold: 1, shown: 1, opened: 1, ordered: 1 }])
    expect([funnel.since(), funnel.countsByDevice({ from: 0, until: 10 }), funnel.countsByDevice({ from: 10, until: 11 }).length]).toEqual([10, [], 1])
  })
  it('is the same in whatever order its words arrive', () => {
    const names = ['start', 'begin', 'show', 'open', 'order'] as const
    fc.assert(fc.property(fc.shuffledSubarray([...names], { minLength: 5 }), (sequence) => {
      const { steps, counts, funnel } = open()
      for (const name of sequence) steps[name]()
      expect([counts(), funnel.since()]).toEqual([[{ visits: 1, told: 1, baskets: 1, shownTold: 1, shown: 1, opened: 1, ordered: 1 }], 10])
    }), { numRuns: 12 })
  })
  it('knows of the phone that was there first, when the kiosk tells of its code', () => {
    const { funnel, steps, counts } = open()
    steps.open()
    funnel.codeShown({ qid: QID, dev: DEV, sid: SID, at: millis(30) })
    expect(counts()).toMatchObject([{ visits: 1, shown: 1, opened: 1, ordered: 0 }])
  })
  it('is told apart as long as the phone was quicker than the kiosk', () => {
    const { steps, counts, funnel } = open()
    steps.open()
    expect([counts(), funnel.early(EVER), funnel.early({ from: 0, until: 40 })]).toEqual([[], { opened: 1, ordered: 0 }, { opened: 0, ordered: 0 }])
    steps.order()
    expect(funnel.early(EVER)).toEqual({ opened: 1, ordered: 1 })
    steps.show()
    expect([counts(), funnel.early(EVER)]).toEqual([[expect.objectContaining({ visits: 1, told: 0, baskets: 0, shownTold: 0, shown: 1, opened: 1, ordered: 1 })], { opened: 0, ordered: 0 }])
  })
  it('is not ordered any more when every order of it was cancelled, and may be opened again', () => {
    const { steps, counts, quotes, orders } = open()
    for (const step of ['start', 'show', 'open', 'order'] as const) steps[step]()
    expect(quotes.claim(QID)).toMatchObject({ state: 'ordered', orderNumber: '1', session: 'session' })
    steps.cancel()
    expect([counts()[0]!.ordered, quotes.claim(QID), orders.cancelledHandoffs(0, 1000)]).toEqual([0, expect.objectContaining({ state: 'opened', orderNumber: null }), 1])
  })
})

describe('orders that come back', () => {
  it('are one however often they come; cancelled is final', () => {
    const { steps, orders } = open()
    steps.show()
    expect(orders.take('shop', order('1'), millis(60))).toEqual({ qid: QID, dev: DEV, state: 'ordered' })
    expect(orders.take('shop', order('1'), millis(61))).toBeNull()
    expect(orders.take('shop', order('2', 'placed', { placedAt: millis(51) }), millis(62))).toEqual({ qid: QID, dev: DEV, state: 'ordered' })
    expect(orders.take('shop', order('1', 'cancelled'), millis(63))).toEqual({ qid: QID, dev: DEV, state: 'ordered' })
    expect(orders.ofHandoff(QID)?.number).toBe('2')
    expect(orders.take('shop', order('1'), millis(64))).toBeNull()
    expect(orders.take('shop', order('2', 'cancelled'), millis(65))).toEqual({ qid: QID, dev: DEV, state: 'gone' })
    expect(orders.ofHandoff(QID)).toBeNull()
  })
  it('are kept and move nothing while nobody knows their hand-off, and count as soon as somebody does', () => {
    const { orders, quotes, steps } = open()
    expect([orders.take('shop', order('1'), millis(60)), quotes.claim(QID)]).toEqual([null, null])
    steps.show()
    expect([quotes.claim(QID)?.state, orders.settle(QID)]).toEqual(['ordered', { qid: QID, dev: DEV, state: 'ordered' }])
  })
  it('remember where to go on, shop by shop', () => {
    const { orders } = open()
    orders.keepCursor('a', 'one', millis(1))
    orders.keepCursor('a', 'two', millis(2))
    expect([orders.cursor('a'), orders.cursor('b')]).toEqual([{ cursor: 'two', at: 2 }, null])
  })
})

describe('links into the checkout', () => {
  const link = { qid: QID, session: 's', cart: 'c', url: 'https://shop.example/1', leaves: ['delivery'] as const, chargedMinor: 100, madeAt: millis(5) }
  it('keep the first of their name, and are forgotten in time', () => {
    const { links } = open()
    expect([links.link(link), links.lastLinkAt()]).toEqual([null, null])
    links.keepLink(link, millis(0))
    links.keepLink({ ...link, url: 'https://shop.example/2' }, millis(0))
    links.keepLink({ ...link, session: 't', chargedMinor: null, madeAt: millis(7) }, millis(0))
    expect([links.link(link)?.url, links.link({ ...link, session: 't' })?.chargedMinor, links.link({ ...link, cart: 'd' }), links.lastLinkAt()]).toEqual(['https://shop.example/1', null, null, 7])
    links.keepLink({ ...link, session: 'u', madeAt: millis(90) }, millis(6))
    expect([links.link(link), links.link({ ...link, session: 't' })?.url]).toEqual([null, 'https://shop.example/1'])
  })
})
