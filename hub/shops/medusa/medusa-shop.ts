/** A Medusa shop behind the port: read as administrator, quoted by throw-away carts of a guest, opened by the id of a cart. */
import type { HttpDoor } from '#hub/ports/http-door.ts'
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, OpenedCheckout } from '#hub/ports/web-shop/shop-checkout.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { fillCart, quoteOf, type FilledCart } from './medusa-cart.ts'
import { medusaClient, type MedusaAccess } from './medusa-client.ts'
import { findCounter, type CounterTerms, type MedusaCounter } from './medusa-counter.ts'
import { readOrders } from './medusa-orders.ts'
import { readRecords } from './medusa-read.ts'
import { medusaSnapshot } from './medusa-snapshot.ts'

export type MedusaConfig = MedusaAccess &
  CounterTerms & {
    /** The storefront's page that takes over a cart, such as https://shop.example/cart; it gets `cart_id`. Null: it has none. See GUIDE.md. */
    readonly storefront: string | null
    readonly pageSize?: number
  }

const PAGE_SIZE = 100
/** Who looks at the shop's carts sees what made them. */
const QUOTE_METADATA = { source: 'einklang', purpose: 'quote' }

export const medusaShop = (config: MedusaConfig, door: HttpDoor): WebShop => {
  const client = medusaClient(config, door)
  let known: MedusaCounter | null = null
  const counter = async (): Promise<Result<MedusaCounter, ShopTrouble>> => {
    if (known) return ok(known)
    const found = await findCounter(client, config)
    if (found.ok) known = found.value
    return found
  }
  const fill = async (cart: ShopCart, metadata: object): Promise<Result<{ readonly filled: FilledCart; readonly at: MedusaCounter }, ShopTrouble | CartRefused>> => {
    const at = await counter()
    if (!at.ok) return at
    const filled = await fillCart(cart, client, at.value, metadata)
    return filled.ok ? ok({ filled: filled.value, at: at.value }) : filled
  }
  const { storefront } = config
  return {
    name: 'medusa',
    read: async () => {
      // Regions and keys may have changed since.
      known = null
      const at = await counter()
      if (!at.ok) return at
      const records = await readRecords(client, at.value, config.pageSize ?? PAGE_SIZE)
      return records.ok ? ok(medusaSnapshot(records.value)) : records
    },
    quote: async (cart) => {
      const said = await fill(cart, QUOTE_METADATA)
      return said.ok ? ok(quoteOf(said.value.filled, cart, said.value.at)) : said
    },
    openCheckout:
      storefront === null
        ? { unable: 'a Medusa server has no pages: name the page of its storefront that takes over a cart' }
        : async (cart, attribution) => {
            const said = await fill(cart, { source: 'einklang', ...attribution })
            return said.ok ? ok(openedAt(storefront, said.value.filled.cart.id, cart, attribution)) : said
          },
    ordersSince: (cursor) => readOrders(cursor, client, config.pageSize ?? PAGE_SIZE),
    checkWebhook: { unable: 'a Medusa server calls nobody; its full lists are read and compared instead' },
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

/** Whoever has a cart's id may read and change it, so there is no person in it. */
const openedAt = (storefront: string, cartId: string, { delivery }: ShopCart, { store, device, handoff }: Attribution): OpenedCheckout => {
  const url = new URL(storefront)
  for (const [name, value] of [['cart_id', cartId], ['utm_source', 'kiosk'], ['utm_medium', store], ['utm_content', device], ['utm_id', handoff]] as const) url.searchParams.set(name, value)
  return { url: url.href, leaves: delivery === null ? ['delivery'] : [] }
}
