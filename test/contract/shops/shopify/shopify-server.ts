/** A small server that answers like a Shopify store: both of its interfaces, its checkout and its way in by link, for the carts whose prices are known. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerGraphql, connection, type Arguments, type Data } from '../graphql-answer.ts'
import { PRICED, type PricedCart } from './shopify-prices.ts'
import { COLLECTIONS, DISCOUNTS, gid, VARIANTS } from './shopify-world.ts'

export const ADMIN_TOKEN = 'shpat_of_a_test'

export type Order = { readonly name: string; readonly createdAt: string; readonly updatedAt: string; readonly cancelledAt: string | null; readonly attributes: { readonly [key: string]: string }; readonly total: string }

export type ShopifyServer = {
  readonly url: string
  /** Paths that were asked, in order. */
  readonly asked: string[]
  readonly orders: Order[]
  /** Replaces discount 2 by one of 7 %, with the same stamps. */
  changeDiscount(): void
  /** Points of the bucket; null: none are counted. */
  points: { available: number; readonly most: number; readonly perSecond: number } | null
  version: string
  /** Attributes of the carts that were made. */
  readonly carts: { readonly id: string; readonly attributes: readonly { readonly key: string; readonly value: string }[]; readonly country: unknown }[]
  close(): Promise<void>
}

const SHOP: Data = { __typename: 'Shop', name: 'Kontor', currencyCode: 'EUR', taxesIncluded: true, myshopifyDomain: 'kontor.myshopify.com' }
/** Of every question, so that a bucket can run dry. */
const COST = 120

type Line = { readonly merchandiseId: string; readonly quantity: number }
type Input = { readonly lines: readonly Line[]; readonly discountCodes?: readonly string[]; readonly buyerIdentity?: { readonly countryCode?: unknown }; readonly attributes?: readonly { readonly key: string; readonly value: string }[] }

const euros = (cents: number): string => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0').replace(/0$/, '')}`
const money = (cents: number): Data => ({ __typename: 'MoneyV2', amount: euros(cents), currencyCode: 'EUR' })
const numberOf = (id: string): string => id.split('/').at(-1)!
const priceOf = (variant: string): number | null => {
  const found = VARIANTS.find((one) => one['id'] === gid('ProductVariant', variant))
  return found ? Math.round(Number(found['price']) * 100) : null
}
const codesOf = (discounts: readonly { readonly [field: string]: Data }[]): readonly string[] =>
  discounts.flatMap(({ discount }) => {
    const codes = (discount as { readonly codes?: (args: Arguments) => Data }).codes?.({}) as { readonly nodes: readonly { readonly code: string }[] } | undefined
    return codes?.nodes.map(({ code }) => code.toUpperCase()) ?? []
  })

const nameOfCart = (lines: readonly (readonly [string, number])[], codes: readonly string[]): string => `${[...lines].map(([variant, quantity]) => `${variant}x${quantity}`).sort().join(' ')} ${[...codes].sort().join(' ')}`
const BOOK = new Map(PRICED.map((one) => [nameOfCart(one.lines, one.codes), one]))

const orderData = ({ name, createdAt, updatedAt, cancelledAt, attributes, total }: Order): Data => ({
  __typename: 'Order', name, createdAt, updatedAt, cancelledAt,
  customAttributes: Object.entries(attributes).map(([key, value]) => ({ __typename: 'Attribute', key, value })),
  totalPriceSet: { __typename: 'MoneyBag', shopMoney: { __typename: 'MoneyV2', amount: total, currencyCode: 'EUR' } },
})

export const startShopify = async (): Promise<ShopifyServer> => {
  let discounts = DISCOUNTS
  const kept = new Map<string, Data>()
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const cartCreate = (args: Arguments): Data => {
    const input = args['input'] as Input
    const { lines, discountCodes = [], attributes = [], buyerIdentity } = input
    const unknown = lines.find(({ merchandiseId }) => priceOf(numberOf(merchandiseId)) === null)
    if (unknown) return made(null, [{ code: 'INVALID', message: `The merchandise with id ${unknown.merchandiseId} does not exist.` }], [])
    const living = codesOf(discounts)
    const strange = discountCodes.filter((code) => !living.includes(code.toUpperCase()))
    const codes = discountCodes.map((code) => code.toUpperCase()).filter((code) => living.includes(code))
    const book = BOOK.get(nameOfCart(lines.map(({ merchandiseId, quantity }) => [numberOf(merchandiseId), quantity]), codes))
    if (!book) return made(null, [{ code: 'INVALID', message: 'This store knows the prices of some carts only.' }], [])
    const id = gid('Cart', `c${kept.size + 1}?key=k`)
    const cart = cartOf(id, book, discountCodes, strange)
    kept.set(id, cart)
    shop.carts.push({ id, attributes, country: buyerIdentity?.countryCode })
    return made(cart, [], strange.map((code) => ({ code: 'DISCOUNT_NOT_FOUND', message: `Discount code ${code} was not found.`, target: code })))
  }

  const made = (cart: Data, errors: readonly { readonly [field: string]: string }[], warnings: readonly { readonly [field: string]: string }[]): Data => ({ __typename: 'CartCreatePayload', cart, userErrors: errors, warnings })

  const cartOf = (id: string, book: PricedCart, entered: readonly string[], strange: readonly string[]): Data => ({
    __typename: 'Cart',
    id,
    checkoutUrl: `${url}/cart/c/${encodeURIComponent(numberOf(id.split('?')[0]!))}?key=k`,
    discountCodes: entered.map((code) => ({ __typename: 'CartDiscountCode', code, applicable: !strange.includes(code) && !(book.idle ?? []).includes(code.toUpperCase()) })),
    cost: { __typename: 'CartCost', totalAmount: money(book.total), totalAmountEstimated: true },
    lines: connection([...book.lines].reverse().map(([variant, quantity]) => ({
      __typename: 'CartLine',
      quantity,
      merchandise: { __typename: 'ProductVariant', id: gid('ProductVariant', variant) },
      cost: { __typename: 'CartLineCost', subtotalAmount: money(priceOf(variant)! * quantity) },
      discountAllocations: (book.off[variant] ?? []).map(([name, cents]) =>
        entered.some((code) => code.toUpperCase() === name)
          ? { __typename: 'CartCodeDiscountAllocation', code: entered.find((code) => code.toUpperCase() === name)!, targetType: 'LINE_ITEM', discountedAmount: money(cents) }
          : { __typename: 'CartAutomaticDiscountAllocation', title: name, targetType: 'LINE_ITEM', discountedAmount: money(cents) },
      ),
    }))),
  })

  const ordersIn = ({ first, after, query }: Arguments): Data => {
    const since = typeof query === 'string' ? /^updated_at:>='(.+)'$/.exec(query)?.[1] : undefined
    const found = [...shop.orders].filter((order) => since === undefined || order.updatedAt >= since).sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
    return (connection(found.map(orderData)) as (args: Arguments) => Data)({ first, after })
  }

  const admin: { readonly [field: string]: Data } = {
    shop: SHOP,
    productVariants: connection(VARIANTS),
    collections: connection(COLLECTIONS),
    product: ({ id }) => ((VARIANTS.find((one) => (one['product'] as { readonly id: string }).id === id)?.['product'] as Data | undefined) ?? null),
    discountNodes: (args) => (connection(discounts) as (of: Arguments) => Data)(args),
    discountNode: ({ id }) => discounts.find((one) => one['id'] === id) ?? null,
    orders: ordersIn,
  }
  const storefront: { readonly [field: string]: Data } = { cartCreate, cart: ({ id }) => kept.get(String(id)) ?? null }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/'
    shop.asked.push(path)
    const say = (status: number, body: object, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    if (path.startsWith('/cart/c/')) return void response.writeHead(302, { location: `/checkouts/cn/${path.slice('/cart/c/'.length).split('?')[0]}` }).end()
    const isAdmin = path === '/admin/api/2026-07/graphql.json'
    if (!isAdmin && path !== '/api/2026-07/graphql.json') return say(404, { errors: 'Not Found' })
    if (isAdmin && request.headers['x-shopify-access-token'] !== ADMIN_TOKEN) return say(401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' })
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { query, variables } = JSON.parse(text) as { readonly query: string; readonly variables: Arguments }
    const told = { 'x-shopify-api-version': shop.version }
    const { points } = shop
    if (isAdmin && points) {
      const isDry = points.available < COST
      if (!isDry) points.available -= COST
      const cost = { requestedQueryCost: COST, actualQueryCost: isDry ? null : COST, throttleStatus: { maximumAvailable: points.most, currentlyAvailable: points.available, restoreRate: points.perSecond } }
      if (isDry) return say(200, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' } }], extensions: { cost } }, told)
      return say(200, { ...answerGraphql(query, variables, admin), extensions: { cost } }, told)
    }
    say(200, answerGraphql(query, variables, isAdmin ? admin : storefront), told)
  }

  const shop: ShopifyServer = {
    url,
    asked: [],
    orders: [],
    carts: [],
    points: null,
    version: '2026-07',
    changeDiscount: () => {
      discounts = discounts.map((one) => (one['id'] === gid('DiscountAutomaticNode', 2) ? withPercentage(one, 0.07) : one))
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return shop
}

const withPercentage = (node: { readonly [field: string]: Data }, percentage: number): { readonly [field: string]: Data } => {
  const discount = node['discount'] as { readonly [field: string]: Data }
  const gets = discount['customerGets'] as { readonly [field: string]: Data }
  return { ...node, discount: { ...discount, customerGets: { ...gets, value: { __typename: 'DiscountPercentage', percentage } } } }
}
