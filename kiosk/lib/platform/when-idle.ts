/** The door to moments in which nobody waits for the page. */

/** At the latest after this, however busy the page is. */
const LATEST_MS = 5_000
/** A hand that comes back within this finds the page free. */
const CALM_MS = 1_500
/** A touch never waits longer than this and one step. */
const MOMENT_MS = 5

/** The page as this needs it. */
export type Quietness = {
  readonly now: () => number
  readonly later: (run: () => void, ms: number) => void
  /** In a moment in which the browser has nothing else to do. */
  readonly idly: (run: () => void) => void
  readonly touches: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
}

const here = (): Quietness => ({
  now: () => performance.now(),
  later: (run, ms) => void setTimeout(run, ms),
  // Some browsers of tablets have no such moments of their own.
  idly: (run) => void ('requestIdleCallback' in globalThis ? requestIdleCallback(run, { timeout: LATEST_MS }) : setTimeout(run, 200)),
  touches: window,
})

/** Takes one step after another in short moments without waiting for calm: a touch comes between two of them. Done when the last one is. */
export const inMoments = (steps: Iterator<unknown>, page: Pick<Quietness, 'now' | 'later'> = here()): Promise<void> =>
  new Promise((resolve) => {
    const next = (): void => {
      const from = page.now()
      while (!steps.next().done) if (page.now() - from >= MOMENT_MS) return page.later(next, 0)
      resolve()
    }
    next()
  })

/** Takes one step after another in short moments, only while nobody touches anything; a step that yields a promise is awaited. The result calls off those that have not been taken. */
export const whenIdle = (steps: Iterator<unknown>, page: Quietness = here()): (() => void) => {
  let isOff = false
  let calmAt = page.now() + CALM_MS
  const onTouch = (): void => {
    calmAt = page.now() + CALM_MS
  }
  const end = (): void => {
    isOff = true
    page.touches.removeEventListener('pointerdown', onTouch, true)
  }
  const goOnAfter = async (begun: Promise<unknown>): Promise<void> => {
    await begun
    page.idly(next)
  }
  const next = (): void => {
    if (isOff) return
    const now = page.now()
    if (now < calmAt) return page.later(next, calmAt - now)
    for (let step = steps.next(); !step.done; step = steps.next()) {
      if (step.value instanceof Promise) return void goOnAfter(step.value)
      if (page.now() - now >= MOMENT_MS) return page.idly(next)
    }
    end()
  }
  page.touches.addEventListener('pointerdown', onTouch, true)
  page.idly(next)
  return end
}
