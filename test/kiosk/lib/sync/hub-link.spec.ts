import { describe, expect, it } from 'vitest'
import { toldMs } from '#kiosk/lib/sync/hub-link.ts'

describe('a device that its hub has thrown out', () => {
  it('comes again when it was told', () => {
    expect(toldMs(Object.assign(new Error('busy'), { data: { code: 'busy', retryMs: 43_000 } }))).toBe(43_000)
  })
  it('and as ever where it was told nothing, or nonsense', () => {
    expect([new Error('busy'), { data: null }, { data: { retryMs: 'soon' } }, { data: { retryMs: -1 } }, { data: { retryMs: Number.NaN } }].map(toldMs)).toEqual([0, 0, 0, 0, 0])
    expect(toldMs({ data: { retryMs: 1e12 } })).toBe(120_000)
  })
})
