/** Between a shopper's basket and the numbers of a hand-off. */
import type { Assortment } from '../basket/assortment.ts'
import type { Basket } from '../basket/basket.ts'
import { oneUnitOf } from '../basket/limited-offers.ts'
import { codesOfNumbers, offersOfCodes } from '../basket/offer-codes.ts'
import type { OfferUnits, Quote } from '../basket/quote.ts'
import type { QuoteId } from '../kernel/ids.ts'
import type { Millis } from '../kernel/time.ts'
import type { Handoff, ReservedUse } from './handoff.ts'

/** The hand-off of a quoted basket, ready to be encoded and signed. */
export const handoffOf = (
  basket: Basket,
  quote: Quote,
  assortment: Assortment,
  issue: { readonly qid: QuoteId; readonly keyId: string; readonly at: Millis; readonly training?: boolean; readonly reserved?: readonly ReservedUse[] },
): Handoff => {
  const unlocked = offersOfCodes(basket.codes, assortment)
  return {
    store: assortment.store.number,
    keyId: issue.keyId,
    qid: issue.qid,
    issuedAtS: Math.floor(issue.at / 1000),
    release: assortment.hash.slice(0, 8),
    totalCents: quote.totalCents,
    lines: quote.lines.map(({ product, quantity }) => ({ number: product.number, quantity })).sort((a, b) => a.number - b.number),
    unlocked: unlocked.map(({ number }) => number),
    reserved: issue.reserved ?? [],
    delivery: basket.delivery,
    clockVerified: quote.facts.clockVerified,
    onceOnly: unlocked.some(({ offer }) => offer.limits !== undefined),
    training: issue.training ?? false,
  }
}

/** The basket in a hand-off under one release, and the article numbers that this release does not have. */
export const basketOfHandoff = (handoff: Handoff, assortment: Assortment): { readonly basket: Basket; readonly unknownNumbers: readonly number[] } => {
  const byNumber = new Map(assortment.products.map((product) => [product.number, product]))
  return {
    basket: {
      lines: handoff.lines.flatMap(({ number, quantity }) => {
        const product = byNumber.get(number)
        return product ? [{ sku: product.sku, quantity }] : []
      }),
      codes: codesOfNumbers(handoff.unlocked, assortment),
      delivery: handoff.delivery,
    },
    unknownNumbers: handoff.lines.flatMap(({ number }) => (byNumber.has(number) ? [] : [number])),
  }
}

/** The uses of limited offers that a hand-off brings along, as the facts of its quote want them. */
export const unitsOfHandoff = ({ reserved }: Pick<Handoff, 'reserved'>, { offers }: Assortment): OfferUnits => {
  const numbers = new Set(reserved.map(({ number }) => number))
  return oneUnitOf(offers.flatMap(({ offer, number }) => (numbers.has(number) ? [offer.id] : [])))
}
