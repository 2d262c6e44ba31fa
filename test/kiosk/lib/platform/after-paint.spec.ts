import { describe, expect, it } from 'vitest'
import { afterPaintOrInput } from '#kiosk/lib/platform/after-paint.ts'

/** A page whose next picture comes when it is told to. */
const page = () => {
  const target = new EventTarget()
  const waiting = new Set<() => void>()
  const after = (run: () => void): (() => void) => {
    waiting.add(run)
    return () => waiting.delete(run)
  }
  const paint = (): void => [...waiting].forEach((run) => run())
  const done: string[] = []
  const answer = (what: string): (() => void) => afterPaintOrInput(() => done.push(what), target, after)
  return { target, paint, done, answer }
}

describe('what a touch sets off', () => {
  it('waits for the next picture and runs once', () => {
    const { paint, done, answer } = page()
    answer('plus')
    expect(done).toEqual([])
    paint()
    paint()
    expect(done).toEqual(['plus'])
  })
  it.each(['pointerdown', 'keydown', 'click'])('is done before the next %s, so that a quick second tap finds it done', (input) => {
    const { target, paint, done, answer } = page()
    answer('first')
    target.addEventListener(input, () => answer('second'))
    target.dispatchEvent(new Event(input))
    expect(done).toEqual(['first'])
    paint()
    expect(done).toEqual(['first', 'second'])
  })
  it('is done at once for whoever goes away before', () => {
    const { paint, done, answer } = page()
    answer('plus')()
    paint()
    expect(done).toEqual(['plus'])
  })
})
