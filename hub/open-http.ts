/** The hub's door to HTTP: its certificate, its limits, its port. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { isLoopback, type Config } from './config.ts'
import type { HubDeps } from './hub-deps.ts'
import { readCertificate, watchCertificate, type Certificate } from './transport/http/certificate.ts'
import { httpServer, type HttpParts } from './transport/http/http-server.ts'
import type { Origins } from './transport/socket/admission.ts'

const HTTP_CONNECTIONS = { loopback: 5000, network: 64 }

export type HttpOpened = {
  readonly server: Server
  /** Resolves to the port. Rejects  with a sentence for whoever starts the hub. */
  listen(): Promise<number>
  close(): void
}

/** Throws  a sentence, if the certificate files do not fit. */
export const openHttp = (config: Config, deps: HubDeps, own: Origins, parts: Pick<HttpParts, 'routes' | 'webhook' | 'metrics'>): HttpOpened => {
  const { tls } = config
  const certificate = tls && certificateOf(tls)
  const server = httpServer({
    ...parts,
    files: deps.files,
    clock: deps.clock,
    log: deps.log,
    tls: certificate,
    connectionsPerAddress: isLoopback(config.host) ? HTTP_CONNECTIONS.loopback : HTTP_CONNECTIONS.network,
    isOwn: (origin, host) => (origin === undefined || own.has(origin)) && host !== undefined && own.hasHost(host),
  })
  let endWatch = (): void => undefined
  return {
    server,
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
