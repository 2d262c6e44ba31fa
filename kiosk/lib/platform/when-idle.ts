/** The door to moments in which nobody waits for the page. */

/** At the latest after this, however busy the page is. */
const LATEST_MS = 5_000

/** Runs one after another, each in a moment of its own; the result calls off those that have not run. */
export const whenIdle = (steps: readonly (() => void)[]): (() => void) => {
  let isOff = false
  const next = (at: number): void => {
    const step = steps[at]
    if (!step || isOff) return
    wait(() => {
      if (isOff) return
      step()
      next(at + 1)
    })
  }
  next(0)
  return () => {
    isOff = true
  }
}

/** Some browsers of tablets have no such moments of their own. */
const wait = (run: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: LATEST_MS })
  else setTimeout(run, 200)
}
