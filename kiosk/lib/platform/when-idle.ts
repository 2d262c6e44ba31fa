/** The door to moments in which nobody waits for the page. */

/** At the latest after this, however busy the page is. */
const LATEST_MS = 5_000

/** Takes one step after another, each in a moment of its own; the result calls off those that have not been taken. */
export const whenIdle = (steps: Iterator<unknown>): (() => void) => {
  let isOff = false
  const next = (): void => {
    if (!isOff && !steps.next().done) wait(next)
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
