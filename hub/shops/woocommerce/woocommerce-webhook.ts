/** Calls of the shop: signed with the secret that was entered with the webhook. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookCall, WebhookVerdict } from '#hub/ports/web-shop/shop-checkout.ts'

/** The shop says so once when the webhook is saved, unsigned, and switches it off if nobody answers. It means nothing. */
const PING = /^webhook_id=\d{1,20}$/
const PRICED = new Set(['product', 'coupon', 'action'])

export const checkWebhook = ({ headers, body }: WebhookCall, secret: string): WebhookVerdict => {
  const signature = headers['x-wc-webhook-signature']
  if (signature === undefined) return body.byteLength < 40 && PING.test(new TextDecoder().decode(body)) ? 'nothing' : 'forged'
  const due = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(signature, 'base64')
  if (given.byteLength !== due.byteLength || !timingSafeEqual(given, due)) return 'forged'
  const [resource = ''] = (headers['x-wc-webhook-topic'] ?? '').split('.')
  return PRICED.has(resource) ? 'changed' : 'nothing'
}
