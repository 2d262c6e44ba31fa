/** Who may open a socket at all, before anything is read from it, and who stays out for a while. Strangers are counted by their address, devices that have proven their key by their own name. */
import type { IncomingMessage } from 'node:http'
import type { Clock } from '#hub/ports/clock.ts'
import type { AddressOf } from '#hub/ports/visitor-address.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { tokenBucket, violationCounter, type BucketLimits, type TokenBucket } from './token-bucket.ts'

export type AdmissionLimits = {
  /** Connections of one address whose device has not proven its key yet. */
  readonly perAddress: number
  /** Connections of one device, proven: tabs, and lines of which only one side knows that they are gone. */
  readonly perDevice: number
  readonly inAll: number
  /** Handshakes of one address. */
  readonly handshakes: BucketLimits
  /** Handshakes of one address that prove nothing, within `violationWindowMs`. */
  readonly maxFailures: number
  readonly violationWindowMs: number
  readonly denyMs: number
}
/** Decision 0036. At most a hundred kiosks of a store come back at once through one router. */
export const ADMISSION_LIMITS: AdmissionLimits = { perAddress: 8, perDevice: 8, inAll: 500, handshakes: { perSecond: 10, burst: 100 }, maxFailures: 200, violationWindowMs: 60_000, denyMs: 60_000 }
/** On one machine all devices of a demo, a test or a bench come from the same address. */
export const LOOPBACK_ADMISSION: AdmissionLimits = { ...ADMISSION_LIMITS, perAddress: 2500, inAll: 2500, handshakes: { perSecond: 2500, burst: 5000 } }

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

/** `retryMs`: when to come again; absent where that is no use. */
export type Refused = { readonly why: 'origin' | 'host' | 'full' | 'too many' | 'denied'; readonly retryMs?: number }

export type Admission = {
  /** Why a handshake is refused; null if it may go on. */
  refusalOf(request: IncomingMessage): Refused | null
  entered(request: IncomingMessage): void
  left(request: IncomingMessage): void
  /** From now on this line is the device's. False: it has too many. */
  proven(request: IncomingMessage, dev: DeviceId): boolean
  isProven(request: IncomingMessage): boolean
  /** It did not prove what it said. */
  failed(request: IncomingMessage): void
  /** Keeps a device out for a while, whatever connection it comes by. */
  deny(dev: DeviceId): void
  /**
   * Ms for which a device that knocks stays out; 0 if it may come in. It is told a few times, which costs a handshake each; if it goes on knocking, its address is
   * kept out before anything is said, where nobody else is known to stand behind it.
   */
  deniedForMs(request: IncomingMessage, dev: DeviceId): number
}

/** Addresses of which something is remembered; beyond that the oldest is forgotten first. */
const MAX_ADDRESSES = 10_000
const COME_AGAIN_MS = 1000
/** Handshakes of a denied device that are answered. */
const TOLD = 5

type Neighbourhood = { readonly handshakes: TokenBucket; readonly fails: () => boolean; readonly devices: Set<DeviceId>; deniedUntil: number }

export const admission = (origins: Origins, limits: AdmissionLimits, clock: Clock, addressOf: AddressOf): Admission => {
  const lines = new Map<IncomingMessage, { readonly address: string; readonly dev: DeviceId | null }>()
  const [strangers, devices] = [counter(), counter()]
  const denied = new Map<DeviceId, { readonly until: number; knocks: number }>()
  const neighbourhoods = new Map<string, Neighbourhood>()

  const around = (address: string): Neighbourhood => {
    const known = neighbourhoods.get(address)
    if (known) return known
    if (neighbourhoods.size >= MAX_ADDRESSES) neighbourhoods.delete(neighbourhoods.keys().next().value!)
    const fresh: Neighbourhood = { handshakes: tokenBucket(limits.handshakes, clock), fails: violationCounter(limits.maxFailures, limits.violationWindowMs, clock), devices: new Set(), deniedUntil: 0 }
    neighbourhoods.set(address, fresh)
    return fresh
  }
  const isDenied = (dev: DeviceId): boolean => (denied.get(dev)?.until ?? 0) > clock.now()
  /** One router may stand before a whole store: honest devices behind it are not shut out for one of them. */
  const denyAddress = (address: string, except: DeviceId | null): void => {
    const place = around(address)
    const honest = [...place.devices].some((dev) => dev !== except && !isDenied(dev))
    if (!honest) place.deniedUntil = clock.now() + limits.denyMs
  }

  return {
    refusalOf: (request) => {
      const { origin, host } = request.headers
      // Only programs other than browsers leave the origin out; they hold no visitor's credentials to misuse.
      if (origin !== undefined && !origins.has(origin)) return { why: 'origin' }
      if (host === undefined || !origins.hasHost(host)) return { why: 'host' }
      const address = addressOf(request)
      const place = around(address)
      const deniedMs = place.deniedUntil - clock.now()
      if (deniedMs > 0) return { why: 'denied', retryMs: deniedMs }
      const waitMs = place.handshakes.take(1)
      if (waitMs > 0) return { why: 'too many', retryMs: waitMs }
      return lines.size >= limits.inAll || strangers.of(address) >= limits.perAddress ? { why: 'full', retryMs: COME_AGAIN_MS } : null
    },
    entered: (request) => {
      const address = addressOf(request)
      lines.set(request, { address, dev: null })
      strangers.add(address, 1)
    },
    left: (request) => {
      const line = lines.get(request)
      if (!line || !lines.delete(request)) return
      if (line.dev === null) strangers.add(line.address, -1)
      else devices.add(line.dev, -1)
    },
    proven: (request, dev) => {
      const line = lines.get(request)
      if (!line || line.dev !== null) return false
      if (devices.of(dev) >= limits.perDevice) return false
      strangers.add(line.address, -1)
      devices.add(dev, 1)
      lines.set(request, { ...line, dev })
      around(line.address).devices.add(dev)
      return true
    },
    isProven: (request) => (lines.get(request)?.dev ?? null) !== null,
    failed: (request) => {
      const address = addressOf(request)
      if (around(address).fails()) denyAddress(address, null)
    },
    deny: (dev) => void denied.set(dev, { until: clock.now() + limits.denyMs, knocks: 0 }),
    deniedForMs: (request, dev) => {
      const denial = denied.get(dev)
      if (!denial || !isDenied(dev)) {
        denied.delete(dev)
        return 0
      }
      denial.knocks += 1
      if (denial.knocks >= TOLD) denyAddress(addressOf(request), dev)
      return denial.until - clock.now()
    },
  }
}

type Counter = { of(key: string): number; add(key: string, by: number): void }

const counter = (): Counter => {
  const counts = new Map<string, number>()
  return {
    of: (key) => counts.get(key) ?? 0,
    add: (key, by) => {
      const count = (counts.get(key) ?? 0) + by
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
    },
  }
}
