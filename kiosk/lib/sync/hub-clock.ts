/** The hub's time on the device: measured like NTP does, carried on by a clock that cannot be set. */
import { millis, type Millis } from '#shared/kernel/time.ts'

type Sample = { readonly rtt: number; readonly hubMinusMono: number; readonly hubMinusWall: number }

/** Of so many measurements the one with the shortest way is believed. */
const SAMPLES = 8

export class HubClock {
  readonly #wall: () => number
  readonly #mono: () => number
  #samples: readonly Sample[] = []
  /** Latest hub time that an earlier page life has seen: time has not gone back since. */
  readonly #notBefore: number

  constructor(clocks: { wall(): number; mono(): number }, lastHubTime: number) {
    this.#wall = () => clocks.wall()
    this.#mono = () => clocks.mono()
    this.#notBefore = lastHubTime
  }

  /** The hub said `hubNow` in an answer to what was sent at `sentMono`. */
  learn(hubNow: number, sentMono: number): void {
    const now = this.#mono()
    const rtt = now - sentMono
    if (rtt < 0) return
    this.#samples = [...this.#samples, { rtt, hubMinusMono: hubNow - (sentMono + now) / 2, hubMinusWall: hubNow + rtt / 2 - this.#wall() }].slice(-SAMPLES)
  }

  get verified(): boolean {
    return this.#samples.length > 0
  }

  now(): { readonly at: Millis; readonly verified: boolean } {
    const best = this.#best()
    const at = best ? best.hubMinusMono + this.#mono() : Math.max(this.#wall(), this.#notBefore)
    return { at: millis(Math.round(at)), verified: best !== undefined }
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

  #best(): Sample | undefined {
    return this.#samples.reduce<Sample | undefined>((best, sample) => (best && best.rtt <= sample.rtt ? best : sample), undefined)
  }
}
