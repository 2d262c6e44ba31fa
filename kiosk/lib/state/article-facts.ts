/** What stands on the label of one article: the price of a single piece with everything that belongs to it. */
import type { Quote } from '#shared/basket/quote.ts'
import { priorPrice, priorPriceOfOffer, type PriorPrice } from '#shared/catalogue/prior-price.ts'
import type { Contents, Product } from '#shared/catalogue/product.ts'
import { isUnitPriceRequired, unitPrice, type UnitPrice } from '#shared/catalogue/unit-price.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { cents } from '#shared/kernel/money.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'

export type ArticleFacts = {
  /** To pay for one piece now, without deposit. */
  readonly nowCents: number
  /** Selling price before any offer. */
  readonly usualCents: number
  /** An offer or a fresh price cut makes it cheaper than before. */
  readonly isReduced: boolean
  /** Lowest price of the 30 days before the reduction; null where none is announced or the law exempts it. */
  readonly priorCents: number | null
  /** Asked directly before the reduction. */
  readonly beforeCents: number
  readonly unitPrice: UnitPrice | null
  readonly depositCents: number
  /** The offer that makes one piece cheaper: in a few characters for the label, and by its title. */
  readonly badge: Localised | null
  readonly offerTitle: Localised | null
}

/** A price cut is news for as long as the law looks back; after that it is simply the price. */
export const NEWS_DAYS = 30

/** The label of an article; `single` is the quote of one piece of it alone. */
export const articleFacts = (product: Product, single: Quote, timeZone: string): ArticleFacts => {
  const line = single.lines[0]
  const nowCents = line?.totalCents ?? product.priceCents
  const today = localTime(single.facts.now, timeZone).day
  const reason = line?.reasons[0]
  const prior = reason ? priorPriceOfOffer(product, cents(nowCents), firstDay(reason.offer.offer.window?.from, timeZone) ?? today) : recentCut(product, today)
  const isReduced = nowCents < product.priceCents || (prior?.mayAnnounce ?? false)
  return {
    nowCents,
    usualCents: product.priceCents,
    isReduced,
    priorCents: isReduced && prior && !prior.exempt ? prior.lowestCents : null,
    beforeCents: prior?.previousCents ?? product.priceCents,
    unitPrice: isUnitPriceRequired(product.contents) || isKilogram(product.contents) ? unitPrice(cents(nowCents), product.contents) : null,
    depositCents: product.depositCents,
    badge: reason?.offer.badge ?? null,
    offerTitle: reason?.offer.title ?? null,
  }
}

/** The law lets the label of one kilogram go without; beside a sausage nobody would guess that the price is for so much. */
const isKilogram = ({ amount, unit }: Contents): boolean => unit === 'g' && amount === 1000

const recentCut = (product: Product, today: Day): PriorPrice | null => {
  const prior = priorPrice(product)
  return prior && prior.mayAnnounce && prior.since > addDays(today, -NEWS_DAYS) ? prior : null
}

const firstDay = (from: string | undefined, timeZone: string): Day | null => (from === undefined ? null : localTime(millis(Date.parse(from)), timeZone).day)
