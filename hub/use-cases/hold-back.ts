/** Back-pressure: a hub that is behind says "later" at once instead of "yes" too late. Devices keep what they have, and come back spread over time. */
import type { Load } from '#hub/ports/load.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Random } from '#hub/ports/random.ts'
import type { StreamError } from '#shared/sync/wire.ts'

/** Above this, answers come so late that devices send again what is already on its way. */
export const MAX_LOOP_DELAY_MS = 200
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

export type HeldBack = 'loop' | 'pending' | 'disk'

export type BackPressure = {
  /** What to tell a device that has a batch; null: let it come. */
  refusal(): StreamError | null
  /** Counts work from here until it is settled. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** Why it holds back now; null: it does not. */
  readonly why: HeldBack | null
}

export const holdBack = ({ load, random, log }: { readonly load: Load; readonly random: Random; readonly log: Log }): BackPressure => {
  let pending = 0
  let told: HeldBack | null = null

  const reason = (): HeldBack | null => {
    if (pending >= MAX_PENDING_PUSHES) return 'pending'
    if (load.loopDelayMs() > MAX_LOOP_DELAY_MS) return 'loop'
    const disk = load.disk()
    return disk && disk.freeBytes < Math.min(MIN_FREE_BYTES, disk.wholeBytes / MIN_FREE_SHARE) ? 'disk' : null
  }
  /** The log hears of each beginning and end, not of every batch. */
  const tell = (now: HeldBack | null): void => {
    if (now === told) return
    if (now) log.warn('holding back', { why: now, pending, loopDelayMs: Math.round(load.loopDelayMs()), freeBytes: load.disk()?.freeBytes ?? null })
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
      pending += 1
      try {
        return await work()
      } finally {
        pending -= 1
      }
    },
    get why() {
      return reason()
    },
  }
}
