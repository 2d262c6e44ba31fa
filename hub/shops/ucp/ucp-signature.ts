/**
 * Calls of the shop, signed over method, address, path and body (RFC 9421) with a key of its profile.
 * Errors  none: whatever is missing, odd or not covered by the signature is no genuine call.
 */
import type { WebhookCall } from '#hub/ports/web-shop/shop-checkout.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { UcpKey } from './ucp-profile.ts'

/** Address at which the shop calls us, as it knows it: a proxy may have changed what arrives. */
export type CalledAt = URL

type Candidate = { readonly label: string; readonly components: readonly string[]; readonly parameters: string; readonly keyid: string; readonly signature: Uint8Array<ArrayBuffer> }

/** What a signature has to cover for a call with a body. */
const ALWAYS = ['@method', '@authority', '@path', 'content-digest', 'content-type'] as const
const WHERE_SENT = ['ucp-agent', 'signature-agent', 'idempotency-key'] as const

/** The names of keys that a call says it is signed with. */
export const keyIdsOf = ({ headers }: WebhookCall): readonly string[] => candidatesOf(headers).map(({ keyid }) => keyid)

export const isSigned = async (call: WebhookCall, keys: readonly UcpKey[], at: CalledAt): Promise<boolean> => {
  const { headers, body } = call
  if (headers['content-digest'] !== `sha-256=:${base64(sha256(Uint8Array.from(body)))}:`) return false
  for (const candidate of candidatesOf(headers)) {
    const required = [...ALWAYS, ...(at.search === '' ? [] : ['@query']), ...WHERE_SENT.filter((name) => headers[name] !== undefined)]
    const base = required.every((name) => candidate.components.includes(name)) ? signatureBase(candidate, headers, at) : null
    const key = keys.find(({ kid, use, key_ops: ops }) => kid === candidate.keyid && use !== 'enc' && (ops === undefined || ops.includes('verify')))
    if (base !== null && key && (await verify(key, candidate.signature, base))) return true
  }
  return false
}

/** sig1=("@method" "@path");keyid="k" and sig1=:base64: belong together by their label. */
const candidatesOf = (headers: WebhookCall['headers']): readonly Candidate[] => {
  const inputs = [...(headers['signature-input'] ?? '').matchAll(/(?:^|,\s*)([a-z*][\w.*-]*)=(\(([^()]*)\)((?:;[a-z*][\w.*-]*(?:=(?:"[^"]*"|[\w.*:/+-]+))?)*))/g)]
  return inputs.flatMap(([, label, parameters, listed, rest]): readonly Candidate[] => {
    const signature = new RegExp(`(?:^|,\\s*)${label!.replaceAll(/[.*]/g, '\\$&')}=:([A-Za-z0-9+/=]+):`).exec(headers['signature'] ?? '')?.[1]
    const keyid = /;keyid="([^"]*)"/.exec(rest!)?.[1]
    const bytes = signature === undefined ? null : bytesOf(signature)
    // Components with parameters of their own are not taken: nothing of ours needs them.
    const components = [...listed!.matchAll(/"([^"]+)"(;\S+)?/g)]
    if (bytes === null || keyid === undefined || components.some(([, , extra]) => extra !== undefined)) return []
    return [{ label: label!, components: components.map(([, name]) => name!), parameters: parameters!, keyid, signature: bytes }]
  })
}

/** Null where a covered component was not sent. */
const signatureBase = ({ components, parameters }: Candidate, headers: WebhookCall['headers'], at: CalledAt): Uint8Array<ArrayBuffer> | null => {
  const valueOf = (name: string): string | undefined => {
    switch (name) {
      case '@method':
        return 'POST'
      case '@authority':
        return at.host.toLowerCase()
      case '@path':
        return at.pathname
      case '@query':
        return at.search === '' ? '?' : at.search
      case '@scheme':
        return at.protocol.slice(0, -1)
      default:
        return name.startsWith('@') ? undefined : headers[name]?.trim()
    }
  }
  const values = components.map((name) => [name, valueOf(name)] as const)
  if (values.some(([, value]) => value === undefined) || new Set(components).size !== components.length) return null
  return utf8([...values.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${parameters}`].join('\n'))
}

const verify = async ({ kty, crv, x = '', y = '' }: UcpKey, signature: Uint8Array<ArrayBuffer>, base: Uint8Array<ArrayBuffer>): Promise<boolean> => {
  try {
    if (kty === 'EC' && crv === 'P-256') {
      const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: crv }, false, ['verify'])
      return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, base)
    }
    if (kty === 'OKP' && crv === 'Ed25519') return await crypto.subtle.verify('Ed25519', await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']), signature, base)
    return false
  } catch {
    return false
  }
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

const bytesOf = (text: string): Uint8Array<ArrayBuffer> | null => {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}
