/** Calls of the shop's app system: genuine by their signature, of concern by their event. */
import * as v from 'valibot'
import type { WebhookCall, WebhookVerdict } from '#hub/ports/web-shop/shop-checkout.ts'
import { hexToBytes, utf8 } from '#shared/kernel/bytes.ts'

const callSchema = v.object({ data: v.object({ event: v.string() }) })
/** What prices are made of. */
const CONCERNS = /^(product|product_price|product_visibility|category|promotion\w*|rule\w*|tax\w*|shipping_method\w*|currency\w*|sales_channel)\.(written|deleted)$/

/** Source  header `shopware-shop-signature`: HMAC-SHA256 of the body with the secret of the app, in hex. */
export const checkShopwareWebhook = async (secret: string, { headers, body }: WebhookCall): Promise<WebhookVerdict> => {
  const proof = hexToBytes((headers['shopware-shop-signature'] ?? '').toLowerCase())
  if (!proof.ok) return 'forged'
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  if (!(await crypto.subtle.verify('HMAC', key, proof.value, Uint8Array.from(body)))) return 'forged'
  const read = v.safeParse(callSchema, parsed(body))
  return read.success && CONCERNS.test(read.output.data.event) ? 'changed' : 'nothing'
}

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return null
  }
}
