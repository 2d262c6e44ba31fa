/** How staff reach what shoppers need not see: a long press on the place that is marked for it, or F9 on a keyboard. */

/** Longer than any touch that means something else. */
const HOLD_MS = 3000

/** Calls `open` for each gesture; the result ends the listening. `mark`: selector of the place. */
export const onStaffGesture = (mark: string, open: () => void): (() => void) => {
  const listening = new AbortController()
  const { signal } = listening
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = (): void => clearTimeout(timer)
  window.addEventListener('pointerdown', ({ target }) => {
    cancel()
    if (target instanceof Element && target.closest(mark)) timer = setTimeout(open, HOLD_MS)
  }, { signal })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave', 'scroll']) window.addEventListener(end, cancel, { signal })
  window.addEventListener('keydown', ({ key }) => key === 'F9' && open(), { signal })
  signal.addEventListener('abort', cancel)
  return () => listening.abort()
}
