/** Questions to the shop's Admin API: signs in, asks, and reads what comes back by a schema; everything else is trouble as a value. */
import * as v from 'valibot'
import type { HttpAnswer, HttpDoor, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type VendureAccess = {
  /** Address of the Admin API, such as https://shop.example/admin-api. */
  readonly url: string
  readonly secret: { readonly user: string; readonly password: string } | { readonly apiKey: string }
  /** Token of the channel; null: the default one. */
  readonly channel: string | null
}

export type VendureQuestion<T> = {
  readonly query: string
  readonly variables?: { readonly [name: string]: unknown }
  readonly reply: v.GenericSchema<unknown, T>
  /** Reading may be done twice, adding a line may not. */
  readonly repeatable?: boolean
}

export type VendureClient = { ask<T>(question: VendureQuestion<T>): Promise<Result<T, ShopTrouble>> }

const TOKEN_HEADER = 'vendure-auth-token'
const LOGIN = 'mutation($user:String!,$password:String!){login(username:$user,password:$password){kind:__typename}}'
const loginSchema = v.object({ login: v.object({ kind: v.string() }) })
const errorSchema = v.object({ message: v.string(), extensions: v.optional(v.object({ code: v.optional(v.string()) })) })
const answerSchema = v.object({ data: v.optional(v.nullable(v.unknown())), errors: v.optional(v.array(errorSchema)) })

/** A session that the shop has ended in the meantime. */
type SignedOut = { readonly type: 'SignedOut' }

export const vendureClient = ({ url, secret, channel }: VendureAccess, door: HttpDoor): VendureClient => {
  let token: string | null = null

  const post = async <T>({ query, variables, reply, repeatable }: VendureQuestion<T>, headers: Record<string, string>): Promise<Result<{ readonly value: T; readonly answer: HttpAnswer }, ShopTrouble | SignedOut>> => {
    const sent = await door.ask({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(channel === null ? {} : { 'vendure-token': channel }), ...headers },
      body: JSON.stringify({ query, variables: variables ?? {} }),
      repeatable: repeatable ?? false,
    })
    if (!sent.ok) return err(sent.error.type === 'HttpRefusal' ? refusalOf(sent.error) : sent.error)
    const value = readAnswer(sent.value, reply)
    return value.ok ? ok({ value: value.value, answer: sent.value }) : value
  }

  const signIn = async (): Promise<Result<Record<string, string>, ShopTrouble>> => {
    if ('apiKey' in secret) return ok({ 'vendure-api-key': secret.apiKey })
    if (token !== null) return ok({ authorization: `Bearer ${token}` })
    const { user, password } = secret
    const said = await post({ query: LOGIN, variables: { user, password }, reply: loginSchema, repeatable: true }, {})
    if (!said.ok) return err(said.error.type === 'SignedOut' ? { type: 'Refused', why: 'it does not know this user' } : said.error)
    if (said.value.value.login.kind !== 'CurrentUser') return err({ type: 'Refused', why: 'it does not know this user or password' })
    token = said.value.answer.headers[TOKEN_HEADER] ?? null
    return token === null ? err({ type: 'Refused', why: "its setting authOptions.tokenMethod must contain 'bearer'" }) : ok({ authorization: `Bearer ${token}` })
  }

  return {
    ask: async (question) => {
      for (let tries = 2; ; tries--) {
        const headers = await signIn()
        if (!headers.ok) return headers
        const said = await post(question, headers.value)
        if (said.ok) return ok(said.value.value)
        if (said.error.type !== 'SignedOut') return err(said.error)
        token = null
        if (tries <= 1 || 'apiKey' in secret) return err({ type: 'Refused', why: 'this user may not read or quote: see the guide for its permissions' })
      }
    },
  }
}

const refusalOf = ({ status, text }: HttpRefusal): ShopTrouble => {
  const answer = readJson(text)
  const said = v.safeParse(answerSchema, answer)
  const message = said.success ? said.output.errors?.[0]?.message : undefined
  return { type: 'Nonsense', why: message === undefined ? `it answered ${status}` : message.slice(0, 200) }
}

const readAnswer = <T>({ status, text }: HttpAnswer, reply: v.GenericSchema<unknown, T>): Result<T, ShopTrouble | SignedOut> => {
  if (status !== 200) return err({ type: 'Nonsense', why: `it answered ${status}` })
  const said = v.safeParse(answerSchema, readJson(text))
  if (!said.success) return err({ type: 'Nonsense', why: 'no answer of this interface' })
  const [first] = said.output.errors ?? []
  if (first) return err(troubleOf(first))
  const data = v.safeParse(reply, said.output.data)
  return data.success ? ok(data.output) : err({ type: 'Nonsense', why: `${v.getDotPath(data.issues[0]) ?? 'answer'}: ${data.issues[0].message}`.slice(0, 200) })
}

const troubleOf = ({ message, extensions }: v.InferOutput<typeof errorSchema>): ShopTrouble | SignedOut => {
  const code = extensions?.code
  if (code === 'FORBIDDEN' || code === 'UNAUTHORIZED') return { type: 'SignedOut' }
  if (code === 'INTERNAL_SERVER_ERROR') return { type: 'Unreachable', why: 'an error inside the shop' }
  return { type: 'Nonsense', why: message.slice(0, 200) }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
