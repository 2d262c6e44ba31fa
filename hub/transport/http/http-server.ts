/** The hub's HTTP side: health, the hub's own calls, and the built apps. */
import { createServer, ServerResponse, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { AddressOf } from '#hub/ports/visitor-address.ts'
import type { Json } from '#shared/kernel/json.ts'
import { apiServer, FORBIDDEN_ORIGIN, send, type ApiParts, type ApiServer } from './api-server.ts'
import { appFiles, pathOf } from './app-files.ts'
import type { ConnectionLimit } from './connection-limit.ts'
import { setSecurityHeaders } from './headers.ts'
import { closeWithLastWord } from './last-word.ts'
import { answerMetrics, METRICS_PATH, type MetricsParts } from './metrics-route.ts'
import { rateLimit, type RateLimit } from './rate-limit.ts'
import { readJsonBody } from './read-body.ts'
import type { HttpReply, Route, Visitor } from './route.ts'
import { NOT_BUILT_PAGE, START_PAGE } from './start-page.ts'
import { WEBHOOK_PATH, webhookReply, type TakeWebhook } from './webhook-route.ts'

/** Slow senders are closed within ten seconds, however many there are: with what Node brings, 400 of 400 lines were still open after twelve (decision 0036). */
export const HTTP_LIMITS = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 8192, keepAliveTimeout: 5000 } as const

/** What programs may ask, and who judges their tokens. */
export type ApiWish = Pick<ApiParts, 'routes' | 'door'>

export type HttpParts = {
  readonly routes: readonly Route[]
  /** Absent: there is no interface for programs. */
  readonly api?: ApiWish
  /** Takes the calls of the web shop; null: there is none that calls. */
  readonly webhook?: TakeWebhook | null
  /** For a machine that watches the hub; null: nobody asked for it. */
  readonly metrics?: MetricsParts | null
  /** Folder of the built apps. */
  readonly files: string
  readonly clock: Clock
  readonly log: Log
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
  readonly lines: ConnectionLimit
  readonly addressOf: AddressOf
  /** Whether an address is that of a proxy of ours: what it says of its visitors is believed. */
  isProxy(address: string): boolean
  /** Whether pages of this origin, under this Host header, may use the hub's calls. */
  isOwn(origin: string | undefined, host: string | undefined): boolean
}

export const httpServer = (parts: HttpParts): Server => {
  const answer = listener(parts)
  const options = { ...HTTP_LIMITS, ServerResponse: dressed(parts) }
  const server = parts.tls ? createTlsServer({ ...options, ...parts.tls }, answer) : createServer(options, answer)
  parts.lines.watch(server)
  server.on('clientError', closeWithLastWord)
  server.on('upgrade', endUnlessSocket)
  return server
}

/** Every answer has the headers from its beginning, whoever gives it: also those of the socket library. */
const dressed = ({ tls, isProxy }: HttpParts): typeof ServerResponse =>
  class<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
    constructor(request: R) {
      super(request)
      setSecurityHeaders(this, tls !== null || (request.headers['x-forwarded-proto'] === 'https' && isProxy(request.socket.remoteAddress ?? '')))
    }
  }

/** Where devices come to stay. Any other line that wants to become something else would stay open for ever: from here on nobody watches its time. */
const SOCKET_PATH = '/socket.io/'
const endUnlessSocket = (request: IncomingMessage, line: Duplex): void => {
  const { searchParams: asked } = new URL(`http://hub/?${(request.url ?? '').split('?', 2)[1] ?? ''}`)
  const isSocket = pathOf(request) === SOCKET_PATH && asked.get('transport') === 'websocket' && !asked.has('sid')
  if (!isSocket) line.destroy()
}

const listener = (parts: HttpParts): RequestListener => {
  const files = appFiles(parts.files)
  const routes = new Map(parts.routes.map((route) => [`${route.method} ${route.path}`, route]))
  const limit = rateLimit(parts.clock)
  const api = parts.api ? apiServer({ ...parts.api, clock: parts.clock, log: parts.log, addressOf: parts.addressOf }) : null
  const called = parts.webhook ? webhookReply(parts.webhook, parts.clock, parts.addressOf) : null
  const dispatch: RequestListener = (request, response) => {
    const path = pathOf(request)
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/healthz' && reading) return sendJson(response, { status: 200, body: { ok: true } })
    if (api?.has(path)) return answerProgram(parts, api, request, response, path)
    if (path.startsWith('/api/')) return void answerCall(parts, routes.get(`${request.method} ${path}`), limit, request, response)
    if (path === METRICS_PATH && answerMetrics(request, response, parts.metrics ?? null)) return
    if (path === WEBHOOK_PATH) return void answerWith(parts, path, response, () => (called && request.method === 'POST' ? called(request) : Promise.resolve(NOT_FOUND)))
    if (!reading) return sendJson(response, { status: 405, body: { code: 'bad_request' } })
    if (path === '/') return sendPage(response, files.built ? START_PAGE : NOT_BUILT_PAGE)
    return files.serve(request, response, () => sendJson(response, NOT_FOUND))
  }
  return (request, response) => {
    try {
      dispatch(request, response)
    } catch (error) {
      fail(parts, '', response, error)
    }
  }
}

/** Pages of other origins never speak for a program, whatever they found. */
const answerProgram = (parts: HttpParts, api: ApiServer, request: IncomingMessage, response: ServerResponse, path: string): void => {
  if (parts.isOwn(request.headers.origin, request.headers.host)) void api.answer(request, response, path)
  else send(response, FORBIDDEN_ORIGIN)
}

/** Nothing of what went wrong leaves the hub. */
const fail = ({ log }: HttpParts, path: string, response: ServerResponse, error: unknown): void => {
  log.error('call failed', { path, error: error instanceof Error ? error.name : 'thrown value' })
  sendJson(response, { status: 500, body: { code: 'failed' } })
}

const NOT_FOUND: HttpReply = { status: 404, body: { code: 'not_found' } }

const answerCall = (parts: HttpParts, route: Route | undefined, limit: RateLimit, request: IncomingMessage, response: ServerResponse): Promise<void> =>
  answerWith(parts, route?.path ?? '', response, () => callReply(parts, route, limit, request))

const answerWith = async (parts: HttpParts, path: string, response: ServerResponse, reply: () => Promise<HttpReply>): Promise<void> => {
  try {
    sendJson(response, await reply())
  } catch (error) {
    fail(parts, path, response, error)
  }
}

const callReply = async (parts: HttpParts, route: Route | undefined, limit: RateLimit, request: IncomingMessage): Promise<HttpReply> => {
  if (!route) return NOT_FOUND
  const visitor: Visitor = { address: parts.addressOf(request), host: request.headers.host ?? '' }
  if (!parts.isOwn(request.headers.origin, request.headers.host)) return { status: 403, body: { code: 'forbidden' } }
  const key = `${route.path} ${visitor.address}`
  if (!limit(key, route.perMinute)) return { status: 429, body: { code: route.limitCode ?? 'busy' }, retryMs: limit.waitMs(key) }
  if (route.method === 'GET') return route.answer(Object.fromEntries(new URL(request.url ?? '/', 'http://hub').searchParams), visitor)
  const body = await readJsonBody(request, route.bodyType)
  if (body.ok) return route.answer(body.value, visitor)
  return { status: body.error.type === 'TooLarge' ? 413 : 400, body: { code: 'bad_request' } }
}

const sendJson = (response: ServerResponse, reply: HttpReply): void => {
  if (response.headersSent || response.destroyed) return
  const body = JSON.stringify(reply.body satisfies Json)
  // A body that was not read to its end must not be taken for the next request.
  const ending: Record<string, string> = reply.status === 413 ? { Connection: 'close' } : {}
  if (reply.retryMs !== undefined) ending['Retry-After'] = String(Math.max(1, Math.ceil(reply.retryMs / 1000)))
  response.writeHead(reply.status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': Buffer.byteLength(body), ...ending }).end(body)
}

const sendPage = (response: ServerResponse, html: string): void => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' }).end(html)
}
