/** The hub's door to HTTP: its certificate, its limits, its port. */
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { isLoopback, type Config } from './config.ts'
import { isRouteListed } from '#shared/protocol/event-rules.ts'
import type { HubDeps } from './hub-deps.ts'
import { isOneOf, type AddressOf } from './ports/visitor-address.ts'
import { readCertificate, watchCertificate, type Certificate } from './transport/http/certificate.ts'
import { connectionLimit } from './transport/http/connection-limit.ts'
import { httpServer, type HttpParts } from './transport/http/http-server.ts'
import type { Origins } from './transport/socket/admission.ts'

/** Of one address at a time. A browser opens six beside its socket; a router may stand before some tablets and phones. */
const HTTP_CONNECTIONS = { loopback: 5000, network: 64 }

export type HttpOpened = {
  readonly server: Server
  /** Resolves to the port. Rejects  with a sentence for whoever starts the hub. */
  listen(): Promise<number>
  /** This line belongs to a device that has proven its key, and no longer counts for its address. */
  release(request: IncomingMessage): void
  close(): void
}

/** Throws  a sentence, if the certificate files do not fit. */
export const openHttp = (config: Config, deps: HubDeps, own: Origins, addressOf: AddressOf, parts: Pick<HttpParts, 'routes' | 'webhook' | 'metrics' | 'api'>): HttpOpened => {
  for (const { method, path } of [...parts.routes, ...(parts.api?.routes ?? [])]) if (!isRouteListed(`${method} ${path}`)) throw new Error(`the route ${method} ${path} stands in no table`)
  const { tls } = config
  const certificate = tls && certificateOf(tls)
  const isProxy = isOneOf(config.trustedProxies ?? [])
  const lines = connectionLimit(isLoopback(config.host) ? HTTP_CONNECTIONS.loopback : HTTP_CONNECTIONS.network, isProxy)
  const server = httpServer({
    ...parts,
    files: deps.files,
    clock: deps.clock,
    log: deps.log,
    tls: certificate,
    lines,
    addressOf,
    isProxy,
    isOwn: (origin, host) => (origin === undefined || own.has(origin)) && host !== undefined && own.hasHost(host),
  })
  let endWatch = (): void => undefined
  return {
    server,
    release: ({ socket }) => lines.release(socket),
    listen: async () => {
      const port = await listen(server, config)
      if (certificate) endWatch = watchCertificate(certificate, { ...deps, read: () => readCertificate(tls!), use: (renewed) => (server as TlsServer).setSecureContext(renewed) })
      return port
    },
    close: () => {
      endWatch()
      server.closeAllConnections()
    },
  }
}

const certificateOf = (files: NonNullable<Config['tls']>): Certificate => {
  const read = readCertificate(files)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

const listen = async (http: Server, { port, host }: Config): Promise<number> => {
  http.listen(port, host)
  await once(http, 'listening').catch((error: unknown) => {
    throw isTaken(error) ? new Error(`port ${port} is in use by another program: end that one, or choose another port with --port`) : error
  })
  return (http.address() as AddressInfo).port
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
