/** A Vendure shop behind the port: read and quoted by its Admin API, opened by a route of its storefront. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import { permalink } from '#hub/ports/web-shop/permalink.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import type * as v from 'valibot'
import { vendureClient, type VendureAccess, type VendureClient } from './vendure-client.ts'
import { CHANNEL, channelReply, COLLECTIONS, collectionsReply, CREATE_DRAFT, DELETE_DRAFT, deletedReply, draftReply, fillDraft, ORDER, orderReply, PROMOTIONS, promotionsReply, SHIPPING, shippingReply, stepsReply, VARIANTS, variantsReply, type VendureOrderRecord } from './vendure-queries.ts'
import { readOrders } from './vendure-orders.ts'
import { vendureSnapshot } from './vendure-snapshot.ts'

export type VendureConfig = VendureAccess & {
  /** The storefront's route that fills a cart, such as https://shop.example/buy; null: it has none. See GUIDE.md. */
  readonly storefront: string | null
  /** The field of its orders that keeps the hand-off; null: it has none. See GUIDE.md. */
  readonly orderField: string | null
  /** Records of one page; a shop allows 1000 unless told otherwise. */
  readonly pageSize?: number
}

const PAGE_SIZE = 100
/** 100,000 records: more is another kind of house. */
const MAX_PAGES = 1000

export const vendureShop = (config: VendureConfig, door: HttpDoor): WebShop => {
  const client = vendureClient(config, door)
  const { storefront, orderField } = config
  return {
    name: 'vendure',
    read: () => readShop(client, config.pageSize ?? PAGE_SIZE),
    quote: (cart) => quoteByDraft(cart, client),
    openCheckout:
      storefront === null
        ? { unable: 'a Vendure server has no pages: name the route of its storefront that fills a cart' }
        : async (cart, attribution) => {
            const url = permalink(storefront, cart, attribution)
            return url === null ? err({ type: 'CartRefused', why: 'so many articles do not fit into a link' }) : ok({ url, leaves: ['delivery'] })
          },
    ordersSince:
      orderField === null
        ? { unable: 'orders of a Vendure server do not say where they came from: add a field to them and name it with the option order-field' }
        : (cursor) => readOrders(cursor, orderField, client, config.pageSize ?? PAGE_SIZE),
    checkWebhook: { unable: 'a Vendure server calls nobody; its full list is read and compared instead' },
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

const readShop = async (client: VendureClient, pageSize: number): Promise<Result<ShopSnapshot, ShopTrouble>> => {
  const channel = await client.ask({ query: CHANNEL, reply: channelReply, repeatable: true })
  if (!channel.ok) return channel
  const variants = await readPages(client, VARIANTS, variantsReply, pageSize)
  if (!variants.ok) return variants
  const collections = await readPages(client, COLLECTIONS, collectionsReply, pageSize)
  if (!collections.ok) return collections
  const promotions = await readPages(client, PROMOTIONS, promotionsReply, pageSize)
  if (!promotions.ok) return promotions
  const shipping = await readPages(client, SHIPPING, shippingReply, pageSize)
  if (!shipping.ok) return shipping
  return ok(vendureSnapshot({ channel: channel.value.activeChannel, variants: variants.value, collections: collections.value, promotions: promotions.value, shipping: shipping.value }))
}

type Page<T> = { readonly page: { readonly totalItems: number; readonly items: readonly T[] } }

/** All records. A list that moves while it is read is no list: the next reading finds it at rest. */
const readPages = async <T extends { readonly id: string }>(client: VendureClient, query: string, reply: v.GenericSchema<unknown, Page<T>>, take: number): Promise<Result<readonly T[], ShopTrouble>> => {
  const all = new Map<string, T>()
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const read = await client.ask({ query, variables: { take, skip: pages * take }, reply, repeatable: true })
    if (!read.ok) return read
    const { items, totalItems } = read.value.page
    for (const item of items) all.set(item.id, item)
    const seen = pages * take + items.length
    if (seen < totalItems && items.length === take) continue
    return seen === totalItems && all.size === totalItems ? ok([...all.values()]) : err({ type: 'Unreachable', why: 'its lists changed while they were read' })
  }
  return err({ type: 'Nonsense', why: `lists of more than ${MAX_PAGES * take} records` })
}

type QuoteRefused = ShopTrouble | CartRefused

/** A draft is an order that only administrators see; it is deleted whatever happens in between. */
const quoteByDraft = async (cart: ShopCart, client: VendureClient): Promise<Result<ShopQuote, QuoteRefused>> => {
  const draft = await client.ask({ query: CREATE_DRAFT, reply: draftReply })
  if (!draft.ok) return draft
  const order = draft.value.createDraftOrder.id
  const quoted = await fillAndRead(cart, order, client)
  await client.ask({ query: DELETE_DRAFT, variables: { order }, reply: deletedReply, repeatable: true })
  return quoted
}

const fillAndRead = async (cart: ShopCart, order: string, client: VendureClient): Promise<Result<ShopQuote, QuoteRefused>> => {
  const { lines, codes, delivery } = cart
  const variables = Object.fromEntries<unknown>([
    ['order', order],
    ...lines.flatMap(({ key, quantity }, i): readonly (readonly [string, unknown])[] => [[`v${i}`, key], [`q${i}`, quantity]]),
    ...codes.map((code, i) => [`c${i}`, code] as const),
    ...(delivery === null ? [] : [['s', delivery] as const]),
  ])
  const filled = await client.ask({ query: fillDraft(lines.length, codes.length, delivery !== null), variables, reply: stepsReply })
  if (!filled.ok) return filled
  const failed = Object.entries(filled.value).filter(([, step]) => step.errorCode !== undefined)
  const fatal = failed.find(([alias]) => !alias.startsWith('c'))
  if (fatal) return err({ type: 'CartRefused', why: fatal[1].message ?? fatal[1].errorCode! })
  const read = await client.ask({ query: ORDER, variables: { order }, reply: orderReply, repeatable: true })
  if (!read.ok) return read
  if (!read.value.order) return err({ type: 'Nonsense', why: 'the draft is gone before it was read' })
  return ok(quoteOf(read.value.order, failed.map(([alias, { errorCode }]) => ({ code: codes[Number(alias.slice(1))]!, why: errorCode! }))))
}

export const quoteOf = (order: VendureOrderRecord, refusedCodes: ShopQuote['refusedCodes']): ShopQuote => ({
  lines: order.lines.map(({ productVariant, quantity, linePriceWithTax, proratedLinePriceWithTax }) => ({ key: productVariant.id, quantity, beforeMinor: linePriceWithTax, totalMinor: proratedLinePriceWithTax })),
  discounts: [
    ...order.discounts.map(({ adjustmentSource, amountWithTax }) => ({ promotion: /^PROMOTION:(.+)$/.exec(adjustmentSource)?.[1] ?? null, minor: -amountWithTax })),
    ...order.surcharges.map(({ priceWithTax }) => ({ promotion: null, minor: -priceWithTax })),
  ],
  deliveryMinor: order.shippingWithTax,
  taxMinor: order.totalWithTax - order.total,
  totalMinor: order.totalWithTax,
  refusedCodes,
})
