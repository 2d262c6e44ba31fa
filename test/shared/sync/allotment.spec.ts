import { describe, expect, it } from 'vitest'
import { memoryAllotmentLedger } from '#hub/stores/memory/memory-allotments.ts'
import { memoryState } from '#hub/stores/memory/memory-box.ts'
import type { DeviceId, EpochId, OfferId } from '#shared/kernel/ids.ts'
import { CLOCK_MARGIN_MS, LEASE_MS, type AllotmentReply, type AllotmentRequest } from '#shared/sync/allotment.ts'
import { askAllotments, believeAllotments, chooseUses, noAllotments, spendUses, unitsHeld, type HeldAllotments } from '#shared/sync/allotment-device.ts'
import { answerAllotments, holdUse, poolOf, reclaimFrom, settleUses, type LeasableOffer } from '#shared/sync/allotment-hub.ts'

const HOUR = 3_600_000
const HANDOFF_MS = 24 * HOUR
const OFFER = 'first-200' as OfferId
const KIOSK = 'k1' as DeviceId
const EP = 'e'.repeat(16) as EpochId

const hub = (total = 200, until: number | null = null) => {
  const ledger = memoryAllotmentLedger({ state: memoryState() })
  const offers: readonly LeasableOffer[] = [{ id: OFFER, total, until }]
  const counted = [{ id: OFFER, total, perCustomer: null }]
  return {
    ledger,
    answer: (request: AllotmentRequest, now: number, dev = KIOSK, mayHold = true): AllotmentReply => answerAllotments(ledger, { dev, mayHold }, request, offers, { now, handoffMs: HANDOFF_MS }),
    hold: (holder: string, lease: number, now: number, issuedAt = now, dev = KIOSK): boolean => holdUse(ledger, { offer: OFFER, lease, dev, holder, issuedAt }, { now, handoffMs: HANDOFF_MS }),
    order: (holder: string, now: number): boolean => settleUses(ledger, counted, { holder, customer: null }, now),
    pool: (now = 0): number => poolOf(ledger, { id: OFFER, total }, now),
  }
}
const nothing: AllotmentRequest = { ep: EP, n: 1, leases: [] }
/** A device after one exchange at hour 0. */
const lent = (shop: ReturnType<typeof hub>, now = 0): HeldAllotments => {
  const { held, request } = askAllotments(noAllotments(EP), now)
  return believeAllotments(held, shop.answer(request, now))
}

describe('a kiosk asks for uses of a limited offer', () => {
  it('and gets 5 of 200, for a day; the pool has 195 left', () => {
    const shop = hub()
    expect(shop.answer(nothing, 0)).toEqual({
      n: 1, now: 0,
      leases: [{ id: 1, offer: OFFER, left: 5, renewAt: 12 * HOUR, spendUntil: 24 * HOUR }],
      pools: [{ offer: OFFER, total: 200, left: 195 }],
    })
  })
  it('and never more than an eighth of the pool: 3 of 24, 1 of 8, none of the last 7', () => {
    expect([24, 8, 7].map((total) => hub(total).answer(nothing, 0).leases[0]?.left ?? 0)).toEqual([3, 1, 0])
  })
  it('and is told the same lease again when the answer was lost', () => {
    const shop = hub()
    expect(shop.answer(nothing, 0).leases).toEqual(shop.answer({ ...nothing, n: 2 }, HOUR).leases)
    expect(shop.pool()).toBe(195)
  })
  it('not beyond the end of the offer', () => {
    expect(hub(200, 2 * HOUR).answer(nothing, 0).leases[0]).toMatchObject({ renewAt: 2 * HOUR, spendUntil: 2 * HOUR })
    expect(hub(200, 2 * HOUR).answer(nothing, 2 * HOUR).leases).toEqual([])
  })
  it('and gets more when one is left; the staff tablet is only told the numbers', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    for (const qid of ['q1', 'q2', 'q3', 'q4']) shop.hold(qid, 1, 0)
    expect(shop.answer({ ...nothing, n: 2, leases: [{ id: 1, spent: 4, closed: false }] }, HOUR).leases.map(({ id, left }) => [id, left])).toEqual([[1, 1], [2, 4]])
    expect(shop.answer(nothing, HOUR, 's1' as DeviceId, false)).toMatchObject({ leases: [], pools: [{ left: 191 }] })
  })
})

describe('a device that holds uses', () => {
  it('gives one away with a hand-off, out of the lease that ends first', () => {
    const held = lent(hub())
    expect(unitsHeld(held, HOUR)).toEqual({ [OFFER]: 5 })
    const uses = chooseUses(held, [OFFER], HOUR)!
    expect(uses).toEqual([{ offer: OFFER, lease: 1 }])
    expect(unitsHeld(spendUses(held, uses, HOUR)!, HOUR)).toEqual({ [OFFER]: 4 })
    expect(chooseUses(held, ['other' as OfferId], HOUR)).toBeNull()
  })
  it('gives none away after the end, nor a sixth of five', () => {
    let held: HeldAllotments | null = lent(hub())
    expect([unitsHeld(held, LEASE_MS - 1), unitsHeld(held, LEASE_MS)]).toEqual([{ [OFFER]: 5 }, {}])
    for (let i = 0; i < 5; i++) held = spendUses(held!, [{ offer: OFFER, lease: 1 }], HOUR)
    expect(held).not.toBeNull()
    expect(spendUses(held!, [{ offer: OFFER, lease: 1 }], HOUR)).toBeNull()
  })
  it('closes a lease that is over before it tells the hub, and drops it when the hub has heard', () => {
    const shop = hub()
    const { held, request } = askAllotments(lent(shop), LEASE_MS)
    expect(held.leases.map(({ id, closed }) => [id, closed])).toEqual([[1, true]])
    expect(request.leases).toEqual([{ id: 1, spent: 0, closed: true }])
    expect(believeAllotments(held, shop.answer(request, LEASE_MS)).leases.map(({ id }) => id)).toEqual([2])
    expect(shop.pool()).toBe(195)
  })
  it('does not believe an answer to an older question', () => {
    const shop = hub()
    const first = askAllotments(noAllotments(EP), 0)
    const late = shop.answer(first.request, 0)
    const second = askAllotments(first.held, HOUR)
    expect(believeAllotments(second.held, late)).toEqual(second.held)
  })
  it('that was put back to an older state is told that less is left', () => {
    const shop = hub()
    const old = lent(shop)
    for (const qid of ['q1', 'q2', 'q3']) shop.hold(qid, 1, HOUR)
    const { held, request } = askAllotments(old, HOUR)
    expect(believeAllotments(held, shop.answer(request, HOUR)).leases).toMatchObject([{ id: 1, left: 2, spent: 0 }])
  })
})

describe('a use that a hand-off names', () => {
  it('is taken once, from the event or the phone, and can be ordered once', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    expect([shop.hold('q1', 1, HOUR), shop.hold('q1', 1, HOUR), shop.ledger.lease(1)!.units]).toEqual([true, true, 4])
    expect([shop.order('q1', HOUR), shop.order('q1', HOUR), shop.ledger.taken(OFFER, HOUR)]).toEqual([true, true, 5])
  })
  it('does not stand out of another device’s lease, nor a sixth out of five', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    expect(shop.hold('q0', 1, HOUR, HOUR, 'k2' as DeviceId)).toBe(false)
    expect(['q1', 'q2', 'q3', 'q4', 'q5', 'q6'].map((qid) => shop.hold(qid, 1, HOUR))).toEqual([true, true, true, true, true, false])
  })
  it('goes back to the pool ten minutes after the promise of its hand-off has ended', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    shop.hold('q1', 1, HOUR)
    const end = HOUR + HANDOFF_MS + CLOCK_MARGIN_MS
    expect([shop.hold('q1', 1, end - 1), shop.hold('q1', 1, end), shop.pool(end - 1), shop.pool(end)]).toEqual([true, false, 196, 196])
  })
  it('is still good if the device returned the lease meanwhile and its event comes last', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    shop.answer({ ...nothing, n: 2, leases: [{ id: 1, spent: 2, closed: true }] }, HOUR)
    expect(shop.ledger.lease(1)!.units).toBe(2)
    expect(['q1', 'q2', 'q3'].map((qid) => shop.hold(qid, 1, HOUR))).toEqual([true, true, false])
  })
})

describe('what a device never says', () => {
  it('comes back when no hand-off of it can be good any more: 24 h lease, 24 h hand-off, twice ten minutes', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    const end = LEASE_MS + HANDOFF_MS + 2 * CLOCK_MARGIN_MS
    const other = { ...nothing, ep: 'f'.repeat(16) as EpochId }
    shop.answer(other, end - 1, 's1' as DeviceId, false)
    expect([shop.pool(end - 1), shop.pool(end)]).toEqual([195, 200])
    shop.answer(other, end, 's1' as DeviceId, false)
    expect(shop.pool()).toBe(200)
  })
})

describe('a device whose access has ended', () => {
  it('gives back at once what it held, and its codes take nothing', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    reclaimFrom(shop.ledger, KIOSK)
    expect([shop.pool(), shop.hold('q1', 1, HOUR)]).toEqual([200, false])
  })
})

describe('an order', () => {
  it('without a kiosk takes from the pool, and the last one is the last', () => {
    const shop = hub(2)
    expect(['o1', 'o2', 'o3', 'o2'].map((id) => shop.order(id, 0))).toEqual([true, true, false, true])
  })
  it('settles all its limited offers or none', () => {
    const shop = hub(1)
    const two = [{ id: OFFER, total: 1, perCustomer: null }, { id: 'gone' as OfferId, total: 0, perCustomer: null }]
    expect(settleUses(shop.ledger, two, { holder: 'o1', customer: null }, 0)).toBe(false)
    expect(shop.pool()).toBe(1)
  })
  it('of a customer counts for that customer: once each, and not for who is unknown', () => {
    const shop = hub()
    const once = [{ id: OFFER, total: null, perCustomer: 1 }]
    const order = (holder: string, customer: string | null): boolean => settleUses(shop.ledger, once, { holder, customer }, 0)
    expect([order('o1', 'anna'), order('o2', 'anna'), order('o3', 'ben'), order('o4', null), order('o1', 'anna')]).toEqual([true, false, true, false, true])
  })
  it('that leaves out what was held for it gives that back', () => {
    const shop = hub()
    shop.answer(nothing, 0)
    shop.hold('q1', 1, HOUR)
    settleUses(shop.ledger, [], { holder: 'q1', customer: null }, HOUR)
    expect(shop.pool()).toBe(196)
  })
})
