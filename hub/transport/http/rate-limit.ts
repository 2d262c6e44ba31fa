/** Calls per minute and address, route by route. */
import type { Clock } from '#hub/ports/clock.ts'

const WINDOW_MS = 60_000
/** Addresses remembered at a time; beyond that the oldest window is forgotten first. */
const MAX_KEYS = 10_000

/** True while the key is within its limit. */
export type RateLimit = (key: string, perMinute: number) => boolean

export const rateLimit = (clock: Clock): RateLimit => {
  const windows = new Map<string, { readonly from: number; count: number }>()
  return (key, perMinute) => {
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
}
