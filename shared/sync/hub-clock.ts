/** The hub's time on a device: measured like NTP does, carried on by a clock that cannot be set. */
import { millis, type Millis } from '../kernel/time.ts'
import type { TrustedTime } from './release-plan.ts'

type Sample = { readonly rtt: number; readonly hubMinusMono: number; readonly hubMinusWall: number }

/** Of so many measurements the one with the shortest way is believed. */
const SAMPLES = 8
/** An answer that was under way for longer says too little about the time: the measurement is off by up to half of it, `CLOCK_ERROR_MS`. */
export const MAX_ROUND_TRIP_MS = 4000

/** What an earlier page life knew of the hub's time. */
export type KnownTime = {
  /** The hub's time was not before this; 0 if it was never heard. */
  readonly notBefore: number
  /** Hub clock minus device clock when it was last measured. */
  readonly offsetMs: number
}
export const NO_KNOWN_TIME: KnownTime = { notBefore: 0, offsetMs: 0 }

export class HubClock {
  readonly #wall: () => number
  readonly #mono: () => number
  readonly #began: number
  readonly #known: KnownTime
  #samples: readonly Sample[] = []

  /** `wall`: the device's clock, which anybody may set; `mono`: milliseconds that never jump. */
  constructor(clocks: { wall(): number; mono(): number }, known: KnownTime = NO_KNOWN_TIME) {
    this.#wall = () => clocks.wall()
    this.#mono = () => clocks.mono()
    this.#began = clocks.mono()
    this.#known = known
  }

  /** The hub said `hubNow` in an answer to what was sent at `sentMono`. */
  learn(hubNow: number, sentMono: number): void {
    const now = this.#mono()
    const rtt = now - sentMono
    if (rtt < 0 || rtt > MAX_ROUND_TRIP_MS) return
    this.#samples = [...this.#samples, { rtt, hubMinusMono: hubNow - (sentMono + now) / 2, hubMinusWall: hubNow + rtt / 2 - this.#wall() }].slice(-SAMPLES)
  }

  get verified(): boolean {
    return this.#samples.length > 0
  }

  now(): TrustedTime {
    const best = this.#best()
    if (best) {
      const at = millis(Math.round(best.hubMinusMono + this.#mono()))
      return { at, verified: true, atLeast: at }
    }
    const atLeast = this.#counted()
    return { at: millis(Math.round(Math.max(this.#wall() + this.#known.offsetMs, atLeast))), verified: false, atLeast }
  }

  /** The latest that the hub's clock may show; null before the first measurement. A device that slept has a clock that stood still, so the later of its two clocks counts. */
  latest(): number | null {
    const best = this.#best()
    return best ? Math.round(Math.max(best.hubMinusMono + this.#mono(), best.hubMinusWall + this.#wall())) : null
  }

  /** Hub clock minus device clock; null before the first measurement. */
  get offsetMs(): number | null {
    const best = this.#best()
    return best ? Math.round(best.hubMinusMono + this.#mono() - this.#wall()) : null
  }

  /** What the next page life should start from. */
  get known(): KnownTime {
    return { notBefore: this.now().atLeast, offsetMs: this.offsetMs ?? this.#known.offsetMs }
  }

  /** Latest hub time of an earlier page life, and what this one has counted since. */
  #counted(): Millis {
    const { notBefore } = this.#known
    return millis(Math.round(notBefore === 0 ? 0 : notBefore + this.#mono() - this.#began))
  }

  #best(): Sample | undefined {
    return this.#samples.reduce<Sample | undefined>((best, sample) => (best && best.rtt <= sample.rtt ? best : sample), undefined)
  }
}
