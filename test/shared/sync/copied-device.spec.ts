import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EpochId } from '#shared/kernel/ids.ts'
import { ASK_AGAIN_MS, endSharedLife, hearSpeaker, isCopied, mustRotate, TURNS_WINDOW_MS, UNWATCHED, type Speaker, type Watched } from '#shared/sync/copied-device.ts'

const as = (boot: string, ep: string): Speaker => ({ boot, ep: ep as EpochId })
const hear = (words: readonly (readonly [Speaker, number])[]): Watched => words.reduce((watched, [speaker, at]) => hearSpeaker(watched, speaker, at), UNWATCHED)

describe('a device that runs twice', () => {
  it('is known by page loads that take turns, each in its own life: the third turn within ten minutes tells', () => {
    const [here, there] = [as('boot-a', 'life-1'), as('boot-b', 'life-2')]
    expect(isCopied(hear([[here, 0], [there, 1000], [here, 2000]]))).toBe(false)
    expect(isCopied(hear([[here, 0], [there, 1000], [here, 2000], [there, 3000]]))).toBe(true)
  })
  it('is not one whose turns are further apart than ten minutes', () => {
    const [here, there] = [as('boot-a', 'life-1'), as('boot-b', 'life-2')]
    expect(isCopied(hear([[here, 0], [there, 1000], [here, 2000], [there, 2000 + TURNS_WINDOW_MS]]))).toBe(false)
  })
  it('is not one with two tabs over one storage, however often the shopper changes between them', () => {
    const tabs = Array.from({ length: 50 }, (_, i) => [as(i % 2 === 0 ? 'boot-a' : 'boot-b', 'life-1'), i * 100] as const)
    expect(isCopied(hear(tabs))).toBe(false)
  })
  it('is not one that is loaded anew again and again, nor one that begins new lives', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('load', 'rotate'), { maxLength: 60 }), (steps) => {
      let [boot, life] = [0, 0]
      const words = steps.map((step, at) => {
        if (step === 'load') boot += 1
        else life += 1
        return [as(`boot-${boot}`, `life-${life}`), at] as const
      })
      return !isCopied(hear(words))
    }))
  })
})

describe('two page loads in one life of the outbox', () => {
  const [first, second] = [as('boot-a', 'life-1'), as('boot-b', 'life-1')]
  it('are both to begin a new one', () => {
    const asked = endSharedLife(UNWATCHED, second, [first], 0)
    expect(mustRotate(asked, first.ep)).toBe(true)
    expect(mustRotate(asked, 'life-2' as EpochId)).toBe(false)
  })
  it('are asked once in ten minutes, so that two tabs are left in peace', () => {
    const asked = endSharedLife(UNWATCHED, second, [first], 0)
    const tabs = [as('boot-a', 'life-2'), as('boot-b', 'life-2')] as const
    expect(mustRotate(endSharedLife(asked, tabs[1], [tabs[0]], 1000), tabs[0].ep)).toBe(false)
    expect(mustRotate(endSharedLife(asked, tabs[1], [tabs[0]], ASK_AGAIN_MS), tabs[0].ep)).toBe(true)
  })
  it('are one page where the load is the same: a connection that is not closed yet', () => {
    expect(endSharedLife(UNWATCHED, first, [first], 0)).toBe(UNWATCHED)
  })
})
