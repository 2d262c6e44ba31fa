/** Keeps the evidence of what was asked: looks at the release in force, writes down what is new, and takes that along into the next release. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import type { AskedPrice, PriceLedger } from '#hub/ports/price-ledger.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { askedPrices, beganBefore } from '#shared/basket/asked-prices.ts'
import type { Channel } from '#shared/basket/quote.ts'
import { lowestPerDay, nextEntry, priceOn, type PriceRecord } from '#shared/catalogue/price-record.ts'
import type { PriceEntry } from '#shared/catalogue/price-entry.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { addDays, localTime, type Day, type Millis } from '#shared/kernel/time.ts'
import { documentsToAssortment, documentsToStore } from '#shared/protocol/documents.ts'
import { releaseHash } from '#shared/sync/release-hash.ts'
import type { DocumentId, Documents } from '#shared/sync/release.ts'
import { reignsSince, type Reign } from './price-reigns.ts'

export type PriceParts = {
  readonly documents: Pick<DocumentStore, 'current' | 'records' | 'itemsAt'>
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
 * Writes down what the release in force asks, and what it and those before it asked since the last look. May run at any time: days on which no
 * hub ran are caught up, because the prices of a release follow from its documents alone; a look that finds nothing new leaves no trace.
 */
export const settlePrices = ({ documents, prices, transactions, clock }: PriceParts) => (source: string | null = null): void => {
  const release = documents.current()
  const store = release && documentsToStore(release.items)
  if (!release || !store?.ok) return
  const now = clock.now()
  const last = prices.lastLook()
  const day = localTime(now, store.value.timeZone).day
  if (last?.rev === release.rev && last.day >= day) return
  transactions.run(() => {
    const { added } = askedSince(reignsSince(documents, last, now), prices)
    prices.add({ day, rev: release.rev, source: source ?? last?.source ?? releaseHash(withoutRecords(release.items)) }, added)
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

type Entries = (sku: Sku, channel: Channel) => readonly PriceEntry[]

/** What these releases add to the ledger, and the ledger as it is with them. */
const askedSince = (reigns: readonly Reign[], prices: PriceLedger): { readonly added: readonly AskedPrice[]; readonly entries: Entries } => {
  const added: AskedPrice[] = []
  const grown = new Map<string, readonly PriceEntry[]>()
  const entries: Entries = (sku, channel) => grown.get(`${channel} ${sku}`) ?? prices.entries(sku, channel)
  for (const { rev, assortment, from, until } of reigns) {
    for (const product of assortment.products) {
      for (const channel of CHANNELS) {
        const found = newEntries(askedPrices(product, channel, assortment, until), entries(product.sku, channel), from)
        if (found.length === 0) continue
        added.push(...found.map((entry) => ({ sku: product.sku, channel, from: entry.from, cents: entry.cents, rev })))
        grown.set(`${channel} ${product.sku}`, [...found.toReversed(), ...entries(product.sku, channel)])
      }
    }
  }
  return { added, entries }
}

/** Order  oldest first. */
const newEntries = (asked: readonly PriceEntry[], recorded: readonly PriceEntry[], since: Day): readonly PriceEntry[] => {
  const found: PriceEntry[] = []
  for (const day of [since, ...asked.map(({ from }) => from).filter((from) => from > since)].sort()) {
    const low = priceOn(asked, day)
    const next = low === null ? null : nextEntry([...found.slice(-1), ...recorded], day, low)
    if (next) found.push(next)
  }
  return found
}

/**
 * The records that go with a release that will be in force from an instant on: of every article of which something else was asked than its own
 * history tells, and of every one with an offer that claims to have begun earlier. What the releases until then will ask counts already.
 */
export const priceRecords = (given: Documents, { documents, prices }: Pick<PriceParts, 'documents' | 'prices'>, activeFrom: Millis): Documents => {
  const read = documentsToAssortment({ hash: '', items: given })
  if (!read.ok) return {}
  const last = prices.lastLook()
  const until = localTime(activeFrom, read.value.store.timeZone).day
  const { entries } = askedSince(last && last.day < until ? reignsSince(documents, last, activeFrom) : [], prices)
  return Object.fromEntries(
    read.value.products.flatMap((product): readonly (readonly [DocumentId, Json])[] => {
      const [store, web] = CHANNELS.map((channel) => lowestPerDay(entries(product.sku, channel))) as [readonly PriceEntry[], readonly PriceEntry[]]
      const record: PriceRecord = { until, store, web }
      const wanted = differs(product, store, until) || differs(product, web, until) || beganBefore(product, read.value, last === null ? null : until)
      return wanted ? [[`prices/${product.sku}`, JSON.parse(JSON.stringify({ sku: product.sku, ...record })) as Json]] : []
    }),
  )
}

const differs = ({ priceHistory }: Product, recorded: readonly PriceEntry[], until: Day): boolean => {
  const first = recorded.at(-1)?.from
  if (first === undefined) return false
  const days = [...recorded, ...priceHistory].map(({ from }) => from).filter((from) => from >= first && from <= until && from > addDays(until, -COMPARED_DAYS))
  return days.some((day) => priceOn(recorded, day) !== priceOn(priceHistory, day))
}
