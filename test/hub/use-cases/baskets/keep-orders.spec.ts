import { describe, expect, it } from 'vitest'
import type { LogFacts } from '#hub/ports/log.ts'
import type { OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { sqliteCheckoutLinks, sqliteReturnedOrders } from '#hub/stores/sqlite/baskets/checkout-links.ts'
import { sqliteFunnelStore } from '#hub/stores/sqlite/feedback/funnel-store.ts'
import { keepOrders } from '#hub/use-cases/baskets/keep-orders.ts'
import type { DeviceId, QuoteId, VisitId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { checkoutBench } from '../../checkout/checkout-bench.ts'

const QID = 'ab'.repeat(8) as QuoteId
const DEV = 'cd'.repeat(16) as DeviceId
const order = (number: string, more: Partial<ReturnedOrder> = {}): ReturnedOrder => ({ number, placedAt: millis(50), handoff: QID, totalMinor: 100, state: 'placed', ...more })

/** A shop with these orders, told `pageSize` at a time. */
const bench = async (pageSize = 2) => {
  const { sql, stores } = await checkoutBench()
  const orders: ReturnedOrder[] = []
  const cursors: (string | null)[] = []
  const says: { trouble: ShopTrouble | null } = { trouble: null }
  const said: string[] = []
  const line = (what: string, facts: LogFacts = {}): void => void said.push(`${what}${facts['why'] === undefined ? '' : `: ${String(facts['why'])}`}`)
  const hints: { readonly dev: string; readonly qid: string; readonly state: string }[] = []
  let now = 1_000_000
  let tick = (): void => undefined
  const funnel = sqliteFunnelStore(sql)
  const links = sqliteCheckoutLinks(sql)
  const ordersSince = async (cursor: string | null): Promise<Result<OrderPage, ShopTrouble>> => {
    cursors.push(cursor)
    const from = Number(cursor ?? 0)
    return says.trouble ? err(says.trouble) : ok({ orders: orders.slice(from, from + pageSize), cursor: String(Math.min(orders.length, from + pageSize)) })
  }
  const parts = {
    shop: { name: 'paper', ordersSince }, returned: sqliteReturnedOrders(sql), links, funnel, transactions: stores.transactions,
    hints: { handoff: (dev: string, hint: { readonly qid: string; readonly state: string }) => void hints.push({ dev, ...hint }) },
    clock: { now: () => millis(now) }, timer: { every: (_ms: number, task: () => void) => { tick = task; return () => { tick = () => undefined } } },
    log: { info: line, warn: line, error: line },
  }
  funnel.codeShown({ qid: QID, dev: DEV, sid: 's' as VisitId, at: millis(5) })
  const after = async (ms: number): Promise<void> => {
    for (const end = now + ms; now < end; ) {
      now += 15_000
      tick()
      for (let i = 0; i < 20; i++) await Promise.resolve()
    }
  }
  return { parts, kept: keepOrders(parts)!, orders, cursors, says, said, hints, links, after, ordered: () => funnel.countsByDevice({ from: 0, until: 10 })[0]!.counts.ordered }
}

describe('orders of the web shop', () => {
  it('move their hand-off, tell its kiosk, and are asked for no second time', async () => {
    const { kept, orders, cursors, hints, ordered } = await bench()
    orders.push(order('1'), order('2', { handoff: 'of somebody else' }), order('3', { handoff: 'ff'.repeat(8) }))
    expect(await kept.look()).toEqual(ok({ moved: 1, more: false }))
    expect([cursors, hints, ordered()]).toEqual([[null, '2', '3'], [{ dev: DEV, qid: QID, state: 'ordered' }], 1])
    expect(await kept.look()).toEqual(ok({ moved: 0, more: false }))
    expect(cursors.at(-1)).toBe('3')
    orders.push(order('1', { state: 'cancelled' }))
    expect(await kept.look()).toEqual(ok({ moved: 1, more: false }))
    expect([ordered(), hints.length]).toEqual([0, 1])
    await kept.stop()
  })
  it('are asked for from where a hub of before had come to', async () => {
    const { parts, kept, orders, cursors } = await bench()
    orders.push(order('1'), order('2'))
    await kept.look()
    await keepOrders(parts)!.look()
    expect(cursors).toEqual([null, '2', '2'])
  })
  it('come in bounded turns after a long absence', async () => {
    const { kept, orders, cursors, after } = await bench(1)
    orders.push(...Array.from({ length: 30 }, (_, i) => order(String(i))))
    expect(await kept.look()).toMatchObject({ value: { more: true } })
    expect(cursors).toHaveLength(20)
    await after(15_000)
    for (let i = 0; i < 200; i++) await Promise.resolve()
    expect(cursors.length).toBeGreaterThan(30)
  })
  it('are asked for every minute, and every 15 s for half an hour after somebody went there', async () => {
    const { after, cursors, links } = await bench()
    await after(10 * 60_000)
    expect(cursors.length).toBeGreaterThanOrEqual(9)
    expect(cursors.length).toBeLessThanOrEqual(11)
    links.keepLink({ qid: QID, session: 's', cart: 'c', url: 'https://shop.example', leaves: [], chargedMinor: null, madeAt: millis(1_000_000 + 10 * 60_000) }, millis(0))
    const before = cursors.length
    await after(10 * 60_000)
    expect(cursors.length - before).toBeGreaterThan(30)
  })
  it('wait while the shop is in trouble, which is told once, as is its end', async () => {
    const { kept, says, said, cursors, orders, after } = await bench()
    says.trouble = { type: 'RateLimited', retryAfterMs: 300_000 }
    await kept.look()
    await after(240_000)
    expect(cursors).toHaveLength(1)
    says.trouble = { type: 'Unreachable', why: 'no answer' }
    await after(600_000)
    says.trouble = null
    orders.push(order('1'))
    await after(120_000)
    expect(said).toEqual(['orders of the web shop could not be read: the shop was asked too often; again in 300 s', 'orders of the web shop could not be read: the shop does not answer: no answer', 'orders of the web shop can be read again'])
  })
  it('are not asked for where the shop tells of none', async () => {
    const { parts, said } = await bench()
    expect(keepOrders({ ...parts, shop: { name: 'paper', ordersSince: { unable: 'it keeps them to itself' } } })).toBeNull()
    expect(said).toEqual(['orders of the web shop do not come back: it keeps them to itself'])
  })
})
