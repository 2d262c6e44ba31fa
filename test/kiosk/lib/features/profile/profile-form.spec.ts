import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf, formOf, greetingIn, toggled } from '#kiosk/lib/features/profile/profile-form.ts'
import { MODULES, PLAIN_PROFILE } from '#shared/devices/profile.ts'

describe('a profile as people fill it in', () => {
  it('takes inches and centimetres, with comma or point', () => {
    const { draft, faults } = draftOf({ ...formOf(null), diagonal: '10,1', width: '1280', height: '800', middle: '112.5' })
    expect([draft.panel, draft.middleMm, faults]).toEqual([{ diagonalMm: 256.5, widthPx: 1280, heightPx: 800 }, 1125, []])
  })
  it('is incomplete with half a panel, with words for numbers, and where no screen hangs', () => {
    const filled = [{ diagonal: '32' }, { diagonal: 'groß', width: '1080', height: '1920' }, { middle: '12' }, { middle: '-5' }, { diagonal: '1', width: '240', height: '240' }]
    expect(filled.map((change) => draftOf({ ...formOf(null), ...change }).faults)).toEqual([['incomplete'], ['incomplete'], ['incomplete'], ['incomplete'], ['incomplete']])
  })
  it('names what nobody reaches, and a store without language', () => {
    expect(draftOf({ ...formOf(null), diagonal: '32', width: '1080', height: '1920', middle: '160' }).faults).toEqual(['out-of-reach'])
    expect(draftOf({ ...formOf(null), languages: [] }).faults).toEqual(['no-language'])
  })
  it('comes back as it was written down', () => {
    const profiles = fc.record({ middleMm: fc.option(fc.integer({ min: 40, max: 150 }).map((n) => n * 10)), textStep: fc.nat(3), modules: fc.subarray([...MODULES], { minLength: 1 }) })
    fc.assert(fc.property(profiles, (some) => {
      const profile = { ...PLAIN_PROFILE, ...some, panel: { diagonalMm: 812.8, widthPx: 1080, heightPx: 1920 } }
      expect(draftOf(formOf(profile)).draft).toEqual(profile)
    }))
  })
  it('keeps the language that greets', () => {
    expect([greetingIn(['de', 'en'], 'en'), toggled(['en', 'de'], 'de', false), toggled(['en'], 'de', true)]).toEqual([['en', 'de'], ['en'], ['en', 'de']])
  })
})
