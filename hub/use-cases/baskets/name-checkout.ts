/** Where phones of the house reach the checkout: a hub that speaks plain http in its own network puts its address there into the store's document. */
import { isBareAddress } from '#shared/handoff/encode-handoff.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'

export type NameCheckoutParts = {
  readonly documents: Pick<DocumentStore, 'current'>
  publish(items: Documents): unknown
}

/** `host` null: phones use the address of the kiosk's own page. A name that a shop gave its checkout stays as it is. */
export const nameCheckout =
  ({ documents, publish }: NameCheckoutParts) =>
  (host: string | null): void => {
    const items = documents.current()?.items
    const store = items?.['store/main']
    if (!items || typeof store !== 'object' || store === null || Array.isArray(store)) return
    const named = (store as { readonly checkoutDomain?: unknown }).checkoutDomain
    const wanted = host ?? ''
    if (typeof named !== 'string' || named === wanted || (named !== '' && !isBareAddress(named))) return
    publish({ ...items, 'store/main': { ...store, checkoutDomain: wanted } })
  }
