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
