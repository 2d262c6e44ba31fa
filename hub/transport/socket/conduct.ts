/** What a device may do over all its connections together, so that a new connection wipes nothing off: events that are stored, and rules that were broken. */
import { MAX_KEPT_EVENTS } from '#shared/sync/append-event.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { tokenBucket, violationCounter, type BucketLimits, type TokenBucket } from './token-bucket.ts'

/** A full outbox comes at once, because a day offline has to drain in seconds; in the long run nobody taps 200 times a second. */
export const STORED_EVENTS: BucketLimits = { perSecond: 200, burst: MAX_KEPT_EVENTS }

export type Conduct = {
  readonly stored: TokenBucket
  /** Notes a broken rule; true once there were too many. */
  breaks(): boolean
}

export type ConductLimits = { readonly maxViolations: number; readonly violationWindowMs: number; /** Absent: as in a store. */ readonly stored?: BucketLimits }

export const conduct = ({ maxViolations, violationWindowMs, stored = STORED_EVENTS }: ConductLimits, clock: Clock): Conduct => ({
  stored: tokenBucket(stored, clock),
  breaks: violationCounter(maxViolations, violationWindowMs, clock),
})

/** One for each device, from its first connection on. There are only as many as were paired. */
export const conducts = (limits: ConductLimits, clock: Clock): ((dev: DeviceId) => Conduct) => {
  const known = new Map<DeviceId, Conduct>()
  return (dev) => {
    const own = known.get(dev) ?? conduct(limits, clock)
    known.set(dev, own)
    return own
  }
}
