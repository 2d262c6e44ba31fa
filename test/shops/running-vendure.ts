/** Vendure as a running shop: its storefront's route is the example that comes with the connector. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { buyRoute } from '#hub/shops/vendure/storefront/buy-route.ts'
import type { RunningShop } from './running-shop.ts'
import { PASSWORD } from './shop-process.ts'
import { CART_PAGE, sessionCookie, startStorefront } from './storefront.ts'
import { askVendure, startVendure, USER, type Admin } from './vendure-admin.ts'
import { operation, seedVendure } from './vendure-goods.ts'

const ORDER_FIELD = 'handoff'
const PAYMENT = 'invoice'

type AsShopper = <T>(session: string, query: string, variables?: Record<string, unknown>) => Promise<T>

export const runVendure = async (options: { readonly orderTax?: boolean } = {}): Promise<RunningShop> => {
  const { url, admin, stop } = await startVendure(options)
  const { articles, promotions } = await seedVendure(admin)
  await admin('mutation($i:CreatePaymentMethodInput!){createPaymentMethod(input:$i){id}}', {
    i: { code: PAYMENT, enabled: true, handler: operation('dummy-payment-handler', { automaticSettle: true }), translations: [{ languageCode: 'en', name: 'Invoice', description: '' }] },
  })
  const asShopper: AsShopper = async (session, query, variables) => (await askVendure(`${url}/shop-api`, query, variables, session)).data as never
  const readCart = async (session: string): Promise<ShopQuote> => quoteOf((await asShopper<{ readonly activeOrder: Cart }>(session, CART)).activeOrder)
  const storefront = await startStorefront({ readCart, open: (request) => buyRoute(request, { shopApi: `${url}/shop-api`, cartPage: CART_PAGE, sessionHeaders: sessionCookie, orderField: ORDER_FIELD }) })
  return {
    access: { name: 'vendure', url: `${url}/admin-api`, secret: { user: USER, password: PASSWORD }, options: { storefront: `${storefront.url}/buy`, 'order-field': ORDER_FIELD } },
    articles: articles.map(({ sku, id }) => ({ sku, key: id })),
    promotions,
    storefront,
    readCart,
    order: (session) => order(session, asShopper),
    cancel: (number) => cancel(number, admin),
    setPercent: async (percent) => {
      await admin('mutation($i:UpdatePromotionInput!){updatePromotion(input:$i){__typename}}', { i: { id: promotions['ten percent'], actions: [operation('order_percentage_discount', { discount: percent })] } })
    },
    stop: async () => {
      await storefront.stop()
      await stop()
    },
  }
}

const CART = '{activeOrder{lines{productVariant{id} quantity linePriceWithTax proratedLinePriceWithTax} discounts{adjustmentSource amountWithTax} shippingWithTax total totalWithTax}}'
type Cart = {
  readonly lines: readonly { readonly productVariant: { readonly id: string }; readonly quantity: number; readonly linePriceWithTax: number; readonly proratedLinePriceWithTax: number }[]
  readonly discounts: readonly { readonly adjustmentSource: string; readonly amountWithTax: number }[]
  readonly shippingWithTax: number
  readonly total: number
  readonly totalWithTax: number
}

const quoteOf = ({ lines, discounts, shippingWithTax, total, totalWithTax }: Cart): ShopQuote => ({
  lines: lines.map((line) => ({ key: line.productVariant.id, quantity: line.quantity, beforeMinor: line.linePriceWithTax, totalMinor: line.proratedLinePriceWithTax })),
  discounts: discounts.map(({ adjustmentSource, amountWithTax }) => ({ promotion: adjustmentSource.replace('PROMOTION:', ''), minor: -amountWithTax })),
  deliveryMinor: shippingWithTax,
  taxMinor: totalWithTax - total,
  totalMinor: totalWithTax,
  refusedCodes: [],
})

type Ordered = { readonly code?: string; readonly state?: string; readonly totalWithTax?: number; readonly message?: string }

const order = async (session: string, ask: AsShopper): Promise<{ readonly number: string; readonly totalMinor: number }> => {
  const { ways } = await ask<{ readonly ways: readonly { readonly id: string }[] }>(session, '{ways:eligibleShippingMethods{id}}')
  const steps = [
    ['setCustomerForOrder(input:{firstName:"Ada",lastName:"Example",emailAddress:"ada@shop.test"})', 'Order'],
    ['setOrderShippingAddress(input:{fullName:"Ada Example",streetLine1:"Ring 1",city:"Ulm",postalCode:"89073",countryCode:"DE"})', 'Order'],
    [`setOrderShippingMethod(shippingMethodId:["${ways[0]!.id}"])`, 'Order'],
    ['transitionOrderToState(state:"ArrangingPayment")', 'Order'],
    [`addPaymentToOrder(input:{method:"${PAYMENT}",metadata:{}})`, 'Order'],
  ] as const
  let last: Ordered = {}
  for (const [step, kind] of steps) {
    const { done } = await ask<{ readonly done: Ordered }>(session, `mutation{done:${step}{...on ${kind}{code state totalWithTax} ...on ErrorResult{message}}}`)
    if (done.code === undefined) throw new Error(`${step}: ${done.message ?? 'nothing'}`)
    last = done
  }
  if (last.state !== 'PaymentSettled') throw new Error(`the order is ${last.state}`)
  return { number: last.code!, totalMinor: last.totalWithTax! }
}

const cancel = async (number: string, admin: Admin): Promise<void> => {
  const { orders } = await admin<{ readonly orders: { readonly items: readonly { readonly id: string }[] } }>('query($n:String!){orders(options:{filter:{code:{eq:$n}}}){items{id}}}', { n: number })
  const { done } = await admin<{ readonly done: Ordered }>('mutation($o:ID!){done:cancelOrder(input:{orderId:$o,reason:"changed their mind",cancelShipping:true}){...on Order{state} ...on ErrorResult{message}}}', { o: orders.items[0]!.id })
  if (done.state !== 'Cancelled') throw new Error(`the order is not cancelled: ${done.message ?? done.state}`)
}
