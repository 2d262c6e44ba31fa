/**
 * A WooCommerce on a free port of this machine that answers in its documented shapes. What a cart costs it knows from records of a running shop alone:
 * it takes no other cart, and none any more of which a coupon or an article was changed since.
 */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cartRecord, isRecorded, type CartState } from './recorded-cart.ts'
import { ADDRESS, classesRecord, settingsRecords, systemRecord, taxRecords, zoneRecords } from './store-records.ts'
import type { World } from './world.ts'

export const CONSUMER = { key: 'ck_0123456789abcdef', secret: 'cs_fedcba9876543210' } as const

export type OrderRecord = { readonly id: number; readonly date_modified_gmt: string; readonly [field: string]: unknown }

export type ShopTerms = {
  readonly world: World
  /** Records beside those of the recorded carts. */
  readonly products?: readonly (object & { readonly id: number })[]
  readonly variations?: { readonly [product: number]: readonly object[] }
  readonly coupons?: readonly { readonly id: number; readonly code: string; readonly [field: string]: unknown }[]
  readonly orders?: readonly OrderRecord[]
  readonly plugins?: readonly string[]
  readonly settings?: { readonly [id: string]: string }
  /** Answers before the shop does, where it has one. */
  readonly before?: (request: IncomingMessage, response: ServerResponse) => boolean
}

export type RecordedShop = {
  readonly url: string
  /** As its administrator in the back end; stamps do not move. */
  changeCoupon(id: number, change: object): void
  changeProduct(id: number, change: object): void
  /** Placed, or changed where it is there already. */
  putOrder(order: OrderRecord): void
  /** Calls the hub as a webhook of the shop does. */
  call(hub: string, topic: string, secret: string): Promise<number>
  /** Questions until now. */
  readonly asked: () => number
  readonly carts: ReadonlyMap<string, CartState>
  close(): Promise<void>
}

type Reply = { readonly status: number; readonly body: unknown; readonly headers?: { readonly [name: string]: string } }
type Asked = { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly headers: IncomingMessage['headers']; readonly body: { readonly [name: string]: unknown } }

const no = (status: number, code: string, message: string): Reply => ({ status, body: { code, message, data: { status } } })
const NO_ROUTE = no(404, 'rest_no_route', 'No route was found matching the URL and request method.')

export const startRecordedShop = async (terms: ShopTerms): Promise<RecordedShop> => {
  const changed = new Set<number | string>()
  const isAsRecorded = ({ lines, codes }: World['answers'][number]): boolean => !lines.some(({ id }) => changed.has(id)) && !codes.some((code) => changed.has(code.toLowerCase()))
  const world = { ...terms.world, get answers() { return terms.world.answers.filter(isAsRecorded) } }
  const products = new Map<number, object>([...world.products, ...(terms.products ?? []).map((one) => [one.id, one] as const)])
  const coupons = new Map<number, object & { readonly code: string }>([...world.coupons, ...(terms.coupons ?? []).map((one) => [one.id, one] as const)])
  const orders = new Map((terms.orders ?? []).map((one) => [one.id, one]))
  const carts = new Map<string, CartState>()
  let asked = 0

  const rest = ({ method, path, query, headers }: Asked): Reply => {
    if (headers.authorization !== `Basic ${btoa(`${CONSUMER.key}:${CONSUMER.secret}`)}`) return no(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
    if (method !== 'GET') return NO_ROUTE
    const lists: { readonly [path: string]: readonly object[] } = {
      '/products': [...products.values()].filter((one) => query.get('status') !== 'publish' || (one as { status?: string }).status === 'publish'),
      '/products/categories': [...world.categories].map(([name, id]) => ({ id, name, parent: 0 })),
      '/coupons': [...coupons.values()],
      '/taxes': taxRecords,
      '/orders': ordersAfter([...orders.values()], query.get('modified_after')),
    }
    const variations = /^\/products\/(\d+)\/variations$/.exec(path)?.[1]
    const list = variations ? (terms.variations?.[Number(variations)] ?? []) : lists[path]
    if (list) return pageOf(list, query)
    const whole: { readonly [path: string]: unknown } = { '/settings/general': settingsRecords(world, terms.settings).general, '/settings/tax': settingsRecords(world, terms.settings).tax, '/taxes/classes': classesRecord, '/system_status': systemRecord(terms.plugins ?? []), ...zoneRecords(world) }
    return path in whole ? { status: 200, body: whole[path] } : NO_ROUTE
  }

  const store = ({ method, path, headers, body }: Asked): Reply => {
    const token = String(headers['cart-token'] ?? '')
    const given = carts.get(token)
    if (method === 'GET' && path === '/cart' && !given) {
      const made = `token.${carts.size + 1}.${'x'.repeat(40)}`
      carts.set(made, { lines: [], codes: [], rate: null, address: null })
      return cartReply(made)
    }
    if (!given) return no(401, 'woocommerce_rest_missing_nonce', 'Missing the Nonce header. This endpoint requires a valid nonce.')
    const next = method === 'GET' && path === '/cart' ? given : change(given, method, path, body)
    if ('status' in next) return next
    carts.set(token, next)
    return path === '/cart/items' ? { status: 200, body: [], headers: { 'cart-token': token } } : cartReply(token)
  }
  const cartReply = (token: string): Reply => ({ status: 200, body: cartRecord(carts.get(token)!, world, new Map([...coupons.values()].map((one) => [one.code.toLowerCase(), one]))), headers: { 'cart-token': token } })

  const change = (state: CartState, method: string, path: string, body: Asked['body']): CartState | Reply => {
    if (method === 'DELETE' && path === '/cart/items') return { ...state, lines: [], codes: [] }
    if (method !== 'POST') return NO_ROUTE
    switch (path) {
      case '/cart/add-item': {
        const [id, quantity] = [Number(body['id']), Number(body['quantity'])]
        return products.has(id) ? { ...state, lines: [...state.lines, { id, quantity }] } : no(404, 'woocommerce_rest_cart_invalid_product', 'This product cannot be added to the cart.')
      }
      case '/cart/update-customer':
        return JSON.stringify(body['shipping_address']) === JSON.stringify(ADDRESS) ? recorded({ ...state, address: 'DE' }) : no(400, 'rest_invalid_param', 'Invalid parameter(s): shipping_address')
      case '/cart/apply-coupon':
        return withCode(state, String(body['code']))
      case '/cart/select-shipping-rate':
        return { ...state, rate: String(body['rate_id']) }
      default:
        return NO_ROUTE
    }
  }
  const withCode = (state: CartState, code: string): CartState | Reply => {
    const owner = world.answers.find(({ noted, codeOf }) => noted.promotions.some((one) => codeOf(one.code).toLowerCase() === code.toLowerCase()))
    const refused = owner?.noted.result.refused.find((one) => owner.codeOf(one.code) === code && owner.codes.filter((entered) => entered === code).length === 1)
    if (!owner && ![...coupons.values()].some((one) => one.code.toLowerCase() === code.toLowerCase())) return no(400, 'woocommerce_rest_cart_coupon_error', `Coupon &quot;${code}&quot; does not exist!`)
    if (state.codes.some((one) => one.toLowerCase() === code.toLowerCase())) return no(400, 'woocommerce_rest_cart_coupon_error', `Coupon code &quot;${code}&quot; already applied!`)
    if (!refused) return recorded({ ...state, codes: [...state.codes, code] })
    const { message } = refused
    return no(400, 'woocommerce_rest_cart_coupon_error', message)
  }

  const recorded = (state: CartState): CartState | Reply => (isRecorded(state, world) ? state : no(409, 'woocommerce_rest_cart_error', 'Nobody recorded this cart.'))

  const answer = (question: Asked): Reply => {
    const { path } = question
    if (path === '/wp-json/') return { status: 200, body: { name: 'Laden &amp; Söhne' } }
    if (path.startsWith('/wp-json/wc/v3/')) return rest({ ...question, path: path.slice('/wp-json/wc/v3'.length) })
    if (path.startsWith('/wp-json/wc/store/v1/')) return store({ ...question, path: path.slice('/wp-json/wc/store/v1'.length) })
    if (path === '/checkout-link/') return link(question.query)
    return { status: 404, body: '<!doctype html><title>404</title>' }
  }
  const link = (query: URLSearchParams): Reply => {
    const token = `token.${carts.size + 1}.link`
    const lines = (query.get('products') ?? '').split(',').map((one) => one.split(':').map(Number)).map(([id = 0, quantity = 1]) => ({ id, quantity })).filter(({ id }) => products.has(id))
    const bare: CartState = { lines, codes: [], rate: null, address: null }
    const coded = query.get('coupon') === null ? bare : withCode(bare, query.get('coupon')!)
    carts.set(token, 'status' in coded ? bare : coded)
    const rest = new URLSearchParams([...query].filter(([name]) => name !== 'products' && name !== 'coupon'))
    return { status: 302, body: '', headers: { location: lines.length === 0 ? '/cart/?wc_error=invalid' : `/checkout/?${rest}&session=${token}` } }
  }

  const server = createServer((request, response) => {
    asked += 1
    void bodyOf(request).then((body) => {
      if (terms.before?.(request, response)) return
      const url = new URL(request.url ?? '/', 'http://shop')
      const { status, body: said, headers } = answer({ method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body })
      const text = typeof said === 'string' ? said : JSON.stringify(said)
      response.writeHead(status, { 'content-type': typeof said === 'string' ? 'text/html; charset=UTF-8' : 'application/json; charset=UTF-8', ...headers }).end(text)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changeCoupon: (id, change) => {
      coupons.set(id, { ...coupons.get(id)!, ...change })
      changed.add(coupons.get(id)!.code.toLowerCase())
    },
    changeProduct: (id, change) => {
      products.set(id, { ...products.get(id)!, ...change })
      changed.add(id)
    },
    putOrder: (order) => void orders.set(order.id, order),
    call: async (hub, topic, secret) => {
      const body = JSON.stringify({ id: 1 })
      const signature = createHmac('sha256', secret).update(body).digest('base64')
      const { status } = await fetch(hub, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-wc-webhook-topic': topic, 'x-wc-webhook-resource': topic.split('.')[0]!, 'x-wc-webhook-event': topic.split('.')[1]!, 'x-wc-webhook-id': '1', 'x-wc-webhook-delivery-id': '1', 'x-wc-webhook-source': 'http://shop/', 'x-wc-webhook-signature': signature } })
      return status
    },
    asked: () => asked,
    carts,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const bodyOf = async (request: IncomingMessage): Promise<Asked['body']> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as Asked['body'])
}

const pageOf = (list: readonly object[], query: URLSearchParams): Reply => {
  const [size, page] = [Number(query.get('per_page') ?? 10), Number(query.get('page') ?? 1)]
  if (size > 100) return no(400, 'rest_invalid_param', 'Invalid parameter(s): per_page')
  return { status: 200, body: list.slice((page - 1) * size, page * size), headers: { 'x-wp-total': String(list.length), 'x-wp-totalpages': String(Math.ceil(list.length / size)) } }
}

const ordersAfter = (orders: readonly { readonly date_modified_gmt: string }[], after: string | null): readonly object[] =>
  orders.filter(({ date_modified_gmt: stamp }) => after === null || stamp > after).sort((a, b) => (a.date_modified_gmt < b.date_modified_gmt ? -1 : 1))
