/** What stands on the label of one article: the price of a single piece with everything that belongs to it. */
import { announcedReduction, exemptionOfLine } from '#shared/basket/announced-reduction.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Quote } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { labelUnitPrice, type UnitPrice } from '#shared/catalogue/unit-price.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { cents } from '#shared/kernel/money.ts'

export type ArticleFacts = {
  /** To pay for one piece now, without deposit. */
  readonly nowCents: number
  /** Selling price before any offer. */
  readonly usualCents: number
  /** An offer or a fresh price cut makes it cheaper than before, and that may be said. */
  readonly isReduced: boolean
  /** Lowest price of the 30 days before the reduction; null where none is announced or the law exempts it. */
  readonly priorCents: number | null
  /** Asked directly before the reduction. */
  readonly beforeCents: number
  readonly unitPrice: UnitPrice | null
  readonly depositCents: number
  /** The reduction in a few characters for the label: the offer's own words where they are true, else the lawful percent. */
  readonly badge: Localised | null
  /** The offer that makes one piece cheaper, by its title. */
  readonly offerTitle: Localised | null
}

/** An offer whose own words count from a price that is not the lowest of 30 days. */
const PLAIN_TITLE: Localised = { de: 'Angebot', en: 'Offer' }

/** The label of an article; `single` is the quote of one piece of it alone. */
export const articleFacts = (product: Product, single: Quote, assortment: Assortment): ArticleFacts => {
  const line = { product, reasons: single.lines[0]?.reasons ?? [] }
  const nowCents = single.lines[0]?.totalCents ?? product.priceCents
  const reason = line.reasons[0]
  const announced = announcedReduction(line, assortment, single.facts)
  const exemption = exemptionOfLine(line)
  const isReduced = announced ? announced.mayAnnounce : reason !== undefined && exemption !== null && nowCents < product.priceCents
  const ownWords = reason !== undefined && (announced ? announced.ownWordsHold : isReduced)
  return {
    nowCents,
    usualCents: product.priceCents,
    isReduced,
    priorCents: announced?.mayAnnounce && !announced.exempt ? announced.lowestCents : null,
    beforeCents: announced?.previousCents ?? product.priceCents,
    unitPrice: labelUnitPrice(cents(nowCents), product.contents),
    depositCents: product.depositCents,
    badge: ownWords ? reason.offer.badge : (announced?.badge ?? null),
    offerTitle: reason ? (ownWords ? reason.offer.title : PLAIN_TITLE) : null,
  }
}
