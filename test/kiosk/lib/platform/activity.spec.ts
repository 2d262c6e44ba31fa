import { expect, it } from 'vitest'
import { onActivity } from '#kiosk/lib/platform/activity.ts'

it('touching, scrolling, pressing a key and writing all count as being there, until it is ended', () => {
  const target = new EventTarget()
  let signs = 0
  const stop = onActivity(() => signs++, target)
  for (const sign of ['pointerdown', 'scroll', 'keydown', 'input', 'animationend']) target.dispatchEvent(new Event(sign))
  expect(signs).toBe(4)
  stop()
  target.dispatchEvent(new Event('pointerdown'))
  expect(signs).toBe(4)
})
