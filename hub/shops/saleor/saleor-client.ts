/** Questions to the shop's GraphQL interface, read by a schema: half an answer is none, and everything else is trouble as a value. */
import * as v from 'valibot'
import type { HttpDoor, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type SaleorAccess = {
  /** Address of the interface, such as https://shop.example/graphql/. */
  readonly url: string
  /** Of an app. */
  readonly token: string
}

export type SaleorQuestion<T> = {
  readonly query: string
  readonly variables?: { readonly [name: string]: unknown }
  readonly reply: v.GenericSchema<unknown, T>
  /** Reading may be done twice, making a checkout may not. */
  readonly repeatable: boolean
}

export type SaleorPage<T> = { readonly edges: readonly { readonly node: T }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } }

export type SaleorClient = {
  ask<T>(question: SaleorQuestion<T>): Promise<Result<T, ShopTrouble>>
  /** All pages of a connection called `page`, asked with `$first` and `$after`. */
  all<T>(query: string, node: v.GenericSchema<unknown, T>, pageSize: number, variables?: SaleorQuestion<T>['variables']): Promise<Result<readonly T[], ShopTrouble>>
}

/** 100,000 records: more is another kind of house. */
const MAX_PAGES = 1000

const errorSchema = v.object({ message: v.string(), extensions: v.optional(v.object({ exception: v.optional(v.object({ code: v.optional(v.string()) })) })) })
const answerSchema = v.object({ data: v.optional(v.nullable(v.unknown())), errors: v.optional(v.array(errorSchema)) })
/** Of a token that does not hold, and of one that may too little. */
const REFUSALS = new Set(['PermissionDenied', 'ExpiredSignatureError', 'InvalidTokenError', 'InvalidSignatureError', 'JSONWebTokenError', 'UnauthenticatedError'])

export const saleorClient = ({ url, token }: SaleorAccess, door: HttpDoor): SaleorClient => {
  const ask: SaleorClient['ask'] = async ({ query, variables, reply, repeatable }) => {
    const sent = await door.ask({ method: 'POST', url, headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables: variables ?? {} }), repeatable })
    if (!sent.ok) return err(sent.error.type === 'HttpRefusal' ? refusalOf(sent.error) : sent.error)
    if (sent.value.status !== 200) return err({ type: 'Nonsense', why: `it answered ${sent.value.status}` })
    const said = v.safeParse(answerSchema, readJson(sent.value.text))
    if (!said.success) return err({ type: 'Nonsense', why: 'no answer of this interface' })
    // Data beside errors has holes where the errors are.
    const [first] = said.output.errors ?? []
    if (first) return err(troubleOf(first))
    const data = v.safeParse(reply, said.output.data)
    return data.success ? ok(data.output) : err({ type: 'Nonsense', why: `${v.getDotPath(data.issues[0]) ?? 'answer'}: ${data.issues[0].message}`.slice(0, 200) })
  }
  return {
    ask,
    all: async <T>(query: string, node: v.GenericSchema<unknown, T>, pageSize: number, variables: SaleorQuestion<T>['variables'] = {}): Promise<Result<readonly T[], ShopTrouble>> => {
      const reply: v.GenericSchema<unknown, { readonly page: SaleorPage<T> }> = v.object({ page: v.object({ edges: v.array(v.object({ node })), pageInfo: v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) }) }) })
      const found: T[] = []
      let after: string | null = null
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const said: Result<{ readonly page: SaleorPage<T> }, ShopTrouble> = await ask({ query, variables: { ...variables, first: pageSize, after }, reply, repeatable: true })
        if (!said.ok) return said
        const { edges, pageInfo }: SaleorPage<T> = said.value.page
        found.push(...edges.map((edge) => edge.node))
        if (!pageInfo.hasNextPage) return ok(found)
        if (pageInfo.endCursor === null || pageInfo.endCursor === after) return err({ type: 'Nonsense', why: 'its pages do not go on' })
        after = pageInfo.endCursor
      }
      return err({ type: 'Nonsense', why: `more than ${MAX_PAGES} pages` })
    },
  }
}

const refusalOf = ({ status, text }: HttpRefusal): ShopTrouble => {
  const said = v.safeParse(answerSchema, readJson(text))
  const [first] = (said.success && said.output.errors) || []
  return first ? troubleOf(first) : { type: 'Nonsense', why: `it answered ${status}` }
}

const troubleOf = ({ message, extensions }: v.InferOutput<typeof errorSchema>): ShopTrouble => {
  const code = extensions?.exception?.code ?? ''
  return REFUSALS.has(code) ? { type: 'Refused', why: `${message.slice(0, 160)} (see the guide for its permissions)` } : { type: 'Nonsense', why: message.slice(0, 200) }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
