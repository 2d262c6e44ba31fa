import { describe, expect, it } from 'vitest'
import { misuseFlags } from '#shared/feedback/misuse.ts'
import { millis } from '#shared/kernel/time.ts'

const at = (...ms: readonly number[]) => ms.map(millis)

describe('a response is flagged, never deleted', () => {
  it('as too fast when it begins 1.9 s after another on the device', () => {
    expect(misuseFlags(millis(10_000), at(8_100))).toEqual(['too-fast'])
    expect(misuseFlags(millis(10_000), at(8_000))).toEqual([])
  })
  it('as a burst when it is the tenth within a minute', () => {
    const every5s = Array.from({ length: 9 }, (_, i) => i * 5_000)
    expect(misuseFlags(millis(50_000), at(...every5s))).toEqual(['burst'])
    expect(misuseFlags(millis(50_000), at(...every5s.slice(1)))).toEqual([])
  })
  it('not for what came after it', () => expect(misuseFlags(millis(10_000), at(10_500))).toEqual([]))
})
