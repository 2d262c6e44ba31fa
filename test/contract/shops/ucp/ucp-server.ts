/** A small server that answers like a shop which speaks the Universal Commerce Protocol, for the carts whose prices are known. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PRICED, PRICES, type PricedCart } from './ucp-prices.ts'

export const VERSION = '2026-08-25'
const CODES: ReadonlySet<string> = new Set(['HERBST10'])

export type Served = 'catalog.search' | 'cart' | 'checkout' | 'discount' | 'order' | 'permalink'

export type UcpServer = {
  readonly url: string
  /** Method and path, in order. */
  readonly asked: string[]
  /** Headers of the last call. */
  readonly last: { headers: { readonly [name: string]: string | string[] | undefined }; body: unknown }
  serves: ReadonlySet<Served>
  version: string
  /** Further profiles by version. */
  supported: { readonly [version: string]: string }
  keys: readonly object[]
  /** Where the schemas of its capabilities lie. */
  schemaHost: string
  /** Of one article, as its merchant changes it. */
  readonly prices: { [id: string]: number }
  /** Adds tax to what it asks. */
  addsTax: boolean
  /** Has fewer pieces than asked for. */
  runsShort: boolean
  close(): Promise<void>
}

export const startUcp = async (): Promise<UcpServer> => {
  const kept = new Map<string, object>()
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const envelope = (name: string): object => ({ version: VERSION, capabilities: { [`dev.ucp.shopping.${name}`]: [{ version: VERSION }] } })
  const failure = (code: string, content: string): object => ({ ucp: { version: VERSION, status: 'error' }, messages: [{ type: 'error', code, content, severity: 'unrecoverable' }] })

  const profile = (version: string): object => {
    const capability = (name: string, more: object = {}): object => ({ [`dev.ucp.shopping.${name}`]: [{ version, spec: `https://ucp.dev/${version}/specification`, schema: `https://${shop.schemaHost}/${version}/schemas/shopping/${name}.json`, ...more }] })
    const { serves } = shop
    return {
      ucp: {
        version,
        services: { 'dev.ucp.shopping': [{ version, transport: 'mcp', endpoint: `${url}/mcp` }, { version, transport: 'rest', spec: 'https://ucp.dev', schema: `https://ucp.dev/${version}/services/shopping/rest.openapi.json`, endpoint: `${url}/ucp` }] },
        capabilities: Object.assign({}, ...(['catalog.search', 'cart', 'checkout', 'order'] as const).filter((one) => serves.has(one)).map((one) => capability(one)),
          serves.has('discount') ? capability('discount', { extends: ['dev.ucp.shopping.cart', 'dev.ucp.shopping.checkout'] }) : {},
          serves.has('permalink') ? capability('permalink', { config: { endpoint: `${url}/buy` } }) : {}) as object,
        payment_handlers: {},
        supported_versions: shop.supported,
      },
      keys: shop.keys,
    }
  }

  const catalogue = (): readonly object[] => [
    product('p1', 'Kaffee', 'Lebensmittel > Heißgetränke', [variant('kaffee-1kg', { sku: 'KAFFEE', barcodes: [{ type: 'EAN', value: '4006381333931' }] })]),
    product('p2', 'Tee', 'Lebensmittel > Heißgetränke', [variant('tee', { sku: 'TEE' })]),
    product('p3', 'Tasse', 'Haushalt', [variant('gid://shop/Variant/7', { title: 'blau' }), variant('tasse-rot', { title: 'rot', price: { amount: 1200, currency: 'USD' } })]),
    product('p4', 'Honig', 'Lebensmittel', [variant('honig', { sku: 'HONIG' })]),
    product('p5', 'Bananen', 'Lebensmittel', [variant('bananen', { price: { amount: 199, currency: 'EUR' }, quantity_unit: { unit: 'KGM', scale: 2 } })]),
    product('p6', 'Dattel', 'Lebensmittel', [variant('dattel', { price: { amount: 299, currency: 'EUR' }, availability: { available: false } })]),
  ]
  const product = (id: string, title: string, category: string, variants: readonly object[]): object => ({ id, title, description: { plain: title }, price_range: {}, categories: [{ value: '187', taxonomy: 'google_product_category' }, { value: category, taxonomy: 'merchant' }], variants })
  const variant = (id: string, more: object): object => ({ id, title: 'Default Title', description: { plain: id }, price: { amount: shop.prices[id] ?? 0, currency: 'EUR' }, availability: { available: true }, ...more })

  type Wanted = { readonly line_items: readonly { readonly item: { readonly id: string }; readonly quantity: number }[]; readonly discounts?: { readonly codes?: readonly string[] } }

  const session = (kind: 'cart' | 'checkout', { line_items: wanted, discounts }: Wanted): object => {
    if (wanted.some(({ item }) => PRICES[item.id] === undefined)) return failure('item_unavailable', 'There is no such item.')
    const entered = discounts?.codes ?? []
    const codes = entered.filter((code) => CODES.has(code.toUpperCase())).map((code) => code.toUpperCase())
    const nameOf = (lines: PricedCart['lines'], of: readonly string[]): string => `${lines.map(([id, quantity]) => `${id}x${quantity}`).toSorted().join(' ')} ${of.join(' ')}`
    const name = nameOf(wanted.map(({ item, quantity }) => [item.id, quantity]), codes)
    const book = PRICED.find((one) => nameOf(one.lines, one.codes) === name)
    if (!book) return failure('unknown', 'This shop knows the prices of some carts only.')
    const id = `${kind}_${kept.size + 1}`
    const lines = wanted.map(({ item, quantity }, i) => {
      const [pieces, off] = [shop.runsShort ? 1 : quantity, book.off[item.id] ?? 0]
      const before = PRICES[item.id]! * pieces
      return { id: `li_${i + 1}`, item: { id: item.id, title: item.id, price: PRICES[item.id] }, quantity: pieces, totals: [{ type: 'subtotal', amount: before }, ...(off > 0 ? [{ type: 'items_discount', amount: -off }] : []), { type: 'total', amount: before - off }] }
    })
    const itemsOff = Object.values(book.off).reduce((sum, off) => sum + off, 0)
    const before = book.total + itemsOff + (book.offAll ?? 0)
    const tax = shop.addsTax ? Math.round(book.total * 0.19) : 0
    const made = {
      ucp: envelope(kind), id, currency: 'EUR', line_items: lines,
      totals: [
        { type: 'subtotal', amount: before },
        ...(itemsOff > 0 ? [{ type: 'items_discount', amount: -itemsOff }] : []),
        ...(book.offAll ? [{ type: 'discount', amount: -book.offAll }] : []),
        ...(tax > 0 ? [{ type: 'tax', amount: tax }] : []),
        { type: 'total', amount: book.total + tax },
      ],
      discounts: {
        codes: entered,
        applied: [
          ...(itemsOff > 0 ? [{ title: 'Ab vier Stück', amount: itemsOff, automatic: true, method: 'each', allocations: [{ path: '$.line_items[0]', amount: itemsOff }] }] : []),
          ...(book.offAll ? [{ code: codes[0], title: 'Herbst', amount: book.offAll }] : []),
        ],
      },
      messages: entered.flatMap((code, i) => (codes.includes(code.toUpperCase()) ? [] : [{ type: 'warning', code: 'discount_code_invalid', path: `$.discounts.codes[${i}]`, content: `Code '${code}' is unknown` }])),
      continue_url: `${url}/checkout?${kind}=${id}`,
      ...(kind === 'checkout' && { status: 'incomplete', links: [] }),
    }
    kept.set(id, made)
    return made
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '/' } = request
    shop.asked.push(`${method} ${path}`)
    const say = (status: number, body: object, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const body = (text === '' ? null : JSON.parse(text)) as Wanted & { readonly pagination?: { readonly limit?: number; readonly cursor?: string } }
    if (path === '/.well-known/ucp') return say(200, profile(shop.version), { 'cache-control': 'public, max-age=60' })
    if (path === '/older/ucp') return say(200, profile('2026-04-08'), { 'cache-control': 'public, max-age=60' })
    if (path.startsWith('/buy/')) return openLink(path, response)
    shop.last.headers = request.headers
    shop.last.body = body
    if (!String(request.headers['ucp-agent'] ?? '').startsWith('profile="https://')) return say(400, { code: 'invalid_profile_url', content: 'A profile is missing' })
    const at = /^\/ucp(\/.*)$/.exec(path)?.[1] ?? ''
    if (at === '/catalog/search') {
      const from = Number(body.pagination?.cursor ?? 0)
      const until = from + (body.pagination?.limit ?? 10)
      const all = catalogue()
      return say(200, { ucp: envelope('catalog.search'), products: all.slice(from, until), pagination: { has_next_page: until < all.length, ...(until < all.length && { cursor: String(until) }), total_count: all.length } })
    }
    if (at === '/carts' || at === '/checkout-sessions') {
      if (!request.headers['idempotency-key']) return say(400, { code: 'missing_idempotency_key', content: 'An Idempotency-Key is missing' })
      const made = session(at === '/carts' ? 'cart' : 'checkout', body)
      return say('id' in made ? 201 : 200, made)
    }
    const [, id, cancel] = /^\/(?:carts|checkout-sessions)\/([^/]+)(\/cancel)?$/.exec(at) ?? []
    const found = id === undefined ? undefined : kept.get(id)
    if (!found) return say(200, failure('not_found', 'There is no such cart.'))
    if (cancel !== undefined) kept.delete(id!)
    say(200, found)
  }

  /** Fills a cart and leads on to it, as a browser would be led. */
  const openLink = (path: string, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(path, url)
    const items = pathname.slice('/buy/'.length).split(',').map((pair) => {
      const [token, quantity] = pair.split(':') as [string, string]
      return { item: { id: token.startsWith('~') ? Buffer.from(token.slice(1), 'base64url').toString() : token }, quantity: Number(quantity) }
    })
    const codes = [...searchParams].filter(([name]) => /^discounts\/codes\/\d+$/.test(name)).map(([, code]) => code)
    const made = session('cart', { line_items: items, discounts: { codes } }) as { readonly id?: string }
    response.writeHead(303, { location: made.id === undefined ? '/' : `/checkout?cart=${made.id}`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end()
  }

  const shop: UcpServer = {
    url,
    asked: [],
    last: { headers: {}, body: null },
    serves: new Set<Served>(['catalog.search', 'cart', 'checkout', 'discount', 'order', 'permalink']),
    version: VERSION,
    supported: {},
    keys: [],
    schemaHost: 'ucp.dev',
    prices: { ...PRICES },
    addsTax: false,
    runsShort: false,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return shop
}
