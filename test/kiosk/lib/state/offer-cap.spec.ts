import { describe, expect, it } from 'vitest'
import { reachedCap } from '#kiosk/lib/state/offer-cap.ts'
import { demoOffers } from '#hub/shops/builtin/demo/demo-offers.ts'
import type { Day } from '#shared/kernel/time.ts'

const offer = (id: string) => demoOffers('2026-11-22' as Day).find((one) => one.offer.id === id)!

describe('an offer that took off the most it allows', () => {
  it('says how much that is: 10 € of 10 % from 30 €', () => {
    expect(reachedCap(offer('linde10'), 1000)).toBe(1000)
    expect(reachedCap(offer('linde10'), 999)).toBeNull()
  })
  it('says nothing without a limit', () => {
    expect(reachedCap(offer('juice-20'), 1000)).toBeNull()
    expect(reachedCap(offer('basket-50'), 500)).toBeNull()
  })
})
