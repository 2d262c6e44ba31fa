/** How the connected web shop calls what the house sells: numbers that were once given, and the deliveries it last told of. */
import type { ShopLedger } from '#hub/ports/shop-ledger.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { isAble, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { deliveryKeys, type ShopKeys } from './shop-documents.ts'

export type CartKeys = Pick<ShopKeys, 'articles' | 'deliveries'>

export type WatchedShop = {
  /** The same shop; what it says when it is read is remembered. */
  readonly shop: WebShop
  /** Order  without a reading since the start no delivery is known, and the link leaves it to the shop. */
  keysOf(assortment: Assortment): CartKeys
}

export const watchShop = (shop: WebShop, ledger: Pick<ShopLedger, 'numbers'>): WatchedShop => {
  let deliveries: ShopKeys['deliveries'] = { pickup: null, home: null }
  const hear = (snapshot: ShopSnapshot): void => {
    deliveries = deliveryKeys(snapshot.deliveries)
  }
  const { read } = shop
  const watched = async () => {
    const said = await (read as Extract<typeof read, Function>)()
    if (said.ok) hear(said.value)
    return said
  }
  return {
    shop: isAble(read) ? { ...shop, read: watched } : shop,
    keysOf: ({ products }) => {
      const keyOf = new Map([...ledger.numbers(shop.name, 'article', [], [])].map(([key, number]) => [number, key]))
      const articles = new Map<Sku, string>(products.flatMap(({ sku, number }) => (keyOf.has(number) ? [[sku, keyOf.get(number)!] as const] : [])))
      return { articles, deliveries }
    },
  }
}
