/** Time left on something that a shopper may extend. */
import type { Clock } from './clock.ts'

const TICK_MS = 250

export class Countdown {
  leftMs = $state(0)
  readonly #clock: Clock
  #endsAt = 0
  #stop: (() => void) | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  start(ms: number, onEnd: () => void): void {
    this.stop()
    this.#endsAt = this.#clock.now() + ms
    this.leftMs = ms
    this.#stop = this.#clock.every(TICK_MS, () => {
      this.leftMs = Math.max(0, this.#endsAt - this.#clock.now())
      if (this.leftMs > 0) return
      this.stop()
      onEnd()
    })
  }

  /** Starts the remaining time over with `ms`, if that is longer. */
  extend(ms: number): void {
    this.#endsAt = Math.max(this.#endsAt, this.#clock.now() + ms)
    this.leftMs = this.#endsAt - this.#clock.now()
  }

  stop(): void {
    this.#stop?.()
    this.#stop = null
  }
}
