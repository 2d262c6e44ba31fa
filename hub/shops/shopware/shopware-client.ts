/** Questions to the shop's Admin and Store interfaces: signs in as an integration, asks page by page, and reads what comes back by a schema; everything else is trouble as a value. */
import * as v from 'valibot'
import type { HttpAnswer, HttpDoor, HttpQuestion, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type ShopwareAccess = {
  /** Address of the shop, such as https://shop.example. */
  readonly url: string
  /** Access key and secret of an integration. */
  readonly clientId: string
  readonly clientSecret: string
}

export type ShopwareSearch<T> = {
  /** Entity as the address calls it: `product`, `shipping-method`. */
  readonly entity: string
  readonly criteria: object
  readonly record: v.GenericSchema<unknown, T>
  readonly pageSize: number
}

/** It understood, and said no in its own words. */
export type ShopwareNo = { readonly type: 'ShopwareNo'; readonly status: number; readonly message: string }

export type StoreQuestion<T> = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object
  readonly reply: v.GenericSchema<unknown, T>
  /** Reading may be done twice, adding a line may not. */
  readonly repeatable: boolean
}

/** As anybody in one sales channel; `contextToken` null: a new visitor. */
export type StoreVisit = { readonly accessKey: string; readonly contextToken: string | null }
export type StoreAnswer<T> = { readonly value: T; readonly contextToken: string }

export type ShopwareClient = {
  /** All pages. */
  search<T>(search: ShopwareSearch<T>): Promise<Result<readonly T[], ShopTrouble>>
  store<T>(question: StoreQuestion<T>, visit: StoreVisit): Promise<Result<StoreAnswer<T>, ShopTrouble | ShopwareNo>>
}

/** 100,000 records: more is another kind of house. */
const MAX_PAGES = 1000
const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' } as const

const tokenReply = v.object({ access_token: v.pipe(v.string(), v.nonEmpty()) })
const refusalReply = v.object({ errors: v.array(v.object({ detail: v.optional(v.nullable(v.string())), title: v.optional(v.nullable(v.string())), code: v.optional(v.string()) })) })

export const shopwareClient = ({ url, clientId, clientSecret }: ShopwareAccess, door: HttpDoor): ShopwareClient => {
  const root = url.replace(/\/+$/, '')
  let token: string | null = null

  const ask = async (question: Omit<HttpQuestion, 'url'> & { readonly path: string }): Promise<Result<HttpAnswer, ShopTrouble | ShopwareNo>> => {
    const { path, ...rest } = question
    const sent = await door.ask({ ...rest, url: `${root}${path}` })
    if (!sent.ok) return err(sent.error.type === 'HttpRefusal' ? noOf(sent.error) : sent.error)
    return sent.value.status >= 300 ? err({ type: 'Nonsense', why: `it answered ${sent.value.status}` }) : sent
  }

  const signIn = async (): Promise<Result<string, ShopTrouble>> => {
    if (token !== null) return ok(token)
    const body = JSON.stringify({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret })
    const said = await ask({ method: 'POST', path: '/api/oauth/token', headers: JSON_HEADERS, body, repeatable: true })
    if (!said.ok) return err(said.error.type === 'ShopwareNo' ? { type: 'Refused', why: `it does not know this integration: ${said.error.message}` } : said.error)
    const read = shaped(said.value.text, tokenReply)
    if (read.ok) token = read.value.access_token
    return read.ok ? ok(read.value.access_token) : read
  }

  /** A token holds for ten minutes; a new one may be had once a question. */
  const admin = async <T>(path: string, body: object, reply: v.GenericSchema<unknown, T>): Promise<Result<T, ShopTrouble>> => {
    for (let isSecond = false; ; isSecond = true) {
      const wasSignedIn = token !== null
      const bearer = await signIn()
      if (!bearer.ok) return bearer
      const said = await ask({ method: 'POST', path, headers: { ...JSON_HEADERS, authorization: `Bearer ${bearer.value}`, 'sw-inheritance': '1' }, body: JSON.stringify(body), repeatable: true })
      if (said.ok) return shaped(said.value.text, reply)
      if (said.error.type === 'Refused') token = null
      if (said.error.type !== 'Refused' || !wasSignedIn || isSecond) return err(troubleOf(said.error))
    }
  }

  return {
    search: async ({ entity, criteria, record, pageSize }) => {
      const reply = v.object({ total: v.number(), data: v.array(record) })
      const found: v.InferOutput<typeof record>[] = []
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const said = await admin(`/api/search/${entity}`, { ...criteria, page, limit: pageSize, 'total-count-mode': 1, sort: [{ field: 'id', order: 'ASC' }] }, reply)
        if (!said.ok) return said.error.type === 'Nonsense' ? err({ type: 'Nonsense', why: `${entity}: ${said.error.why}` }) : said
        found.push(...said.value.data)
        if (found.length >= said.value.total) return ok(found)
        if (said.value.data.length === 0) return err({ type: 'Nonsense', why: `${entity}: its pages end after ${found.length} of ${said.value.total}` })
      }
      return err({ type: 'Nonsense', why: `${entity}: more than ${MAX_PAGES} pages` })
    },
    store: async ({ method, path, body, reply, repeatable }, { accessKey, contextToken }) => {
      const headers = { ...JSON_HEADERS, 'sw-access-key': accessKey, ...(contextToken === null ? {} : { 'sw-context-token': contextToken }) }
      const said = await ask({ method, path: `/store-api${path}`, headers, ...(body && { body: JSON.stringify(body) }), repeatable })
      if (!said.ok) return said
      const next = said.value.headers['sw-context-token'] ?? contextToken
      if (next === null) return err({ type: 'Nonsense', why: 'no sw-context-token in its answer' })
      const read = shaped(said.value.text === '' ? '{}' : said.value.text, reply)
      return read.ok ? ok({ value: read.value, contextToken: next }) : read
    },
  }
}

export const troubleOf = (error: ShopTrouble | ShopwareNo): ShopTrouble => (error.type === 'ShopwareNo' ? { type: 'Nonsense', why: error.message } : error)

const noOf = ({ status, text }: HttpRefusal): ShopwareNo => {
  const said = v.safeParse(refusalReply, readJson(text))
  const [first] = said.success ? said.output.errors : []
  return { type: 'ShopwareNo', status, message: (first?.detail ?? first?.title ?? first?.code ?? `it answered ${status}`).slice(0, 200) }
}

const shaped = <T>(text: string, reply: v.GenericSchema<unknown, T>): Result<T, ShopTrouble> => {
  const read = v.safeParse(reply, readJson(text))
  return read.success ? ok(read.output) : err({ type: 'Nonsense', why: `${v.getDotPath(read.issues[0]) ?? 'answer'}: ${read.issues[0].message}`.slice(0, 200) })
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
