/** Notices that a shopper has gone: counts time without activity, asks, and only then lets go. */
import type { Clock } from './clock.ts'

/** Browsing: long enough to read a label aloud, short enough for the next in line. */
export const WARN_AFTER_MS = 75_000
/** Writing and scanning with the phone take longer than browsing. */
export const WARN_AFTER_FORM_MS = 150_000
/** WCAG 2.2.1 asks for 20 s at least; older hands get half as much again. */
export const WARNING_MS = 30_000
const TICK_MS = 250

export class Idle {
  phase = $state<'off' | 'watching' | 'warning'>('off')
  /** Of the warning; counts down to 0. */
  leftMs = $state(WARNING_MS)
  readonly #clock: Clock
  readonly #onExpired: () => void
  #since = 0
  #warnAfterMs = WARN_AFTER_MS
  #warningMs = WARNING_MS
  #stop: (() => void) | null = null

  constructor(clock: Clock, onExpired: () => void) {
    this.#clock = clock
    this.#onExpired = onExpired
  }

  /** Starts to watch, or watches on with another patience. A warning of 0 ms lets go at once: for screens on which nobody can lose anything. */
  watch(warnAfterMs: number = WARN_AFTER_MS, warningMs: number = WARNING_MS): void {
    this.#warnAfterMs = warnAfterMs
    this.#warningMs = warningMs
    this.#since = this.#clock.now()
    this.phase = 'watching'
    this.#stop ??= this.#clock.every(TICK_MS, () => this.#tick())
  }

  /** Any touch, key, scroll or stroke of typing. It also takes back a warning. */
  activity(): void {
    if (this.phase === 'off') return
    this.#since = this.#clock.now()
    this.phase = 'watching'
  }

  /** Asks at once, without waiting for the patience to end. */
  warn(): void {
    if (this.phase !== 'watching') return
    this.#since = this.#clock.now() - this.#warnAfterMs
    this.#tick()
  }

  /** How long nobody has touched anything. */
  get quietForMs(): number {
    return this.#clock.now() - this.#since
  }

  off(): void {
    this.#stop?.()
    this.#stop = null
    this.phase = 'off'
    this.leftMs = WARNING_MS
  }

  #tick(): void {
    const warnedForMs = this.#clock.now() - this.#since - this.#warnAfterMs
    if (warnedForMs < 0) return
    this.leftMs = Math.max(0, this.#warningMs - warnedForMs)
    if (this.leftMs > 0) {
      this.phase = 'warning'
      return
    }
    this.off()
    this.#onExpired()
  }
}
