/** Questions to the shop's REST interface (v3, by consumer key) and to its Store interface (as any shopper, by a cart's token); everything but a good answer is trouble as a value. */
import * as v from 'valibot'
import type { HttpAnswer, HttpDoor, HttpQuestion, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type WooAccess = {
  /** Address of the shop, such as https://shop.example. */
  readonly url: string
  readonly consumerKey: string
  readonly consumerSecret: string
}

/** It understood, and said no: a code that does not hold, an article that is sold out. */
export type WooNo = { readonly type: 'WooNo'; readonly code: string; readonly message: string }

/** Records of one page, and how many there are of all. */
export type WooPage<T> = { readonly items: readonly T[]; readonly total: number; readonly pages: number }

export type WooStep<T> = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Behind `/wp-json/wc/store/v1`. */
  readonly path: string
  readonly body?: object
  /** Of the cart; null: a new one. */
  readonly token: string | null
  readonly reply: v.GenericSchema<unknown, T>
}

export type WooClient = {
  /** Behind `/wp-json`. */
  one<T>(path: string, reply: v.GenericSchema<unknown, T>): Promise<Result<T, ShopTrouble>>
  page<T>(path: string, record: v.GenericSchema<unknown, T>): Promise<Result<WooPage<T>, ShopTrouble>>
  store<T>(step: WooStep<T>): Promise<Result<{ readonly value: T; readonly token: string | null }, ShopTrouble | WooNo>>
}

const noReply = v.object({ code: v.string(), message: v.string() })
const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' }

export const wooClient = ({ url, consumerKey, consumerSecret }: WooAccess, door: HttpDoor): WooClient => {
  const root = url.replace(/\/+$/, '')
  const authorization = `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}`

  const ask = async <T>(question: HttpQuestion, reply: v.GenericSchema<unknown, T>): Promise<Result<{ readonly value: T; readonly answer: HttpAnswer }, ShopTrouble | WooNo>> => {
    const sent = await door.ask(question)
    if (!sent.ok) return err(sent.error.type === 'HttpRefusal' ? noOf(sent.error) : sent.error)
    const { status, text } = sent.value
    if (status !== 200 && status !== 201) return err({ type: 'Nonsense', why: `it answered ${status}` })
    const json = readJson(text)
    if (json === undefined) return err({ type: 'Nonsense', why: 'its answer is no JSON: a plugin or theme writes into it, or this is no address of a shop' })
    const read = v.safeParse(reply, json)
    return read.success ? ok({ value: read.output, answer: sent.value }) : err({ type: 'Nonsense', why: `${v.getDotPath(read.issues[0]) ?? 'answer'}: ${read.issues[0].message}`.slice(0, 200) })
  }
  const rest = async <T>(path: string, reply: v.GenericSchema<unknown, T>): Promise<Result<{ readonly value: T; readonly answer: HttpAnswer }, ShopTrouble>> => {
    const said = await ask({ method: 'GET', url: `${root}/wp-json${path}`, headers: { ...JSON_HEADERS, authorization }, repeatable: true }, reply)
    return said.ok ? said : err(asTrouble(said.error))
  }

  return {
    one: async (path, reply) => {
      const said = await rest(path, reply)
      return said.ok ? ok(said.value.value) : said
    },
    page: async (path, record) => {
      const said = await rest(path, v.array(record))
      if (!said.ok) return said
      const { value: items, answer } = said.value
      const [total, pages] = [countIn(answer, 'x-wp-total'), countIn(answer, 'x-wp-totalpages')]
      return total === null || pages === null ? err({ type: 'Nonsense', why: 'it does not tell how many records there are (X-WP-Total)' }) : ok({ items, total, pages })
    },
    store: async ({ method, path, body, token, reply }) => {
      const said = await ask(
        { method, url: `${root}/wp-json/wc/store/v1${path}`, headers: { ...JSON_HEADERS, ...(token !== null && { 'cart-token': token }) }, ...(body && { body: JSON.stringify(body) }), repeatable: method !== 'POST' },
        reply,
      )
      return said.ok ? ok({ value: said.value.value, token: said.value.answer.headers['cart-token'] ?? token }) : said
    },
  }
}

export const asTrouble = (error: ShopTrouble | WooNo): ShopTrouble => (error.type === 'WooNo' ? { type: 'Nonsense', why: `${error.code}: ${error.message}`.slice(0, 200) } : error)

const countIn = ({ headers }: HttpAnswer, name: string): number | null => (/^\d{1,9}$/.test(headers[name] ?? '') ? Number(headers[name]) : null)

const noOf = ({ status, text }: HttpRefusal): ShopTrouble | WooNo => {
  const said = v.safeParse(noReply, readJson(text))
  if (!said.success) return { type: 'Nonsense', why: `it answered ${status}` }
  const { code, message } = said.output
  if (code === 'rest_no_route') return { type: 'Nonsense', why: 'it has no such interface: WooCommerce is not active there, or too old' }
  return { type: 'WooNo', code: code.slice(0, 80), message: message.slice(0, 200) }
}

/** Undefined where it is none. Some plugins put a byte order mark before it. */
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF+/, ''))
  } catch {
    return undefined
  }
}
