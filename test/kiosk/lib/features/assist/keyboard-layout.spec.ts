import { describe, expect, it } from 'vitest'
import { CODE_ROWS, LETTERS } from '#kiosk/lib/features/assist/keyboard-layout.ts'

describe('the keys on the screen', () => {
  it('lie as people of the language know them', () => {
    expect([LETTERS.de[0], LETTERS.en[0]]).toEqual(['qwertzuiopü', 'qwertyuiop'])
    expect([CODE_ROWS.de[1], CODE_ROWS.en[1]]).toEqual(['qwertzuiop', 'qwertyuiop'])
  })
  it('have every letter and digit once, whatever the language', () => {
    const sorted = (rows: readonly string[]): string => [...rows.join('')].sort().join('')
    for (const language of ['de', 'en'] as const) {
      expect(sorted(CODE_ROWS[language])).toBe('0123456789abcdefghijklmnopqrstuvwxyz')
      expect(sorted(LETTERS[language])).toMatch(/^abcdefghijklmnopqrstuvwxyz[ßäöü]*$/)
    }
  })
})
