/** How long somebody stays signed in, as a function of the hub's time alone. */
import type { Role } from '../devices/role.ts'
import { millis, type Millis } from '../kernel/time.ts'

/** Tablets go from hand to hand, a manager's screen stands in an office. */
export const IDLE_MS = { staff: 5 * 60_000, manager: 30 * 60_000 } as const
export const SESSION_MS = 12 * 3_600_000
/** So long a password given counts as fresh. */
export const FRESH_MS = 5 * 60_000
/** So long a tablet takes a PIN that it cannot ask the hub about. */
export const OFFLINE_MS = 7 * 86_400_000
/** Clocks are corrected by this much without anybody noticing. */
const CORRECTION_MS = 60_000

export type SessionTimes = {
  readonly device: Role
  readonly begunAt: Millis
  /** When somebody last did something. */
  readonly seenAt: Millis
  /** When the password was given on this session; null: it never was. */
  readonly freshAt: Millis | null
}

export const idleMsAt = (device: Role): number => (device === 'manager' ? IDLE_MS.manager : IDLE_MS.staff)

/** Why a session is over; null while it is not. A clock set back further than clocks are corrected ends it: nobody knows how long it has been. */
export const sessionEnd = (times: SessionTimes, now: Millis): 'idle' | 'over' | null => {
  if (now < times.begunAt - CORRECTION_MS || now >= times.begunAt + SESSION_MS) return 'over'
  return now >= times.seenAt + idleMsAt(times.device) ? 'idle' : null
}

/** When it ends if nothing is done any more. */
export const sessionEndsAt = (times: SessionTimes): Millis => millis(Math.min(times.seenAt + idleMsAt(times.device), times.begunAt + SESSION_MS))

/** Until when its password counts as fresh; null: it does not. */
export const freshUntil = ({ freshAt }: SessionTimes, now: Millis): Millis | null =>
  freshAt !== null && now >= freshAt - CORRECTION_MS && now < freshAt + FRESH_MS ? millis(freshAt + FRESH_MS) : null

/** Somebody did something. Time seen once is not unseen by a clock set back. */
export const seenNow = <T extends SessionTimes>(times: T, now: Millis): T => ({ ...times, seenAt: millis(Math.max(times.seenAt, now)) })
