/** A running Shopify store behind the port: read by its Admin interface, priced and opened by carts of its Storefront interface. */
import type { HttpDoor } from '#hub/ports/http-door.ts'
import { permalink } from '#hub/ports/web-shop/permalink.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, OpenedCheckout } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { makeCart, namesOf, quoteOf, type PromotionNames } from './shopify-cart.ts'
import { shopifyClient, type ShopifyAccess, type ShopifyClient } from './shopify-client.ts'
import { attributesOf, readOrders } from './shopify-orders.ts'
import { PAGE_SIZES, readDiscounts, readShop, type PageSizes } from './shopify-read.ts'
import { shopifySnapshot, type ShopifyTax } from './shopify-snapshot.ts'
import { checkCall } from './shopify-webhook.ts'

export type ShopifyConfig = ShopifyAccess & {
  /** Whose prices: two letters. */
  readonly country: string
  readonly tax: ShopifyTax
  /** cart: the shop's checkout with a cart that knows store, device and hand-off. buy: a link that anybody can write, without asking the shop. */
  readonly opens: 'cart' | 'buy'
  /** Of the shop's app, which signs its calls; null: calls are not taken. */
  readonly webhookSecret: string | null
  readonly pageSizes?: PageSizes
}

export const shopifyShop = (config: ShopifyConfig, door: HttpDoor): WebShop => {
  const { country, tax, opens, webhookSecret, pageSizes: sizes = PAGE_SIZES } = config
  const client = shopifyClient(config, door)
  /** As the last reading found them. */
  let names: PromotionNames | null = null

  const read = async (): Promise<Result<ShopSnapshot, ShopTrouble>> => {
    const records = await readShop(client, country, sizes)
    if (!records.ok) return records
    names = namesOf(records.value.discounts)
    return ok(shopifySnapshot(records.value, { country, tax }))
  }

  const namesNow = async (): Promise<Result<PromotionNames, ShopTrouble>> => {
    if (names) return ok(names)
    const discounts = await readDiscounts(client, sizes.discounts)
    if (!discounts.ok) return discounts
    names = namesOf(discounts.value)
    return ok(names)
  }

  const quote = async (cart: ShopCart): Promise<Result<ShopQuote, ShopTrouble | CartRefused>> => {
    const known = await namesNow()
    if (!known.ok) return known
    const made = await makeCart(cart, client, country, { einklang_purpose: 'quote' })
    return made.ok ? quoteOf(made.value, cart.lines, known.value) : made
  }

  return {
    name: 'shopify',
    read,
    quote,
    openCheckout: (cart, attribution) => (opens === 'cart' ? openCart(cart, attribution, client, country) : Promise.resolve(openLink(cart, attribution, config.url))),
    ordersSince: opens === 'cart' ? (cursor) => readOrders(cursor, client, sizes.orders) : { unable: 'an order that began with a link to /buy does not tell which link it was' },
    checkWebhook: webhookSecret === null ? { unable: "the secret of the shop's app, which signs its calls, is missing" } : (call) => checkCall(call, webhookSecret, new URL(config.url).hostname),
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

const openCart = async (cart: ShopCart, attribution: Attribution, client: ShopifyClient, country: string): Promise<Result<OpenedCheckout, ShopTrouble | CartRefused>> => {
  const made = await makeCart(cart, client, country, attributesOf(attribution))
  if (!made.ok) return made
  const url = made.value.record.checkoutUrl
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? ok({ url, leaves: ['delivery'] }) : err({ type: 'Nonsense', why: 'the address of its checkout is none' })
}

const openLink = (cart: ShopCart, attribution: Attribution, root: string): Result<OpenedCheckout, CartRefused> => {
  const url = permalink(`${root.replace(/\/+$/, '')}/buy`, cart, attribution)
  return url === null ? err({ type: 'CartRefused', why: 'so many articles do not fit into a link' }) : ok({ url, leaves: ['delivery'] })
}
