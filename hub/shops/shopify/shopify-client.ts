/** Questions to the shop's Admin and Storefront interfaces: paced by what the shop says they cost, read by a schema; everything else is trouble as a value. */
import * as v from 'valibot'
import type { HttpAnswer, HttpDoor, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** Fields and their meaning are those of this version; a shop keeps a version for a year. */
export const API_VERSION = '2026-07'

export type ShopifyAccess = {
  /** Address of the shop, such as https://name.myshopify.com. */
  readonly url: string
  /** Of the Admin interface. */
  readonly adminToken: string
  /** Public token of the Storefront interface; null: it is asked without one. */
  readonly storefrontToken: string | null
  readonly wait: (ms: number) => Promise<void>
}

export type ShopifyQuestion<T> = {
  readonly query: string
  readonly variables?: { readonly [name: string]: unknown }
  readonly reply: v.GenericSchema<unknown, T>
  /** Reading may be done twice, making a cart may not. */
  readonly repeatable?: boolean
}

export type ShopifyClient = {
  /** As the app of the hub. */
  admin<T>(question: ShopifyQuestion<T>): Promise<Result<T, ShopTrouble>>
  /** As anybody in the shop. */
  storefront<T>(question: ShopifyQuestion<T>): Promise<Result<T, ShopTrouble>>
}

/** So many times a question is put again that the shop had no points left for. */
const TRIES = 4
/** A shop that wants more time than this is left alone. */
const LONGEST_WAIT_MS = 15_000
/** Asked too often, and the shop does not say until when. */
const RETRY_AFTER_MS = 60_000

const costSchema = v.object({
  requestedQueryCost: v.number(),
  throttleStatus: v.object({ maximumAvailable: v.number(), currentlyAvailable: v.number(), restoreRate: v.pipe(v.number(), v.gtValue(0)) }),
})
const errorSchema = v.object({ message: v.string(), extensions: v.optional(v.object({ code: v.optional(v.string()) })) })
const answerSchema = v.object({
  data: v.optional(v.nullable(v.unknown())),
  errors: v.optional(v.union([v.array(errorSchema), v.string()])),
  extensions: v.optional(v.object({ cost: v.optional(costSchema) })),
})
type Cost = v.InferOutput<typeof costSchema>
type Answer = v.InferOutput<typeof answerSchema>

export const shopifyClient = ({ url, adminToken, storefrontToken, wait }: ShopifyAccess, door: HttpDoor): ShopifyClient => {
  const root = url.replace(/\/+$/, '')
  /** Until the shop has the points for another question like the last one. */
  let pauseMs = 0

  const post = async (path: string, headers: Record<string, string>, { query, variables, repeatable }: ShopifyQuestion<unknown>): Promise<Result<Answer, ShopTrouble>> => {
    const sent = await door.ask({
      method: 'POST',
      url: `${root}${path}/${API_VERSION}/graphql.json`,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query, variables: variables ?? {} }),
      repeatable: repeatable ?? true,
    })
    return sent.ok ? answerOf(sent.value) : err(sent.error.type === 'HttpRefusal' ? refusalOf(sent.error) : sent.error)
  }

  return {
    admin: async (question) => {
      for (let tries = 1; ; tries++) {
        if (pauseMs > 0) await wait(pauseMs)
        pauseMs = 0
        const said = await post('/admin/api', { 'x-shopify-access-token': adminToken }, question)
        if (!said.ok) return said
        const cost = said.value.extensions?.cost
        pauseMs = cost ? pauseAfter(cost) : 0
        if (!isThrottled(said.value)) return dataOf(said.value, question.reply)
        const retryAfterMs = cost ? Math.max(pauseMs, 1000) : RETRY_AFTER_MS
        if (tries >= TRIES || retryAfterMs > LONGEST_WAIT_MS) return err({ type: 'RateLimited', retryAfterMs })
        pauseMs = retryAfterMs
      }
    },
    storefront: async (question) => {
      const said = await post('/api', storefrontToken === null ? {} : { 'x-shopify-storefront-access-token': storefrontToken }, question)
      if (!said.ok) return said
      return isThrottled(said.value) ? err({ type: 'RateLimited', retryAfterMs: RETRY_AFTER_MS }) : dataOf(said.value, question.reply)
    },
  }
}

/** None while a question of the same cost fits into what is left. */
const pauseAfter = ({ requestedQueryCost, throttleStatus: { maximumAvailable, currentlyAvailable, restoreRate } }: Cost): number =>
  Math.ceil((Math.max(0, Math.min(requestedQueryCost, maximumAvailable) - currentlyAvailable) / restoreRate) * 1000)

const errorsOf = ({ errors }: Answer): readonly v.InferOutput<typeof errorSchema>[] => (typeof errors === 'string' ? [{ message: errors }] : (errors ?? []))

const isThrottled = (answer: Answer): boolean => errorsOf(answer).some(({ extensions }) => extensions?.code === 'THROTTLED')

/** A shop that no longer serves this version answers in its oldest one, and says so. */
const answerOf = ({ status, headers, text }: HttpAnswer): Result<Answer, ShopTrouble> => {
  const version = headers['x-shopify-api-version']
  if (version !== undefined && version !== API_VERSION) return err({ type: 'Nonsense', why: `it answers in version ${version.slice(0, 20)} of its interface, asked for ${API_VERSION}` })
  const said = v.safeParse(answerSchema, readJson(text))
  return status === 200 && said.success ? ok(said.output) : err({ type: 'Nonsense', why: status === 200 ? 'no answer of this interface' : `it answered ${status}` })
}

const dataOf = <T>(answer: Answer, reply: v.GenericSchema<unknown, T>): Result<T, ShopTrouble> => {
  const [first] = errorsOf(answer)
  if (first) return err(troubleOf(first))
  const data = v.safeParse(reply, answer.data)
  return data.success ? ok(data.output) : err({ type: 'Nonsense', why: `${v.getDotPath(data.issues[0]) ?? 'answer'}: ${data.issues[0].message}`.slice(0, 200) })
}

const troubleOf = ({ message, extensions }: v.InferOutput<typeof errorSchema>): ShopTrouble => {
  switch (extensions?.code) {
    case 'ACCESS_DENIED':
    case 'UNAUTHORIZED':
      return { type: 'Refused', why: `${message.slice(0, 160)} (see the guide for its permissions)` }
    case 'SHOP_INACTIVE':
      return { type: 'Refused', why: 'the shop is not active' }
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
      return { type: 'Unreachable', why: 'an error inside the shop' }
    default:
      return { type: 'Nonsense', why: message.slice(0, 200) }
  }
}

const refusalOf = ({ status, text }: HttpRefusal): ShopTrouble => {
  switch (status) {
    case 402:
    case 423:
      return { type: 'Refused', why: `the shop is closed (it answered ${status})` }
    case 404:
      return { type: 'Refused', why: 'there is no such shop or interface at this address' }
    case 430:
      return { type: 'RateLimited', retryAfterMs: RETRY_AFTER_MS }
    default: {
      const said = v.safeParse(answerSchema, readJson(text))
      const message = said.success ? errorsOf(said.output)[0]?.message : undefined
      return { type: 'Nonsense', why: message === undefined ? `it answered ${status}` : message.slice(0, 200) }
    }
  }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
