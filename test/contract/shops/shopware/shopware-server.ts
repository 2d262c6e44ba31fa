/** A small server in the documented shapes of Shopware's Admin and Store API. It knows the prices of certain baskets only, as somebody worked them out by hand. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { PRICED, type Priced, type PricedCart } from './shopware-prices.ts'
import { ACCESS_KEY, CHANNEL, DHL, shopwareWorld, type Record_ } from './shopware-world.ts'

export const CLIENT = { clientId: 'SWIAEINKLANG', clientSecret: 'geheim' } as const
const UNDELIVERED = 'none'

export type ShopwareServer = {
  readonly url: string
  readonly world: ReturnType<typeof shopwareWorld>
  /** Tokens given out, and carts that are still there. */
  readonly state: { tokens: number; carts: number }
  /** As after ten minutes. */
  expireTokens(): void
  cancel(orderNumber: string): void
  stop(): Promise<void>
}

type Visit = { delivery: string; items: readonly Record_[] }
type Reply = { readonly status: number; readonly body?: unknown; readonly headers?: { readonly [name: string]: string } }

/** Associations come along only if they are asked for. */
const ASSOCIATIONS: { readonly [entity: string]: readonly string[] } = {
  'sales-channel': ['customerGroup'],
  currency: ['countryRoundings'],
  tax: ['rules'],
  rule: ['conditions'],
  category: ['translations'],
  product: ['prices', 'options', 'translations'],
  promotion: ['discounts', 'setgroups', 'cartRules', 'orderRules', 'personaRules', 'translations'],
  'shipping-method': ['prices', 'translations'],
  order: ['stateMachineState'],
}

export const startShopware = async (): Promise<ShopwareServer> => {
  const world = shopwareWorld()
  const state = { tokens: 0, carts: 0 }
  const valid = new Set<string>()
  const visits = new Map<string, Visit>()

  const admin = (path: string, bearer: string, body: Record_): Reply => {
    if (path === '/api/oauth/token') {
      if (body['grant_type'] !== 'client_credentials' || body['client_id'] !== CLIENT.clientId || body['client_secret'] !== CLIENT.clientSecret) return failure(401, 'The client credentials were incorrect')
      state.tokens += 1
      valid.add(`token-${state.tokens}`)
      return { status: 200, body: { token_type: 'Bearer', expires_in: 600, access_token: `token-${state.tokens}` } }
    }
    if (!valid.has(bearer)) return failure(401, 'The resource owner or authorization server denied the request.')
    const entity = /^\/api\/search\/([a-z-]+)$/.exec(path)?.[1] ?? ''
    return world[entity] ? { status: 200, body: search(entity, world[entity], body) } : failure(404, `No route found for "POST ${path}"`)
  }

  const store = (method: string, path: string, token: string, body: Record_): Reply => {
    const context = visits.has(token) ? token : `context-${visits.size + 1}`
    const visit = visits.get(context) ?? { delivery: DHL, items: [] }
    visits.set(context, visit)
    const reply = (answer: unknown, status = 200): Reply => ({ status, body: answer, headers: { 'sw-context-token': context } })
    if (method === 'PATCH' && path === '/context') {
      if (!world['shipping-method']!.some(({ id }) => id === body['shippingMethodId'])) return failure(400, 'The shipping method is not available')
      visit.delivery = String(body['shippingMethodId'])
      return reply({ contextToken: context, redirectUrl: null })
    }
    if (path === '/checkout/cart' && method === 'DELETE') {
      if (visit.items.length > 0) state.carts -= 1
      visit.items = []
      return { status: 204, headers: { 'sw-context-token': context } }
    }
    if (path === '/checkout/cart' && method === 'GET') return reply(cartOf(visit))
    if (path === '/checkout/cart/line-item' && method === 'POST') {
      if (visit.items.length === 0) state.carts += 1
      visit.items = [...visit.items, ...(body['items'] as readonly Record_[])]
      return reply(cartOf(visit))
    }
    if (path === '/checkout/order' && method === 'POST') return reply(placeOrder(visit, body))
    return failure(404, `No route found for "${method} ${path}"`)
  }

  const placeOrder = (visit: Visit, { affiliateCode = null, campaignCode = null }: Record_): Record_ => {
    const at = new Date().toISOString()
    const number = String(10_000 + world['order']!.length)
    const order = { id: `order-${number}`, orderNumber: number, orderDateTime: at, createdAt: at, updatedAt: null, amountTotal: (cartOf(visit) as { price: { totalPrice: number } }).price.totalPrice, affiliateCode, campaignCode, customFields: null, stateMachineState: { technicalName: 'open' }, salesChannelId: CHANNEL }
    world['order']!.push(order)
    return order
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url!, 'http://x').pathname
    const written = await text(request)
    const body = written === '' ? {} : (JSON.parse(written) as Record_)
    const { authorization = '', 'sw-access-key': key, 'sw-context-token': token = '' } = request.headers
    const reply = path.startsWith('/store-api/') ? (key === ACCESS_KEY ? store(request.method!, path.slice('/store-api'.length), String(token), body) : failure(403, 'Access key is invalid and could not be identified.')) : admin(path, authorization.replace('Bearer ', ''), body)
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body === undefined ? undefined : JSON.stringify(reply.body))
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    state,
    expireTokens: () => valid.clear(),
    cancel: (orderNumber) => {
      const at = world['order']!.findIndex((order) => order['orderNumber'] === orderNumber)
      world['order']![at] = { ...world['order']![at], updatedAt: new Date().toISOString(), stateMachineState: { technicalName: 'cancelled' } }
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const failure = (status: number, detail: string): Reply => ({ status, body: { errors: [{ status: String(status), code: '0', title: 'Error', detail }] } })

const search = (entity: string, all: readonly Record_[], { page = 1, limit = 25, filter = [], ids, associations = {}, includes = {} }: Record_): Record_ => {
  const found = all.filter((record) => (ids === undefined || (ids as readonly unknown[]).includes(record['id'])) && (filter as readonly Record_[]).every((one) => matches(record, one)))
  const hidden = ASSOCIATIONS[entity]!.filter((name) => !Object.hasOwn(associations as object, name))
  const from = (Number(page) - 1) * Number(limit)
  return { total: found.length, data: found.slice(from, from + Number(limit)).map((record) => only(without(record, hidden), (includes as { readonly [entity: string]: readonly string[] })[entity])), aggregations: [] }
}

const without = (record: Record_, hidden: readonly string[]): Record_ => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, hidden.includes(name) ? null : value]))

const only = (record: Record_, wanted: readonly string[] | undefined): Record_ => (wanted ? Object.fromEntries(Object.entries(record).filter(([name]) => wanted.includes(name))) : record)

const matches = (record: Record_, filter: Record_): boolean => {
  const { type, field, value, queries, operator, parameters } = filter
  const inner = (queries as readonly Record_[] | undefined)?.map((one) => matches(record, one)) ?? []
  switch (type) {
    case 'equals':
      return valuesAt(record, String(field).split('.')).some((one) => one === value)
    case 'multi':
      return operator === 'or' ? inner.includes(true) : !inner.includes(false)
    case 'not':
      return !(operator === 'or' ? inner.includes(true) : !inner.includes(false))
    default:
      return valuesAt(record, String(field).split('.')).some((one) => typeof one === 'string' && one >= String((parameters as Record_)['gte']))
  }
}

const valuesAt = (value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, [name!, ...rest]))
  if (value === null || typeof value !== 'object') return [null]
  const inner = (value as Record_)[name!] ?? null
  return rest.length === 0 ? [inner] : valuesAt(inner, rest)
}

const KNOWN_CODES = new Set(['ZEHN', 'FUENF', 'VERSAND', 'ALLEIN', 'BILLIG', 'KAFFEE', 'NUR'])
const keyOf = (lines: PricedCart['lines'], codes: readonly string[]): string => JSON.stringify([lines.map((line) => line.join(':')).sort(), [...codes].sort()])

/** A cart as the Store API tells it. The sums are binary fractions, as they are there. */
const cartOf = ({ delivery, items }: Visit): unknown => {
  const codes = items.filter(({ type }) => type === 'promotion').map(({ referencedId }) => String(referencedId))
  const lines = items.filter(({ type }) => type === 'product').map(({ referencedId, quantity }) => [String(referencedId), Number(quantity)] as const)
  const wanted = keyOf(lines, codes.filter((code) => KNOWN_CODES.has(code)))
  const priced = PRICED.find((one) => keyOf(one.lines, one.codes ?? []) === wanted)
  const errors: Record<string, Record_> = Object.fromEntries(codes.filter((code) => !KNOWN_CODES.has(code)).map((code) => [`promotion-not-found-${code}`, { key: 'promotion-not-found', level: 20, message: `Promotion with code ${code} not found!`, messageKey: 'promotion-not-found' }]))
  if (!priced) return cartFrom([], [], { ...errors, 'product-not-found': { key: 'product-not-found', level: 20, message: 'The product could not be found', messageKey: 'product-not-found' } })
  const { items: charged, promotions = [], delivery: reductions = [] } = priced
  const promotionLine = ({ promotion, code }: { readonly promotion: string; readonly code: string | null }, scope: string, price: object): Record_ => ({ id: `${promotion}-line`, referencedId: code ?? '', type: 'promotion', quantity: 1, label: promotion, good: false, price, payload: { promotionId: promotion, discountId: `${promotion}-discount`, code: code ?? '', discountScope: scope, value: '0' } })
  const lineItems = [
    ...lines.map(([key, quantity]): Record_ => ({ id: key, referencedId: key, type: 'product', quantity, label: key, good: true, price: priceOf(charged[key]!, 1, quantity), payload: { productNumber: key } })),
    ...promotions.map((one) => promotionLine(one, 'cart', priceOf(one.off, -1))),
    ...reductions.map((one) => promotionLine(one, 'delivery', priceOf({ total: 0, tax: {} }, 1))),
  ]
  const deliveries = delivery === UNDELIVERED ? [] : [{ total: 490, tax: { 19: 78 } }].map((one) => ({ shippingMethod: { id: delivery }, shippingCosts: priceOf(one, 1) }))
  return cartFrom(lineItems, [...deliveries, ...reductions.map(({ off }) => ({ shippingMethod: { id: delivery }, shippingCosts: priceOf(off, -1) }))], errors)
}

const priceOf = ({ total, tax }: Priced, sign: 1 | -1, quantity = 1): Record_ => ({
  unitPrice: (sign * total) / 100 / quantity, quantity, totalPrice: (sign * total) / 100,
  calculatedTaxes: Object.entries(tax).map(([rate, minor]) => ({ tax: (sign * minor) / 100, taxRate: Number(rate), price: (sign * total) / 100, apiAlias: 'cart_tax_calculated' })),
  taxRules: [], referencePrice: null, listPrice: null, regulationPrice: null, apiAlias: 'calculated_price',
})

const cartFrom = (lineItems: readonly Record_[], deliveries: readonly { readonly shippingCosts: Record_ }[], errors: object): unknown => {
  const prices = [...lineItems.map(({ price }) => price as Record_), ...deliveries.map(({ shippingCosts }) => shippingCosts)]
  const sum = (all: readonly Record_[]): number => all.reduce((total, { totalPrice }) => total + Number(totalPrice), 0)
  const taxes = new Map<number, number>()
  for (const { calculatedTaxes } of prices) for (const { tax, taxRate } of calculatedTaxes as readonly { readonly tax: number; readonly taxRate: number }[]) taxes.set(taxRate, (taxes.get(taxRate) ?? 0) + tax)
  return {
    name: 'checkout', token: 'cart', apiAlias: 'cart', modified: false, customerComment: null, affiliateCode: null, campaignCode: null, transactions: [], lineItems, deliveries,
    errors: Object.keys(errors).length === 0 ? [] : errors,
    price: { netPrice: 0, totalPrice: Number(sum(prices).toFixed(2)), positionPrice: sum(lineItems.map(({ price }) => price as Record_)), rawTotal: sum(prices), taxStatus: 'gross', calculatedTaxes: [...taxes].map(([taxRate, tax]) => ({ taxRate, tax: Number(tax.toFixed(2)), price: 0 })), taxRules: [], apiAlias: 'cart_price' },
  }
}
