/** One recorded basket against the engine. */
import type { Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricedBasket } from '#shared/offers/priced-basket.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'
import { whyUnsupported } from '#shared/offers/unsupported.ts'
import { differences, type Expected } from './differences.ts'
import { readCaseOffer } from './read-case.ts'

/** A case of the format `offer-cases/1`. */
export type OfferCase = PricingContext & {
  readonly id: string
  readonly source?: { readonly project?: string }
  readonly dialect: string
  readonly policy?: Policies
  readonly offers: readonly { readonly offer: Offer }[]
  readonly expected: Expected
}

export type CaseResult = {
  readonly id: string
  readonly project: string
  readonly status: 'passed' | 'wrong' | 'unsupported'
  /** Every differing figure, or what is unsupported. */
  readonly details: readonly string[]
  readonly case: OfferCase
  readonly priced?: PricedBasket
}

export const judgeCase = (one: OfferCase, dialects: { readonly [name: string]: Policies }): CaseResult => {
  const project = one.source?.project ?? one.dialect
  const dialect = Object.hasOwn(dialects, one.dialect) ? dialects[one.dialect] : undefined
  const result = (status: CaseResult['status'], details: readonly string[], priced?: PricedBasket): CaseResult => ({ id: one.id, project, status, details, case: one, ...(priced ? { priced } : {}) })
  if (!dialect) return result('unsupported', [`unknown dialect "${one.dialect}"`])
  const policies = { ...dialect, ...one.policy }
  const offers = one.offers.map(({ offer }) => readCaseOffer(offer))
  const why = whyUnsupported(offers, policies, one)
  if (why.length > 0) return result('unsupported', why)
  try {
    const priced = priceBasket(offers, policies, one)
    const details = differences(one.expected, priced)
    return result(details.length === 0 ? 'passed' : 'wrong', details, priced)
  } catch (error) {
    return result('wrong', [`the engine failed: ${error instanceof Error ? error.message : String(error)}`])
  }
}
