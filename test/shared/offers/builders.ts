/** Fresh offers, lines and prices for the specs of the price engine. */
import type { OfferId } from '#shared/kernel/ids.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Effect, Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricedBasket, Verdict } from '#shared/offers/priced-basket.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'

export const offerOf = (id: string, effects: Effect | readonly Effect[], more: Partial<Offer> = {}): Offer => ({
  id: id as OfferId,
  effects: Array.isArray(effects) ? effects : [effects as Effect],
  ...more,
})

export const lineOf = (sku: string, unitPriceMinor: number, quantity = 1, more: Partial<PricingLine> = {}): PricingLine => ({ id: sku, sku, unitPriceMinor, quantity, ...more })

export const contextOf = (lines: readonly PricingLine[], more: Partial<PricingContext> = {}): PricingContext => ({ currency: 'EUR', lines, ...more })

/** Prices in the einklang dialect unless other policies are given. */
export const priced = (offers: readonly Offer[], lines: readonly PricingLine[], more: Partial<PricingContext> = {}, policies: Policies = DIALECTS.einklang): PricedBasket =>
  priceBasket(offers, policies, contextOf(lines, more))

export const verdictOf = (basket: PricedBasket, id: string): Verdict => basket.verdicts.find((verdict) => verdict.offerId === id)!

export const lineDiscounts = (basket: PricedBasket): readonly number[] => basket.lines.map((line) => line.discountMinor)

export const percentOff = (percent: string): Effect => ({ type: 'unitDiscount', value: { percent } })
export const orderOff = (amountMinor: number): Effect => ({ type: 'orderDiscount', value: { amountMinor } })
