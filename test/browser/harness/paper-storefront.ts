/** A web shop on paper with one real page: carts that stand behind links, orders that come back, and every kind of bad day. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { article, offerOf, paperShop, promotion, snapshotOf, type PaperShop } from '../../hub/use-cases/shops/paper-shop.ts'

export type OpenedCart = { readonly cart: ShopCart; readonly attribution: Attribution; readonly url: string }

export type PaperStorefront = {
  readonly shop: WebShop
  readonly says: PaperShop['says']
  /** Keys of articles that it does not take. */
  readonly refuses: Set<string>
  readonly opened: readonly OpenedCart[]
  /** What it charges for a cart that was opened. */
  readonly charges: (at: number) => Promise<number>
  /** Somebody orders, or cancels, what they opened. */
  readonly order: (at: number, state?: ReturnedOrder['state']) => string
  stop(): Promise<void>
}

const DEPARTMENTS = ['cups', 'jugs', 'plates']

const window = { until: '2099-12-31T22:59:59Z' }
/** Two articles in each of three departments, ten percent off everything, one delivery. */
const GOODS = snapshotOf({
  promotions: [promotion('1', { window })],
  translated: { offers: [offerOf('1', [{ type: 'orderDiscount', value: { percent: '10' } }], { window })], notComputable: [], warnings: [] },
  categories: DEPARTMENTS.map((id) => ({ id, parent: null, name: { de: `Bereich ${id}`, en: `Department ${id}` } })),
  articles: DEPARTMENTS.flatMap((id, i) => [article(`${id}-1`, `${i}1`, 1999 + 100 * i, { category: id }), article(`${id}-2`, `${i}2`, 333, { category: id, taxPercent: 7 })]),
})

export const startPaperStorefront = async (): Promise<PaperStorefront> => {
  const paper = paperShop(() => millis(Date.now()))
  paper.says.snapshot = GOODS
  const refuses = new Set<string>()
  const opened: OpenedCart[] = []
  const orders: ReturnedOrder[] = []
  const quote = paper.quote as Extract<WebShop['quote'], Function>
  const taking = (cart: ShopCart) => (cart.lines.some(({ key }) => refuses.has(key)) ? err({ type: 'CartRefused', why: 'not enough in stock' } as const) : null)
  const total = async (cart: ShopCart): Promise<number> => {
    const said = await quote(cart)
    return said.ok ? said.value.totalMinor : -1
  }
  const server = createServer((request, response) => {
    const at = Number(/^\/cart\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1)
    const cart = opened[at]?.cart
    if (!cart) return void response.writeHead(404).end()
    void total(cart).then((cents) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(`<!doctype html><html lang="de"><link rel="icon" href="data:,"><title>Shop</title><h1>Warenkorb</h1><p>${cart.lines.reduce((n, { quantity }) => n + quantity, 0)} Artikel</p><p class="total">${cents}</p>`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    says: paper.says, refuses, opened,
    shop: {
      ...paper,
      quote: async (cart) => (paper.says.trouble ? err(paper.says.trouble) : (taking(cart) ?? (await quote(cart)))),
      openCheckout: async (cart, attribution) => {
        if (paper.says.trouble) return err(paper.says.trouble)
        const refused = taking(cart)
        if (refused) return refused
        const url = `${origin}/cart/${opened.length}`
        opened.push({ cart, attribution, url })
        return ok({ url, leaves: cart.delivery === null ? ['delivery'] : [] })
      },
      ordersSince: async (cursor) => ok({ orders: orders.slice(Number(cursor ?? 0)), cursor: String(orders.length) }),
    },
    charges: (at) => total(opened[at]!.cart),
    order: (at, state = 'placed') => {
      const number = `P-${at + 1}`
      orders.push({ number, placedAt: millis(Date.now()), handoff: opened[at]!.attribution.handoff, totalMinor: 4242, state })
      return number
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
