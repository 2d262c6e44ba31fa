/** The hub's HTTP side: health, the hub's own calls, and the built apps. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Json } from '#shared/kernel/json.ts'
import { appFiles, pathOf } from './app-files.ts'
import { setSecurityHeaders } from './headers.ts'
import { closeWithLastWord } from './last-word.ts'
import { answerMetrics, METRICS_PATH, type MetricsParts } from './metrics-route.ts'
import { rateLimit, type RateLimit } from './rate-limit.ts'
import { readJsonBody } from './read-body.ts'
import type { HttpReply, Route, Visitor } from './route.ts'
import { NOT_BUILT_PAGE, START_PAGE } from './start-page.ts'
import { WEBHOOK_PATH, webhookReply, type TakeWebhook } from './webhook-route.ts'

/** Slow senders are closed within ten seconds, however many there are. */
const LIMITS: ServerOptions = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 8192, keepAliveTimeout: 5000 }

export type HttpParts = {
  readonly routes: readonly Route[]
  /** Takes the calls of the web shop; null: there is none that calls. */
  readonly webhook?: TakeWebhook | null
  /** For a machine that watches the hub; null: nobody asked for it. */
  readonly metrics?: MetricsParts | null
  /** Folder of the built apps. */
  readonly files: string
  readonly clock: Clock
  readonly log: Log
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
  /** Connections one address may hold at a time. */
  readonly connectionsPerAddress: number
  /** Whether pages of this origin, under this Host header, may use the hub's calls. */
  isOwn(origin: string | undefined, host: string | undefined): boolean
}

export const httpServer = (parts: HttpParts): Server => {
  const answer = listener(parts)
  const server = parts.tls ? createTlsServer({ ...LIMITS, ...parts.tls }, answer) : createServer(LIMITS, answer)
  limitPerAddress(server, parts.connectionsPerAddress)
  server.on('clientError', closeWithLastWord)
  server.on('upgrade', endUnlessSocket)
  return server
}

/** Where devices come to stay. Any other line that wants to become something else would stay open for ever: from here on nobody watches its time. */
const SOCKET_PATH = '/socket.io/'
const endUnlessSocket = (request: IncomingMessage, line: Duplex): void => {
  if (!pathOf(request).startsWith(SOCKET_PATH)) line.destroy()
}

const listener = (parts: HttpParts): RequestListener => {
  const files = appFiles(parts.files)
  const routes = new Map(parts.routes.map((route) => [`${route.method} ${route.path}`, route]))
  const limit = rateLimit(parts.clock)
  const called = parts.webhook ? webhookReply(parts.webhook, parts.clock) : null
  return (request, response) => {
    setSecurityHeaders(response, parts.tls !== null)
    const path = pathOf(request)
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/healthz' && reading) return sendJson(response, { status: 200, body: { ok: true } })
    if (path.startsWith('/api/')) return void answerCall(parts, routes.get(`${request.method} ${path}`), limit, request, response)
    if (path === METRICS_PATH && answerMetrics(request, response, parts.metrics ?? null)) return
    if (path === WEBHOOK_PATH) return void answerWith(parts, path, response, () => (called && request.method === 'POST' ? called(request) : Promise.resolve(NOT_FOUND)))
    if (!reading) return sendJson(response, { status: 405, body: { code: 'bad_request' } })
    if (path === '/') return sendPage(response, files.built ? START_PAGE : NOT_BUILT_PAGE)
    return files.serve(request, response, () => sendJson(response, NOT_FOUND))
  }
}

const NOT_FOUND: HttpReply = { status: 404, body: { code: 'not_found' } }

const answerCall = (parts: HttpParts, route: Route | undefined, limit: RateLimit, request: IncomingMessage, response: ServerResponse): Promise<void> =>
  answerWith(parts, route?.path ?? '', response, () => callReply(parts, route, limit, request))

const answerWith = async ({ log }: HttpParts, path: string, response: ServerResponse, reply: () => Promise<HttpReply>): Promise<void> => {
  try {
    sendJson(response, await reply())
  } catch (error) {
    log.error('call failed', { path, error: error instanceof Error ? error.name : 'thrown value' })
    sendJson(response, { status: 500, body: { code: 'failed' } })
  }
}

const callReply = async (parts: HttpParts, route: Route | undefined, limit: RateLimit, request: IncomingMessage): Promise<HttpReply> => {
  if (!route) return NOT_FOUND
  const visitor: Visitor = { address: request.socket.remoteAddress ?? '', host: request.headers.host ?? '' }
  if (!parts.isOwn(request.headers.origin, request.headers.host)) return { status: 403, body: { code: 'forbidden' } }
  if (!limit(`${route.path} ${visitor.address}`, route.perMinute)) return { status: 429, body: { code: route.limitCode ?? 'busy' } }
  if (route.method === 'GET') return route.answer(Object.fromEntries(new URL(request.url ?? '/', 'http://hub').searchParams), visitor)
  const body = await readJsonBody(request)
  if (body.ok) return route.answer(body.value, visitor)
  return { status: body.error.type === 'TooLarge' ? 413 : 400, body: { code: 'bad_request' } }
}

const sendJson = (response: ServerResponse, reply: HttpReply): void => {
  if (response.headersSent || response.destroyed) return
  const body = JSON.stringify(reply.body satisfies Json)
  // A body that was not read to its end must not be taken for the next request.
  const ending: Record<string, string> = reply.status === 413 ? { Connection: 'close' } : {}
  response.writeHead(reply.status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': Buffer.byteLength(body), ...ending }).end(body)
}

const sendPage = (response: ServerResponse, html: string): void => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' }).end(html)
}

/** One address cannot take the connections of all others; a limit on the whole server would let it. */
const limitPerAddress = (server: Server, max: number): void => {
  const open = new Map<string, number>()
  server.on('connection', (line) => {
    const address = line.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    line.once('close', () => {
      const rest = open.get(address)! - 1
      if (rest > 0) open.set(address, rest)
      else open.delete(address)
    })
    if (count > max) line.destroy()
  })
}
