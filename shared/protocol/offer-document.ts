/** Document `offer/<id>`: an offer, and how it is told to people. */
import * as v from 'valibot'
import type { Offer, PublishedOffer } from '../offers/offer.ts'
import { offerSchema as anyOfferSchema } from '../offers/offer-schema.ts'
import { isKey, localised, localisedText, picture, shortLocalised, shortNumber } from './document-fields.ts'

export { MAX_CONDITIONS, MAX_EFFECTS, MAX_FILTER_IDS } from '../offers/offer-schema.ts'

/** Ids that are part of document ids. */
export const offerSchema: v.GenericSchema<unknown, Offer> = v.pipe(
  anyOfferSchema,
  v.forward(v.check(({ id }) => isKey(id), 'id with other characters than letters, digits and . _ : -'), ['id']),
  v.forward(v.check(({ effects }) => effects.length > 0, 'without an effect'), ['effects']),
  v.forward(v.check(({ effects }) => effects.every((effect) => effect.type !== 'gift' || isKey(effect.sku)), 'gift with an article number of other characters than letters, digits and . _ : -'), ['effects']),
)

export const publishedOfferSchema: v.GenericSchema<unknown, PublishedOffer> = v.strictObject({
  offer: offerSchema,
  number: shortNumber,
  badge: shortLocalised,
  title: localised,
  summary: localisedText,
  picture,
  certainty: v.picklist(['exact', 'checkout']),
})
