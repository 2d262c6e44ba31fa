/** The addresses under which a hub is reached: what it prints, and which pages may talk to it. */
import { hostname, networkInterfaces } from 'node:os'
import { isLoopback, type Config } from './config.ts'

export type Addresses = {
  /** For people: links and codes. */
  readonly url: string
  /** Exact origins whose pages may connect. */
  readonly origins: readonly string[]
}

export const addressesOf = (config: Config, port: number): Addresses => {
  const scheme = config.tls ? 'https' : 'http'
  const named = config.publicHost
  // A proxy in front of the hub may speak https for it.
  const publicOrigins = named ? [`http://${named}`, `https://${named}`] : []
  const own = ownHosts(config.host).map((host) => `${scheme}://${bracketed(host)}:${port}`)
  const origins = [...publicOrigins, ...own, ...config.extraOrigins].map((origin) => new URL(origin).origin)
  const shown = named ?? `${bracketed(isWildcard(config.host) ? hostname() : config.host)}:${port}`
  return { url: `${scheme}://${shown}`, origins: [...new Set(origins)] }
}

const ownHosts = (host: string): readonly string[] => {
  if (isLoopback(host)) return ['127.0.0.1', 'localhost', '::1', host]
  if (!isWildcard(host)) return [host]
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return ['localhost', hostname(), ...addresses.map(({ address }) => address).filter((address) => !address.includes('%') && !address.startsWith('fe80'))]
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
