/**
 * The one route that a Shopware storefront needs so that baskets from a store open in its cart. An example to copy for headless storefronts (Composable
 * Frontends, Next, Nuxt …): it uses nothing but the web's own Request and Response. Mount it at `GET /buy/*`.
 *   /buy/ID:2,ID:1?discounts/codes/0=SUMMER&affiliateCode=einklang&campaignCode=…  →  303 to the cart, in a session of its own
 */

export type BuyRouteOptions = {
  /** Address of the shop; the Store API is below /store-api. */
  readonly shop: string
  readonly accessKey: string
  /** Page of the cart or checkout. */
  readonly cartPage: string
  /** Keeps the session for this browser, as the storefront does everywhere: usually the cookie `sw-context-token`. */
  readonly sessionHeaders: (contextToken: string) => { readonly [name: string]: string }
}

/** Limits of a basket that comes from a store. */
const MAX_LINES = 60
const MAX_CODES = 5

export const buyRoute = async (request: Request, { shop, accessKey, cartPage, sessionHeaders }: BuyRouteOptions): Promise<Response> => {
  const url = new URL(request.url)
  const lines = readLines(url.pathname.split('/').at(-1) ?? '')
  if (lines === null) return new Response('This link cannot be read.', { status: 400 })
  const codes = [...url.searchParams].filter(([name]) => name.startsWith('discounts/codes/')).map(([, code]) => code).slice(0, MAX_CODES)
  const items = [...lines.map(({ id, quantity }) => ({ type: 'product', id, referencedId: id, quantity })), ...codes.map((code) => ({ type: 'promotion', referencedId: code }))]
  const filled = await fetch(`${shop}/store-api/checkout/cart/line-item`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', 'sw-access-key': accessKey }, body: JSON.stringify({ items }) })
  const contextToken = filled.headers.get('sw-context-token')
  if (!filled.ok || contextToken === null) return new Response('The shop does not take this basket.', { status: 502 })
  const location = new URL(cartPage)
  // The checkout puts both into the order: POST /store-api/checkout/order {affiliateCode, campaignCode}.
  for (const name of ['affiliateCode', 'campaignCode']) if (url.searchParams.has(name)) location.searchParams.set(name, url.searchParams.get(name)!)
  return new Response(null, { status: 303, headers: { location: location.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...sessionHeaders(contextToken) } })
}

/** Null for a link that no store has made. */
const readLines = (text: string): readonly { readonly id: string; readonly quantity: number }[] | null => {
  const lines = decodeURIComponent(text).split(',').map((part) => /^([A-Za-z0-9._-]+):(\d{1,3})$/.exec(part))
  if (lines.length > MAX_LINES || lines.some((line) => line === null)) return null
  return lines.map((line) => ({ id: line![1]!, quantity: Number(line![2]) })).filter(({ quantity }) => quantity > 0)
}
