/** Questions to the shop's Admin and Store interfaces: signs in, asks, and reads what comes back by a schema; everything else is trouble as a value. */
import * as v from 'valibot'
import type { HttpDoor, HttpQuestion, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type MedusaAccess = {
  /** Address of the server, such as https://shop.example. */
  readonly url: string
  readonly secret: { readonly user: string; readonly password: string } | { readonly apiKey: string }
}

export type MedusaQuestion<T> = {
  readonly method: 'GET' | 'POST'
  /** From the root of the server on, with its query. */
  readonly path: string
  readonly body?: object
  readonly reply: v.GenericSchema<unknown, T>
  /** Reading may be done twice, making a cart may not. */
  readonly repeatable: boolean
}

/** It understood, and said no in its own words. */
export type MedusaNo = { readonly type: 'MedusaNo'; readonly message: string }

type Asked<T> = Promise<Result<T, ShopTrouble | MedusaNo>>
export type MedusaClient = {
  /** As administrator. */
  admin<T>(question: Omit<MedusaQuestion<T>, 'method' | 'repeatable'>): Promise<Result<T, ShopTrouble>>
  /** As anybody in the shop with its public key. */
  store<T>(question: MedusaQuestion<T>, publishableKey: string): Asked<T>
}

const tokenReply = v.object({ token: v.pipe(v.string(), v.nonEmpty()) })
const refusalReply = v.object({ type: v.string(), message: v.string() })

export const medusaClient = ({ url, secret }: MedusaAccess, door: HttpDoor): MedusaClient => {
  let token: string | null = null

  const ask = async <T>({ method, path, body, reply, repeatable }: MedusaQuestion<T>, headers: HttpQuestion['headers']): Asked<T> => {
    const sent = await door.ask({
      method,
      url: `${url.replace(/\/+$/, '')}${path}`,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      repeatable,
    })
    if (!sent.ok) return err(sent.error.type === 'HttpRefusal' ? noOf(sent.error) : sent.error)
    if (sent.value.status !== 200 && sent.value.status !== 201) return err({ type: 'Nonsense', why: `it answered ${sent.value.status}` })
    const read = v.safeParse(reply, readJson(sent.value.text))
    return read.success ? ok(read.output) : err({ type: 'Nonsense', why: `${v.getDotPath(read.issues[0]) ?? 'answer'}: ${read.issues[0].message}`.slice(0, 200) })
  }

  const signIn = async (): Promise<Result<string, ShopTrouble>> => {
    if ('apiKey' in secret) return ok(`Basic ${btoa(`${secret.apiKey}:`)}`)
    if (token !== null) return ok(`Bearer ${token}`)
    const { user: email, password } = secret
    const said = await ask({ method: 'POST', path: '/auth/user/emailpass', body: { email, password }, reply: tokenReply, repeatable: true }, {})
    if (!said.ok) return err(troubleOf(said.error))
    token = said.value.token
    return ok(`Bearer ${token}`)
  }

  return {
    admin: async (question) => {
      for (let isSecond = false; ; isSecond = true) {
        const wasSignedIn = token !== null
        const authorization = await signIn()
        if (!authorization.ok) return authorization
        const said = await ask({ method: 'GET', repeatable: true, ...question }, { authorization: authorization.value })
        if (said.ok) return said
        // Its word holds for a day; a new one may be had once.
        if (said.error.type !== 'Refused' || !wasSignedIn || isSecond) return err(troubleOf(said.error))
        token = null
      }
    },
    store: (question, publishableKey) => ask(question, { 'x-publishable-api-key': publishableKey }),
  }
}

export const troubleOf = (error: ShopTrouble | MedusaNo): ShopTrouble => (error.type === 'MedusaNo' ? { type: 'Nonsense', why: error.message } : error)

const noOf = ({ status, text }: HttpRefusal): ShopTrouble | MedusaNo => {
  const said = v.safeParse(refusalReply, readJson(text))
  return said.success ? { type: 'MedusaNo', message: said.output.message.slice(0, 200) } : { type: 'Nonsense', why: `it answered ${status}` }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
