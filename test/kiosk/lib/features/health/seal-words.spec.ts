import { describe, expect, it } from 'vitest'
import { sealText } from '#kiosk/lib/features/health/health-text.ts'
import { foldDays, sealWords, type SealedDay } from '#kiosk/lib/features/health/seal-words.ts'
import type { DaySeal } from '#shared/sync/completeness.ts'

const words = (answers: number, seal: DaySeal, language: 'de' | 'en' = 'de'): string => sealWords({ day: '2026-11-27', answers, seal }, sealText[language].usual, (at) => `${at} Uhr`)

describe('the seal of a day in words', () => {
  it('says that all 1.284 answers are here', () => {
    expect(words(1284, { type: 'sealed' })).toBe('alle 1.284 Antworten sind da')
    expect(words(1, { type: 'sealed' })).toBe('die eine Antwort ist da')
    expect(words(0, { type: 'sealed' })).toBe('keine Antwort, und es fehlt keine')
  })
  it('says until when all are here while the day runs', () => {
    expect(words(37, { type: 'so-far', until: 14 })).toBe('bis 14 Uhr alle da: 37 Antworten')
  })
  it('says how many are still on the way, and since when', () => {
    expect(words(37, { type: 'open', atLeast: 3, since: 9 })).toBe('37 Antworten da, 3 Meldungen noch unterwegs, die älteste seit 9 Uhr')
    expect(words(37, { type: 'open', atLeast: 0, since: null })).toBe('37 Antworten da, wird gerade abgeglichen')
  })
  it('says what a silent, a signed-out or an emptied terminal may hold back', () => {
    expect(words(5, { type: 'unknown', atLeast: 2, since: 18 })).toBe('5 Antworten da; still seit 18 Uhr, mindestens 2 Meldungen noch dort')
    expect(words(5, { type: 'unknown', atLeast: 0, since: 18 })).toBe('5 Antworten da; still seit 18 Uhr, was danach dort steht, ist unbekannt')
    expect(words(0, { type: 'unknown', atLeast: 0, since: null })).toBe('hat sich noch nie gemeldet')
    expect(words(5, { type: 'gone', atLeast: 1, since: 18 })).toBe('5 Antworten da; abgemeldet, mindestens 1 Meldung noch dort')
    expect(words(5, { type: 'lost', upTo: 4 })).toBe('5 Antworten da; mit dem Speicher verloren: bis zu 4 Meldungen')
  })
  it('says the same in English', () => {
    expect(words(37, { type: 'open', atLeast: 3, since: 9 }, 'en')).toBe('37 answers here, 3 messages still on the way, the oldest since 9 Uhr')
    expect(words(1, { type: 'lost', upTo: 1 }, 'en')).toBe('1 answer here; lost with the storage: up to 1 message')
  })
})

describe('the days of a device', () => {
  const day = (n: number, seal: DaySeal): SealedDay => ({ day: `2026-11-${20 + n}`, answers: n, seal })
  const sealed: DaySeal = { type: 'sealed' }
  it('are two lines and one for the five before, if all are sealed', () => {
    const { single, together } = foldDays([6, 5, 4, 3, 2, 1, 0].map((n) => day(n, sealed)))
    expect([single.length, together.length]).toEqual([2, 5])
  })
  it('are said one by one down to the last that is open', () => {
    const { single, together } = foldDays([day(6, sealed), day(5, sealed), day(4, { type: 'lost', upTo: 1 }), day(3, sealed), day(2, sealed)])
    expect([single.length, together.length]).toEqual([3, 2])
  })
  it('are never folded for the sake of one', () => expect(foldDays([6, 5, 4].map((n) => day(n, sealed))).together).toEqual([]))
})
