/** Calls of the shop: genuine by their signature, with the shop's own key or with a secret that both know, and of concern by their event. */
import * as v from 'valibot'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import type { WebhookCall, WebhookVerdict } from '#hub/ports/web-shop/shop-checkout.ts'
import { base64UrlToBytes, concatBytes, hexToBytes, utf8 } from '#shared/kernel/bytes.ts'

/** What prices are made of. */
const CONCERNS = /^(product|product_variant|category|collection|promotion|promotion_rule|voucher|voucher_code|sale|shipping_price|shipping_zone|channel|tax_)\w*_(created|updated|deleted|added|started|ended|status_changed|toggle|available)$|^product_variant_(back_in_stock|out_of_stock)$/
const headerSchema = v.object({ alg: v.literal('RS256'), kid: v.optional(v.string()) })
const keysSchema = v.object({ keys: v.array(v.looseObject({ kty: v.string(), n: v.optional(v.string()), e: v.optional(v.string()), kid: v.optional(v.string()) })) })

export type WebhookTerms = { readonly secret: string | null; /** Address of the interface; the keys are at its root. */ readonly url: string; readonly door: HttpDoor }

/** Source  header `saleor-signature`: HMAC-SHA256 in hex with a secret, else a detached JWS (RS256) whose keys are at /.well-known/jwks.json. */
export const saleorWebhook = ({ secret, url, door }: WebhookTerms): ((call: WebhookCall) => Promise<WebhookVerdict>) => {
  let keys: readonly JsonWebKey[] | null = null
  const fetchKeys = async (): Promise<readonly JsonWebKey[]> => {
    const said = await door.ask({ method: 'GET', url: new URL('/.well-known/jwks.json', url).href, headers: { accept: 'application/json' }, repeatable: true })
    const read = said.ok ? v.safeParse(keysSchema, parsed(said.value.text)) : null
    return read?.success ? (read.output.keys as readonly JsonWebKey[]) : []
  }
  const isSigned = async (signature: string, body: Uint8Array): Promise<boolean> => {
    if (secret !== null) return isHmac(secret, signature, body)
    keys ??= await fetchKeys()
    if (await isJws(keys, signature, body)) return true
    // The shop may have another key since; one that is made up costs it one question.
    keys = await fetchKeys()
    return isJws(keys, signature, body)
  }
  return async ({ headers, body }) => {
    const signature = headers['saleor-signature'] ?? ''
    if (signature === '' || !(await isSigned(signature, body))) return 'forged'
    return CONCERNS.test(headers['saleor-event'] ?? '') ? 'changed' : 'nothing'
  }
}

const isHmac = async (secret: string, signature: string, body: Uint8Array): Promise<boolean> => {
  const proof = hexToBytes(signature.toLowerCase())
  if (!proof.ok) return false
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  return crypto.subtle.verify('HMAC', key, proof.value, Uint8Array.from(body))
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** `header..signature`; what is signed is the header, a dot, and the body as it came. */
const isJws = async (keys: readonly JsonWebKey[], signature: string, body: Uint8Array): Promise<boolean> => {
  const [header = '', detached, proof = ''] = signature.split('.')
  const [told, bytes] = [base64UrlToBytes(header), base64UrlToBytes(proof)]
  if (detached !== '' || !told.ok || !bytes.ok || !v.safeParse(headerSchema, parsed(new TextDecoder().decode(told.value))).success) return false
  const signed = concatBytes(utf8(`${header}.`), body)
  for (const { kty, n, e } of keys) {
    if (kty !== 'RSA' || n === undefined || e === undefined) continue
    const key = await crypto.subtle.importKey('jwk', { kty, n, e }, RSA, false, ['verify']).catch(() => null)
    if (key && (await crypto.subtle.verify(RSA, key, bytes.value, signed))) return true
  }
  return false
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
