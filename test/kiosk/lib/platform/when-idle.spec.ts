import { describe, expect, it } from 'vitest'
import { inMoments, whenIdle } from '#kiosk/lib/platform/when-idle.ts'

/** A page whose time passes when it is told to. Each step takes `stepMs`. */
const page = (stepMs: number, count: number) => {
  let at = 0
  const waiting: { readonly at: number; readonly run: () => void }[] = []
  const touches = new EventTarget()
  const taken: number[] = []
  function* steps(): Generator<void, void> {
    for (let step = 0; step < count; step++) {
      at += stepMs
      taken.push(at)
      yield
    }
  }
  const off = whenIdle(steps(), { now: () => at, later: (run, ms) => void waiting.push({ at: at + ms, run }), idly: (run) => void waiting.push({ at, run }), touches })
  const passTo = (until: number): void => {
    for (let due = waiting.findIndex((one) => one.at <= until); due >= 0; due = waiting.findIndex((one) => one.at <= until)) {
      const [one] = waiting.splice(due, 1)
      at = Math.max(at, one!.at)
      one!.run()
    }
    at = Math.max(at, until)
  }
  return { taken, passTo, off, touch: () => touches.dispatchEvent(new Event('pointerdown')) }
}

describe('what is done while nobody waits', () => {
  it('begins 1.5 s after the start and takes every step', () => {
    const { taken, passTo } = page(1, 20)
    passTo(1499)
    expect(taken).toEqual([])
    passTo(1600)
    expect(taken).toHaveLength(20)
  })
  it('rests for 1.5 s after a touch', () => {
    const { taken, passTo, touch } = page(2, 3)
    passTo(1000)
    touch()
    passTo(2499)
    expect(taken).toEqual([])
    passTo(2500)
    expect(taken).toEqual([2502, 2504, 2506])
  })
  it('holds a touch up for one step and 5 ms at most, then waits until the hand is gone', () => {
    const { taken, passTo, touch } = page(4, 4)
    passTo(1500)
    expect(taken.slice(0, 2)).toEqual([1504, 1508])
    const before = taken.length
    touch()
    passTo(2900)
    expect(taken).toHaveLength(before)
  })
  it('waits for what a step has begun, and goes on in the next idle moment', async () => {
    const idle: (() => void)[] = []
    let at = 0
    let finish = (): void => {}
    const taken: string[] = []
    function* steps(): Generator<unknown, void> {
      taken.push('begun')
      yield new Promise<void>((resolve) => { finish = resolve })
      taken.push('next')
    }
    whenIdle(steps(), { now: () => at, later: (run, ms) => { at += ms; run() }, idly: (run) => void idle.push(run), touches: new EventTarget() })
    idle.shift()!()
    expect(taken).toEqual(['begun'])
    expect(idle).toEqual([])
    finish()
    await Promise.resolve()
    expect(idle).toHaveLength(1)
    idle.shift()!()
    expect(taken).toEqual(['begun', 'next'])
  })
  it('is not taken up again once it was called off', () => {
    const { taken, passTo, off } = page(1, 5)
    off()
    passTo(9000)
    expect(taken).toEqual([])
  })
})

describe('what a screen needs soon', () => {
  it('is done in moments of 5 ms and a step at most, one right after the other', async () => {
    let at = 0
    const taken: number[] = []
    const pauses: number[] = []
    function* steps(): Generator<void, void> {
      for (let step = 0; step < 7; step++) {
        at += 2
        taken.push(at)
        yield
      }
    }
    await inMoments(steps(), {
      now: () => at,
      later: (run, ms) => {
        expect(ms).toBe(0)
        pauses.push(at)
        queueMicrotask(run)
      },
    })
    expect(taken).toEqual([2, 4, 6, 8, 10, 12, 14])
    expect(pauses).toEqual([6, 12])
  })
  it('is done at once where there is nothing to do', async () => {
    await inMoments([][Symbol.iterator](), { now: () => 0, later: () => expect.unreachable() })
  })
})
