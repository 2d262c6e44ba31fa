/** Documents as the rest of the product uses them. A damaged one is reported and left out; it never takes the device down. */
import * as v from 'valibot'
import type { Assortment } from '../basket/assortment.ts'
import { KNOWN_TAX_RATES_BPS } from '../catalogue/tax-rates.ts'
import type { PriceRecord } from '../catalogue/price-record.ts'
import type { Category, Product } from '../catalogue/product.ts'
import type { Brand, Store } from '../catalogue/store.ts'
import type { Survey, Touchpoint } from '../feedback/survey.ts'
import type { Json } from '../kernel/json.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { OfferId } from '../kernel/ids.ts'
import type { PublishedOffer } from '../offers/offer.ts'
import { oncePer } from '../offers/once.ts'
import type { OfferFault, UnreadOffer } from '../offers/read-offers.ts'
import type { Policies } from '../offers/policies.ts'
import type { DocumentId, Documents, Release } from '../sync/release.ts'
import { boughtSchema } from './bought-document.ts'
import { surveySchema, touchpointSchema } from './feedback-document.ts'
import { publishedOfferSchema, readPublishedOffer, unreadOffer } from './offer-document.ts'
import { policiesSchema } from './policies-document.ts'
import { priceRecordSchema } from './price-record-document.ts'
import { profileSchema } from './profile-document.ts'
import { categorySchema, productSchema } from './product-document.ts'
import { brandSchema, storeSchema } from './store-document.ts'
import { wallSchema } from './wall-document.ts'

/** Every kind of document and its schema; the id is `kind/…`, `main` for those there is one of. */
export const DOCUMENT_SCHEMAS = {
  store: storeSchema,
  brand: brandSchema,
  policies: policiesSchema,
  category: categorySchema,
  product: productSchema,
  prices: priceRecordSchema,
  offer: publishedOfferSchema,
  survey: surveySchema,
  touchpoint: touchpointSchema,
  profile: profileSchema,
  bought: boughtSchema,
  wall: wallSchema,
} as const
export type DocumentKind = keyof typeof DOCUMENT_SCHEMAS
type Body<K extends DocumentKind> = v.InferOutput<(typeof DOCUMENT_SCHEMAS)[K]>

/** Why a document was left out: in English, for the log and the manager's health page. */
export type DamagedDocument = { readonly id: DocumentId; readonly reason: string }
export type DocumentMissing = { readonly type: 'DocumentMissing'; readonly id: DocumentId }
export type DocumentDamaged = { readonly type: 'DocumentDamaged'; readonly id: DocumentId; readonly reason: string }

/** Nesting of one document: deeper than any real offer, far from the end of the stack. */
export const MAX_DOCUMENT_DEPTH = 24

/** An assortment, and what could not be part of it; offers stand in `unread` too. */
export type ReadAssortment = Assortment & { readonly unread: readonly UnreadOffer[]; readonly damaged: readonly DamagedDocument[] }

/**
 * Arranges a release for pricing and browsing.
 * Errors  without a readable store or policies nothing can be priced; any other damaged document is left out and named in `damaged`.
 *         An offer that is malformed, unknown or beyond the shop's way of calculating is never priced: `unread` tells what is known of it.
 * Order   categories by parent and position, products and offers by their number: the same on every device.
 */
export const documentsToAssortment = (release: Pick<Release, 'hash' | 'items'>): Result<ReadAssortment, DocumentMissing | DocumentDamaged> => {
  const store = readMain(release.items, 'store')
  if (!store.ok) return store
  const policies = readMain(release.items, 'policies')
  if (!policies.ok) return policies
  const damaged: DamagedDocument[] = []
  const categories = readKind(release.items, 'category', damaged).toSorted(byPlace)
  const products = readProducts(release.items, store.value, damaged)
  const { offers, unread } = readOffersOf(release.items, policies.value, damaged)
  return ok({
    hash: release.hash,
    store: store.value,
    policies: policies.value,
    categories,
    products,
    productsBySku: new Map(products.map((product) => [product.sku, product])),
    offers,
    unread,
    damaged,
  })
}

export const documentsToStore = (items: Documents): Result<Store, DocumentMissing | DocumentDamaged> => readMain(items, 'store')
export const documentsToPolicies = (items: Documents): Result<Policies, DocumentMissing | DocumentDamaged> => readMain(items, 'policies')
export const documentsToBrand = (items: Documents): Result<Brand, DocumentMissing | DocumentDamaged> => readMain(items, 'brand')
/** Surveys by id; damaged ones are left out. */
export const documentsToSurveys = (items: Documents): readonly Survey[] => readKind(items, 'survey', [])
/** Touchpoints by id; damaged ones are left out, and so are those whose survey is not there. */
export const documentsToTouchpoints = (items: Documents): readonly Touchpoint[] => {
  const surveys = new Set(documentsToSurveys(items).map((survey) => survey.id))
  return readKind(items, 'touchpoint', []).filter((touchpoint) => surveys.has(touchpoint.survey))
}

/** The offers of a release that cannot be computed, without reading the rest of it. */
export const documentsToUnread = (items: Documents): readonly DamagedDocument[] => {
  const policies = documentsToPolicies(items)
  const damaged: DamagedDocument[] = []
  if (policies.ok) readOffersOf(items, policies.value, damaged)
  // What the store leaves to its checkout anyway, no device lacks.
  return damaged.filter(({ id }) => !isLeftToCheckout(items[id])).map(({ id, reason }) => ({ id: id.slice('offer/'.length), reason }))
}

const isLeftToCheckout = (body: Json | undefined): boolean => typeof body === 'object' && body !== null && 'certainty' in body && body.certainty === 'checkout'

/** Everything wrong with a set of documents, checked before a hub publishes it; empty when it is sound. An offer alone never stops the rest: see `isRefusedOffer`. */
export const findDamage = (items: Documents): readonly DamagedDocument[] => {
  const unknown = Object.keys(items).filter((id) => !isKnownId(id)).map((id) => ({ id, reason: 'unknown kind of document' }))
  const assortment = documentsToAssortment({ hash: '', items })
  const brand = documentsToBrand(items)
  const damaged: DamagedDocument[] = [...unknown, ...(assortment.ok ? assortment.value.damaged : [toDamage(assortment.error)])]
  if (!brand.ok) damaged.push(toDamage(brand.error))
  const surveys = readKind(items, 'survey', damaged)
  const touchpoints = readKind(items, 'touchpoint', damaged)
  const known = new Set(surveys.map((survey) => survey.id))
  for (const { id, survey } of touchpoints) if (!known.has(survey)) damaged.push({ id: `touchpoint/${id}`, reason: `survey: ${survey} is not there` })
  return damaged
}

/** A damaged offer is left to the checkout and told as such; every other damage keeps a release from being published. */
export const isRefusedOffer = ({ id }: DamagedDocument): boolean => id.startsWith('offer/')

/** The documents as they may be hashed and sent: an offer nested beyond all reading leaves only its id, which devices list as not understood. */
export const publishableDocuments = (items: Documents): Documents =>
  Object.fromEntries(Object.entries(items).map(([id, body]) => [id, id.startsWith('offer/') && isDeeperThan(body, MAX_DOCUMENT_DEPTH) ? {} : body]))

/**
 * Reads every document of a release beforehand, one a step: whoever arranges the release afterwards (`documentsToAssortment`) finds them read.
 * A screen that a person may touch meanwhile never waits for more than one of them.
 */
export function* readInSteps(items: Documents): Generator<void, void> {
  for (const [id, body] of Object.entries(items)) {
    const kind = id.slice(0, id.indexOf('/'))
    if (isKind(kind)) readDocument(kind, id, body)
    yield
  }
}

const isKind = (kind: string): kind is DocumentKind => Object.hasOwn(DOCUMENT_SCHEMAS, kind)

/** Reads one document of a kind, and says in words what is wrong with it. A document never changes, so it is read once. */
export const readDocument = <K extends DocumentKind>(kind: K, id: DocumentId, body: Json): Result<Body<K>, DocumentDamaged> => {
  if (typeof body !== 'object' || body === null) return readAnew(kind, id, body)
  const readings = readingsOf(body)
  const name = `${kind} ${id}`
  const known = readings.get(name) as Result<Body<K>, DocumentDamaged> | undefined
  if (known) return known
  const read = readAnew(kind, id, body)
  readings.set(name, read)
  return read
}

/** By kind and id: nothing keeps one body from standing under two names. */
const readingsOf = oncePer((_body: object) => new Map<string, Result<Body<DocumentKind>, DocumentDamaged>>())

const readAnew = <K extends DocumentKind>(kind: K, id: DocumentId, body: Json): Result<Body<K>, DocumentDamaged> => {
  const damaged = (reason: string): Result<never, DocumentDamaged> => err({ type: 'DocumentDamaged', id, reason })
  if (isDeeperThan(body, MAX_DOCUMENT_DEPTH)) return damaged(`nested deeper than ${MAX_DOCUMENT_DEPTH}`)
  const read = v.safeParse(DOCUMENT_SCHEMAS[kind], body, { abortEarly: true })
  if (!read.success) return damaged(read.issues.map(describeIssue).join('; '))
  const named = nameInside(read.output)
  const outside = id.slice(kind.length + 1)
  return named === null || named === outside || outside === 'main' ? ok(read.output as Body<K>) : damaged(`holds ${named}`)
}

const readMain = <K extends 'store' | 'brand' | 'policies'>(items: Documents, kind: K): Result<Body<K>, DocumentMissing | DocumentDamaged> => {
  const id = `${kind}/main`
  const body = Object.hasOwn(items, id) ? items[id] : undefined
  return body === undefined ? err({ type: 'DocumentMissing', id }) : readDocument(kind, id, body)
}

const readKind = <K extends DocumentKind>(items: Documents, kind: K, damaged: DamagedDocument[]): readonly Body<K>[] => {
  const ids = Object.keys(items).filter((id) => id.startsWith(`${kind}/`)).sort()
  const bodies: Body<K>[] = []
  for (const id of ids) {
    const read = readDocument(kind, id, items[id]!)
    if (read.ok) bodies.push(read.value)
    else damaged.push(toDamage(read.error))
  }
  return bodies
}

const readOffersOf = (items: Documents, policies: Policies, damaged: DamagedDocument[]): { readonly offers: readonly PublishedOffer[]; readonly unread: readonly UnreadOffer[] } => {
  const unread: UnreadOffer[] = []
  const refuse = (id: DocumentId, fault: OfferFault): void => {
    unread.push(unreadOffer(id.slice('offer/'.length) as OfferId, items[id]!, fault))
    damaged.push({ id, reason: fault.path === '' ? fault.reason : `${fault.path}: ${fault.reason}` })
  }
  const sound: PublishedOffer[] = []
  for (const id of Object.keys(items).filter((one) => one.startsWith('offer/')).sort()) {
    const body = items[id]!
    const read = isDeeperThan(body, MAX_DOCUMENT_DEPTH) ? err({ path: '', reason: `nested deeper than ${MAX_DOCUMENT_DEPTH}` }) : readPublishedOffer(id.slice('offer/'.length) as OfferId, body, policies)
    if (read.ok) sound.push(read.value)
    else refuse(id, read.error)
  }
  const twice: DamagedDocument[] = []
  const offers = uniqueNumbers(sound, ({ offer }) => `offer/${offer.id}`, twice)
  for (const { id, reason } of twice) refuse(id, { path: 'number', reason: reason.slice('number: '.length) })
  return { offers, unread }
}

const readProducts = (items: Documents, store: Store, damaged: DamagedDocument[]): readonly Product[] => {
  const rates = KNOWN_TAX_RATES_BPS[store.country]
  const taxed = readKind(items, 'product', damaged).filter((product) => {
    const known = rates === undefined || rates.includes(product.taxRateBps)
    if (!known) damaged.push({ id: `product/${product.sku}`, reason: `taxRateBps: ${product.taxRateBps} is no rate of ${store.country}` })
    return known
  })
  return uniqueNumbers(withRecords(items, taxed, damaged), (product) => `product/${product.sku}`, damaged)
}

/** A damaged record costs its article nothing but the memory of earlier offers. */
const withRecords = (items: Documents, products: readonly Product[], damaged: DamagedDocument[]): readonly Product[] => {
  const records = new Map(readKind(items, 'prices', damaged).map(({ sku, ...record }) => [sku, record]))
  return records.size === 0 ? products : products.map((product) => withRecord(product, records.get(product.sku)))
}
const withRecord = (product: Product, recorded: PriceRecord | undefined): Product => (recorded ? { ...product, recorded } : product)

/** Two documents of one number would make hand-off codes ambiguous: the later id goes. */
const uniqueNumbers = <T extends Product | PublishedOffer>(all: readonly T[], idOf: (item: T) => DocumentId, damaged: DamagedDocument[]): readonly T[] => {
  const byNumber = new Map<number, T>()
  for (const item of all) {
    const first = byNumber.get(item.number)
    if (first === undefined) byNumber.set(item.number, item)
    else damaged.push({ id: idOf(item), reason: `number: ${item.number} belongs to ${idOf(first)}` })
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number)
}

const byPlace = (a: Category, b: Category): number =>
  compareText(a.parent ?? '', b.parent ?? '') || a.order - b.order || compareText(a.id, b.id)
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const isKnownId = (id: DocumentId): boolean => isKind(id.slice(0, id.indexOf('/')))
const toDamage = (error: DocumentMissing | DocumentDamaged): DamagedDocument => ({ id: error.id, reason: error.type === 'DocumentMissing' ? 'missing' : error.reason })

const nameInside = (body: Body<DocumentKind>): string | null => {
  if ('sku' in body) return body.sku
  if ('offer' in body && typeof body.offer === 'object') return body.offer.id
  return 'id' in body ? body.id : null
}

const describeIssue = (issue: v.BaseIssue<unknown>): string => {
  const path = v.getDotPath(issue)
  return path === null ? issue.message : `${path}: ${issue.message}`
}

const isDeeperThan = (value: Json, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((inner: Json) => isDeeperThan(inner, levels - 1)))
