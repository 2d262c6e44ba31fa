/** How much one connection may ask for: a bucket that fills steadily, and a count of what went over. */
import type { Clock } from '#hub/ports/clock.ts'

export type BucketLimits = { readonly perSecond: number; readonly burst: number }

export type TokenBucket = {
  /** 0 if the tokens were there and are taken now; else the wait in ms until they would be. */
  take(tokens: number): number
}

export const tokenBucket = (limits: BucketLimits, clock: Clock): TokenBucket => {
  let level = limits.burst
  let filledAt = clock.now()
  return {
    take: (tokens) => {
      const now = clock.now()
      // A clock that is set back must not starve anybody.
      level = Math.min(limits.burst, level + (Math.max(0, now - filledAt) / 1000) * limits.perSecond)
      filledAt = now
      if (level < tokens) return Math.ceil(((tokens - level) / limits.perSecond) * 1000)
      level -= tokens
      return 0
    },
  }
}

/** Counts events within a sliding window; true once there are more than `max`. */
export const violationCounter = (max: number, windowMs: number, clock: Clock): (() => boolean) => {
  let count = 0
  let windowFrom = clock.now()
  return () => {
    const now = clock.now()
    if (Math.abs(now - windowFrom) > windowMs) {
      count = 0
      windowFrom = now
    }
    count += 1
    return count > max
  }
}
