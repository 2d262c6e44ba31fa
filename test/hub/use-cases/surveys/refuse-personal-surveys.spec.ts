import { describe, expect, it } from 'vitest'
import { refusePersonalSurveys } from '#hub/use-cases/surveys/refuse-personal-surveys.ts'
import type { Json } from '#shared/kernel/json.ts'
import { ok } from '#shared/kernel/result.ts'
import type { Documents, ReleaseHead } from '#shared/sync/release.ts'

const HEAD = { rev: 7 } as ReleaseHead
const survey = (de: string): Json => ({ id: 's', opening: { id: 'q', kind: 'csat5', text: { de, en: 'How was it?' } }, followUps: [], contact: false })
const publishing = (teamOnly: boolean, current: Documents = {}) => {
  const lines: string[] = []
  const tell = (what: string): void => void lines.push(what)
  const publish = refusePersonalSurveys({ documents: { current: () => ({ items: current }) as never }, teamOnly: () => teamOnly, log: { info: tell, warn: tell, error: tell } }, () => ok(HEAD))
  return { publish, lines }
}
const PERSONAL = { 'survey/s': survey('Wie freundlich war Ihre Kassiererin?') }

describe('a store that is judged as a team only', () => {
  it('publishes no survey that asks about one person, and says which words give it away', () => {
    const { publish, lines } = publishing(true)
    expect(publish(PERSONAL)).toEqual({ ok: false, error: { type: 'SurveysRefused', aboutPersons: [{ survey: 's', question: 'q', word: 'Ihre Kassiererin' }] } })
    expect(lines).toEqual(['survey refused: it asks about single persons'])
  })
  it('not even where somebody takes the blame', () => {
    expect(publishing(true).publish(PERSONAL, { by: 'x', reason: 'y' }).ok).toBe(false)
  })
  it('publishes surveys about team and place', () => {
    expect(publishing(true).publish({ 'survey/s': survey('Wie freundlich war unser Team?') })).toEqual(ok(HEAD))
  })
  it('is not held up in other things by what is in force already', () => {
    expect(publishing(true, PERSONAL).publish({ ...PERSONAL, 'brand/main': {} })).toEqual(ok(HEAD))
  })
  it('any other store publishes it', () => {
    expect(publishing(false).publish(PERSONAL)).toEqual(ok(HEAD))
  })
})
