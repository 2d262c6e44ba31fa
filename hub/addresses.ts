/** The addresses under which a hub is reached: what it prints, and which pages may talk to it. */
import { hostname, networkInterfaces } from 'node:os'
import { isLoopback, type Config } from './config.ts'

export type Addresses = {
  /** For people: links and codes. */
  readonly url: string
  /** `address:port` that phones of the same network reach this hub by over plain http; null if they cannot, or links carry a name anyway. */
  readonly phoneHost: string | null
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
  // Plain http on another address than this machine's own is not enough for browsers to let a page sign anything.
  const everywhere = config.tls ? hostname() : '127.0.0.1'
  const shown = named ?? `${bracketed(isWildcard(config.host) ? everywhere : config.host)}:${port}`
  const phones = named || config.tls || isLoopback(config.host) ? null : isWildcard(config.host) ? houseAddress() : bracketed(config.host)
  return { url: `${scheme}://${shown}`, phoneHost: phones && `${phones}:${port}`, origins: [...new Set(origins)] }
}

/** The IPv4 address of this machine that others in the house are likeliest to reach: home networks first, bridges of virtual machines last. */
const houseAddress = (): string | null => {
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)
  const rank = ({ address }: { readonly address: string }): number => [/^192\.168\./, /^10\./, /^(?!172\.|169\.254\.)/, /^172\./].findIndex((kind) => kind.test(address)) >>> 0
  return found.sort((a, b) => rank(a) - rank(b))[0]?.address ?? null
}

const ownHosts = (host: string): readonly string[] => {
  if (isLoopback(host)) return ['127.0.0.1', 'localhost', '::1', host]
  if (!isWildcard(host)) return [host]
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return ['localhost', hostname(), ...addresses.map(({ address }) => address).filter((address) => !address.includes('%') && !address.startsWith('fe80'))]
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
