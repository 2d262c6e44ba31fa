import { expect, it } from 'vitest'
import { onActivity } from '#kiosk/lib/platform/activity.ts'

it('touching, scrolling, pressing a key and writing all count as being there, until it is ended', () => {
  const target = new EventTarget()
  let signs = 0
  const stop = onActivity(() => signs++, target)
  for (const sign of ['click', 'scroll', 'keyup', 'input', 'animationend']) target.dispatchEvent(new Event(sign))
  expect(signs).toBe(4)
  stop()
  target.dispatchEvent(new Event('click'))
  expect(signs).toBe(4)
})

it('a gesture counts when it is over, so what it takes away still catches it', () => {
  const target = new EventTarget()
  let signs = 0
  onActivity(() => signs++, target)
  for (const beginning of ['pointerdown', 'touchstart', 'pointerup', 'keydown']) target.dispatchEvent(new Event(beginning))
  expect(signs).toBe(0)
})
