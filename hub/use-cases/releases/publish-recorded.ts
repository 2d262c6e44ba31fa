/** Publishes with the evidence of prices: what was asked goes into the ledger, histories cannot be rewritten, and words that the law forbids are replaced. */
import type { Log } from '#hub/ports/log.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { whyRewritten } from '#shared/catalogue/price-record.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import { documentsToAssortment, publishableDocuments, type DamagedDocument } from '#shared/protocol/documents.ts'
import { releaseHash } from '#shared/sync/release-hash.ts'
import { headOf, type Documents } from '#shared/sync/release.ts'
import { lawfulOffers } from './lawful-offers.ts'
import type { Publish } from './publish-release.ts'
import { priceRecords, settlePrices, withoutRecords, type PriceParts } from './record-prices.ts'

export type RecordedParts = PriceParts & { readonly log: Log }

/** Entries of a history may be dropped once they ended so long ago. */
const HISTORY_DAYS = 400

/** As `publish`, for documents as a shop gives them. Errors  ReleaseDamaged too if a published price history was changed afterwards. */
export const publishRecorded = (parts: RecordedParts, publish: Publish): Publish => {
  const settle = settlePrices(parts)
  return (items, terms) => {
    const given = publishableDocuments(withoutRecords(items))
    const read = documentsToAssortment({ hash: '', items: given })
    if (!read.ok) return publish(given, terms)
    const source = releaseHash(given)
    const current = parts.documents.current()
    const now = parts.clock.now()
    const from = millis(Math.max(now, terms?.activeFrom ?? now))
    if (current && from === now && parts.prices.lastLook()?.rev === current.rev && parts.prices.lastLook()?.source === source) return ok(headOf(current))
    settle()
    const today = localTime(parts.clock.now(), read.value.store.timeZone).day
    const rewritten = rewrittenHistories(current?.items ?? {}, read.value.products, today)
    if (rewritten.length > 0) return err({ type: 'ReleaseDamaged', damaged: rewritten })
    const records = priceRecords(given, parts, from)
    const { offers, replaced } = lawfulOffers({ ...given, ...records }, from)
    const published = publish({ ...given, ...records, ...offers }, terms)
    if (!published.ok) return published
    for (const { id, reason } of replaced) parts.log.warn('words of an offer replaced: no lawful reference for them', { id, reason })
    if (from === now) settle(source)
    return published
  }
}

/** Today's price may still move; what was asked on earlier days stands. */
const rewrittenHistories = (before: Documents, now: readonly Product[], today: Day): readonly DamagedDocument[] => {
  const read = documentsToAssortment({ hash: '', items: before })
  if (!read.ok) return []
  return now.flatMap((product): readonly DamagedDocument[] => {
    const past = (history: Product['priceHistory']): Product['priceHistory'] => history.filter(({ from }) => from < today)
    const published = past(read.value.productsBySku.get(product.sku)?.priceHistory ?? [])
    const reason = published.length > 0 ? whyRewritten(published, past(product.priceHistory), addDays(today, -HISTORY_DAYS)) : null
    return reason === null ? [] : [{ id: `product/${product.sku}`, reason }]
  })
}
