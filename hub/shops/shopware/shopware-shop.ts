/** A Shopware shop behind the port: read as an integration, quoted by carts of a visitor, opened by a route of its storefront. */
import type { HttpDoor } from '#hub/ports/http-door.ts'
import { MAX_LINK, permalink } from '#hub/ports/web-shop/permalink.ts'
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, OpenedCheckout } from '#hub/ports/web-shop/shop-checkout.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { quoteByCart } from './shopware-cart.ts'
import { shopwareClient, type ShopwareAccess } from './shopware-client.ts'
import { AFFILIATE, readOrders } from './shopware-orders.ts'
import { findCounter, readRecords, type ShopwareCounter } from './shopware-read.ts'
import { shopwareSnapshot } from './shopware-snapshot.ts'
import { checkShopwareWebhook } from './shopware-webhook.ts'

export type ShopwareConfig = ShopwareAccess & {
  /** Id, name or access key; null where the shop has only one. */
  readonly salesChannel: string | null
  /** The storefront's route that fills a cart, such as https://shop.example/buy; null: it has none. See GUIDE.md. */
  readonly storefront: string | null
  /** Secret of the app whose webhooks call the hub; null: none does. */
  readonly webhookSecret: string | null
  readonly pageSize?: number
}

/** Records of one page; a shop gives out 500 at once unless told otherwise. */
const PAGE_SIZE = 200

export const shopwareShop = (config: ShopwareConfig, door: HttpDoor): WebShop => {
  const client = shopwareClient(config, door)
  const { storefront, webhookSecret, pageSize = PAGE_SIZE } = config
  let known: ShopwareCounter | null = null
  const counter = async (): Promise<Result<ShopwareCounter, ShopTrouble>> => {
    if (known) return ok(known)
    const found = await findCounter(client, config.salesChannel, pageSize)
    if (found.ok) known = found.value
    return found
  }
  return {
    name: 'shopware',
    read: async () => {
      // Its sales channel may have been set up anew since.
      known = null
      const at = await counter()
      if (!at.ok) return at
      const records = await readRecords(client, at.value, pageSize)
      if (!records.ok) return records
      const snapshot = shopwareSnapshot(records.value)
      return snapshot.ok ? snapshot : err({ type: 'Refused', why: snapshot.error })
    },
    quote: async (cart) => {
      const at = await counter()
      return at.ok ? quoteByCart(cart, client, at.value) : at
    },
    openCheckout: storefront === null ? { unable: 'a Shopware storefront has no link that fills a cart: name the route that was added to it' } : async (cart, attribution) => linkTo(storefront, cart, attribution),
    ordersSince: async (cursor) => {
      const at = await counter()
      return at.ok ? readOrders(cursor, client, at.value.channel.id, pageSize) : at
    },
    checkWebhook: webhookSecret === null ? { unable: 'no app of the shop calls the hub; its full lists are read and compared instead' } : (call) => checkShopwareWebhook(webhookSecret, call),
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

/** The two codes are the shop's own: its storefront keeps them for the order that follows. */
const linkTo = (storefront: string, cart: ShopCart, attribution: Attribution): Result<OpenedCheckout, CartRefused> => {
  const link = permalink(storefront, cart, attribution)
  const url = link && `${link}&${new URLSearchParams({ affiliateCode: AFFILIATE, campaignCode: attribution.handoff })}`
  return url === null || url.length > MAX_LINK ? err({ type: 'CartRefused', why: 'so many articles do not fit into a link' }) : ok({ url, leaves: ['delivery'] })
}
