/** The door to the moment after the next picture: a touch is seen to be felt first, the heavy work comes then. */

/** Runs once after the next picture is on the glass, or soon if the page draws none; the result calls it off. */
export const afterPaint = (run: () => void): (() => void) => {
  let timer = 0
  const frame = requestAnimationFrame(() => {
    clearTimeout(unseen)
    timer = window.setTimeout(run)
  })
  // A hidden page gets no frames.
  const unseen = window.setTimeout(() => {
    cancelAnimationFrame(frame)
    run()
  }, UNSEEN_MS)
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(unseen)
    clearTimeout(timer)
  }
}

const UNSEEN_MS = 1000

/** Whatever a person does next; with `capture`, heard before the thing that was touched. */
const INPUTS = ['pointerdown', 'keydown', 'click'] as const

/**
 * Runs once after the next picture, but never after the next touch or key: what a person did first is done first, and a quick second tap finds it done.
 * The result carries it out at once, for whoever goes away before.
 */
export const afterPaintOrInput = (run: () => void, target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> = window, after: typeof afterPaint = afterPaint): (() => void) => {
  let isDone = false
  const carryOut = (): void => {
    if (isDone) return
    isDone = true
    stop()
    for (const input of INPUTS) target.removeEventListener(input, carryOut, true)
    run()
  }
  const stop = after(carryOut)
  for (const input of INPUTS) target.addEventListener(input, carryOut, true)
  return carryOut
}
