/** A WooCommerce shop behind the port: read by its REST interface, quoted by throw-away carts of its Store interface, opened by its checkout link. */
import type { HttpDoor } from '#hub/ports/http-door.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { normalCode } from './woocommerce-basket.ts'
import { emptyCart, fillCart, quoteOf, type WooAddress, type WooNames } from './woocommerce-cart.ts'
import { checkoutLink, opened, sessionLink } from './woocommerce-checkout.ts'
import { wooClient, type WooAccess } from './woocommerce-client.ts'
import { FREE_DELIVERY, freeByCouponId } from './woocommerce-offers.ts'
import { ordersSince } from './woocommerce-orders.ts'
import { readLists, type WooLists } from './woocommerce-read.ts'
import { wooSnapshot } from './woocommerce-snapshot.ts'
import { checkWebhook } from './woocommerce-webhook.ts'

export type WooConfig = WooAccess & {
  /** Secret of its webhooks; null: it has none. */
  readonly webhookSecret: string | null
  /** The checkout page, where it is not `/checkout/`. */
  readonly checkoutPage: string | null
  readonly pageSize?: number
}

/** The most that the interface hands out at once. */
const PAGE_SIZE = 100
/** Which plugins run is asked for once in so many readings: the shop takes seconds to answer. */
const SYSTEM_EVERY = 30

type Known = { readonly names: WooNames; readonly address: WooAddress | null }
const NOBODY: Known = { names: { ofCode: new Map(), freeByCode: new Map(), freeByAmount: null }, address: null }

export const wooShop = (config: WooConfig, door: HttpDoor): WebShop => {
  const client = wooClient(config, door)
  const pageSize = config.pageSize ?? PAGE_SIZE
  const { webhookSecret } = config
  let known = NOBODY
  let readings = 0
  let system: WooLists['system'] | undefined

  const read = async (): Promise<Result<ShopSnapshot, ShopTrouble>> => {
    const lists = await readLists(client, pageSize, readings % SYSTEM_EVERY === 0 ? undefined : system)
    if (!lists.ok) return lists
    if (lists.value.settings.get('woocommerce_price_num_decimals') !== '2') return err({ type: 'Refused', why: 'its prices do not have two decimals' })
    readings += 1
    system = lists.value.system
    const snapshot = wooSnapshot(lists.value)
    known = { names: namesOf(lists.value, snapshot), address: addressOf(lists.value) }
    return ok(snapshot)
  }

  return {
    name: 'woocommerce',
    read,
    quote: async (cart) => {
      const filled = await fillCart(cart, client, known.address)
      if (!filled.ok) return filled
      await emptyCart(client, filled.value.token)
      return ok(quoteOf(filled.value, cart, known.names))
    },
    openCheckout: async (cart, attribution) => {
      const link = checkoutLink(config.url, cart, attribution)
      if (link !== null) return ok(opened(link, false))
      const filled = await fillCart(cart, client, known.address)
      return filled.ok ? ok(opened(sessionLink(config.checkoutPage ?? `${config.url.replace(/\/+$/, '')}/checkout/`, filled.value.token, attribution), cart.delivery !== null)) : filled
    },
    ordersSince: (cursor) => ordersSince(client, cursor, pageSize),
    checkWebhook: webhookSecret === null ? { unable: 'SHOP_WEBHOOK_SECRET, the secret of its webhooks, is not set; its lists are read again and again instead' } : async (call) => checkWebhook(call, webhookSecret),
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

/** Order  of coupons that make delivery free: those that are computed here first, as they are applied. */
const namesOf = ({ coupons }: WooLists, { promotions, translated }: ShopSnapshot): WooNames => {
  const ids = new Set(promotions.map(({ id }) => id))
  const rank = (id: number): number => {
    const at = translated.offers.findIndex((offer) => String(offer.id) === freeByCouponId(id))
    return at < 0 ? translated.offers.length : at
  }
  return {
    ofCode: new Map(coupons.map(({ id, code }) => [normalCode(code), String(id)])),
    freeByCode: new Map(coupons.filter(({ id }) => ids.has(freeByCouponId(id))).sort((a, b) => rank(a.id) - rank(b.id)).map(({ id, code }) => [normalCode(code), freeByCouponId(id)])),
    freeByAmount: ids.has(FREE_DELIVERY) ? FREE_DELIVERY : null,
  }
}

const addressOf = ({ settings }: WooLists): WooAddress | null => {
  const [country = '', state = ''] = (settings.get('woocommerce_default_country') ?? '').split(':')
  return country === '' ? null : { country, state, postcode: settings.get('woocommerce_store_postcode') ?? '', city: settings.get('woocommerce_store_city') ?? '' }
}
