/** Which releases were, or will be, in force on which days: what asked prices are worked out from. */
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { PriceLook } from '#hub/ports/price-ledger.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { localTime, type Day, type Millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { byActivation } from '#shared/sync/release-plan.ts'

/** First and last day of a release, both included: on the day of a change both were in force. */
export type Reign = { readonly rev: number; readonly assortment: Assortment; readonly from: Day; readonly until: Day }

/** Releases looked through; a hub that was off for longer begins with the oldest of them. */
const LOOKED_BACK = 64

/** Every release in force between the last look (null: only the present one counts) and an instant, in order. */
export const reignsSince = (documents: Pick<DocumentStore, 'records' | 'itemsAt'>, last: Pick<PriceLook, 'day' | 'rev'> | null, upTo: Millis): readonly Reign[] => {
  const heads = documents.records(LOOKED_BACK).filter(({ activeFrom }) => activeFrom <= upTo).toSorted(byActivation)
  const held = heads.filter((head, i) => heads[i + 1]?.activeFrom !== head.activeFrom)
  const known = last ? held.findIndex(({ rev }) => rev === last.rev) : held.length - 1
  const chain = held.slice(Math.max(0, known))
  return chain.flatMap((head, i): readonly Reign[] => {
    const read = documentsToAssortment({ hash: head.hash, items: documents.itemsAt(head.rev) })
    if (!read.ok) return []
    const dayOf = (at: Millis): Day => localTime(at, read.value.store.timeZone).day
    const began = dayOf(head.activeFrom)
    return [{ rev: head.rev, assortment: read.value, from: last && last.rev === head.rev && last.day > began ? last.day : began, until: dayOf(chain[i + 1]?.activeFrom ?? upTo) }]
  })
}
