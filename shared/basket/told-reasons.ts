/** Reasons where people look for them: what an offer takes off one line stands at the line, what it takes off the basket as a whole stands once, at the sum. */
import { cents, sumCents, type Cents } from '../kernel/money.ts'
import type { Offer } from '../offers/offer.ts'
import type { Quote, QuoteLine, QuoteReason } from './quote.ts'

export type ToldLine = { readonly reasons: readonly QuoteReason[]; /** Less the line's own reasons only. */ readonly totalCents: Cents }

export type ToldReasons = {
  lineOf(line: QuoteLine): ToldLine
  /** Largest first. */
  readonly ofBasket: readonly QuoteReason[]
  /** All lines as `lineOf` tells them. */
  readonly linesCents: Cents
}

/**
 * Sorts a quote's reasons.
 * Shape   `linesCents` less all of `ofBasket` is the quote's `itemsCents`, to the cent.
 */
export const tellReasons = (quote: Quote): ToldReasons => {
  const lineOf = (line: QuoteLine): ToldLine => {
    const reasons = line.reasons.filter(({ offer }) => !isForBasket(offer.offer))
    return { reasons, totalCents: cents(line.baseCents - sumCents(reasons.map((reason) => reason.cents))) }
  }
  return {
    lineOf,
    ofBasket: quote.applied.filter(({ offer }) => isForBasket(offer.offer)),
    linesCents: sumCents(quote.lines.map((line) => lineOf(line).totalCents)),
  }
}

/** Every effect is on the sum of all articles. */
const isForBasket = ({ effects }: Offer): boolean => effects.length > 0 && effects.every((effect) => effect.type === 'orderDiscount' && effect.select === undefined)
