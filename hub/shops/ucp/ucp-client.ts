/** Questions to the shop's REST interface, each with the address of our own profile; what comes back is read by a schema, everything else is trouble as a value. */
import * as v from 'valibot'
import type { HttpDoor, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type UcpAccess = {
  /** Root of the REST interface. */
  readonly rest: string
  /** Address of our own profile, which the shop reads; see GUIDE.md. */
  readonly agent: string
  /** Where the shop wants one. */
  readonly apiKey: string | null
  /** A new key for every change that is asked for. */
  readonly newKey: () => string
}

export type UcpQuestion<T> = {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** From the root on. */
  readonly path: string
  readonly body?: object
  readonly reply: v.GenericSchema<unknown, T>
  /** Asking is no change: searching the catalogue. */
  readonly isReading?: boolean
}

/** It understood, and said no in its own words. */
export type UcpNo = { readonly type: 'UcpNo'; readonly code: string; readonly message: string }

export type UcpClient = { ask<T>(question: UcpQuestion<T>): Promise<Result<T, ShopTrouble | UcpNo>> }

const messageSchema = v.object({ type: v.optional(v.string(), ''), code: v.optional(v.string(), ''), content: v.optional(v.string(), '') })
const errorReply = v.object({ ucp: v.object({ status: v.literal('error') }), messages: v.optional(v.array(messageSchema), []) })
const refusalReply = v.object({ code: v.string(), content: v.optional(v.string(), '') })

/** Somebody has to act: the profile that is shown, a key, a version. */
const OURS = /^(invalid_profile_url|profile_unreachable|profile_malformed|version_unsupported|capabilities_incompatible|signature_missing|signature_invalid|key_not_found|unauthorized)$/

export const ucpClient = ({ rest, agent, apiKey, newKey }: UcpAccess, door: HttpDoor): UcpClient => ({
  ask: async ({ method, path, body, reply, isReading }) => {
    const changes = method !== 'GET' && isReading !== true
    const sent = await door.ask({
      method,
      url: `${rest}${path}`,
      headers: {
        accept: 'application/json',
        'ucp-agent': `profile="${agent}"`,
        ...(body && { 'content-type': 'application/json' }),
        // The same key is the same change, however often the door asks.
        ...(changes && { 'idempotency-key': newKey() }),
        ...(apiKey !== null && { 'x-api-key': apiKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
      repeatable: true,
    })
    if (!sent.ok) return err(sent.error.type === 'HttpRefusal' ? refusalOf(sent.error) : sent.error)
    const { status, text } = sent.value
    if (status !== 200 && status !== 201) return err({ type: 'Nonsense', why: `it answered ${status}` })
    const json = readJson(text)
    const failed = v.safeParse(errorReply, json)
    if (failed.success) return err(noOf(failed.output.messages.find(({ type }) => type === 'error') ?? { code: '', content: '' }))
    const read = v.safeParse(reply, json)
    return read.success ? ok(read.output) : err({ type: 'Nonsense', why: `${v.getDotPath(read.issues[0]) ?? 'answer'}: ${read.issues[0].message}`.slice(0, 200) })
  },
})

const noOf = ({ code, content }: { readonly code: string; readonly content: string }): ShopTrouble | UcpNo => {
  const message = (content || code || 'it gives no reason').slice(0, 200)
  return OURS.test(code) ? { type: 'Refused', why: message } : { type: 'UcpNo', code, message }
}

const refusalOf = ({ status, text }: HttpRefusal): ShopTrouble | UcpNo => {
  const said = v.safeParse(refusalReply, readJson(text))
  return said.success ? noOf(said.output) : { type: 'Nonsense', why: `it answered ${status}` }
}

export const troubleOf = (error: ShopTrouble | UcpNo): ShopTrouble => (error.type === 'UcpNo' ? { type: 'Nonsense', why: error.message } : error)

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
