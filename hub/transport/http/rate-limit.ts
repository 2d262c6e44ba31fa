/** Calls per minute and address, route by route. */
import type { Clock } from '#hub/ports/clock.ts'

const WINDOW_MS = 60_000
/** Addresses remembered at a time; beyond that the oldest window is forgotten first. */
const MAX_KEYS = 10_000

export type RateLimit = {
  /** True while the key is within its limit. */
  (key: string, perMinute: number): boolean
  /** Ms until the key may ask again. */
  waitMs(key: string): number
}

export const rateLimit = (clock: Clock): RateLimit => {
  const windows = new Map<string, { readonly from: number; count: number }>()
  const isWithin = (key: string, perMinute: number): boolean => {
    const now = clock.now()
    const open = windows.get(key)
    if (open && Math.abs(now - open.from) < WINDOW_MS) {
      open.count += 1
      return open.count <= perMinute
    }
    windows.delete(key)
    if (windows.size >= MAX_KEYS) windows.delete(windows.keys().next().value!)
    windows.set(key, { from: now, count: 1 })
    return perMinute >= 1
  }
  const waitMs = (key: string): number => Math.min(WINDOW_MS, Math.max(0, (windows.get(key)?.from ?? 0) + WINDOW_MS - clock.now()))
  return Object.assign(isWithin, { waitMs })
}
