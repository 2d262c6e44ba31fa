import * as fc from 'fast-check'
import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { copiedProfile, longEdgeMm, MODULES, panelSizeMm, PLAIN_PROFILE, profileFaults, reachOf, REACH_MM, type Panel } from '#shared/devices/profile.ts'
import { profileDraftSchema, profileSchema } from '#shared/protocol/profile-document.ts'

/** 32 inches, upright: 398 × 708 mm. */
const UPRIGHT: Panel = { diagonalMm: 812.8, widthPx: 1080, heightPx: 1920 }

describe('the size of a panel', () => {
  it('follows from diagonal and resolution: 32 inches at 1080 × 1920 are 398 × 708 mm', () => {
    const { widthMm, heightMm } = panelSizeMm(UPRIGHT)
    expect([Math.round(widthMm), Math.round(heightMm), Math.round(longEdgeMm(UPRIGHT))]).toEqual([398, 708, 708])
  })
  it('and 10.1 inches at 1280 × 800 are 217 × 136 mm', () => {
    const { widthMm, heightMm } = panelSizeMm({ diagonalMm: 256.54, widthPx: 1280, heightPx: 800 })
    expect([Math.round(widthMm), Math.round(heightMm)]).toEqual([218, 136])
  })
})

describe('what everybody reaches', () => {
  it('is all of a panel whose middle hangs at 860 mm', () => {
    expect(reachOf({ panel: UPRIGHT, middleMm: 860 })).toEqual({ aboveMm: 0, belowMm: 0, usableMm: expect.closeTo(708.4, 1) })
  })
  it('ends at 1,220 mm: of a panel at 1,300 the upper 434 mm lie beyond it', () => {
    expect(reachOf({ panel: UPRIGHT, middleMm: 1300 })).toEqual({ aboveMm: expect.closeTo(434.2, 1), belowMm: 0, usableMm: expect.closeTo(274.2, 1) })
  })
  it('begins at 380 mm', () => {
    expect(reachOf({ panel: UPRIGHT, middleMm: 700 })?.belowMm).toBeCloseTo(34.2, 1)
  })
  it('is not known without size or height, and then nothing moves', () => {
    expect([reachOf({ panel: null, middleMm: 1300 }), reachOf({ panel: UPRIGHT, middleMm: null })]).toEqual([null, null])
  })
  it('lies between 380 and 1,220 mm, whatever hangs wherever', () => {
    const panels = fc.record({ diagonalMm: fc.integer({ min: 80, max: 4000 }), widthPx: fc.integer({ min: 240, max: 8000 }), heightPx: fc.integer({ min: 240, max: 8000 }) })
    fc.assert(fc.property(panels, fc.integer({ min: 200, max: 3000 }), (panel, middleMm) => {
      const { heightMm } = panelSizeMm(panel)
      const { aboveMm, belowMm, usableMm } = reachOf({ panel, middleMm })!
      const [top, bottom] = [middleMm + heightMm / 2 - aboveMm, middleMm - heightMm / 2 + belowMm]
      return usableMm <= 0 || (top <= REACH_MM.highest + 1e-6 && bottom >= REACH_MM.lowest - 1e-6 && Math.abs(top - bottom - usableMm) < 1e-6)
    }))
  })
})

describe('a profile', () => {
  it('needs a language and a module, and no basket comes where there is none', () => {
    expect(profileFaults(PLAIN_PROFILE)).toEqual([])
    expect(profileFaults({ ...PLAIN_PROFILE, languages: [], modules: [] })).toEqual(['no-language', 'no-module'])
    expect(profileFaults({ ...PLAIN_PROFILE, modules: ['browse', 'bring'] })).toEqual(['bring-without-basket'])
  })
  it('is refused where nobody reaches enough of the panel, and for a panel that cannot be', () => {
    expect(profileFaults({ ...PLAIN_PROFILE, panel: UPRIGHT, middleMm: 1500 })).toEqual(['out-of-reach'])
    expect(profileFaults({ ...PLAIN_PROFILE, panel: { ...UPRIGHT, diagonalMm: 32 } })).toEqual(['unlikely-panel'])
  })
  it('is fine on a small tablet, all of which is within reach, and on one that loses its edge', () => {
    const tablet: Panel = { diagonalMm: 180, widthPx: 1920, heightPx: 1080 }
    expect([1000, 1170, 1200, 1260].map((middleMm) => profileFaults({ ...PLAIN_PROFILE, panel: tablet, middleMm }))).toEqual([[], [], ['out-of-reach'], ['out-of-reach']])
  })
  it('is copied without place and height, which are measured where it hangs', () => {
    expect(copiedProfile({ ...PLAIN_PROFILE, place: 'links', middleMm: 1000, panel: UPRIGHT })).toEqual({ ...PLAIN_PROFILE, panel: UPRIGHT })
  })
  it('has a schema that refuses what the editor names, and every field of the wrong kind', () => {
    const good = { ...PLAIN_PROFILE, modules: [...MODULES] }
    expect(safeParse(profileDraftSchema, good).success).toBe(true)
    expect(safeParse(profileSchema, { id: 'd'.repeat(32), ...good }).success).toBe(true)
    const bad = [{ modules: [] }, { languages: [] }, { languages: ['de', 'de'] }, { languages: ['fr'] }, { modules: ['browse', 'moon'] }, { textStep: 4 }, { middleMm: 12 }, { panel: { ...UPRIGHT, widthPx: 0 } }, { place: 'x'.repeat(121) }, { touchpoint: '../x' }, { extra: 1 }]
    expect(bad.map((change) => safeParse(profileDraftSchema, { ...good, ...change }).success)).toEqual(bad.map(() => false))
  })
})
