/** `/api/v1/…`: programs with a token. What comes in and what goes out is held to the same schemas that the description of the interface is made from. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { getDotPath, safeParse, type BaseIssue } from 'valibot'
import type { Bearer, TokenDoor, TokenRefused } from '#hub/ports/access-tokens.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { AddressOf } from '#hub/ports/visitor-address.ts'
import { isBoundedJson } from '#shared/protocol/bounded-json.ts'
import { API_PAGE_PATH, API_STYLE, API_STYLE_PATH, apiPage } from './api-page.ts'
import type { ApiReply, ApiRoute } from './api-route.ts'
import { openApi } from './openapi.ts'
import { rateLimit } from './rate-limit.ts'
import { readBody } from './read-body.ts'

/** Questions a token may ask per minute; and wrong tokens, or questions without one, of an address. */
const PER_MINUTE = { token: 120, address: 90 }
const OPENAPI_PATH = '/api/v1/openapi.json'
const PREFIX = '/api/v1/'

export type ApiParts = { readonly routes: readonly ApiRoute[]; readonly door: TokenDoor; readonly clock: Clock; readonly log: Log; readonly addressOf: AddressOf }

export type ApiServer = {
  /** Whether a path is one of these, known or not. */
  has(path: string): boolean
  answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>
}

type Said = { readonly status: number; readonly type: string; readonly text: string; readonly headers?: OutgoingHttpHeaders }

export const apiServer = (parts: ApiParts): ApiServer => {
  const routes = new Map(parts.routes.map((route) => [`${route.method} ${route.path}`, route]))
  const paths = new Set(parts.routes.map(({ path }) => path as string))
  /** For everybody: they say what there is, and nothing of the store. */
  const open: ReadonlyMap<string, Said> = new Map([
    [OPENAPI_PATH, { status: 200, type: 'application/json', text: JSON.stringify(openApi(parts.routes)) }],
    [API_PAGE_PATH, { status: 200, type: 'text/html; charset=utf-8', text: apiPage(parts.routes) }],
    [API_STYLE_PATH, { status: 200, type: 'text/css; charset=utf-8', text: API_STYLE }],
  ])
  const tokens = rateLimit(parts.clock)
  const addresses = rateLimit(parts.clock)

  const within = (limit: typeof tokens, key: string, most: number): Said | null => (limit(key, most) ? null : problem(429, 'busy', undefined, { 'Retry-After': String(Math.max(1, Math.ceil(limit.waitMs(key) / 1000))) }))
  /** Whoever may not, or too often, is answered before anything of theirs is read. */
  const admit = (route: ApiRoute, request: IncomingMessage): Bearer | Said => {
    const address = parts.addressOf(request)
    if (route.scope === null) return within(addresses, address, PER_MINUTE.address) ?? NOBODY
    const bearer = parts.door.check(request.headers.authorization, route.scope)
    if (!bearer.ok) return within(addresses, address, PER_MINUTE.address) ?? refusal(bearer.error)
    return within(tokens, bearer.value.id, PER_MINUTE.token) ?? bearer.value
  }
  const say = async (request: IncomingMessage, path: string): Promise<Said> => {
    const told = request.method === 'GET' ? open.get(path) : undefined
    if (told) return within(addresses, parts.addressOf(request), PER_MINUTE.address) ?? tagged(told, told.text, request)
    const route = routes.get(`${request.method} ${path}`)
    if (!route) return paths.has(path) || open.has(path) ? problem(405, 'method_not_allowed') : problem(404, 'not_found')
    const bearer = admit(route, request)
    if ('status' in bearer) return bearer
    const input = await readInput(route, request)
    if ('status' in input) return input
    return written(route, await route.answer(input.value, bearer), request)
  }
  return {
    has: (path) => path.startsWith(PREFIX),
    answer: async (request, response, path) => {
      try {
        send(response, await say(request, path))
      } catch (error) {
        parts.log.error('call failed', { path: paths.has(path) ? path : '', error: error instanceof Error ? error.name : 'thrown value' })
        send(response, problem(500, 'failed'))
      }
    },
  }
}

const NOBODY: Bearer = { id: '', name: '' }

/** Whoever has none and whoever guessed one hear the same. */
const refusal = ({ type }: TokenRefused): Said => (type === 'scope' ? problem(403, 'scope') : problem(401, 'token', undefined, { 'WWW-Authenticate': 'Bearer' }))

const readInput = async (route: ApiRoute, request: IncomingMessage): Promise<{ readonly value: unknown } | Said> => {
  if (route.query) return judged(route.query, readQuery(request))
  if (!route.body) return { value: null }
  // Other types need no permission from a browser to be sent across origins.
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) return problem(415, 'not_json')
  const body = await readBody(request, route.maxBytes)
  if (!body.ok) return body.error.type === 'TooLarge' ? problem(413, 'too_large', undefined, { Connection: 'close' }) : problem(400, 'bad_request')
  const value = parsed(body.value.toString('utf8'))
  return isBoundedJson(value, { depth: 12, keys: 20_000, bytes: route.maxBytes }) ? judged(route.body, value) : problem(400, 'not_json')
}

/** A name that comes twice is nobody's guess. */
const readQuery = (request: IncomingMessage): unknown => {
  const { searchParams } = new URL(request.url ?? '/', 'http://hub')
  return searchParams.size === new Set(searchParams.keys()).size ? Object.fromEntries(searchParams) : null
}

const judged = (schema: NonNullable<ApiRoute['query']>, value: unknown): { readonly value: unknown } | Said => {
  const read = safeParse(schema, value)
  return read.success ? { value: read.output } : problem(400, 'bad_request', issueWords(read.issues))
}

const issueWords = (issues: readonly BaseIssue<unknown>[]): string => issues.slice(0, 5).map((issue) => `${getDotPath(issue) ?? 'request'}: ${issue.expected === null ? issue.message : `expected ${issue.expected}`}`).join('; ').slice(0, 300)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Throws  if the answer is not what the description says: better none than another. */
const written = (route: ApiRoute, reply: ApiReply, request: IncomingMessage): Said => {
  if ('problem' in reply) return problem(reply.problem.status, reply.problem.code, reply.problem.detail)
  if ('text' in reply) return { status: 200, type: `${reply.type}; charset=utf-8`, text: reply.text }
  const held = safeParse(route.reply!, reply.body)
  if (!held.success) throw new ReplyUnfit(issueWords(held.issues))
  const said = { status: reply.status ?? 200, type: 'application/json', text: JSON.stringify(reply.body) }
  return route.method === 'GET' ? tagged(said, JSON.stringify(reply.tag ?? reply.body), request) : said
}

class ReplyUnfit extends Error {
  override readonly name = 'ReplyUnfit'
}

/** With the name of what it says; whoever knows that name already is told so and nothing else. */
const tagged = (said: Said, of: string, request: IncomingMessage): Said => {
  const tag = `"${createHash('sha256').update(of).digest('base64url').slice(0, 27)}"`
  const known = new Set((request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, '')))
  const headers = { ETag: tag, 'Cache-Control': 'private, no-cache' }
  return known.has(tag) || known.has('*') ? { status: 304, type: '', text: '', headers } : { ...said, headers }
}

const TITLES: { readonly [status: number]: string } = {
  400: 'The request is not as described',
  401: 'A token is needed',
  403: 'The token is not for this',
  404: 'There is no such thing',
  405: 'Not with this method',
  409: 'It contradicts what is there',
  413: 'The body is too large',
  415: 'JSON is expected',
  422: 'It cannot be taken as it is',
  429: 'Too many requests',
  500: 'The hub failed',
  503: 'Not now',
}

/** Source  RFC 9457. */
const problem = (status: number, code: string, detail?: string, headers: OutgoingHttpHeaders = {}): Said => ({
  status,
  type: 'application/problem+json',
  text: JSON.stringify({ type: `urn:einklang:problem:${code}`, title: TITLES[status] ?? 'Problem', status, code, ...(detail && { detail }) }),
  headers,
})

export const FORBIDDEN_ORIGIN: Said = problem(403, 'forbidden')

export const send = (response: ServerResponse, { status, type, text, headers }: Said): void => {
  if (response.headersSent || response.destroyed) return
  const plain = status === 304 ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }
  response.writeHead(status, { 'Cache-Control': 'no-store', ...plain, ...headers }).end(status === 304 ? undefined : text)
}
