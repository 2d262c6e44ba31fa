/** The body of a request as JSON, within bounds. */
import type { IncomingMessage } from 'node:http'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Json } from '#shared/kernel/json.ts'
import { isBoundedJson } from '#shared/protocol/bounded-json.ts'

export const MAX_BODY_BYTES = 32 * 1024
const BOUNDS = { depth: 12, keys: 2000, bytes: MAX_BODY_BYTES } as const

/** `HungUp`: the visitor went away in the middle, which is no failure of the hub. */
export type BodyRefused = { readonly type: 'TooLarge' | 'NotJson' | 'HungUp' }

const JSON_TYPE = /^application\/json(;|$)/i

export const readJsonBody = async (request: IncomingMessage, type = JSON_TYPE): Promise<Result<Json, BodyRefused>> => {
  // Other types need no permission from the browser to be sent across origins.
  if (!type.test(request.headers['content-type'] ?? '')) return err({ type: 'NotJson' })
  const body = await readBody(request, MAX_BODY_BYTES)
  return body.ok ? parse(body.value.toString('utf8')) : body
}

/** As it came. */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<Result<Buffer, BodyRefused>> => {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) return err({ type: 'TooLarge' })
      chunks.push(chunk)
    }
  } catch {
    return err({ type: 'HungUp' })
  }
  return ok(Buffer.concat(chunks))
}

const parse = (text: string): Result<Json, BodyRefused> => {
  try {
    const value: unknown = JSON.parse(text)
    return isBoundedJson(value, BOUNDS) ? ok(value) : err({ type: 'NotJson' })
  } catch {
    return err({ type: 'NotJson' })
  }
}
