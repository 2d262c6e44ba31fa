/** Orders on their way back: placed in the shop's own checkout, cancelled there, each told with the hand-off that it began as. */
import { expect } from 'vitest'
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import { isAble, type Able, type WebShop } from '#hub/ports/web-shop/web-shop.ts'

export type OrderRig = {
  /** Orders what is behind a link, as a guest in the shop's own checkout. */
  readonly order: (url: string) => Promise<{ readonly number: string; readonly totalMinor: number }>
  /** As its administrator. */
  readonly cancel: (number: string) => Promise<void>
}

const need = <T>(capability: Able<T>): T => {
  if (isAble(capability)) return capability
  throw new Error(`not able: ${JSON.stringify(capability)}`)
}

export const acceptOrders = async ({ ordersSince, openCheckout }: WebShop, rig: OrderRig, cart: ShopCart, origin: Attribution): Promise<void> => {
  const ask = async (cursor: string | null): Promise<OrderPage> => {
    const said = await need(ordersSince)(cursor)
    if (!said.ok) throw new Error(JSON.stringify(said.error))
    return said.value
  }
  const orderOf = async (handoff: string): Promise<ReturnedOrder> => {
    const opened = await need(openCheckout)(cart, { ...origin, handoff })
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    return { ...(await rig.order(opened.value.url)), placedAt: expect.closeTo(Date.now(), -6), handoff, state: 'placed' }
  }
  const { orders: none, cursor: start } = await ask(null)
  expect(none).toEqual([])
  const first = await orderOf('hand-off-1')
  const { orders: one, cursor: afterOne } = await ask(start)
  expect(one).toEqual([first])
  const second = await orderOf('hand-off-2')
  await rig.cancel(first.number)
  const { orders: two, cursor: afterTwo } = await ask(afterOne)
  expect(two).toHaveLength(2)
  // What the shop asks for a cancelled order, nothing or as before, is its own matter.
  expect(two).toEqual(expect.arrayContaining([second, { ...first, state: 'cancelled', totalMinor: expect.any(Number) }]))
  // Again from the beginning, and with a cursor that is not its own: nothing is lost.
  for (const cursor of [null, 'elsewhere']) expect((await ask(cursor)).orders).toHaveLength(2)
  expect((await ask(afterTwo)).cursor).toBe(afterTwo)
}
