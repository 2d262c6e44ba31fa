import { describe, expect, it } from 'vitest'
import { MAX_VERSIONS, type SurveyStore } from '#hub/ports/survey-store.ts'
import { memorySurveyStore } from '#hub/stores/memory/memory-survey-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteSurveyStore } from '#hub/stores/sqlite/feedback/survey-store.ts'
import type { Survey, Touchpoint } from '#shared/feedback/survey.ts'
import { millis } from '#shared/kernel/time.ts'

const sqlite = (): SurveyStore => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  return sqliteSurveyStore(opened.value)
}
const body = (id: string, de = 'Wie?'): Survey => ({ id, opening: { id: 'q', kind: 'csat5', text: { de, en: 'How?' } }, followUps: [], contact: false })
const kept = (survey: string, version: number, de?: string) => ({ survey, version, at: millis(version * 10), by: 'ada', body: body(survey, de) })
const place = (id: string, survey: string): Touchpoint => ({ id, name: { de: id, en: id }, phase: 'after', survey })

describe.each([['sqlite', sqlite], ['memory', memorySurveyStore]] as const)('surveys are kept (%s)', (_, open) => {
  it('every version of a draft, the newest of each by name', () => {
    const store = open()
    for (const draft of [kept('b', 1), kept('a', 1), kept('a', 2, 'Wie war es?')]) store.keepDraft(draft)
    expect(store.drafts()).toEqual([kept('a', 2, 'Wie war es?'), kept('b', 1)])
    expect(store.draft('a')).toEqual(kept('a', 2, 'Wie war es?'))
    expect(store.versions('a')).toEqual([{ survey: 'a', version: 2, at: 20, by: 'ada' }, { survey: 'a', version: 1, at: 10, by: 'ada' }])
    expect(store.version('a', 1)).toEqual(kept('a', 1))
    expect([store.draft('x'), store.version('a', 9), store.versions('x')]).toEqual([null, null, []])
    expect(() => store.keepDraft(kept('a', 2))).toThrow()
  })
  it('the newest versions, and the live one however old', () => {
    const store = open()
    store.keepDraft(kept('a', 1))
    store.keepLive(kept('a', 1))
    store.keepDraft(kept('b', 1))
    for (let version = 2; version <= MAX_VERSIONS + 5; version++) store.keepDraft(kept('a', version))
    expect(store.versions('a').map(({ version }) => version)).toEqual([...Array.from({ length: MAX_VERSIONS }, (_, i) => MAX_VERSIONS + 5 - i), 1])
    expect(store.versions('b')).toHaveLength(1)
  })
  it('what is live, in place of what was', () => {
    const store = open()
    for (const live of [kept('b', 3), kept('a', 1), kept('a', 4)]) store.keepLive(live)
    expect(store.live()).toEqual([kept('a', 4), kept('b', 3)])
  })
  it('where each is asked', () => {
    const store = open()
    for (const one of [place('till', 'a'), place('door', 'a'), place('till', 'b')]) store.keepPlace(one, millis(1), 'ada')
    expect(store.places()).toEqual([place('door', 'a'), place('till', 'b')])
  })
  it('the newest look at a question, and since when it is asked', () => {
    const store = open()
    for (const at of [50, 90, 70]) store.noteLook('q', millis(at))
    store.noteAsked(['q', 'r'], millis(20))
    store.noteAsked(['r', 's'], millis(30))
    expect(store.looks()).toEqual(new Map([['q', 90]]))
    expect(store.askedSince()).toEqual(new Map([['q', 20], ['r', 20], ['s', 30]]))
  })
})
