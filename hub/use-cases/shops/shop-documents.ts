/** A snapshot of a web shop as the documents of a release, on top of what the store itself has. Pure: the same snapshot, book of numbers and day give the same documents. */
import type { LeftOut, ShopArticle, ShopDelivery, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { ShippingMethod, Store } from '#shared/catalogue/store.ts'
import { KNOWN_TAX_RATES_BPS } from '#shared/catalogue/tax-rates.ts'
import type { PriceEntry } from '#shared/catalogue/price-entry.ts'
import type { Json } from '#shared/kernel/json.ts'
import { cents } from '#shared/kernel/money.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { localTime, type Day, type Millis } from '#shared/kernel/time.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { isKey, MAX_CENTS } from '#shared/protocol/document-fields.ts'
import { documentsToStore } from '#shared/protocol/documents.ts'
import { MAX_PRICE_ENTRIES, MAX_TAXONS } from '#shared/protocol/product-document.ts'
import type { Documents } from '#shared/sync/release.ts'
import { offerDocuments, type ImportedOffer, type OfferTerms } from './shop-offer-documents.ts'
import { firstStore, OTHER_ARTICLES, SHOP_BRAND } from './shop-store-documents.ts'
import { inBoth } from './shop-words.ts'

/** The shop cannot be the shop of this store. */
export type ShopUnsuitable = { readonly type: 'ShopUnsuitable'; readonly why: string }

export type ShopImport = {
  readonly items: Documents
  readonly offers: readonly ImportedOffer[]
  readonly leftOut: readonly LeftOut[]
  /** How the shop calls what the documents call otherwise. */
  readonly keys: ShopKeys
}

export type ShopKeys = {
  /** By the name of the house. */
  readonly articles: ReadonlyMap<string, string>
  readonly deliveries: { readonly pickup: string | null; readonly home: string | null }
  /** Offer ids by the shop's promotion. */
  readonly offers: ReadonlyMap<string, string>
}

export type ImportTerms = Omit<OfferTerms, 'numberOf'> & { readonly numberOf: (kind: 'article' | 'offer', key: string) => number | null }

/** How many pieces stand for "not counted": enough to be on sale. */
const NOT_COUNTED = 999
const REPLACED = ['product/', 'category/', 'offer/', 'policies/', 'prices/']

/** Errors  ShopUnsuitable for a shop with another currency, or that lists prices without tax. */
export const shopDocuments = (snapshot: ShopSnapshot, base: Documents, terms: ImportTerms): Result<ShopImport, ShopUnsuitable> => {
  if (snapshot.currency !== 'EUR') return err({ type: 'ShopUnsuitable', why: `its currency is ${snapshot.currency}, the store's is EUR` })
  if (!snapshot.pricesIncludeTax) return err({ type: 'ShopUnsuitable', why: 'it lists prices without tax, which shoppers in a store must not be shown' })
  const read = documentsToStore(base)
  const store = read.ok ? read.value : firstStore(snapshot.shopName)
  const leftOut: LeftOut[] = [...snapshot.leftOut]
  const shipping = shippingOf(snapshot.deliveries, store, leftOut)
  const offers = offerDocuments(snapshot, { ...terms, numberOf: (promotion) => terms.numberOf('offer', promotion) })
  const products = productDocuments(snapshot, base, store, terms, leftOut)
  const kept = Object.entries(base).filter(([id]) => !REPLACED.some((prefix) => id.startsWith(prefix)))
  const items: Documents = Object.fromEntries<Json>([
    ['brand/main', json(SHOP_BRAND(snapshot.shopName))],
    ...kept,
    ['store/main', json({ ...store, shipping: shipping.methods })],
    ['policies/main', json(inRankOrder(terms.policies))],
    ...categoryDocuments(snapshot),
    ...products.documents,
    ...offers.documents,
  ])
  return ok({ items, offers: offers.offers, leftOut, keys: { articles: products.keys, deliveries: shipping.keys, offers: new Map(offers.offers.map(({ promotion, id }) => [promotion, id])) } })
}

/** The shop's order of offers is written into their priority, because numbers of offers must stay what they were. */
export const inRankOrder = (policies: Policies): Policies => ({ ...policies, sort: 'priorityDesc', tie: 'asGiven' })

const json = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json

const categoryDocuments = ({ categories }: ShopSnapshot): readonly (readonly [string, Json])[] =>
  [...categories.filter(({ id }) => isKey(id)).map(({ id, parent, name }, order) => ({ id, parent, name: inBoth(name, { de: id, en: id }), picture: '/icons/mark.svg', order })), { ...OTHER_ARTICLES, order: categories.length }].map(
    (category) => [`category/${category.id}`, json(category)],
  )

type Products = { readonly documents: readonly (readonly [string, Json])[]; readonly keys: ReadonlyMap<string, string> }

const productDocuments = (snapshot: ShopSnapshot, base: Documents, store: Store, terms: ImportTerms, leftOut: LeftOut[]): Products => {
  const today = localTime(terms.at, store.timeZone).day
  const categories = new Map(snapshot.categories.filter(({ id }) => isKey(id)).map((category) => [category.id, category]))
  const ancestors = (id: string): readonly string[] => {
    const chain: string[] = []
    for (let at: string | null = id; at !== null && !chain.includes(at); at = categories.get(at)?.parent ?? null) chain.push(at)
    return chain
  }
  const keys = new Map<string, string>()
  const documents = snapshot.articles.flatMap((article): readonly (readonly [string, Json])[] => {
    const why = whyUnsellable(article, store)
    const number = why === null ? terms.numberOf('article', article.key) : null
    if (number === null) {
      leftOut.push({ what: article.sku, why: why ?? 'all 65,535 short numbers are given away' })
      return []
    }
    keys.set(article.sku, article.key)
    const category = article.category !== null && categories.has(article.category) ? article.category : OTHER_ARTICLES.id
    const taxons = [...new Set([...article.taxons.filter(isKey), ...ancestors(category)])]
    const id = `product/${article.sku}`
    return [[id, json(productBody(article, { number, category, taxons, today, at: terms.at, shelf: categories.get(category)?.name ?? {} }, fieldsOf(base[id])))]]
  })
  return { documents, keys }
}

const whyUnsellable = ({ priceMinor, taxPercent, taxons }: ShopArticle, { country }: Store): string | null => {
  if (!Number.isInteger(priceMinor) || priceMinor < 1 || priceMinor > MAX_CENTS) return `its price is ${priceMinor} cents`
  const bps = Math.round(taxPercent * 100)
  if (!(KNOWN_TAX_RATES_BPS[country]?.includes(bps) ?? true)) return `${taxPercent} % is no rate of tax in ${country}`
  return taxons.length > MAX_TAXONS - 8 ? `it is in more than ${MAX_TAXONS - 8} groups` : null
}

type Before = { readonly [field: string]: Json }
const fieldsOf = (body: Json | undefined): Before => (typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Before) : {})

type Place = { readonly number: number; readonly category: string; readonly taxons: readonly string[]; readonly today: Day; readonly at: Millis; readonly shelf: { readonly [language: string]: string } }

/** What the shop does not know of an article, the store may have written down: contents, shelf, picture and the like stay. */
const productBody = (article: ShopArticle, { number, category, taxons, today, at, shelf }: Place, before: Before): object => {
  const pieces = article.stock ?? NOT_COUNTED
  const stock = before['stock'] as { readonly pieces: number; readonly at: Millis } | undefined
  return {
    brand: null,
    contents: { amount: 1, unit: 'piece' },
    picture: '/icons/mark.svg',
    shelf: { aisle: 0, name: inBoth(shelf, OTHER_ARTICLES.name) },
    perishable: false,
    synonyms: [],
    alsoBought: [],
    ...Object.fromEntries(['brand', 'contents', 'picture', 'shelf', 'perishable', 'synonyms', 'alsoBought'].flatMap((field) => (before[field] === undefined ? [] : [[field, before[field]]]))),
    sku: article.sku,
    number,
    name: inBoth(article.name, { de: article.sku, en: article.sku }),
    category,
    taxons,
    priceCents: article.priceMinor,
    priceHistory: grown((before['priceHistory'] as unknown as readonly PriceEntry[] | undefined) ?? [], article.priceMinor, today),
    taxRateBps: Math.round(article.taxPercent * 100),
    depositCents: 0,
    ean: /^(|\d{8}|\d{12,14})$/.test(article.ean) ? article.ean : '',
    stock: stock?.pieces === pieces ? stock : { pieces, at },
  }
}

/** Order  newest first. A price of today may still move, those before stand. */
const grown = (history: readonly PriceEntry[], priceMinor: number, today: Day): readonly PriceEntry[] => {
  const past = history.filter(({ from }) => from < today)
  if (history[0]?.cents === priceMinor) return history
  return past[0]?.cents === priceMinor ? past : [{ from: today, cents: cents(priceMinor) }, ...past].slice(0, MAX_PRICE_ENTRIES)
}

type Shipping = { readonly methods: readonly ShippingMethod[]; readonly keys: ShopKeys['deliveries'] }

const firstPriced = (deliveries: readonly ShopDelivery[], kind: ShopDelivery['kind']): ShopDelivery | undefined => deliveries.find((one) => one.kind === kind && one.priceMinor !== null)

/** How the shop calls the one way home and the one to the counter. */
export const deliveryKeys = (deliveries: readonly ShopDelivery[]): ShopKeys['deliveries'] => ({
  pickup: firstPriced(deliveries, 'pickup')?.key ?? null,
  home: firstPriced(deliveries, 'home')?.key ?? null,
})

/** One way home and one way to the counter; a delivery whose price only the shop can tell is chosen and paid there. */
const shippingOf = (deliveries: readonly ShopDelivery[], store: Store, leftOut: LeftOut[]): Shipping => {
  const [home, pickup] = [firstPriced(deliveries, 'home'), firstPriced(deliveries, 'pickup')]
  for (const one of deliveries) if (one !== home && one !== pickup) leftOut.push({ what: `delivery ${inBoth(one.name, { de: one.key, en: one.key }).en}`, why: one.why ?? 'the store shows one way home and one to the counter' })
  const method = (one: ShopDelivery): ShippingMethod => ({ id: one.kind, name: inBoth(one.name, { de: 'Lieferung', en: 'Delivery' }), priceCents: cents(one.priceMinor!), taxRateBps: Math.round(one.taxPercent * 100) })
  const counter = store.shipping.find(({ id, priceCents }) => id === 'pickup' && priceCents === 0) ?? { id: 'pickup' as const, name: { de: 'Abholung', en: 'Pick-up' }, priceCents: cents(0), taxRateBps: 0 }
  return { methods: [pickup ? method(pickup) : counter, ...(home ? [method(home)] : [])], keys: deliveryKeys(deliveries) }
}
