/** A small server in the documented shapes of Saleor's GraphQL interface. It knows the prices of certain checkouts only, as somebody worked them out by hand. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { answerGraphql, type Arguments, type Data } from '../graphql-answer.ts'
import { NOT_APPLICABLE, PRICED, type PricedCheckout } from './saleor-prices.ts'
import { CHANNEL, DHL, JSON_MARK, saleorWorld, type Node, type SaleorWorld } from './saleor-world.ts'

export const TOKEN = 'app-token'

export type SaleorServer = {
  readonly url: string
  readonly world: SaleorWorld
  /** Checkouts that hold articles. */
  readonly filled: () => number
  /** With what the shop signs its calls. */
  readonly privateKey: KeyObject
  cancel(orderNumber: string): void
  stop(): Promise<void>
}

type Checkout = { lines: { readonly id: string; readonly key: string; readonly quantity: number }[]; hasAddress: boolean; delivery: string | null; code: string | null; metadata: { readonly key: string; readonly value: string }[] }
type Order = { readonly id: string; readonly number: string; readonly created: string; updatedAt: string; status: string; readonly gross: number; readonly metadata: Checkout['metadata'] }

const page = (nodes: () => readonly Node[]): Data => ({ first, after }) => {
  const from = typeof after === 'string' ? Number(after) : 0
  const until = from + Number(first)
  const all = nodes()
  return { edges: all.slice(from, until).map((node) => ({ node })), pageInfo: { hasNextPage: until < all.length, endCursor: all.length === 0 ? null : String(Math.min(until, all.length)) } }
}
const NONE: Data = []
const fault = (field: string, code: string, message: string): Data => [{ field, code, message }]

export const startSaleor = async (): Promise<SaleorServer> => {
  const world = saleorWorld()
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const checkouts = new Map<string, Checkout>()
  const orders: Order[] = []

  const create: Data = ({ input }) => {
    const { channel, lines, shippingAddress } = input as { readonly channel: string; readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]; readonly shippingAddress?: object }
    const unknown = lines.find(({ variantId }) => !world.lists['productVariants']!.some((variant) => variant['id'] === variantId))
    if (channel !== CHANNEL || unknown) return { checkout: null, errors: fault('lines', 'GRAPHQL_ERROR', `Couldn't resolve to a node: ${unknown?.variantId ?? channel}`) }
    const id = Buffer.from(`Checkout:${checkouts.size + 1}`).toString('base64')
    checkouts.set(id, { lines: lines.map(({ variantId, quantity }, i) => ({ id: `${id}-${i}`, key: variantId, quantity })), hasAddress: shippingAddress !== undefined, delivery: null, code: null, metadata: [] })
    return { checkout: { id }, errors: NONE }
  }
  const at = (args: Arguments): Checkout => checkouts.get(String(args['id']))!
  const deliver: Data = (args) => {
    if (!at(args).hasAddress) return { errors: fault('shippingAddress', 'SHIPPING_ADDRESS_NOT_SET', 'Cannot choose a shipping method for a checkout without the shipping address.') }
    if (args['deliveryMethodId'] !== DHL) return { errors: fault('deliveryMethodId', 'DELIVERY_METHOD_NOT_APPLICABLE', 'This delivery method is not applicable.') }
    at(args).delivery = DHL
    return { errors: NONE }
  }
  const enter: Data = (args) => {
    const code = String(args['promoCode'])
    if (!PRICED.some((one) => one.code === code)) return { errors: fault('promoCode', 'INVALID', 'Promo code is invalid') }
    const checkout = at(args)
    if (NOT_APPLICABLE.some((one) => one.code === code && keyOf(one.lines) === keyOf(checkout.lines)) || (code === 'VERSAND' && checkout.delivery === null)) return { errors: fault('promoCode', 'VOUCHER_NOT_APPLICABLE', 'Voucher is not applicable to this checkout.') }
    checkout.code = code
    return { errors: NONE }
  }
  const tell: Data = (args) => {
    at(args).metadata.push(...(args['input'] as Checkout['metadata']))
    return { errors: NONE }
  }
  const empty: Data = (args) => {
    at(args).lines = at(args).lines.filter(({ id }) => !(args['linesIds'] as readonly string[]).includes(id))
    return { errors: NONE }
  }
  const complete: Data = (args) => {
    const now = new Date().toISOString()
    const number = String(orders.length + 1)
    orders.push({ id: `order-${number}`, number, created: now, updatedAt: now, status: 'UNFULFILLED', gross: totalsOf(at(args)).gross, metadata: at(args).metadata })
    return { order: { number, total: { gross: { amount: totalsOf(at(args)).gross / 100 } } }, errors: NONE }
  }
  const changedOrders: Data = (args) => {
    const { updatedAt, metadata } = args['filter'] as { readonly updatedAt: { readonly gte: string }; readonly metadata: readonly { readonly key: string }[] }
    const found = orders.filter((order) => Date.parse(order.updatedAt) >= Date.parse(updatedAt.gte) && metadata.every(({ key }) => order.metadata.some((one) => one.key === key))).sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
    return (page(() => found.map(orderNode)) as (args: Arguments) => Data)(args)
  }
  const staff: Node = { ...world.fixed, taxCountryConfiguration: world.fixed['taxCountryConfiguration']!, ...Object.fromEntries(Object.entries(world.lists).map(([name, nodes]) => [name, page(() => nodes)])), orders: changedOrders }
  const open: Node = { checkoutCreate: create, checkoutDeliveryMethodUpdate: deliver, checkoutAddPromoCode: enter, updateMetadata: tell, checkoutLinesDelete: empty, checkoutComplete: complete, checkout: (args) => (checkouts.has(String(args['id'])) ? checkoutNode(at(args)) : null) }

  const server = createServer((request, response) => {
    const send = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/.well-known/jwks.json') return send(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }] })
    void text(request).then((written) => {
      const { query, variables } = JSON.parse(written) as { readonly query: string; readonly variables: Arguments }
      const isApp = request.headers.authorization === `Bearer ${TOKEN}`
      const answer = answerGraphql(query, variables, { ...(isApp ? staff : {}), ...open })
      const errors = answer.errors?.map(({ message }) => ({ message, extensions: { exception: { code: isApp ? 'GraphQLError' : 'PermissionDenied' } } }))
      send(errors && isApp ? 400 : 200, { data: withJson(answer.data), ...(errors && { errors }) })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    filled: () => [...checkouts.values()].filter(({ lines }) => lines.length > 0).length,
    privateKey,
    cancel: (orderNumber) => {
      const order = orders.find(({ number }) => number === orderNumber)!
      order.status = 'CANCELED'
      order.updatedAt = new Date().toISOString()
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Values of the interface that have no shape of their own. */
const withJson = (value: unknown): unknown => {
  if (typeof value === 'string' && value.startsWith(JSON_MARK)) return JSON.parse(value.slice(JSON_MARK.length))
  if (Array.isArray(value)) return value.map(withJson)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withJson(one)])) : value
}

const orderNode = ({ metadata, gross, ...order }: Order): Node => ({ ...order, total: { gross: { amount: gross / 100 } }, metafield: ({ key }) => metadata.find((one) => one.key === key)?.value ?? null })

const keyOf = (lines: readonly { readonly key: string; readonly quantity: number }[]): string => lines.map(({ key, quantity }) => `${key}×${quantity}`).sort().join()
const pricedFor = ({ lines }: Checkout, code: string | null): PricedCheckout | undefined => PRICED.find((one) => (one.code ?? null) === code && keyOf(one.lines) === keyOf(lines))

type Totals = { readonly lines: PricedCheckout['lines']; readonly shipping: { readonly gross: number; readonly tax: number }; readonly gross: number; readonly tax: number; readonly priced: PricedCheckout | undefined }

const totalsOf = (checkout: Checkout): Totals => {
  const priced = pricedFor(checkout, checkout.code)
  const shipping = checkout.delivery === null ? { gross: 0, tax: 0 } : (priced?.delivery ?? { gross: 490, tax: 78 })
  const lines = priced?.lines ?? []
  return { lines, shipping, priced, gross: lines.reduce((sum, { total }) => sum + total, shipping.gross), tax: lines.reduce((sum, { tax }) => sum + tax, shipping.tax) }
}

const euro = (minor: number): Node => ({ amount: minor / 100 })
const taxed = ({ gross, tax }: { readonly gross: number; readonly tax: number }): Node => ({ gross: euro(gross), tax: euro(tax) })

const checkoutNode = (checkout: Checkout): Node => {
  const { lines, shipping, gross, tax, priced } = totalsOf(checkout)
  return {
    // What nobody has worked out is sold out.
    lines: checkout.lines.map(({ id, key }): Node => {
      const { quantity, catalogue, listed, total, tax: inIt } = lines.find((line) => line.key === key) ?? { quantity: 0, catalogue: 0, listed: 0, total: 0, tax: 0 }
      return { id, quantity, isGift: false, variant: { id: key, pricing: { price: { gross: euro(catalogue) } } }, undiscountedTotalPrice: euro(listed * quantity), totalPrice: taxed({ gross: total, tax: inIt }) }
    }),
    shippingPrice: taxed(shipping),
    totalPrice: taxed({ gross, tax }),
    discountName: priced?.discountName ?? (checkout.code === null ? null : `Gutschein ${checkout.code}`),
    voucherCode: checkout.code,
    deliveryMethod: checkout.delivery === null ? null : { __typename: 'ShippingMethod', id: checkout.delivery, price: euro(490) },
  }
}
