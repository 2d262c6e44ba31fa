/** What became of an offer in a basket, in sentences: the same on kiosk, staff tablet and phone, made from the engine's verdicts. */
import type { OfferStanding } from './offers-view.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { LABELS } from '#shared/catalogue/labels.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Language } from '#shared/kernel/language.ts'
import { explainNext, explainVerdict, type Telling } from '#shared/offers/explain.ts'

/** How this store calls its offers, articles and departments. */
export const tellingOf = (assortment: Assortment, language: Language): Telling => ({
  language,
  timeZone: assortment.store.timeZone,
  currency: assortment.store.currency,
  names: {
    offer: (id) => assortment.offers.find(({ offer }) => offer.id === id)?.title[language] ?? id,
    product: (sku) => assortment.productsBySku.get(sku as Sku)?.name[language] ?? sku,
    taxon: (id) => assortment.categories.find((category) => category.id === id)?.name[language] ?? LABELS[id]?.[language] ?? id,
    shippingMethod: (id) => assortment.store.shipping.find((method) => method.id === id)?.name[language] ?? id,
  },
})

/** Sentences about one offer: what it did, what is missing, what the next step needs. */
export const offerWords = ({ verdict, offer }: OfferStanding, telling: Telling): readonly string[] => {
  if (!verdict) return []
  const told = { ...telling, certainty: offer.certainty }
  const next = explainNext(verdict, told)
  return [explainVerdict(verdict, told), ...(next ? [next] : [])].filter((words) => words !== '')
}
