/** The one rule about announced reductions: every label, line and answer that names an earlier price or a percent asks here. */
import { addDays, localTime, type Day, type Millis } from '../kernel/time.ts'
import type { Localised } from '../kernel/language.ts'
import { priorPrice, PRIOR_PRICE_DAYS, type PriorPrice } from '../catalogue/prior-price.ts'
import { exemptionOf, type Exemption } from '../offers/exemption.ts'
import { askedPrices } from './asked-prices.ts'
import type { Assortment } from './assortment.ts'
import type { AnnouncedReduction, Channel, QuoteFacts, QuoteLine } from './quote.ts'

/** A price cut is news for as long as the law looks back; after that it is simply the price. */
export const NEWS_DAYS = PRIOR_PRICE_DAYS

/**
 * What may be announced about the price that an article has now; null where nothing was reduced for everybody.
 * Shape   `mayAnnounce` false: it is cheaper than before, but not than in the thirty days before, so no surface may speak of a reduction.
 * Source  PAngV § 11; CJEU C-330/23. The lower of store and web shop counts, as long as no court says that channels stand apart.
 */
export const announcedReduction = ({ product, reasons }: Pick<QuoteLine, 'product' | 'reasons'>, assortment: Assortment, facts: Pick<QuoteFacts, 'now' | 'channel'>): AnnouncedReduction | null => {
  const today = storeDay(facts.now, assortment.store.timeZone)
  const priceHistory = askedPrices(product, facts.channel, assortment, today)
  const byOffer = reasons.some(({ offer }) => exemptionOf(offer) === null)
  if (byOffer !== (priceHistory[0] !== undefined && priceHistory[0].cents < product.priceCents)) return null
  const prior = priorPrice({ priceHistory, perishable: product.perishable }, { others: [askedPrices(product, otherThan(facts.channel), assortment, today)] })
  if (!prior || (!byOffer && prior.since <= addDays(today, -NEWS_DAYS))) return null
  const reference = prior.exempt ? prior.previousCents : prior.lowestCents
  return { ...prior, ownWordsHold: prior.mayAnnounce && reference >= product.priceCents, badge: percentBadge(prior) }
}

/** Why a reduction of this line is announced without the lowest price of 30 days; null if it has none or is announced with it. */
export const exemptionOfLine = ({ product, reasons }: Pick<QuoteLine, 'product' | 'reasons'>): Exemption | 'perishable' | null => {
  const exemptions = reasons.map(({ offer }) => exemptionOf(offer))
  if (exemptions.includes(null) || exemptions.length === 0) return product.perishable ? 'perishable' : null
  return exemptions[0] ?? null
}

/** Days begin at a quarter of an hour everywhere: a shelf of labels asks the calendar once. */
const QUARTER_MS = 900_000
let lastDay: { readonly quarter: number; readonly timeZone: string; readonly day: Day } | null = null
const storeDay = (now: Millis, timeZone: string): Day => {
  const quarter = Math.floor(now / QUARTER_MS)
  if (lastDay?.quarter !== quarter || lastDay.timeZone !== timeZone) lastDay = { quarter, timeZone, day: localTime(now, timeZone).day }
  return lastDay.day
}

const otherThan = (channel: Channel): Channel => (channel === 'store' ? 'web' : 'store')

const percentBadge = ({ mayAnnounce, percent }: PriorPrice): Localised | null =>
  mayAnnounce && percent >= 1 ? { de: `−${percent} %`, en: `−${percent}%` } : null
