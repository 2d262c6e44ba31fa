/** Back-pressure: a hub that is behind says "later" at once instead of "yes" too late. Devices keep what they have, and come back spread over time. */
import type { Load } from '#hub/ports/load.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Random } from '#hub/ports/random.ts'
import type { StreamError } from '#shared/sync/wire.ts'

/** Devices wait four seconds for an answer: when a batch has waited so long for its commit, the next one would be sent again before it is answered. How late the event loop comes round says less: other programs slow it too, and then no device gets through any sooner by waiting. */
export const MAX_WAIT_MS = 1000
/** Batches that wait for their commit: some 100,000 events at most, and their memory. */
export const MAX_PENDING_PUSHES = 1000
/** What a database, its log and one copy need to end in order; on a small disk a twentieth of it. */
export const MIN_FREE_BYTES = 200 * 1024 * 1024
const MIN_FREE_SHARE = 20
/** Devices come back within so long, each at its own time. */
const RETRY_MS = 1000
const RETRY_SPREAD_MS = 2000
/** A disk is not emptied within a blink. */
const DISK_RETRY_MS = 5000

export type HeldBack = 'waiting' | 'pending' | 'disk'

export type BackPressure = {
  /** What to tell a device that has a batch; null: let it come. */
  refusal(): StreamError | null
  /** Counts work from here until it is settled. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** Why it holds back now; null: it does not. */
  readonly why: HeldBack | null
}

export type HoldBackParts = { readonly load: Load; readonly random: Random; readonly log: Log; /** Milliseconds that never jump. */ readonly mono?: () => number }

export const holdBack = ({ load, random, log, mono = () => performance.now() }: HoldBackParts): BackPressure => {
  /** Since when each batch waits, the longest first. */
  const pending = new Map<symbol, number>()
  let told: HeldBack | null = null

  const waitedMs = (): number => {
    const [since] = pending.values()
    return since === undefined ? 0 : mono() - since
  }
  const reason = (): HeldBack | null => {
    if (pending.size >= MAX_PENDING_PUSHES) return 'pending'
    if (waitedMs() > MAX_WAIT_MS) return 'waiting'
    const disk = load.disk()
    return disk && disk.freeBytes < Math.min(MIN_FREE_BYTES, disk.wholeBytes / MIN_FREE_SHARE) ? 'disk' : null
  }
  /** The log hears of each beginning and end, not of every batch. */
  const tell = (now: HeldBack | null): void => {
    if (now === told) return
    if (now) log.warn('holding back', { why: now, pending: pending.size, waitedMs: Math.round(waitedMs()), freeBytes: load.disk()?.freeBytes ?? null })
    else log.info('taking everything again', {})
    told = now
  }

  return {
    refusal: () => {
      const now = reason()
      tell(now)
      if (!now) return null
      const spread = random.bytes(2).reduce((sum, byte) => sum * 256 + byte, 0) / 65_536
      return { code: 'busy', retryMs: Math.round((now === 'disk' ? DISK_RETRY_MS : RETRY_MS) + spread * RETRY_SPREAD_MS) }
    },
    during: async (work) => {
      const own = Symbol()
      pending.set(own, mono())
      try {
        return await work()
      } finally {
        pending.delete(own)
      }
    },
    get why() {
      return reason()
    },
  }
}
