/** A pack held to the scanner opens its article, from wherever one is. */
import { catalogueText } from '../lib/i18n/catalogue.ts'
import { text } from '../lib/i18n/locale.svelte.ts'
import type { Shopper } from '../lib/state/shopper.svelte.ts'

export const openScanned = (shopper: Shopper, code: string): void => {
  if (!shopper.view.identity || !shopper.store.assortment) return
  shopper.idle.activity()
  const product = shopper.store.scanned(code)
  shopper.start()
  if (product) shopper.go({ name: 'product', sku: product.sku })
  else shopper.tell(text(catalogueText).scanUnknown, 'warning')
}
