import { describe, expect, it } from 'vitest'
import { Asking, type AskingPlace } from '#kiosk/lib/state/asking.svelte.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { millis } from '#shared/kernel/time.ts'
import type { Documents } from '#shared/sync/release.ts'
import { fakeKept } from '../../fake-kept.ts'

const both = (de: string) => ({ de, en: de })
const SURVEY: Survey = { id: 'visit', opening: { id: 'how', kind: 'csat5', text: both('Wie war es?') }, followUps: [], contact: false }
/** A Tuesday, 12:00 in Berlin. */
const NOON = Date.UTC(2026, 10, 24, 11)
const MINUTE = 60_000
const dev = (n: number): string => `${n}`.repeat(32)
const place = (at: number, change: Partial<AskingPlace> = {}): AskingPlace => ({ now: millis(at), timeZone: 'Europe/Berlin', device: dev(1), items: {}, inVisit: false, ...change })
const opened = async (kept = fakeKept()) => {
  const asking = new Asking(kept)
  await Promise.resolve()
  await Promise.resolve()
  return asking
}
const take = async (asking: Asking, survey: Survey, at: number, times = 1): Promise<void> => {
  for (let n = 0; n < times; n++) await asking.began(survey, millis(at), 'Europe/Berlin')
}

describe('a survey on this device', () => {
  it('is asked without limits as before', async () => {
    expect((await opened()).question(SURVEY, place(NOON))?.id).toBe('how')
  })
  it('rests outside its hours and comes back by itself', async () => {
    const asking = await opened()
    const survey: Survey = { ...SURVEY, hours: [{ weekdays: [2], fromMinute: 12 * 60, untilMinute: 13 * 60 }] }
    expect([-1, 0, 59, 60].map((minutes) => asking.whyNot(survey, place(NOON + minutes * MINUTE)))).toEqual(['hours', null, null, 'hours'])
  })
  it('takes as many responses a day as it may, and tomorrow as many again', async () => {
    const asking = await opened()
    const survey: Survey = { ...SURVEY, quota: { most: 2, per: 'day', share: 'device' } }
    await take(asking, survey, NOON)
    expect(asking.whyNot(survey, place(NOON))).toBe(null)
    await take(asking, survey, NOON)
    expect(asking.whyNot(survey, place(NOON))).toBe('quota')
    expect(asking.whyNot(survey, place(NOON + 24 * 60 * MINUTE))).toBe(null)
  })
  it('counts on after a restart, and asks nothing with a limit until it has read its count', async () => {
    const kept = fakeKept()
    const survey: Survey = { ...SURVEY, quota: { most: 1, per: 'ever', share: 'device' } }
    await take(await opened(kept), survey, NOON)
    const fresh = fakeKept({ ...kept.values })
    const restarted = new Asking(fresh)
    expect(restarted.whyNot(survey, place(NOON))).toBe('quota')
    expect((await opened(fresh)).whyNot(survey, place(NOON + 9 * 24 * 60 * MINUTE))).toBe('quota')
    expect((await opened()).whyNot(survey, place(NOON))).toBe(null)
  })
  it('shares an allotted quota with the devices that the release sends to its places', async () => {
    const profile = (n: number, touchpoint: string): Documents => ({ [`profile/${dev(n)}`]: { id: dev(n), place: '', touchpoint, department: null, languages: ['de'], modules: ['feedback'], panel: null, middleMm: null, textStep: 0 } })
    const items: Documents = { 'survey/visit': SURVEY as unknown as Documents[string], 'touchpoint/exit': { id: 'exit', name: both('Ausgang'), phase: 'after', survey: 'visit' }, ...profile(1, 'exit'), ...profile(2, 'exit'), ...profile(3, 'elsewhere') }
    const survey: Survey = { ...SURVEY, quota: { most: 3, per: 'day', share: 'allotted' } }
    const asking = await opened()
    await take(asking, survey, NOON)
    expect([1, 2, 3].map((n) => asking.whyNot(survey, place(NOON, { items, device: dev(n) })))).toEqual([null, 'quota', 'quota'])
    await take(asking, survey, NOON)
    expect(asking.whyNot(survey, place(NOON, { items }))).toBe('quota')
  })
  it('waits between two responses', async () => {
    const asking = await opened()
    const survey: Survey = { ...SURVEY, cooldown: { per: 'device', minutes: 10 } }
    await take(asking, survey, NOON)
    expect([9, 10].map((minutes) => asking.whyNot(survey, place(NOON + minutes * MINUTE)))).toEqual(['cooldown', null])
  })
  it('is not damaged by what another version wrote', async () => {
    const survey: Survey = { ...SURVEY, quota: { most: 1, per: 'day', share: 'device' } }
    for (const saved of [null, 7, 'x', [], { visit: 3 }, { visit: { period: 1 } }]) expect((await opened(fakeKept({ asked: saved }))).whyNot(survey, place(NOON))).toBe(null)
  })
})
