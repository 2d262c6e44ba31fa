/**
 * The price engine as a library: all that a web shop needs to compute and to tell a price, and nothing else of the house.
 * Inside the product every file is imported by its own name; this list is what others may rely on, held by its version.
 */
export { priceBasket, priceCompiled } from './price-basket.ts'
export { compileOffers, type CompiledOffers } from './compile-offers.ts'
export { DIALECTS } from './dialects.ts'
export { readOffers, type ReadOffers, type RefusedOffer } from './read-offers.ts'
export { whyUnsupported } from './unsupported.ts'
export { explainLine, explainNext, explainReduction, explainVerdict, explainWindow } from './explain.ts'
export type { Names, Telling } from './telling.ts'
export { comparePrices, type AccountLine, type OfferPlace, type PriceAccount, type PriceComparison, type PriceDifference, type StepPair } from './compare-prices.ts'
export { explainDifference, type Sides } from './explain-difference.ts'
export { formatMoney } from './format-money.ts'
export type { Language, Localised } from '../kernel/language.ts'
export type { OfferId } from '../kernel/ids.ts'
export type { AmountByCurrency, Comparison, Condition, Effect, Filter, MaxUnits, Offer, SimpleValue, Value } from './offer.ts'
export type { Policies } from './policies.ts'
export type { PricingContext, PricingCustomer, PricingLine, PricingShipping, RoundingMode } from './pricing-context.ts'
export type { Gift, Missing, NetAndGross, PricedBasket, PricedLine, PricedShipping, Reduction, TaxSummary, TraceStep, Verdict } from './priced-basket.ts'
