/** A Saleor shop behind the port: read as an app, quoted by checkouts of a guest, opened by the id of a checkout. */
import type { HttpDoor } from '#hub/ports/http-door.ts'
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, OpenedCheckout } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { openCheckout, quoteByCheckout, tellOrigin, type Owners } from './saleor-checkout.ts'
import { saleorClient, type SaleorAccess } from './saleor-client.ts'
import { codesOf, ruleName, rulesIn, vouchersIn } from './saleor-offers.ts'
import { DEVICE_KEY, HANDOFF_KEY, readOrders, STORE_KEY } from './saleor-orders.ts'
import { findCounter, readRecords, type SaleorCounter } from './saleor-read.ts'
import { saleorSnapshot, type SaleorRecords } from './saleor-snapshot.ts'
import { saleorWebhook } from './saleor-webhook.ts'

export type SaleorConfig = SaleorAccess & {
  /** Slug; null where the shop has only one. */
  readonly channel: string | null
  /** The storefront's page that takes over a checkout, such as https://shop.example/checkout; it gets `checkout`. Null: it has none. See GUIDE.md. */
  readonly storefront: string | null
  /** Secret of the webhook, where it has one; null: the shop's own key is asked for. */
  readonly webhookSecret: string | null
  readonly pageSize?: number
}

const PAGE_SIZE = 100

export const saleorShop = (config: SaleorConfig, door: HttpDoor): WebShop => {
  const client = saleorClient(config, door)
  const { storefront, pageSize = PAGE_SIZE } = config
  let known: SaleorCounter | null = null
  let owners: Owners = { byCode: new Map(), byName: new Map() }
  const counter = async (): Promise<Result<SaleorCounter, ShopTrouble>> => {
    if (known) return ok(known)
    const found = await findCounter(client, config.channel)
    if (found.ok) known = found.value
    return found
  }
  return {
    name: 'saleor',
    read: async () => {
      // Its channel may have been set up anew since.
      known = null
      const at = await counter()
      if (!at.ok) return at
      const records = await readRecords(client, at.value, pageSize)
      if (!records.ok) return records
      owners = ownersOf(records.value)
      return ok(saleorSnapshot(records.value))
    },
    quote: async (cart) => {
      const at = await counter()
      return at.ok ? quoteByCheckout(cart, client, at.value, owners) : at
    },
    openCheckout:
      storefront === null
        ? { unable: 'a Saleor server has no pages: name the page of its storefront that takes over a checkout' }
        : async (cart, attribution) => {
            const at = await counter()
            if (!at.ok) return at
            const opened = await openCheckout(cart, client, at.value)
            if (!opened.ok) return opened
            const told = await tellOrigin(opened.value.id, { [HANDOFF_KEY]: attribution.handoff, [STORE_KEY]: attribution.store, [DEVICE_KEY]: attribution.device }, client)
            return told.ok ? ok(openedAt(storefront, opened.value.id, cart, attribution)) : told
          },
    ordersSince: async (cursor) => {
      const at = await counter()
      return at.ok ? readOrders(cursor, client, at.value.channel.slug, pageSize) : at
    },
    checkWebhook: saleorWebhook({ secret: config.webhookSecret, url: config.url, door }),
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

/** The shop names a discount by its promotion and rule; of two with one name nobody knows which it was. */
const ownersOf = ({ promotions, vouchers, channel }: SaleorRecords): Owners => {
  const rules = rulesIn(promotions, channel.slug).map((named) => [ruleName(named), named.rule.id] as const)
  const names = rules.map(([name]) => name)
  return {
    byCode: new Map(vouchersIn(vouchers, channel.slug).flatMap((voucher) => codesOf(voucher).map((code) => [code, voucher.id] as const))),
    byName: new Map(rules.filter(([name]) => names.indexOf(name) === names.lastIndexOf(name))),
  }
}

/** Whoever has a checkout's id may read and change it, so there is no person in it. */
const openedAt = (storefront: string, checkout: string, { codes, delivery }: ShopCart, { store, device, handoff }: Attribution): OpenedCheckout => {
  const url = new URL(storefront)
  for (const [name, value] of [['checkout', checkout], ['utm_source', 'kiosk'], ['utm_medium', store], ['utm_content', device], ['utm_id', handoff]] as const) url.searchParams.set(name, value)
  return { url: url.href, leaves: [...(delivery === null ? ['delivery' as const] : []), ...(codes.length > 1 ? ['several codes' as const] : [])] }
}

