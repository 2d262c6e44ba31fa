/** The way into the shop's own checkout: its link where that carries the basket, else a cart that was filled and is taken over by its token. */
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import { MAX_LINK } from '#hub/ports/web-shop/permalink.ts'
import type { Attribution, OpenedCheckout } from '#hub/ports/web-shop/shop-checkout.ts'

/** The shop keeps these with the order where its order attribution is on; they survive the way to its checkout. */
const withAttribution = (url: URL, { store, device, handoff }: Attribution): string => {
  for (const [name, value] of [['utm_source', ATTRIBUTION_SOURCE], ['utm_medium', store], ['utm_content', device], ['utm_id', handoff]] as const) url.searchParams.set(name, value)
  return url.href
}
export const ATTRIBUTION_SOURCE = 'kiosk'

/** Null where it carries it not: several codes, or too many articles. Shape  the slash before the question mark saves a redirection. */
export const checkoutLink = (shop: string, { lines, codes }: ShopCart, attribution: Attribution): string | null => {
  if (codes.length > 1) return null
  const url = new URL(`${shop.replace(/\/+$/, '')}/checkout-link/`)
  url.search = `products=${lines.map(({ key, quantity }) => `${encodeURIComponent(key)}:${quantity}`).join(',')}`
  if (codes[0] !== undefined) url.searchParams.set('coupon', codes[0])
  const link = withAttribution(url, attribution).replaceAll('%3A', ':').replaceAll('%2C', ',')
  return link.length <= MAX_LINK ? link : null
}

/** Whoever has a cart's token may read and change it, so there is no person in it. */
export const sessionLink = (page: string, token: string, attribution: Attribution): string => {
  const url = new URL(page)
  url.searchParams.set('session', token)
  return withAttribution(url, attribution)
}

/** A link knows no delivery; a cart that was filled has it chosen. */
export const opened = (url: string, isDelivered: boolean): OpenedCheckout => ({ url, leaves: isDelivered ? [] : ['delivery'] })
