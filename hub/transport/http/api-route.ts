/** One call of the interface for programs: what it takes, who may, what it answers. Tokens, limits, problems and the check of both sides are the server's business. */
import type { GenericSchema, InferOutput } from 'valibot'
import type { AskedScope, Bearer } from '#hub/ports/access-tokens.ts'

/** What programs are told by when something cannot be answered. */
export type ApiProblem = { readonly status: 400 | 404 | 409 | 413 | 422 | 503; readonly code: string; readonly detail?: string }

/** `body` is held to the reply's schema; `text` is for tables. `tag`: what the answer's name is made of, where not all of it tells a change. */
export type ApiReply =
  | { readonly status?: 200 | 201 | 202; readonly body: unknown; readonly tag?: unknown }
  | { readonly text: string; readonly type: 'text/csv' }
  | { readonly problem: ApiProblem }

export type ApiRoute = {
  readonly method: 'GET' | 'POST'
  /** Exact path. */
  readonly path: `/api/v1/${string}`
  /** Null: anybody, without a token. */
  readonly scope: AskedScope | null
  readonly summary: string
  /** A strict object of texts: the query of a GET. */
  readonly query: GenericSchema | null
  /** The body of a POST. */
  readonly body: GenericSchema | null
  readonly maxBytes: number
  /** Null: a table as text. */
  readonly reply: GenericSchema | null
  answer(input: unknown, bearer: Bearer): ApiReply | Promise<ApiReply>
}

export type ApiRead<Q extends GenericSchema, R extends GenericSchema | null> = {
  readonly path: ApiRoute['path']
  readonly scope: ApiRoute['scope']
  readonly summary: string
  readonly query: Q
  readonly reply: R
  answer(query: InferOutput<Q>, bearer: Bearer): ApiReply | Promise<ApiReply>
}

/** A GET whose query is checked before `answer` sees it. */
export const apiRead = <Q extends GenericSchema, R extends GenericSchema | null>(spec: ApiRead<Q, R>): ApiRoute => ({
  ...spec,
  method: 'GET',
  body: null,
  maxBytes: 0,
  answer: (input, bearer) => spec.answer(input as InferOutput<Q>, bearer),
})

export type ApiWrite<B extends GenericSchema, R extends GenericSchema> = {
  readonly path: ApiRoute['path']
  readonly scope: ApiRoute['scope']
  readonly summary: string
  readonly body: B
  readonly maxBytes: number
  readonly reply: R
  answer(body: InferOutput<B>, bearer: Bearer): ApiReply | Promise<ApiReply>
}

/** A POST whose body is checked before `answer` sees it. */
export const apiWrite = <B extends GenericSchema, R extends GenericSchema>(spec: ApiWrite<B, R>): ApiRoute => ({
  ...spec,
  method: 'POST',
  query: null,
  answer: (input, bearer) => spec.answer(input as InferOutput<B>, bearer),
})
