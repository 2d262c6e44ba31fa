/**
 * The one route that a Vendure storefront needs so that baskets from a store open in its cart. An example to copy: it uses nothing but the web's own
 * Request and Response, so it runs in Next, Remix, SvelteKit, Nuxt or a worker. Mount it at `GET /buy/*`.
 *   /buy/12:2,15:1?discounts/codes/0=SUMMER&attribution/utm_source=kiosk  →  303 to the cart, in a session of its own
 */

export type BuyRouteOptions = {
  /** Address of the Shop API. */
  readonly shopApi: string
  /** Page of the cart or checkout. */
  readonly cartPage: string
  /** Keeps the session for this browser, as the storefront does everywhere: usually a cookie. */
  readonly sessionHeaders: (token: string) => { readonly [name: string]: string }
  /** The field of your orders that keeps which basket of the store it was, so that the store hears of the order; null: you have none. */
  readonly orderField: string | null
}

/** Limits of a basket that comes from a store. */
const MAX_LINES = 60
const MAX_QUANTITY = 999
const MAX_CODES = 5

export const buyRoute = async (request: Request, { shopApi, cartPage, sessionHeaders, orderField }: BuyRouteOptions): Promise<Response> => {
  const url = new URL(request.url)
  const lines = readLines(url.pathname.split('/').at(-1) ?? '')
  if (lines === null) return new Response('This link cannot be read.', { status: 400 })
  const codes = [...url.searchParams].filter(([name]) => name.startsWith('discounts/codes/')).map(([, code]) => code).slice(0, MAX_CODES)
  const added = await ask(shopApi, null, 'mutation($inputs:[AddItemInput!]!){addItemsToOrder(inputs:$inputs){order{id} errorResults{...on ErrorResult{message}}}}', { inputs: lines })
  if (added.token === null) return new Response('The shop does not answer.', { status: 502 })
  for (const code of codes) await ask(shopApi, added.token, 'mutation($code:String!){applyCouponCode(couponCode:$code){__typename}}', { code })
  const handoff = url.searchParams.get('attribution/utm_id') ?? ''
  if (orderField !== null && /^[A-Za-z0-9._-]{1,64}$/.test(handoff)) await ask(shopApi, added.token, 'mutation($input:UpdateOrderInput!){setOrderCustomFields(input:$input){__typename}}', { input: { customFields: { [orderField]: handoff } } })
  return new Response(null, { status: 303, headers: { location: cartPage, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...sessionHeaders(added.token) } })
}

/** Null for a link that no store has made. */
const readLines = (text: string): readonly { readonly productVariantId: string; readonly quantity: number }[] | null => {
  const lines = decodeURIComponent(text).split(',').map((part) => /^([A-Za-z0-9._-]+):(\d{1,3})$/.exec(part))
  if (lines.length > MAX_LINES || lines.some((line) => line === null)) return null
  return lines.map((line) => ({ productVariantId: line![1]!, quantity: Math.min(MAX_QUANTITY, Number(line![2])) })).filter(({ quantity }) => quantity > 0)
}

const ask = async (shopApi: string, token: string | null, query: string, variables: object): Promise<{ readonly token: string | null }> => {
  const headers = { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
  const response = await fetch(shopApi, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  return { token: response.headers.get('vendure-auth-token') ?? token }
}
