/** Whatever is published, what stands beside its articles goes along: by today's count, today's decisions, and of what this release has. */
import type { BoughtStore } from '#hub/ports/bought-store.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import { localTime } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { boughtDocuments } from './bought-documents.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'
import { shelfOf } from './shelf-of.ts'

export type PublishBoughtParts = { readonly bought: BoughtStore; readonly documents: Pick<DocumentStore, 'current'>; readonly clock: Clock }

const PREFIX = 'bought/'

/** What cannot be arranged is refused further down, with its reason. */
export const publishBought =
  ({ bought, documents, clock }: PublishBoughtParts, publish: PublishReviewed): PublishReviewed =>
  (items, override, terms) => {
    const [counted, choices] = [bought.rules(), bought.choices()]
    const others = Object.entries(items).filter(([id]) => !id.startsWith(PREFIX))
    if (counted === null && choices.length === 0 && others.length === Object.keys(items).length) return publish(items, override, terms)
    const plain = Object.fromEntries(others)
    const read = documentsToAssortment({ hash: '', items: plain })
    if (!read.ok) return publish(plain, override, terms)
    const asOf = localTime(counted?.at ?? clock.now(), read.value.store.timeZone).day
    const parts = { rules: counted?.rules ?? null, choices, shelf: shelfOf(read.value) }
    return publish({ ...plain, ...boughtDocuments(parts, { before: documents.current()?.items ?? {}, asOf }) }, override, terms)
  }
