import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../fake-clock.ts'
import type { Survey, Touchpoint } from '#shared/feedback/survey.ts'
import { checkSurvey } from '#shared/protocol/check-survey.ts'
import type { SurveysCalls, SurveyVersion } from '#shared/protocol/surveys.ts'
import type { LastKnown, Saved } from '../../../../kiosk/manager/last-known.ts'
import { SurveysPage, type AskHub } from '../../../../kiosk/manager/surveys/surveys-page.svelte.ts'

const words = (de: string) => ({ de, en: de })
const SURVEY: Survey = {
  id: 'visit',
  name: words('Besuch'),
  opening: { id: 'how', kind: 'csat5', text: words('Wie war es?'), purpose: { owner: 'Kasse', decision: 'ob', kind: 'functional' }, retireAt: null },
  followUps: [],
  contact: false,
}
const PLACE: Touchpoint = { id: 'exit', name: words('Ausgang'), phase: 'after', survey: 'visit' }

/** A hub of one survey, as far as this page sees it. */
const hubOf = (versions: Survey[] = []) => {
  const state = { online: true, live: SURVEY as Survey | null, by: 'marta', personal: false }
  const asked: string[] = []
  const kept: SurveyVersion[] = []
  const faults = (survey: Survey) => checkSurvey(survey, { live: [], touchpoints: [PLACE], teamOnly: state.personal })
  const add = (survey: Survey): number => {
    versions.push(survey)
    kept.unshift({ version: versions.length, at: 1_000 * versions.length, by: state.by, isLive: false })
    return versions.length
  }
  const answers: { readonly [K in keyof SurveysCalls]?: (request: SurveysCalls[K]['request']) => SurveysCalls[K]['reply'] } = {
    'surveys.list': () => ({ asOf: 5, surveys: [], touchpoints: [PLACE], unseen: { days: 60, questions: [] }, names: {} }),
    'surveys.read': () => ({ id: 'visit', state: 'live', live: state.live, draft: versions.at(-1) ?? null, versions: [...kept], names: { marta: 'Marta', jonas: 'Jonas' }, faults: [] }),
    'surveys.save': ({ survey, base }) => ((versions.length || null) === base ? { type: 'saved', version: add(survey), faults: faults(survey) } : { type: 'stale', version: versions.length }),
    'surveys.publish': ({ version }) => {
      if (version !== versions.length) return { type: 'stale', version: versions.length }
      const found = faults(versions.at(-1)!)
      if (found.some(({ severity }) => severity === 'error')) return { type: 'faulty', faults: found }
      state.live = versions.at(-1)!
      return { type: 'live', rev: 7 }
    },
    'surveys.back': ({ version }) => ({ type: 'saved', version: add(versions[version - 1]!), faults: [] }),
    'surveys.rest': ({ rest }) => (rest === 'retired' ? { type: 'refused' } : { type: 'done', rev: 8 }),
  }
  const ask: AskHub = async (name, request) => {
    asked.push(name)
    const answer = answers[name]
    return state.online && answer ? { ok: true, value: answer(request) } : { ok: false, error: { code: 'offline' } }
  }
  return { ask, state, add, versions, asked }
}

const device = (hub: ReturnType<typeof hubOf>, saved = new Map<string, Saved<unknown>>()) => {
  const time = fakeClock()
  let n = 0
  const known: LastKnown = { read: async <T>(key: string) => (saved.get(key) as Saved<T> | undefined) ?? null, write: async (key, value) => void saved.set(key, { value, savedAt: 3 }) }
  const page = new SurveysPage({ ask: hub.ask, topics: async () => ({ ok: false, error: { code: 'offline' } }), known, clock: time.clock, newId: (prefix) => `${prefix}-${++n}`, now: () => 42, live: () => (hub.state.live ? [hub.state.live] : []) })
  return { page, saved, pass: time.pass }
}
const reworded = (survey: Survey, de: string): Survey => ({ ...survey, opening: { ...survey.opening, text: words(de) } })
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve()
}

describe('a survey that is written', () => {
  it('begins with what is asked, and is on the device a moment after every word', async () => {
    const { page, saved, pass } = device(hubOf())
    await page.open('visit')
    page.write(reworded(SURVEY, 'Wie war Ihr Besuch?'))
    expect(saved.has('survey draft visit')).toBe(false)
    pass(300)
    await settle()
    expect(saved.get('survey draft visit')?.value).toEqual({ survey: reworded(SURVEY, 'Wie war Ihr Besuch?'), base: null, at: 42 })
    expect(page.here).toEqual({ visit: 42 })
  })
  it('is there again after the device was switched off, before anything was saved', async () => {
    const hub = hubOf()
    const first = device(hub)
    await first.page.open('visit')
    first.page.write(reworded(SURVEY, 'Neu?'))
    first.pass(300)
    await settle()
    const second = device(hub, first.saved)
    await second.page.look(true)
    expect(second.page.here).toEqual({ visit: 42 })
    await second.page.open('visit')
    expect([second.page.writing?.survey.opening.text.de, second.page.writing?.unsaved]).toEqual(['Neu?', true])
  })
  it('lies on the hub when it is saved, and on the device no longer', async () => {
    const hub = hubOf()
    const { page, saved } = device(hub)
    await page.open('visit')
    page.write(reworded(SURVEY, 'Neu?'))
    expect(await page.save()).toBe('done')
    expect([hub.versions.map(({ opening }) => opening.text.de), page.writing?.base, page.writing?.unsaved, saved.get('survey draft visit')?.value, page.here]).toEqual([['Neu?'], 1, false, null, {}])
  })
  it('stays on the device where the hub does not answer', async () => {
    const hub = hubOf()
    const { page, saved } = device(hub)
    await page.open('visit')
    hub.state.online = false
    page.write(reworded(SURVEY, 'Neu?'))
    expect(await page.save()).toBe('failed')
    expect([page.writing?.unsaved, (saved.get('survey draft visit')!.value as { survey: Survey }).survey.opening.text.de]).toEqual([true, 'Neu?'])
  })
  it('overwrites nobody: the later one hears of it, and either version can be taken', async () => {
    const hub = hubOf()
    const { page } = device(hub)
    await page.open('visit')
    page.write(reworded(SURVEY, 'Meine?'))
    hub.state.by = 'jonas'
    hub.add(reworded(SURVEY, 'Seine?'))
    expect(await page.save()).toBe('stale')
    expect([page.writing?.stale, hub.versions.length, page.writing?.survey.opening.text.de]).toEqual([{ version: 1, who: 'Jonas' }, 1, 'Meine?'])
    hub.state.by = 'marta'
    expect(await page.save(true)).toBe('done')
    expect(hub.versions.map(({ opening }) => opening.text.de)).toEqual(['Seine?', 'Meine?'])
  })
  it('is put aside for the other one, and comes back on top of it', async () => {
    const hub = hubOf()
    const { page } = device(hub)
    await page.open('visit')
    page.write(reworded(SURVEY, 'Meine?'))
    hub.add(reworded(SURVEY, 'Seine?'))
    await page.save()
    await page.openTheirs()
    expect([page.writing?.survey.opening.text.de, page.writing?.aside?.opening.text.de, page.writing?.stale, page.writing?.unsaved]).toEqual(['Seine?', 'Meine?', null, false])
    await page.takeAside()
    expect([page.writing?.survey.opening.text.de, page.writing?.base, page.writing?.aside]).toEqual(['Meine?', 1, null])
  })
  it('goes live as it stands on the screen: saved first, checked there', async () => {
    const hub = hubOf()
    const { page } = device(hub)
    await page.look(true)
    await page.open('visit')
    page.write(reworded(SURVEY, 'Neu?'))
    expect(page.faults.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(await page.publish()).toBe('done')
    expect([hub.state.live?.opening.text.de, hub.asked.filter((name) => name === 'surveys.save' || name === 'surveys.publish')]).toEqual(['Neu?', ['surveys.save', 'surveys.publish']])
  })
  it('is held back with the sentence of what is missing, word by word', async () => {
    const hub = hubOf()
    const { page } = device(hub)
    await page.look(true)
    page.begin()
    const rules = () => new Set(page.faults.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))
    expect(rules()).toEqual(new Set(['touchpoint-missing', 'text-missing', 'owner-missing', 'decision-missing']))
    page.write({ ...page.writing!.survey, name: words('Kasse'), opening: { ...SURVEY.opening, id: 'q' } })
    expect(rules()).toEqual(new Set(['touchpoint-missing']))
  })
  it('says what only the hub knows: a question about one person in a store that judges the team', async () => {
    const hub = hubOf()
    hub.state.personal = true
    const { page } = device(hub)
    await page.look(true)
    await page.open('visit')
    page.write(reworded(SURVEY, 'Wie freundlich war Ihre Kassiererin?'))
    expect(await page.publish()).toBe('held-back')
    expect(page.faults.map(({ rule }) => rule)).toContain('about-person')
  })
  it('comes back in an earlier version, as the newest', async () => {
    const hub = hubOf()
    const { page } = device(hub)
    await page.open('visit')
    for (const de of ['Erste?', 'Zweite?']) {
      page.write(reworded(SURVEY, de))
      await page.save()
    }
    expect(await page.putBack(1)).toBe('done')
    expect([page.writing?.survey.opening.text.de, page.writing?.base, page.writing?.versions.map(({ version }) => version)]).toEqual(['Erste?', 3, [3, 2, 1]])
  })
})

describe('the list of surveys', () => {
  it('is there without the hub, as it was last known', async () => {
    const hub = hubOf()
    const first = device(hub)
    await first.page.look(true)
    hub.state.online = false
    const second = device(hub, first.saved)
    await second.page.look(false)
    expect([second.page.list?.touchpoints, second.page.listAt, second.page.failed]).toEqual([[PLACE], 3, false])
  })
  it('tells what the hub refused from what did not reach it', async () => {
    const hub = hubOf()
    const { page } = device(hub)
    expect([await page.rest('visit', 'paused'), await page.rest('visit', 'retired')]).toEqual(['done', 'refused'])
    hub.state.online = false
    expect(await page.rest('visit', 'paused')).toBe('failed')
  })
})
