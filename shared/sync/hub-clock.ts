/** The hub's time on a device: measured like NTP does, carried on by a clock that cannot be set. */
import { millis, type Millis } from '../kernel/time.ts'
import type { TrustedTime } from './release-plan.ts'

type Sample = { readonly rtt: number; readonly hubMinusMono: number; readonly hubMinusWall: number }

/** Of so many measurements the one with the shortest way is believed. */
const SAMPLES = 8
/** An answer that was under way for longer says too little about the time: the measurement is off by up to half of it, `CLOCK_ERROR_MS`. */
export const MAX_ROUND_TRIP_MS = 4000

/** The device's clock against one that cannot be set: more is no drift, somebody set it, or the device slept. */
export const CLOCK_JUMP_MS = 30_000

/** Kept until somebody asks. */
const MAX_JUMPS = 20

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
  #wallMinusMono: number
  /** All jumps of the device's clock since the page began, and those nobody has asked for yet. */
  #jumpedMs = 0
  #jumps: readonly number[] = []
  /** Since the last measurement. */
  #hasJumped = false

  /** `wall`: the device's clock, which anybody may set; `mono`: milliseconds that never jump. */
  constructor(clocks: { wall(): number; mono(): number }, known: KnownTime = NO_KNOWN_TIME) {
    this.#wall = () => clocks.wall()
    this.#mono = () => clocks.mono()
    this.#began = clocks.mono()
    this.#wallMinusMono = clocks.wall() - this.#began
    this.#known = known
  }

  /** The hub said `hubNow` in an answer to what was sent at `sentMono`. */
  learn(hubNow: number, sentMono: number): void {
    const now = this.#mono()
    const rtt = now - sentMono
    if (rtt < 0 || rtt > MAX_ROUND_TRIP_MS) return
    const sample = { rtt, hubMinusMono: hubNow - (sentMono + now) / 2, hubMinusWall: hubNow + rtt / 2 - this.#wall() }
    this.#steadyWall()
    const best = this.#best()
    // Its own clock stood still while the device slept: what was measured before is over.
    const slept = this.#hasJumped && best !== undefined && Math.abs(sample.hubMinusMono - best.hubMinusMono) > CLOCK_JUMP_MS
    this.#hasJumped = false
    this.#samples = [...(slept ? [] : this.#samples), sample].slice(-SAMPLES)
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
    return { at: millis(Math.round(Math.max(this.#steadyWall() + this.#known.offsetMs, atLeast))), verified: false, atLeast }
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

  /** How far the device's clock has jumped, each time, since this was last asked; ms, forward is positive. They change no time here. */
  takeJumps(): readonly number[] {
    this.#steadyWall()
    const jumps = this.#jumps
    this.#jumps = []
    return jumps
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

  /** The device's clock without its jumps. */
  #steadyWall(): number {
    const wall = this.#wall()
    const jump = wall - this.#mono() - this.#wallMinusMono
    this.#wallMinusMono += jump
    if (Math.abs(jump) > CLOCK_JUMP_MS) {
      this.#jumpedMs += jump
      this.#jumps = [...this.#jumps, Math.round(jump)].slice(-MAX_JUMPS)
      this.#hasJumped = true
    }
    return wall - this.#jumpedMs
  }

  #best(): Sample | undefined {
    return this.#samples.reduce<Sample | undefined>((best, sample) => (best && best.rtt <= sample.rtt ? best : sample), undefined)
  }
}
