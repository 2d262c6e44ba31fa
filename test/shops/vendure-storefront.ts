/** The smallest storefront of a Vendure: its one route is the example that comes with the connector. The checkout is read as a page of it would. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { buyRoute } from '#hub/shops/vendure/storefront/buy-route.ts'

export type Storefront = { readonly url: string; readonly readCheckout: (link: string) => Promise<ShopQuote>; readonly stop: () => Promise<void> }

const CART = `{activeOrder{lines{productVariant{id} quantity linePriceWithTax proratedLinePriceWithTax} discounts{adjustmentSource amountWithTax} shippingWithTax total totalWithTax}}`
type Cart = {
  readonly lines: readonly { readonly productVariant: { readonly id: string }; readonly quantity: number; readonly linePriceWithTax: number; readonly proratedLinePriceWithTax: number }[]
  readonly discounts: readonly { readonly adjustmentSource: string; readonly amountWithTax: number }[]
  readonly shippingWithTax: number
  readonly total: number
  readonly totalWithTax: number
}

export const startStorefront = async (shopApi: string): Promise<Storefront> => {
  const server = createServer((request, response) => {
    const options = { shopApi, cartPage: '/cart', sessionHeaders: (token: string) => ({ 'set-cookie': `session=${token}; HttpOnly; SameSite=Lax; Path=/` }) }
    void buyRoute(new Request(`http://${request.headers.host ?? ''}${request.url ?? '/'}`), options).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    readCheckout: async (link) => {
      const opened = await fetch(link, { redirect: 'manual' })
      if (opened.status !== 303 || opened.headers.get('location') !== '/cart') throw new Error(`the link was answered with ${opened.status} ${await opened.text()}`)
      const session = /session=([^;]+)/.exec(opened.headers.get('set-cookie') ?? '')?.[1] ?? ''
      const read = await fetch(shopApi, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` }, body: JSON.stringify({ query: CART }) })
      return quoteOf(((await read.json()) as { readonly data: { readonly activeOrder: Cart } }).data.activeOrder)
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const quoteOf = ({ lines, discounts, shippingWithTax, total, totalWithTax }: Cart): ShopQuote => ({
  lines: lines.map((line) => ({ key: line.productVariant.id, quantity: line.quantity, beforeMinor: line.linePriceWithTax, totalMinor: line.proratedLinePriceWithTax })),
  discounts: discounts.map(({ adjustmentSource, amountWithTax }) => ({ promotion: adjustmentSource.replace('PROMOTION:', ''), minor: -amountWithTax })),
  deliveryMinor: shippingWithTax,
  taxMinor: totalWithTax - total,
  totalMinor: totalWithTax,
  refusedCodes: [],
})
