/** Words of offers that promise more than the lowest price of 30 days allows, replaced before anybody sees them. */
import { announcedReduction } from '#shared/basket/announced-reduction.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { offersOfProduct } from '#shared/basket/offer-answers.ts'
import type { Channel } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { exemptionOf } from '#shared/offers/exemption.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { documentsToAssortment, type DamagedDocument } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'

export type LawfulOffers = {
  /** The documents that differ from what was given. */
  readonly offers: Documents
  /** Why, in English, one per offer. */
  readonly replaced: readonly DamagedDocument[]
}

/**
 * Offers whose own words would not be true against the lowest price of 30 days, with words that are.
 * Source  CJEU C-330/23: every percent, and every claim such as "price highlight", is computed from that price.
 */
export const lawfulOffers = (items: Documents, now: Millis): LawfulOffers => {
  const read = documentsToAssortment({ hash: '', items })
  if (!read.ok) return { offers: {}, replaced: [] }
  const assortment = read.value
  const articles = articlesByOffer(assortment)
  const offers: Record<string, Json> = {}
  const replaced: DamagedDocument[] = []
  for (const published of assortment.offers) {
    const found = articles.get(published) ?? []
    const unlawful = found.map((product) => ({ product, percent: lawfulPercent(product, published, assortment, now) })).filter(({ percent }) => percent !== null)
    const first = unlawful[0]
    if (!first) continue
    const id = `offer/${published.offer.id}`
    offers[id] = JSON.parse(JSON.stringify({ ...published, ...plainWords(found, Math.max(...unlawful.map(({ percent }) => percent!))) })) as Json
    replaced.push({ id, reason: `${first.product.sku}: ${first.percent! > 0 ? `only ${first.percent} % cheaper than` : 'not cheaper than'} in the 30 days before; ${unlawful.length} of ${found.length} articles` })
  }
  return { offers, replaced }
}

const articlesByOffer = (assortment: Assortment): ReadonlyMap<PublishedOffer, readonly Product[]> => {
  const announced = new Set(assortment.offers.filter((one) => one.offer.enabled !== false && exemptionOf(one) === null))
  const found = new Map<PublishedOffer, Product[]>()
  if (announced.size === 0) return found
  for (const product of assortment.products) {
    for (const one of offersOfProduct(product, assortment)) if (announced.has(one)) found.set(one, [...(found.get(one) ?? []), product])
  }
  return found
}

/** The percent that may be announced at the most; null if the offer's own words hold, or it takes nothing off. */
const lawfulPercent = (product: Product, published: PublishedOffer, assortment: Assortment, now: Millis): number | null => {
  const begins = published.offer.window?.from
  const at = begins === undefined ? now : millis(Math.max(now, Date.parse(begins)))
  const channels = (published.offer.channels ?? ['store', 'web']).filter((channel): channel is Channel => channel === 'store' || channel === 'web')
  const line = { product, reasons: [{ offer: published, cents: cents(0), onlyOn: null }] }
  const announced = channels.map((channel) => announcedReduction(line, assortment, { now: at, channel })).filter((one) => one !== null && !one.ownWordsHold)
  return announced.length === 0 ? null : Math.max(0, ...announced.map((one) => (one!.mayAnnounce ? one!.percent : 0)))
}

/** Names the goods, and no more percent than is true for one of them. */
const plainWords = (articles: readonly Product[], percent: number): Pick<PublishedOffer, 'badge' | 'title' | 'summary'> => {
  const name = (language: keyof Localised): string => articles[0]!.name[language].slice(0, 120)
  const more = articles.length - 1
  return {
    badge: percent > 0 ? { de: `bis −${percent} %`, en: `up to −${percent}%` } : { de: 'Angebot', en: 'Offer' },
    title: {
      de: `Angebot: ${name('de')}${more > 0 ? ` und ${more} weitere` : ''}`,
      en: `Offer: ${name('en')}${more > 0 ? ` and ${more} more` : ''}`,
    },
    summary: { de: 'Der Preis steht an jedem Artikel.', en: 'The price stands beside each item.' },
  }
}
