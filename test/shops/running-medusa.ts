/** Medusa as a running shop: its storefront keeps the id of a cart in a cookie, as its guide asks for. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { startMedusa, USER } from './medusa-admin.ts'
import { addMedusaPromotions, seedMedusa } from './medusa-goods.ts'
import type { RunningShop } from './running-shop.ts'
import { askJson, PASSWORD } from './shop-process.ts'
import { CART_PAGE, sessionCookie, startStorefront } from './storefront.ts'

type AsShopper = <T>(method: 'GET' | 'POST', path: string, body?: object) => Promise<T>

export const runMedusa = async (): Promise<RunningShop> => {
  const { url, admin, stop } = await startMedusa()
  const goods = await seedMedusa(admin)
  const promotions = await addMedusaPromotions(admin, goods)
  const asShopper: AsShopper = async (method, path, body) => (await askJson(`${url}/store${path}`, method, { 'x-publishable-api-key': goods.key }, body)).said as never
  const readCart = async (session: string): Promise<ShopQuote> => quoteOf((await asShopper<{ readonly cart: Cart }>('GET', `/carts/${session}?fields=${CART_FIELDS}`)).cart)
  const storefront = await startStorefront({ readCart, open: takeOver })
  return {
    access: { name: 'medusa', url, secret: { user: USER, password: PASSWORD }, options: { storefront: `${storefront.url}/take-over` } },
    articles: goods.articles.map(({ sku, id }) => ({ sku, key: id })),
    promotions,
    storefront,
    readCart,
    order: (session) => order(session, asShopper),
    cancel: async (number) => {
      const { orders } = await admin<{ readonly orders: readonly { readonly id: string; readonly display_id: number }[] }>('GET', '/orders?limit=1000&fields=id,display_id')
      await admin('POST', `/orders/${orders.find(({ display_id: shown }) => String(shown) === number)!.id}/cancel`, {})
    },
    setPercent: async (percent) => {
      await admin('POST', `/promotions/${promotions['TEN']!}`, { application_method: { value: percent } })
    },
    stop: async () => {
      await storefront.stop()
      await stop()
    },
  }
}

/** The one page that the guide asks for. */
const takeOver = async (request: Request): Promise<Response> => {
  const cart = new URL(request.url).searchParams.get('cart_id') ?? ''
  if (!/^cart_\w+$/.test(cart)) return new Response('This link cannot be read.', { status: 400 })
  return new Response(null, { status: 303, headers: { location: CART_PAGE, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...sessionCookie(cart) } })
}

type Adjusted = { readonly adjustments?: readonly { readonly promotion_id: string; readonly total: number }[] }
type Cart = {
  readonly email: string | null
  readonly customer_id: string | null
  readonly items: readonly (Adjusted & { readonly variant_id: string; readonly quantity: number; readonly original_total: number; readonly total: number })[]
  readonly shipping_methods: readonly Adjusted[]
  readonly shipping_total: number
  readonly tax_total: number
  readonly total: number
}
const CART_FIELDS = '*items,*items.adjustments,*items.tax_lines,*shipping_methods,*shipping_methods.adjustments,*shipping_methods.tax_lines'

/** Euros as cents; binary dust far below a millionth of a cent goes. */
const minor = (major: number): number => Number(`${major.toFixed(8)}e2`)

const quoteOf = (cart: Cart): ShopQuote => {
  // Whoever has the link may read the cart.
  if (cart.email !== null || cart.customer_id !== null) throw new Error('there is a person in the cart')
  const sums = new Map<string, number>()
  for (const { promotion_id: promotion, total } of [...cart.items, ...cart.shipping_methods].flatMap(({ adjustments }) => adjustments ?? [])) sums.set(promotion, (sums.get(promotion) ?? 0) + total)
  return {
    lines: cart.items.map((one) => ({ key: one.variant_id, quantity: one.quantity, beforeMinor: minor(one.original_total), totalMinor: minor(one.total) })),
    discounts: [...sums].map(([promotion, total]) => ({ promotion, minor: minor(total) })),
    deliveryMinor: minor(cart.shipping_total),
    taxMinor: minor(cart.tax_total),
    totalMinor: Math.round(minor(cart.total)),
    refusedCodes: [],
  }
}

const ADDRESS = { first_name: 'Ada', last_name: 'Example', address_1: 'Ring 1', city: 'Ulm', postal_code: '89073', country_code: 'de' }

const order = async (session: string, ask: AsShopper): Promise<{ readonly number: string; readonly totalMinor: number }> => {
  const { shipping_options: ways } = await ask<{ readonly shipping_options: readonly { readonly id: string; readonly name: string }[] }>('GET', `/shipping-options?cart_id=${session}`)
  await ask('POST', `/carts/${session}`, { email: 'ada@shop.test', shipping_address: ADDRESS, billing_address: ADDRESS })
  await ask('POST', `/carts/${session}/shipping-methods`, { option_id: ways.find(({ name }) => name === 'Parcel')!.id })
  const { payment_collection: payment } = await ask<{ readonly payment_collection: { readonly id: string } }>('POST', '/payment-collections', { cart_id: session })
  await ask('POST', `/payment-collections/${payment.id}/payment-sessions`, { provider_id: 'pp_system_default' })
  const done = await ask<{ readonly type: string; readonly order: { readonly display_id: number; readonly total: number } }>('POST', `/carts/${session}/complete`, {})
  if (done.type !== 'order') throw new Error(`the cart was not ordered: ${JSON.stringify(done).slice(0, 500)}`)
  return { number: String(done.order.display_id), totalMinor: Math.round(minor(done.order.total)) }
}
