/** A pack held to the scanner opens its article, the code of a phone its basket, from wherever one is. */
import { catalogueText } from '../lib/i18n/catalogue.ts'
import { text } from '../lib/i18n/locale.svelte.ts'
import type { Shopper } from '../lib/state/shopper.svelte.ts'

/** With everything that a goods code may say beside the article's number. */
const LONGEST_GOODS_CODE = 39

export const openScanned = (shopper: Shopper, code: string): void => {
  if (!shopper.view.identity || !shopper.store.assortment) return
  const { modules } = shopper.store
  const isBasket = code.length > LONGEST_GOODS_CODE
  if (!modules.has(isBasket ? 'bring' : 'browse')) return
  shopper.idle.activity()
  shopper.start()
  if (isBasket) return void import('./bring.ts').then(({ openBring }) => openBring(shopper, code))
  const product = shopper.store.scanned(code)
  if (product) shopper.go({ name: 'product', sku: product.sku })
  else shopper.tell(text(catalogueText).scanUnknown, 'warning')
}
