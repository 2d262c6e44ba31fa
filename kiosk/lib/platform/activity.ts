/** The door to signs of life: touches, keys, scrolling, writing. Scrolling and writing count, so nobody is asked "still there?" while reading. */

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel', 'input', 'touchmove'] as const

/** Calls back on every sign; returns its end. Passive, so it never slows a touch down. */
export const onActivity = (listener: () => void, target: EventTarget = document): (() => void) => {
  const options = { capture: true, passive: true }
  for (const sign of SIGNS) target.addEventListener(sign, listener, options)
  return () => {
    for (const sign of SIGNS) target.removeEventListener(sign, listener, options)
  }
}
