/** A differing basket as a case of `test/vectors`: basket, offers, dialect and the shop's figures, nothing about a person or a device. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { pricingContext } from '#shared/basket/pricing-of-basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Json } from '#shared/kernel/json.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'
import type { ParityVector } from '#shared/protocol/parity.ts'
import { quoteOf, type PriceQuestion } from './judge-shop-price.ts'
import type { ShopKeys } from '../shops/shop-documents.ts'

export type VectorTerms = { readonly shop: string; readonly dialect: string; readonly keys: Pick<ShopKeys, 'articles' | 'offers'>; /** Offers that belong in it whether they applied or not. */ readonly suspects: readonly string[] }

/** Of the offers that had a part in it; more would be another shop's whole catalogue. */
const MAX_OFFERS = 60

/** A case in the format `offer-cases/1`; red as long as the engine says otherwise than the shop. */
export const parityCase = (question: PriceQuestion, answer: ShopQuote, { shop, dialect, keys, suspects }: VectorTerms): Json => {
  const quote = quoteOf(question)
  const known = Object.hasOwn(DIALECTS, dialect) ? dialect : 'einklang'
  const context = barely(pricingContext(quote.lines, { ...question.basket, codes: entered(question, quote) }, question.assortment, quote.facts), quote)
  const offers = offersOf(question, quote, suspects)
  const body = { dialect: known, ...policyOf(question.assortment.policies, DIALECTS[known as keyof typeof DIALECTS]), taxMode: 'included', ...context, offers, expected: expectedOf(quote, answer, keys, offers) }
  const name = bytesToHex(sha256(new TextEncoder().encode(JSON.stringify(body)))).slice(0, 12)
  return JSON.parse(JSON.stringify({ id: `${shop}/${name}`, source: { project: shop, version: 'as found by the parity monitor', scenario: 'a basket that the shop priced otherwise', kind: 'executed' }, ...body })) as Json
}

/** One file of such cases. */
export const parityVector = (shop: string, cases: readonly Json[]): ParityVector => {
  const [first] = cases as readonly { readonly id?: string }[]
  return {
    name: `parity-${(first?.id ?? shop).replaceAll(/[^\w.-]+/g, '-')}.json`,
    text: `${JSON.stringify({ format: 'offer-cases/1', part: `parity-${shop}`, note: 'Baskets that the running shop priced otherwise than the engine did; expected figures as the shop charged them.', cases })}\n`,
  }
}

/** Categories that no article of the basket is in say nothing about it. */
const barely = ({ taxonParents, ...context }: PricingContext, quote: Quote): PricingContext => {
  const near = new Set(quote.lines.flatMap(({ product }) => [...product.taxons, product.category]))
  const wanted = Object.entries(taxonParents ?? {}).filter(([taxon, parents]) => near.has(taxon) && parents.length > 0)
  return wanted.length > 0 ? { ...context, taxonParents: Object.fromEntries(wanted) } : context
}

const entered = ({ basket }: PriceQuestion, { unknownCodes }: Quote): readonly string[] => basket.codes.filter((code) => !unknownCodes.includes(code))

const offersOf = ({ assortment }: PriceQuestion, quote: Quote, suspects: readonly string[]): readonly { readonly raw: object; readonly offer: object }[] =>
  assortment.offers
    .filter(({ offer }) => {
      const verdict = quote.verdictOf(offer.id)
      return verdict !== null && (suspects.includes(offer.id) || verdict.status === 'applied' || verdict.status === 'displaced' || verdict.status === 'without effect')
    })
    .slice(0, MAX_OFFERS)
    .map(({ offer }) => ({ raw: {}, offer }))

/** What this shop's release says beyond the dialect: mended in the dialect, the case turns green. */
const policyOf = (policies: Policies, dialect: Policies): { readonly policy?: Policies } => {
  const own = Object.entries(policies).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(dialect[name as keyof Policies]))
  return own.length > 0 ? { policy: Object.fromEntries(own) } : {}
}

const expectedOf = (quote: Quote, shop: ShopQuote, { articles, offers }: VectorTerms['keys'], given: readonly { readonly offer: object }[]): object => {
  const { priced } = quote
  const lineOf = new Map(shop.lines.map((line) => [line.key, line]))
  const ids = new Set(given.map(({ offer }) => (offer as { readonly id: string }).id))
  const sums = new Map<string, number>()
  for (const { promotion, minor } of shop.discounts) if (promotion !== null && ids.has(offers.get(promotion) ?? '')) sums.set(offers.get(promotion)!, (sums.get(offers.get(promotion)!) ?? 0) + minor)
  const keepsFractions = !Number.isInteger(priced.totalMinor)
  return {
    ...(keepsFractions && { tolerance: 'fractions' }),
    ...(!keepsFractions && { totalMinor: Math.round(shop.totalMinor), shippingMinor: Math.round(shop.deliveryMinor) }),
    ...(!keepsFractions && shop.taxMinor !== null && { taxMinor: Math.round(shop.taxMinor) }),
    lineTotals: quote.lines.flatMap(({ sku }) => {
      const line = lineOf.get(articles.get(sku) ?? '')
      return line ? [{ lineId: sku, totalMinor: line.totalMinor }] : []
    }),
    ...(sums.size > 0 && { perOffer: [...sums].map(([offerId, discountMinor]) => ({ offerId, discountMinor })) }),
  }
}
