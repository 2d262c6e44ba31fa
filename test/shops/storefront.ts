/** The smallest storefront that a shop can have: a link from the store makes a session in a cookie, and one page shows the cart of that session. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'

export type StorefrontTerms = {
  /** What the link leads to: a redirection that keeps the session in the cookie SESSION. */
  readonly open: (request: Request) => Promise<Response>
  readonly readCart: (session: string) => Promise<ShopQuote>
}
export type Storefront = {
  readonly url: string
  /** Follows a link as a phone does; the session that its browser holds afterwards. */
  readonly follow: (link: string) => Promise<string>
  readonly stop: () => Promise<void>
}

/** The cookie that a browser holds. */
export const SESSION = 'session'
export const CART_PAGE = '/cart'

export const startStorefront = async ({ open, readCart }: StorefrontTerms): Promise<Storefront> => {
  const answer = async (request: Request): Promise<Response> => {
    const session = sessionIn(request.headers.get('cookie'))
    const { pathname, search } = new URL(request.url)
    if (pathname !== CART_PAGE || search !== '') return open(request)
    return session === null ? new Response('No cart.', { status: 404 }) : new Response(pageOf(await readCart(session)), { headers: { 'content-type': 'text/html; charset=utf-8' } })
  }
  const server = createServer((request, response) => {
    const asked = new Request(`http://${request.headers.host ?? ''}${request.url ?? '/'}`, { headers: { cookie: request.headers.cookie ?? '' } })
    answer(asked)
      .then(async (given) => response.writeHead(given.status, Object.fromEntries(given.headers)).end(await given.text()))
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    follow: async (link) => {
      const opened = await fetch(link, { redirect: 'manual' })
      const session = sessionIn(opened.headers.get('set-cookie'))
      if (opened.status !== 303 || opened.headers.get('location') !== CART_PAGE || session === null) throw new Error(`the link was answered with ${opened.status} ${await opened.text()}`)
      return session
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const sessionCookie = (session: string): { readonly [name: string]: string } => ({ 'set-cookie': `${SESSION}=${session}; HttpOnly; SameSite=Lax; Path=/` })

const sessionIn = (cookies: string | null): string | null => new RegExp(`(?:^|; ?)${SESSION}=([^;]+)`).exec(cookies ?? '')?.[1] ?? null

const pageOf = ({ lines, totalMinor }: ShopQuote): string =>
  `<!doctype html><title>Cart</title><h1>Cart</h1><ul>${lines.map(({ key, quantity, totalMinor: line }) => `<li>${quantity} × ${key}: ${line}</li>`).join('')}</ul><p>Total ${totalMinor}</p>`
