import { describe, expect, it } from 'vitest'
import { exploreText } from '#kiosk/manager/explore-text.ts'
import { filterWords } from '#kiosk/manager/explore/filter-words.ts'
import { tileState } from '#kiosk/manager/explore/tile-state.ts'
import { FIRST_FILTERS } from '#kiosk/manager/explore-filters.ts'
import { tileText } from '#kiosk/lib/features/insights/explore/tile-text.ts'
import type { Day } from '#shared/kernel/time.ts'
import type { FigureChoices } from '#shared/protocol/figures.ts'

const AT = Date.parse('2026-11-28T13:05:00Z')
const shown = { key: 'a', of: FIRST_FILTERS, reply: {}, at: AT }
const around = { connected: true, now: AT, language: 'de', timeZone: 'Europe/Berlin', t: tileText.de.usual, wordsOf: () => '28 Tage' } as const

describe('what stands around the picture of a tile', () => {
  it('is its moment while the hub answers', () => {
    expect(tileState({ shown, isBehind: false, fetching: false, failed: false }, around)).toEqual({ age: 'Stand 14:05', isOld: false, busy: false, still: null, note: null })
  })

  it('is its age when the hub is gone, or when the last try brought nothing', () => {
    const later = { ...around, now: AT + 12 * 60_000 }
    expect(tileState({ shown, isBehind: false, fetching: false, failed: false }, { ...later, connected: false })).toMatchObject({ age: 'Stand 14:05, vor 12 Minuten', isOld: true })
    expect(tileState({ shown, isBehind: false, fetching: false, failed: true }, later)).toMatchObject({ isOld: true })
  })

  it('says of which choice the picture still is while the next one comes, and without a hub that it will not come', () => {
    expect(tileState({ shown, isBehind: true, fetching: true, failed: false }, around)).toMatchObject({ busy: true, still: 'Noch zu sehen: 28 Tage.', note: null })
    const away = tileState({ shown, isBehind: true, fetching: false, failed: true }, { ...around, connected: false })
    expect([away.busy, away.still?.startsWith('Noch zu sehen: 28 Tage. Diese Auswahl hat dieses Gerät noch nicht gesehen')]).toEqual([false, true])
  })

  it('says why there is no picture', () => {
    const empty = { shown: null, isBehind: false, fetching: true, failed: false }
    expect(tileState(empty, around).note).toBe('Die Zahlen werden geholt.')
    expect(tileState({ ...empty, fetching: false, failed: true }, around).note).toContain('kamen nicht an')
    expect(tileState(empty, { ...around, connected: false }).note).toContain('noch nicht gesehen')
  })
})

describe('a choice in words', () => {
  const name = (de: string) => ({ de, en: de })
  const choices: FigureChoices = {
    questions: [{ question: 'visit', name: name('Wie war es?'), metric: 'csat', detail: false, n: 9 }],
    touchpoints: [{ key: 'checkout', name: name('Kasse') }],
    slices: { stage: [], device: [], channel: [{ key: 'phone', name: name('eigenes Handy') }], language: [], segment: [] },
    since: null,
    timeZone: 'Europe/Berlin',
    asOf: 0,
  }
  const filters = { ...FIRST_FILTERS, question: 'visit', at: 'checkout', only: { by: 'channel', key: 'phone' } } as const

  it('names what the tile goes by and nothing else', () => {
    expect(filterWords(filters, ['figure', 'at', 'only'], choices, exploreText.de.usual, 'de')).toBe('28 Tage, Wie war es?, Kasse, eigenes Handy')
    expect(filterWords(filters, ['at'], choices, exploreText.de.usual, 'de')).toBe('28 Tage, Kasse')
  })

  it('names days of one’s own, and by their keys what nobody has named yet', () => {
    const own = { ...filters, period: 'own', days: { from: '2026-11-01' as Day, until: '2026-11-09' as Day } } as const
    expect(filterWords(own, ['figure', 'at'], null, exploreText.de.usual, 'de')).toBe('1.11. – 9.11., visit, checkout')
  })
})
