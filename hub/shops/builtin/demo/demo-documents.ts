/** The demo shop as documents. */
import type { Json } from '#shared/kernel/json.ts'
import type { Day } from '#shared/kernel/time.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Documents } from '#shared/sync/release.ts'
import { DEMO_CATEGORIES } from './demo-categories.ts'
import { demoOffers } from './demo-offers.ts'
import { demoProducts } from './demo-products.ts'
import { DEMO_BRAND, DEMO_STORE, DEMO_SURVEYS, DEMO_TOUCHPOINTS } from './demo-store.ts'

/**
 * Every document of the demo shop as it would be published on `today`.
 * The price histories are real and end on 2023-06-26. All their days are moved by the same whole number of days, so
 * that the newest price came into force on `today`: order, distances and amounts stay as they were, reductions are
 * live. Windows of offers lie around `today`, stock was counted the evening before. The same day gives the same documents.
 */
export const demoDocuments = (today: Day): Documents =>
  Object.fromEntries([
    ['store/main', toJson(DEMO_STORE)],
    ['brand/main', toJson(DEMO_BRAND)],
    ['policies/main', toJson(DIALECTS.einklang)],
    ...DEMO_CATEGORIES.map((category) => [`category/${category.id}`, toJson(category)]),
    ...demoProducts(today).map((product) => [`product/${product.sku}`, toJson(product)]),
    ...demoOffers(today).map((offer) => [`offer/${offer.offer.id}`, toJson(offer)]),
    ...DEMO_SURVEYS.map((survey) => [`survey/${survey.id}`, toJson(survey)]),
    ...DEMO_TOUCHPOINTS.map((touchpoint) => [`touchpoint/${touchpoint.id}`, toJson(touchpoint)]),
  ])

const toJson = (value: object): Json => JSON.parse(JSON.stringify(value))
