/** Prices constructed baskets with the real engine, in the very context that every quote has. */
import type { Product } from '../../catalogue/product.ts'
import { cents, type Cents } from '../../kernel/money.ts'
import { compileOffers } from '../../offers/compile-offers.ts'
import type { Offer } from '../../offers/offer.ts'
import { priceAndJudge } from '../../offers/price-basket.ts'
import type { PricedBasket, Verdict } from '../../offers/priced-basket.ts'
import type { PricingContext } from '../../offers/pricing-context.ts'
import { pricingContext, pricingLineOf } from '../pricing-of-basket.ts'
import type { BasketEvidence } from './finding.ts'
import type { ReviewedShop } from './reviewed-shop.ts'
import type { Witness } from './witness-basket.ts'

/** A priced trial: articles only, deposits and delivery apart. */
export type Trial = {
  readonly witness: Witness
  readonly priced: PricedBasket
  readonly baseCents: Cents
  readonly paidCents: Cents
  /** Null unless the cost of every article is known. */
  readonly costCents: Cents | null
  /** Offers that changed something, gifts and delivery included. */
  readonly applied: ReadonlySet<string>
  /** What became of one offer; looks at that one alone. */
  readonly verdictOf: (offer: Offer) => Verdict | null
}

/** Prices baskets of one shop; what all of them share is worked out once. */
export type Pricer = (witness: Witness, offers: readonly Offer[]) => Trial

export const pricerFor = (shop: ReviewedShop): Pricer => {
  const frames = new Map<string, PricingContext>()
  const frameOf = ({ basket: { delivery } }: Witness): PricingContext => {
    const known = frames.get(delivery)
    if (known) return known
    const any = shop.assortment.products.slice(0, 1).map((product) => ({ product, quantity: 1 }))
    const frame = pricingContext(any, { lines: [], codes: [], delivery }, shop.assortment, { now: shop.now, channel: 'store', clockVerified: true })
    frames.set(delivery, frame)
    return frame
  }
  return (witness, offers) => {
    const lines = witness.basket.lines.flatMap(({ sku, quantity }) => {
      const product = shop.articles.bySku.get(sku)
      return product ? [{ product, quantity }] : []
    })
    const context: PricingContext = {
      ...frameOf(witness),
      channel: witness.channel,
      now: new Date(witness.at).toISOString(),
      customer: witness.customer,
      couponCodes: witness.basket.codes,
      lines: lines.toSorted((a, b) => a.product.number - b.product.number).map(pricingLineOf),
    }
    const { priced, verdictsOf } = priceAndJudge(compileOffers(offers, shop.policies), context)
    return { witness, priced, baseCents: worthOf(lines), paidCents: cents(Math.round(priced.itemsMinor)), costCents: costOf(lines, shop), applied: new Set<string>(priced.applied), verdictOf: ({ id }) => verdictsOf([id])[0] ?? null }
  }
}

type Lines = readonly { readonly product: Product; readonly quantity: number }[]

const worthOf = (lines: Lines): Cents => cents(lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0))

const costOf = (lines: Lines, { costs }: ReviewedShop): Cents | null => {
  if (costs.size === 0 || lines.some(({ product }) => !costs.has(product.sku))) return null
  return cents(lines.reduce((sum, { product, quantity }) => sum + costs.get(product.sku)! * quantity, 0))
}

/** How much of the goods' worth is gone, in basis points, rounded down. */
export const depthBps = ({ baseCents, paidCents }: Pick<Trial, 'baseCents' | 'paidCents'>): number => (baseCents === 0 ? 0 : Math.floor(((baseCents - paidCents) * 10_000) / baseCents))

/** The trial as proof for people. */
export const evidenceOf = ({ witness, priced, baseCents, paidCents, costCents }: Trial): BasketEvidence => {
  const shares = new Map<string, number>()
  const count = (offerId: string, minor: number): void => void shares.set(offerId, (shares.get(offerId) ?? 0) + minor)
  for (const step of priced.trace) if (step.stage === 'catalog' && step.offerId !== undefined) count(step.offerId, step.amountMinor)
  for (const { offerId, amountMinor } of [...priced.lines.flatMap(({ reductions }) => reductions), ...priced.basketReductions]) count(offerId, amountMinor)
  return {
    type: 'basket',
    lines: witness.basket.lines,
    codes: witness.basket.codes,
    delivery: witness.basket.delivery,
    channel: witness.channel,
    at: witness.at,
    baseCents,
    paidCents,
    ...(costCents !== null && { costCents }),
    shares: [...shares].map(([offer, minor]) => ({ offer, cents: cents(Math.round(minor)) })).sort((a, b) => b.cents - a.cents || (a.offer < b.offer ? -1 : 1)),
  }
}
