/** How this store calls its offers, articles and departments: the one telling of kiosk, tablet, phone and log. */
import { LABELS } from '../catalogue/labels.ts'
import type { OfferId, Sku } from '../kernel/ids.ts'
import { LANGUAGES, type Language, type Localised } from '../kernel/language.ts'
import { explainVerdict } from '../offers/explain.ts'
import type { Telling } from '../offers/telling.ts'
import type { Verdict } from '../offers/priced-basket.ts'
import type { Assortment } from './assortment.ts'

/** Names as the release of this assortment has them; an id that it does not know stands for itself. */
export const tellingOf = (assortment: Assortment, language: Language): Telling => ({
  language,
  timeZone: assortment.store.timeZone,
  currency: assortment.store.currency,
  names: {
    offer: (id) => assortment.offers.find(({ offer }) => offer.id === id)?.title[language] ?? id,
    product: (sku) => assortment.productsBySku.get(sku as Sku)?.name[language] ?? sku,
    isSold: (sku) => assortment.productsBySku.has(sku as Sku),
    taxon: (id) => assortment.categories.find((category) => category.id === id)?.name[language] ?? LABELS[id]?.[language] ?? id,
    shippingMethod: (id) => assortment.store.shipping.find((method) => method.id === id)?.name[language] ?? id,
  },
})

/** Why an offer takes nothing off, in every language; null if it does, or if nothing is known of it. */
export const whyNot = (id: OfferId, verdicts: readonly Verdict[], assortment: Assortment): Localised | null => {
  const verdict = verdicts.find(({ offerId }) => offerId === id)
  if (!verdict || verdict.status === 'applied') return null
  const said = Object.fromEntries(LANGUAGES.map((language) => [language, explainVerdict(verdict, tellingOf(assortment, language))]))
  return said as Localised
}
