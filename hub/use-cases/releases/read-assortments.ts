/** Keeps the assortments of the releases that are asked for, so that a release is arranged once and not for every basket. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Brand } from '#shared/catalogue/store.ts'
import { documentsToAssortment, documentsToBrand } from '#shared/protocol/documents.ts'
import type { Release } from '#shared/sync/release.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'

/** The one in force and a few that are still honoured. */
const KEPT = 4

export const readAssortments = (documents: Pick<DocumentStore, 'head' | 'current' | 'findRelease'>): Assortments => {
  const kept = new Map<string, Assortment>()
  let brand: { readonly hash: string; readonly brand: Brand | null } | null = null
  const arrange = (release: Release): Assortment | null => {
    const known = kept.get(release.hash)
    if (known) return known
    const assortment = documentsToAssortment(release)
    if (!assortment.ok) return null
    kept.set(release.hash, assortment.value)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
    return assortment.value
  }
  return {
    current: () => {
      const head = documents.head()
      const known = head && kept.get(head.hash)
      if (known) return known
      const release = documents.current()
      return release && arrange(release)
    },
    brand: () => {
      const head = documents.head()
      if (!head) return null
      if (brand?.hash !== head.hash) brand = { hash: head.hash, brand: readBrand(documents.current()) }
      return brand.brand
    },
    find: (hashPrefix) => {
      const found = documents.findRelease(hashPrefix)
      const assortment = found && arrange(found.release)
      if (!found || !assortment) return null
      const { activeFrom, retiredAt, maxOfflineMs } = found.record
      return { assortment, activeFrom, retiredAt, maxOfflineMs }
    },
  }
}

const readBrand = (release: Release | null): Brand | null => {
  const brand = release && documentsToBrand(release.items)
  return brand?.ok ? brand.value : null
}
