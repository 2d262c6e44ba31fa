/** Keeps the evidence of what was asked: looks at the release in force, writes down what is new, and takes that along into the next release. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import type { AskedPrice, PriceLedger } from '#hub/ports/price-ledger.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { askedPrices, beganBefore } from '#shared/basket/asked-prices.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Channel } from '#shared/basket/quote.ts'
import { lowestPerDay, nextEntry, priceOn, type PriceRecord } from '#shared/catalogue/price-record.ts'
import type { PriceEntry, Product } from '#shared/catalogue/product.ts'
import type { Json } from '#shared/kernel/json.ts'
import { addDays, localTime, type Day } from '#shared/kernel/time.ts'
import { documentsToAssortment, documentsToStore } from '#shared/protocol/documents.ts'
import { releaseHash } from '#shared/sync/release-hash.ts'
import type { DocumentId, Documents } from '#shared/sync/release.ts'

export type PriceParts = {
  readonly documents: Pick<DocumentStore, 'current'>
  readonly prices: PriceLedger
  readonly transactions: Transactions
  readonly clock: Clock
}

const CHANNELS: readonly Channel[] = ['store', 'web']
/** A record that tells nothing else than the history for so long need not go along. */
const COMPARED_DAYS = 400

/** The documents of a release as its shop gave them, without the hub's own records. */
export const withoutRecords = (items: Documents): Documents => Object.fromEntries(Object.entries(items).filter(([id]) => !id.startsWith('prices/')))

/**
 * Writes down what the release in force asks and has asked since the last look. May run at any time: days on which no hub ran are caught up,
 * because the prices of a release follow from its documents alone; a look that finds nothing new leaves no trace.
 */
export const settlePrices = ({ documents, prices, transactions, clock }: PriceParts) => (source: string | null = null): void => {
  const release = documents.current()
  const store = release && documentsToStore(release.items)
  if (!release || !store?.ok) return
  const { timeZone } = store.value
  const today = localTime(clock.now(), timeZone).day
  const published = localTime(release.activeFrom, timeZone).day
  const last = prices.lastLook()
  if (last?.rev === release.rev && last.day >= today) return
  const read = documentsToAssortment(release)
  if (!read.ok) return
  transactions.run(() => {
    const since = last?.rev === release.rev && last.day > published ? last.day : published
    const found = read.value.products.flatMap((product) => CHANNELS.flatMap((channel) => newEntries(product, channel, read.value, { since, today, rev: release.rev, prices })))
    prices.add({ day: today, rev: release.rev, source: source ?? last?.source ?? releaseHash(withoutRecords(release.items)) }, found)
  })
}

/** The same for a clock: a full or busy disk is told and tried again at the next turn. */
export const settleWhenPossible = (parts: PriceParts & { readonly log: Log }) => (): void => {
  try {
    settlePrices(parts)()
  } catch (error) {
    const trouble = parts.transactions.troubleOf(error)
    if (!trouble) throw error
    parts.log.warn('prices not recorded yet', { why: trouble.type })
  }
}

type Look = { readonly since: Day; readonly today: Day; readonly rev: number; readonly prices: PriceLedger }

const newEntries = (product: Product, channel: Channel, assortment: Assortment, { since, today, rev, prices }: Look): readonly AskedPrice[] => {
  const asked = askedPrices(product, channel, assortment, today)
  const days = [since, ...asked.map(({ from }) => from).filter((from) => from > since)].sort()
  let known = prices.entries(product.sku, channel)
  return days.flatMap((day): readonly AskedPrice[] => {
    const low = priceOn(asked, day)
    const next = low === null ? null : nextEntry(known, day, low)
    if (!next) return []
    known = [next, ...known]
    return [{ sku: product.sku, channel, from: next.from, cents: next.cents, rev }]
  })
}

/**
 * The records that go with the next release: of every article of which something else was asked than its own history tells,
 * and of every one with an offer that claims to have begun earlier.
 */
export const priceRecords = (given: Documents, prices: PriceLedger, today: Day): Documents => {
  const read = documentsToAssortment({ hash: '', items: given })
  if (!read.ok) return {}
  const isFirst = prices.lastLook() === null
  return Object.fromEntries(
    read.value.products.flatMap((product): readonly (readonly [DocumentId, Json])[] => {
      const [store, web] = CHANNELS.map((channel) => lowestPerDay(prices.entries(product.sku, channel))) as [readonly PriceEntry[], readonly PriceEntry[]]
      const record: PriceRecord = { until: today, store, web }
      const wanted = differs(product, store, today) || differs(product, web, today) || beganBefore(product, read.value, isFirst ? null : today)
      return wanted ? [[`prices/${product.sku}`, JSON.parse(JSON.stringify({ sku: product.sku, ...record })) as Json]] : []
    }),
  )
}

const differs = ({ priceHistory }: Product, recorded: readonly PriceEntry[], today: Day): boolean => {
  const first = recorded.at(-1)?.from
  if (first === undefined) return false
  const days = [...recorded, ...priceHistory].map(({ from }) => from).filter((from) => from >= first && from <= today && from > addDays(today, -COMPARED_DAYS))
  return days.some((day) => priceOn(recorded, day) !== priceOn(priceHistory, day))
}
