/** What became of one recorded basket. */
import type { NotComputable } from '#hub/ports/translated-offers.ts'
import type { Offer } from '#shared/offers/offer.ts'
import type { TraceStep } from '#shared/offers/priced-basket.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'

/** A basket as the engine is asked for it. */
export type Question = { readonly offers: readonly Offer[]; readonly context: PricingContext }
/** Why the shop's promotions cannot all be computed. */
export type Refused = { readonly notComputable: string }

/** One figure on both sides. Units  minor units. */
export type Figure = { readonly what: string; readonly shop: number; readonly ours: number }

export type Verdict =
  | { readonly id: string; readonly status: 'equal' }
  | { readonly id: string; readonly status: 'different'; readonly differences: readonly Figure[]; readonly trace: readonly TraceStep[] }
  /** The shop has two prices for this basket, or the record is no use. */
  | { readonly id: string; readonly status: 'unstable'; readonly why: string }
  /** We say that we cannot, and why. */
  | { readonly id: string; readonly status: 'notComputable'; readonly why: string }

/** The figures of one basket, or why there are none. */
export type Compared = { readonly figures: readonly Figure[]; readonly trace: readonly TraceStep[] } | Refused

/** All reasons in one sentence. */
export const refusal = (all: readonly NotComputable[]): Refused => ({ notComputable: all.map(({ offerId, why }) => `${offerId}: ${why}`).join('; ') })

/** `tolerance`: where a shop rounds nothing, its fractions are written with so many digits only. */
export const verdictOn = (id: string, compared: readonly Compared[], tolerance = 0): Verdict => {
  const refused = compared.find((one) => 'notComputable' in one)
  if (refused && 'notComputable' in refused) return { id, status: 'notComputable', why: refused.notComputable }
  const priced = compared.flatMap((one) => ('figures' in one ? [one] : []))
  const differences = priced.flatMap((one) => one.figures.filter(({ shop, ours }) => !(Math.abs(shop - ours) <= tolerance)))
  return differences.length === 0 ? { id, status: 'equal' } : { id, status: 'different', differences, trace: priced.flatMap((one) => one.trace) }
}

/** Sums by key, for what a shop tells in several rows. */
export const sumBy = <T>(all: readonly T[], keyOf: (one: T) => string, amountOf: (one: T) => number): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const one of all) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + amountOf(one))
  return sums
}

/** Every key of either side; what one side does not name is nothing there. */
export const figuresOf = (what: string, shop: ReadonlyMap<string, number>, ours: ReadonlyMap<string, number>): readonly Figure[] =>
  [...new Set([...shop.keys(), ...ours.keys()])].map((key) => ({ what: `${what} ${key}`, shop: shop.get(key) ?? 0, ours: ours.get(key) ?? 0 }))
