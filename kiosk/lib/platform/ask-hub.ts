/** The door to the hub for pages on a shopper's own phone: one question, one answer, over plain HTTP. */
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** offline: nobody answered · busy: asked too often · failed: answered with something else. */
export type NoAnswer = { readonly type: 'offline' | 'busy' | 'failed' }

/** A phone on the edge of the network: longer than any answer needs, shorter than patience. */
const TIMEOUT_MS = 12_000

export const askHub = <Reply extends { readonly type: string }>(path: string, body: object): Promise<Result<Reply, NoAnswer>> =>
  send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

export const readHub = <Reply extends { readonly type: string }>(path: string): Promise<Result<Reply, NoAnswer>> => send(path, { method: 'GET' })

const send = async <Reply extends { readonly type: string }>(path: string, request: RequestInit): Promise<Result<Reply, NoAnswer>> => {
  try {
    const response = await fetch(path, { ...request, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (response.status === 429 || response.status === 503) return err({ type: 'busy' })
    const reply: unknown = response.ok ? await response.json() : null
    return isReply<Reply>(reply) ? ok(reply) : err({ type: 'failed' })
  } catch {
    return err({ type: 'offline' })
  }
}

const isReply = <Reply>(value: unknown): value is Reply => typeof value === 'object' && value !== null && 'type' in value
