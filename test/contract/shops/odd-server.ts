/** A server that misbehaves in one way, on a free port of this machine. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Oddity = (request: IncomingMessage, response: ServerResponse) => void

export type OddServer = { readonly url: string; /** Questions that came in. */ readonly asked: () => number; close(): Promise<void> }

export const oddServer = async (answer: Oddity): Promise<OddServer> => {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume()
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** An address at which nobody listens. */
export const deadAddress = async (): Promise<string> => {
  const server = await oddServer(() => undefined)
  await server.close()
  return server.url
}

const MEGABYTE = 'x'.repeat(1024 * 1024)

export const ODDITIES = {
  silent: () => undefined,
  stalls: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"data":')
  },
  broken: (_request, response) => void response.writeHead(500).end('{"message":"Internal server error"}'),
  busy: (_request, response) => void response.writeHead(429, { 'retry-after': '120' }).end(),
  locked: (_request, response) => void response.writeHead(403).end('Forbidden'),
  page: (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>'),
  empty: (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  other: (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":null,"errors":[{"message":"no such field","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}'),
  half: (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"promotions":{"totalItems":3,"items":[{"id":"1"'),
  moved: (_request, response) => void response.writeHead(301, { location: 'http://192.0.2.1/' }).end(),
  torn: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"data"')
    setImmediate(() => response.destroy())
  },
  huge: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = (): void => {
      while (!response.destroyed && response.write(MEGABYTE));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  },
} as const satisfies { readonly [name: string]: Oddity }
