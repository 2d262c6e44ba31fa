/** Time as the screens measure it: passed in, so that a test can be the clock. */
export type Clock = {
  /** Milliseconds that never jump back; only differences mean something. */
  readonly now: () => number
  /** Runs once after `ms`; the result calls it off. */
  readonly after: (ms: number, run: () => void) => () => void
  /** Runs every `ms`; the result ends it. */
  readonly every: (ms: number, run: () => void) => () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
}
