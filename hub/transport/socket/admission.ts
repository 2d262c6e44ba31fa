/** Who may open a socket at all, before anything is read from it. */
import type { IncomingMessage } from 'node:http'
import type { Clock } from '#hub/ports/clock.ts'

export type AdmissionLimits = { readonly perAddress: number; readonly inAll: number; readonly denyMs: number }
export const ADMISSION_LIMITS: AdmissionLimits = { perAddress: 8, inAll: 500, denyMs: 60_000 }
/** On one machine all devices of a demo, a test or a bench come from the same address. */
export const LOOPBACK_ADMISSION: AdmissionLimits = { perAddress: 2500, inAll: 2500, denyMs: 60_000 }

/** The origins whose pages may talk to this hub, exactly. */
export type Origins = {
  has(origin: string): boolean
  hasHost(host: string): boolean
}

export const exactOrigins = (list: readonly string[]): Origins => {
  const origins = new Set(list)
  const hosts = new Set(list.map((origin) => new URL(origin).host))
  return { has: (origin) => origins.has(origin), hasHost: (host) => hosts.has(host.toLowerCase()) }
}

export type Admission = {
  /** Why a handshake is refused; null if it may go on. */
  refusalOf(request: IncomingMessage): 'origin' | 'host' | 'full' | null
  entered(address: string): void
  left(address: string): void
  /** Keeps a key (a device) out for a while. */
  deny(key: string): void
  isDenied(key: string): boolean
}

export const admission = (origins: Origins, limits: AdmissionLimits, clock: Clock): Admission => {
  const open = new Map<string, number>()
  const denied = new Map<string, number>()
  let inAll = 0
  return {
    refusalOf: (request) => {
      const { origin, host } = request.headers
      // Only programs other than browsers leave the origin out; they hold no visitor's credentials to misuse.
      if (origin !== undefined && !origins.has(origin)) return 'origin'
      if (host === undefined || !origins.hasHost(host)) return 'host'
      const address = request.socket.remoteAddress ?? ''
      return inAll >= limits.inAll || (open.get(address) ?? 0) >= limits.perAddress ? 'full' : null
    },
    entered: (address) => {
      inAll += 1
      open.set(address, (open.get(address) ?? 0) + 1)
    },
    left: (address) => {
      inAll -= 1
      const rest = (open.get(address) ?? 1) - 1
      if (rest > 0) open.set(address, rest)
      else open.delete(address)
    },
    deny: (key) => void denied.set(key, clock.now() + limits.denyMs),
    isDenied: (key) => {
      const until = denied.get(key)
      if (until === undefined) return false
      if (clock.now() < until) return true
      denied.delete(key)
      return false
    },
  }
}
