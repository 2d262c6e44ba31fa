/** Customers counted without being kept: each order learns which one of its customer it is, and the customer is forgotten. */
import { isSold, type CustomerTurn, type OrderLine } from './order-figures.ts'

/** Shape  as an order line, with the customer as the source calls them; empty: unknown. */
export type CustomerLine = Omit<OrderLine, 'turn'> & { readonly customer: string }

/**
 * The turn of each order. Lines of one order may stand anywhere; the first that names a customer says whose it is.
 * Order   that in which orders begin in the table.
 */
export const customerTurns = (lines: readonly Pick<CustomerLine, 'order' | 'customer' | 'cancelled' | 'quantity' | 'price' | 'goods'>[]): ReadonlyMap<string, CustomerTurn> => {
  const orders = new Map<string, { customer: string; isSold: boolean }>()
  for (const line of lines) {
    const order = orders.get(line.order) ?? { customer: '', isSold: false }
    orders.set(line.order, { customer: order.customer || line.customer, isSold: order.isSold || isSold(line) })
  }
  const seen = new Map<string, { order: number; sold: number }>()
  const turns = new Map<string, CustomerTurn>()
  for (const [order, { customer, isSold: hasGoods }] of orders) {
    if (customer === '') continue
    const before = seen.get(customer) ?? { order: 0, sold: 0 }
    const now = { order: before.order + 1, sold: before.sold + Number(hasGoods) }
    seen.set(customer, now)
    turns.set(order, { order: now.order, sold: hasGoods ? now.sold : null })
  }
  return turns
}
