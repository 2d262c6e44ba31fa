/** One HTTP call of the hub's own interface: what it takes, what it answers. Limits, parsing and headers are the server's business. */
import { safeParse, type GenericSchema, type InferOutput } from 'valibot'
import type { Json } from '#shared/kernel/json.ts'

/** Who asks over HTTP: nobody is known there, only the address that limits are counted by. */
export type Visitor = {
  /** Never stored, never logged. */
  readonly address: string
  /** Host name and port the visitor used. */
  readonly host: string
}

export type HttpReply = { readonly status: number; readonly body: Json; /** When to come again. */ readonly retryMs?: number }

export type Route = {
  readonly method: 'GET' | 'POST'
  /** Exact path, e.g. `/api/orders`. */
  readonly path: string
  /** Calls allowed per minute and address. */
  readonly perMinute: number
  /** Code of the answer beyond that; `busy` if left out. */
  readonly limitCode?: string
  /** What the body calls itself, if not `application/json`: still JSON. */
  readonly bodyType?: RegExp
  /** `input` is the parsed JSON body (POST) or the query as an object of strings (GET). */
  answer(input: unknown, visitor: Visitor): Promise<HttpReply>
}

export type RouteSpec<S extends GenericSchema> = {
  readonly method: Route['method']
  readonly path: string
  readonly perMinute: number
  readonly schema: S
  handler(input: InferOutput<S>, visitor: Visitor): HttpReply | Promise<HttpReply>
}

/** Makes a route that answers 400 `{code: 'bad_request'}` before its handler sees anything the schema refuses. Use strict objects. */
export const route = <S extends GenericSchema>(spec: RouteSpec<S>): Route => ({
  method: spec.method,
  path: spec.path,
  perMinute: spec.perMinute,
  answer: async (input, visitor) => {
    const parsed = safeParse(spec.schema, input)
    return parsed.success ? spec.handler(parsed.output, visitor) : { status: 400, body: { code: 'bad_request' } }
  },
})
