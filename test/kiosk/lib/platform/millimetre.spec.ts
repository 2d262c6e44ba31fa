import { describe, expect, it } from 'vitest'
import { pixelsPerMm } from '#kiosk/lib/platform/millimetre.ts'

describe('one millimetre on the panel', () => {
  it('is 4.034 px on a 21.5 inch panel, 476 mm and 1920 px long', () => {
    expect(pixelsPerMm(476, 1920)).toBe(4.034)
  })
  it('is not guessed from a wrong entry: 47.6 mm, 0, nothing', () => {
    expect([pixelsPerMm(47.6, 1920), pixelsPerMm(0, 1920), pixelsPerMm(Number.NaN, 1920)]).toEqual([null, null, null])
  })
})
