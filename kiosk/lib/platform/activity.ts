/** The door to signs of life: touches, keys, scrolling, writing. Scrolling and writing count, so nobody is asked "still there?" while reading. */

/** Gestures that are over: one that takes a question away must not go on to what lies behind it. */
const SIGNS = ['click', 'keyup', 'scroll', 'wheel', 'input'] as const

/** Calls back on every sign; returns its end. Passive, so it never slows a touch down. */
export const onActivity = (listener: () => void, target: EventTarget = document): (() => void) => {
  const options = { capture: true, passive: true }
  for (const sign of SIGNS) target.addEventListener(sign, listener, options)
  return () => {
    for (const sign of SIGNS) target.removeEventListener(sign, listener, options)
  }
}
