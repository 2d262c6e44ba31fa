import { describe, expect, it } from 'vitest'
import { standingOf } from '#kiosk/staff/standing-words.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Missing } from '#shared/offers/priced-basket.ts'

const missed = (...missing: readonly Missing[]) => ({ validNow: true, verdict: { offerId: 'o' as OfferId, status: 'missed', missing } as const })

describe('an offer holds', () => {
  it('now, if only more shopping is missing', () => {
    expect(standingOf(missed({ type: 'quantity', pieces: 2 }, { type: 'amount', minor: 3000 }))).toBe('now')
    expect(standingOf({ validNow: true, verdict: { offerId: 'o' as OfferId, status: 'applied', amountMinor: 5 } })).toBe('now')
  })
  it('not for everybody, if it takes a code or a card', () => {
    for (const type of ['code', 'birthday'] as const) expect(standingOf(missed({ type: 'quantity', pieces: 1 }, { type }))).toBe('conditional')
    for (const type of ['customerGroup', 'country'] as const) expect(standingOf(missed({ type, in: ['x'] }))).toBe('conditional')
    expect(standingOf(missed({ type: 'shippingMethod', in: ['home'] }, { type: 'code' }))).toBe('conditional')
  })
  it('for everybody who has it delivered, if a way of delivery is all that is missing beside more shopping', () => {
    expect(standingOf(missed({ type: 'shippingMethod', in: ['home'] }, { type: 'amount', minor: 3000 }))).toBe('with delivery')
  })
  it('not now, outside its time', () => {
    expect(standingOf({ ...missed({ type: 'code' }), validNow: false })).toBe('not now')
  })
})
