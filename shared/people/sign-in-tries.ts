/** Wrong passwords and PINs, counted. A try is counted before it is judged, so that many at once, or a crash in between, give nobody one more. */
import { millis, type Millis } from '../kernel/time.ts'

/** Tries within `TRIES_MS`; the last of them locks. */
export const MAX_TRIES = 5
export const TRIES_MS = 15 * 60_000
/** Wrong PINs since the last right one, however slowly: then the password is asked for. */
export const MAX_PINS = 20
/** Wrong passwords on one device for whomever, within `TRIES_MS`. */
export const MAX_DEVICE_TRIES = 20

/** `count` since `since`; `inAll` since the last right one. */
export type Tries = { readonly count: number; readonly since: Millis; readonly inAll: number }

export type TriesRule = {
  /** Most tries within `TRIES_MS`. */
  readonly most: number
  /** Most since the last right one; null: time alone heals. */
  readonly inAll: number | null
  /** Full: locked until the password was given, whatever time goes by. */
  readonly forGood: boolean
}

export const PASSWORD_TRIES: TriesRule = { most: MAX_TRIES, inAll: null, forGood: false }
export const PIN_TRIES: TriesRule = { most: MAX_TRIES, inAll: MAX_PINS, forGood: true }
export const DEVICE_TRIES: TriesRule = { most: MAX_DEVICE_TRIES, inAll: null, forGood: false }

/** `until` null: until the password was given. */
export type Lock = { readonly until: Millis | null }

/** Whether another try is taken; null if it is. A clock that was set back begins the time anew, and never forgives a try. */
export const lockOf = (tries: Tries | null, rule: TriesRule, now: Millis): Lock | null => {
  if (!tries) return null
  if (rule.forGood && (tries.count >= rule.most || (rule.inAll !== null && tries.inAll >= rule.inAll))) return { until: null }
  if (tries.count < rule.most) return null
  const since = Math.min(tries.since, now)
  return now - since < TRIES_MS ? { until: millis(since + TRIES_MS) } : null
}

/** One more try, not yet judged. Those of long ago count no more, but stay in the sum. The time of a lock begins with the try that locks. */
export const countTry = (tries: Tries | null, rule: TriesRule, now: Millis): Tries => {
  if (!tries || (now - tries.since >= TRIES_MS && lockOf(tries, rule, now) === null)) return { count: 1, since: now, inAll: (tries?.inAll ?? 0) + 1 }
  const count = tries.count + 1
  return { count, since: count >= rule.most ? now : millis(Math.min(tries.since, now)), inAll: tries.inAll + 1 }
}

/** Tries that are left after this one, if it was wrong. */
export const triesLeft = (tries: Tries, rule: TriesRule): number => Math.max(0, Math.min(rule.most - tries.count, rule.inAll === null ? Infinity : rule.inAll - tries.inAll))
