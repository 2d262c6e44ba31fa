/** Between a shopper's basket and the numbers of a hand-off. */
import type { Assortment } from '../basket/assortment.ts'
import type { Basket } from '../basket/basket.ts'
import { codesOfNumbers, offersOfCodes } from '../basket/offer-codes.ts'
import type { Quote } from '../basket/quote.ts'
import type { QuoteId } from '../kernel/ids.ts'
import type { Millis } from '../kernel/time.ts'
import type { Handoff } from './handoff.ts'

/** The hand-off of a quoted basket, ready to be encoded and signed. */
export const handoffOf = (
  basket: Basket,
  quote: Quote,
  assortment: Assortment,
  issue: { readonly qid: QuoteId; readonly keyId: string; readonly at: Millis; readonly training?: boolean },
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
