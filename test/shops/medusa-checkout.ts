/** The cart behind a link, read as a page of a storefront would: with nothing but its id and the public key. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'

type Adjusted = { readonly adjustments?: readonly { readonly promotion_id: string; readonly total: number }[] }
type Cart = {
  readonly email: string | null
  readonly customer_id: string | null
  readonly items: readonly (Adjusted & { readonly variant_id: string; readonly quantity: number; readonly original_total: number; readonly total: number; readonly created_at: string })[]
  readonly shipping_methods: readonly Adjusted[]
  readonly shipping_total: number
  readonly tax_total: number
  readonly total: number
}

/** Euros as cents; binary dust far below a millionth of a cent goes. */
const minor = (major: number): number => Number(`${major.toFixed(8)}e2`)

export const readMedusaCart = async (url: string, key: string, id: string): Promise<ShopQuote> => {
  const response = await fetch(`${url}/store/carts/${id}?fields=*items,*items.adjustments,*items.tax_lines,*shipping_methods,*shipping_methods.adjustments,*shipping_methods.tax_lines`, { headers: { 'x-publishable-api-key': key } })
  if (!response.ok) throw new Error(`the cart is answered with ${response.status}`)
  const { cart } = (await response.json()) as { readonly cart: Cart }
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
