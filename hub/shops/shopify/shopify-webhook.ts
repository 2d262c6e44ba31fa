/** Calls of the shop: signed with the secret of its app, over the bytes as they came. */
import type { WebhookCall, WebhookVerdict } from '#hub/ports/web-shop/shop-checkout.ts'

/** Whatever prices and offers are made of. Stock alone changes no release. */
const OF_CONCERN = /^(discounts|products|collections|product_feeds|price_lists|markets|shop|variants)\//

/** `host` of the shop where its address tells it: the secret of an app is the same in every shop that uses it. */
export const checkCall = async ({ headers, body }: WebhookCall, secret: string, host: string): Promise<WebhookVerdict> => {
  const signature = bytesOf(headers['x-shopify-hmac-sha256'] ?? '')
  if (signature === null) return 'forged'
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  if (!(await crypto.subtle.verify('HMAC', key, signature, Uint8Array.from(body)))) return 'forged'
  const domain = headers['x-shopify-shop-domain']
  if (host.endsWith('.myshopify.com') && domain !== undefined && domain.toLowerCase() !== host.toLowerCase()) return 'forged'
  return OF_CONCERN.test(headers['x-shopify-topic'] ?? '') ? 'changed' : 'nothing'
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> | null => {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}
