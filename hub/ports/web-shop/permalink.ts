/**
 * The link that fills a shop's cart, in the form of the Universal Commerce Protocol: Shopify storefronts serve it, others need one route for it.
 * Source  UCP permalinks, `{endpoint}/{item:qty,item:qty}?discounts/codes/0=…&attribution/…`.
 */
import { bytesToBase64Url } from '#shared/kernel/bytes.ts'
import type { ShopCart } from './shop-cart.ts'
import type { Attribution } from './shop-checkout.ts'

/** Longest link that every browser, server and QR code takes. */
export const MAX_LINK = 2000

/** Null if it would be longer than MAX_LINK. Order  lines and codes as in the cart. */
export const permalink = (endpoint: string, { lines, codes }: ShopCart, { store, device, handoff }: Attribution): string | null => {
  const items = lines.map(({ key, quantity }) => `${itemId(key)}:${quantity}`).join(',')
  const query = new URLSearchParams([
    ...codes.map((code, i): [string, string] => [`discounts/codes/${i}`, code]),
    ['attribution/utm_source', 'kiosk'],
    ['attribution/utm_medium', store],
    ['attribution/utm_content', device],
    ['attribution/utm_id', handoff],
  ])
  const link = `${endpoint.replace(/\/+$/, '')}/${items}?${query}`
  return link.length <= MAX_LINK ? link : null
}

/** Ids of other characters are `~` and base64url of their bytes. */
const itemId = (key: string): string => (/^[A-Za-z0-9._-]+$/.test(key) ? key : `~${bytesToBase64Url(new TextEncoder().encode(key))}`)
