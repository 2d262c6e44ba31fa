import { describe, expect, it } from 'vitest'
import { ageWords, momentWords, onScale, rangeEnds, scoreWords } from '#kiosk/lib/features/insights/figure-words.ts'
import { figureOf } from '#shared/insights/figure.ts'

describe('a score in words', () => {
  it('has a true minus, and a plus only where the sign means something', () => {
    expect([scoreWords('nps', -6.86, 'de'), scoreWords('nps', 12, 'de'), scoreWords('nps', 0, 'de'), scoreWords('csat', 77.14, 'de')]).toEqual(['−7', '+12', '0', '77'])
  })
  it('never claims more than its interval: 71.1 to 86.7 is "71 to 87"', () => {
    expect(rangeEnds('csat', figureOf('csat', { 4: 80, 3: 20 }), 'de')).toEqual(['71', '87'])
    expect(rangeEnds('csat', figureOf('csat', { 4: 3 }), 'de')).toBeNull()
  })
  it('lies on its scale', () => expect([onScale('nps', 0), onScale('nps', -100), onScale('csat', 25), onScale('csat', 140)]).toEqual([50, 0, 25, 100]))
})

describe('an age in words', () => {
  const now = Date.parse('2026-11-28T13:05:00Z')
  it.each([
    [0.5, 'gerade eben', 'just now'],
    [12, 'vor 12 Minuten', '12 minutes ago'],
    [60, 'vor 1 Stunde', '1 hour ago'],
    [60 * 24 * 2, 'vor 2 Tagen', '2 days ago'],
    [-3, 'gerade eben', 'just now'],
  ])('of %d minutes', (minutes, de, en) => {
    expect([ageWords(now - minutes * 60_000, now, 'de'), ageWords(now - minutes * 60_000, now, 'en')]).toEqual([de, en])
  })
  it('names the day when it was another one in the store', () => {
    expect(momentWords(now - 5 * 60_000, now, 'de', 'Europe/Berlin')).toBe('14:00')
    expect(momentWords(Date.parse('2026-11-27T22:30:00Z'), Date.parse('2026-11-27T23:30:00Z'), 'de', 'Europe/Berlin')).toBe('27.11., 23:30')
  })
})
