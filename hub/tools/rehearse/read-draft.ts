/** A draft of offers from a JSON file, and the shop it is a draft for. */
import { readFileSync } from 'node:fs'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { needsCustomer } from '#shared/basket/review/read-rules.ts'
import { cents, type Cents } from '#shared/kernel/money.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { localTime, type Millis } from '#shared/kernel/time.ts'
import type { Offer, PublishedOffer } from '#shared/offers/offer.ts'
import { readOffers, type RefusedOffer } from '#shared/offers/read-offers.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { whyNotPublishable } from '#shared/protocol/offer-document.ts'
import type { Documents } from '#shared/sync/release.ts'
import { openDesk } from '../open-desk.ts'
import { readTable } from '../read-table.ts'

export type Draft = { readonly offers: readonly PublishedOffer[]; readonly refused: readonly RefusedOffer[] }

/** A list of offers, bare or as published, or an object with such a list under `offers`. */
export const readDraft = (path: string): Result<Draft, string> => {
  const json = readJson(path)
  if (!json.ok) return json
  const list: unknown = Array.isArray(json.value) ? json.value : (json.value as { readonly offers?: unknown } | null)?.offers
  if (!Array.isArray(list)) return err(`${path} holds no list of offers`)
  const told = list.map((one: unknown) => (isTold(one) ? one : { offer: one }))
  const read = readOffers(told.map(({ offer }) => offer))
  const kept = read.offers.map((offer) => ({ offer, fault: whyNotPublishable(offer) }))
  const offers = kept.flatMap(({ offer, fault }) => (fault ? [] : [offer]))
  const refused = [...read.refused, ...kept.flatMap(({ offer, fault }) => (fault ? [{ ...fault, id: offer.id }] : []))]
  const byId = new Map(told.flatMap((one) => (typeof one.offer === 'object' && one.offer !== null && 'id' in one.offer ? [[one.offer.id, one] as const] : [])))
  return ok({ offers: offers.map((offer, i) => publishedOf(offer, i + 1, byId.get(offer.id))), refused })
}

type Told = { readonly offer: unknown } & Partial<Pick<PublishedOffer, 'title' | 'certainty' | 'number'>>
const isTold = (one: unknown): one is Told => typeof one === 'object' && one !== null && 'offer' in one

const publishedOf = (offer: Offer, place: number, told: Told | undefined): PublishedOffer => {
  const name = offer.name ?? offer.id
  const title = typeof told?.title?.de === 'string' && typeof told.title.en === 'string' ? told.title : { de: name, en: name }
  const certainty = told?.certainty === 'exact' || told?.certainty === 'checkout' ? told.certainty : needsCustomer(offer) ? 'checkout' : 'exact'
  const number = typeof told?.number === 'number' ? told.number : place
  return { offer, number, badge: { de: '', en: '' }, title, summary: title, picture: '', certainty }
}

const readJson = (path: string): Result<unknown, string> => {
  try {
    return ok(JSON.parse(readFileSync(path, 'utf8')) as unknown)
  } catch (error) {
    return err(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const DEMO_TIME_ZONE = 'Europe/Berlin'

/** The release in force of a data folder, or the demo shop of today. */
export const readShop = (data: string | undefined, now: Millis): Result<Assortment, string> => {
  const items = data === undefined ? ok(demoDocuments(localTime(now, DEMO_TIME_ZONE).day)) : itemsIn(data)
  if (!items.ok) return items
  const assortment = documentsToAssortment({ hash: '0'.repeat(64), items: items.value })
  return assortment.ok ? assortment : err(`the shop cannot be read: ${assortment.error.id}`)
}

const itemsIn = (data: string): Result<Documents, string> => {
  const desk = openDesk(data, { mustExist: true })
  if (!desk.ok) return desk
  try {
    const release = desk.value.documents.current()
    return release ? ok(release.items) : err(`nothing is published in ${data}`)
  } finally {
    desk.value.close()
  }
}

/** `sku,cost_cents`: what one piece costs the merchant. */
export const readCosts = (path: string): Result<ReadonlyMap<string, Cents>, string> => {
  const table = readTable(path)
  if (!table.ok) return err(`cannot read ${path}: ${table.error.why}`)
  const [sku, cost] = ['sku', 'cost_cents'].map((name) => table.value.header.indexOf(name)) as [number, number]
  if (sku < 0 || cost < 0) return err(`${path} needs the columns sku and cost_cents`)
  const rows = table.value.rows.map(({ line, cells }) => ({ line, sku: cells[sku] ?? '', cost: Number(cells[cost]) }))
  const bad = rows.find((row) => !Number.isSafeInteger(row.cost) || row.cost < 0)
  return bad ? err(`${path}, line ${bad.line}: cost_cents must be whole cents`) : ok(new Map(rows.map((row) => [row.sku, cents(row.cost)])))
}
