/** The door to gestures that do not belong on a screen in a public place: context menu, dragging pictures out, dropping files in. */

/** Returns its own end. Text fields keep their menu for people who need paste and spelling. */
export const lockGestures = (): (() => void) => {
  const stop = (event: Event): void => {
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea')) return
    event.preventDefault()
  }
  const gestures = ['contextmenu', 'dragstart', 'dragover', 'drop'] as const
  for (const gesture of gestures) document.addEventListener(gesture, stop, { capture: true })
  return () => {
    for (const gesture of gestures) document.removeEventListener(gesture, stop, { capture: true })
  }
}
