/** The door to moments in which nobody waits for the page. */

/** At the latest after this, however busy the page is. */
const LATEST_MS = 5_000

/** A touch never waits longer than this and one step. */
const MOMENT_MS = 5

/** Takes one step after another in short moments; the result calls off those that have not been taken. */
export const whenIdle = (steps: Iterator<unknown>): (() => void) => {
  let isOff = false
  const next = (): void => {
    if (isOff) return
    const endsAt = performance.now() + MOMENT_MS
    while (!steps.next().done) if (performance.now() >= endsAt) return wait(next)
  }
  wait(next)
  return () => {
    isOff = true
  }
}

/** Some browsers of tablets have no such moments of their own. */
const wait = (run: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: LATEST_MS })
  else setTimeout(run, 200)
}
