import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { DEMO_SURVEYS, DEMO_TOUCHPOINTS } from '#hub/shops/builtin/demo/demo-store.ts'
import { isHeldBack, SURVEY_ERRORS, SURVEY_WARNINGS } from '#shared/feedback/check/survey-fault.ts'
import { NPS_STANDARD } from '#shared/feedback/check/survey-wording.ts'
import type { Question, Survey, Touchpoint } from '#shared/feedback/survey.ts'
import { checkSurvey, filledSurvey } from '#shared/protocol/check-survey.ts'
import { surveySchema } from '#shared/protocol/feedback-document.ts'

const purpose = { owner: 'Service', decision: 'Ob eine weitere Kasse öffnet', kind: 'functional' } as const
const asked = { purpose, retireAt: { halfWidth: 5, minN: 100, days: 28 } } as const
const words = (de: string, en = `${de} (en)`) => ({ de, en })
const option = (id: string) => ({ id, text: words(id) })

const sound: Survey = {
  id: 'exit',
  opening: { id: 'wait', kind: 'csat5', text: words('Wie war das Warten?', 'How was the waiting?'), ...asked },
  followUps: [
    { id: 'why', kind: 'choice', text: words('Woran lag es?', 'What was the reason?'), options: [option('queue'), option('till')], ...asked, onlyIf: { question: 'wait', from: 1, to: 3 } },
    { id: 'recommend', kind: 'nps', text: NPS_STANDARD, ...asked, retireAt: null },
  ],
  contact: false,
}
const places: readonly Touchpoint[] = [{ id: 'door', name: words('Tür'), phase: 'after', survey: 'exit' }]
const check = (survey: Survey, more: Partial<Parameters<typeof checkSurvey>[1]> = {}) => checkSurvey(survey, { live: [], touchpoints: places, teamOnly: false, ...more })
const told = (survey: Survey, more: Parameters<typeof check>[1] = {}) => check(survey, more).map(({ rule, path }) => `${rule} ${path}`)
const opening = (change: Partial<Question>): Survey => ({ ...sound, opening: { ...sound.opening, ...change } })
const followUp = (i: number, change: Partial<Question>): Survey => ({ ...sound, followUps: sound.followUps.map((question, at) => (at === i ? { ...question, ...change } : question)) })

describe('a survey that may go live', () => {
  it('has nothing against it but what is told', () => {
    expect(told(sound)).toEqual(['holds-others wait.retireAt'])
    expect(isHeldBack(check(sound))).toBe(false)
  })
  it('is a document once its other language is filled in', () => {
    const german = filledSurvey({ ...sound, languages: ['de'], opening: { ...sound.opening, text: words('Wie war das Warten?', '') } })
    expect(german.opening.text).toEqual({ de: 'Wie war das Warten?', en: 'Wie war das Warten?' })
    expect(v.safeParse(surveySchema, german).success).toBe(true)
  })
})

describe('a survey is held back', () => {
  const { purpose: _, ...aimless } = sound.opening
  it.each<readonly [string, Survey, string]>([
    ['without an owner and a decision', { ...sound, opening: aimless }, 'owner-missing wait.purpose.owner, decision-missing wait.purpose.decision'],
    ['without an owner', opening({ purpose: { ...purpose, owner: ' ' } }), 'owner-missing wait.purpose.owner'],
    ['without the decision it serves', opening({ purpose: { ...purpose, decision: '' } }), 'decision-missing wait.purpose.decision'],
    ['without its text in a language', opening({ text: words('Wie war das Warten?', ' ') }), 'text-missing wait.text.en'],
    ['without the text of an option', followUp(0, { options: [option('queue'), { id: 'till', text: words('', 'x') }] }), 'text-missing why.options.till.text.de'],
    ['with recommendation in other words', followUp(1, { text: words('Empfehlen Sie uns weiter?', NPS_STANDARD.en) }), 'nps-wording recommend.text.de'],
    ['with more questions than its budget', { ...sound, budget: { questions: 2, tapsPerMinute: 6 } }, 'over-budget budget'],
    ['with a question that no answer leads to', followUp(0, { onlyIf: { question: 'wait', from: 6, to: 9 } }), 'unreachable why.onlyIf'],
    ['with a condition on nothing', followUp(0, { onlyIf: { question: 'weather', from: 1, to: 2 } }), 'unknown-question why.onlyIf'],
    ['with a condition on what comes later', followUp(0, { onlyIf: { question: 'recommend', from: 0, to: 6 } }), 'later-question why.onlyIf'],
    ['with a circle', { ...sound, followUps: [{ ...sound.followUps[0]!, onlyIf: { question: 'recommend', from: 0, to: 6 } }, { ...sound.followUps[1]!, onlyIf: { question: 'why', options: ['queue'] } }] }, 'cycle why.onlyIf'],
    ['with an answer of nobody in a text', opening({ text: words('Zu {answer:nobody}', 'On {answer:wait|this}') }), 'pipe-unknown wait.text.de, pipe-later wait.text.en'],
    ['with two questions of one name', followUp(1, { id: 'why' }), 'twice why'],
    ['with two options of one name', followUp(0, { options: [option('queue'), option('queue')] }), 'twice why'],
    ['with a beginning that is no single tap', { ...sound, opening: { ...sound.opening, kind: 'text', retireAt: null }, followUps: [] }, 'shape survey'],
    ['with one option', followUp(0, { options: [option('queue')] }), 'shape followUps.0.options'],
    ['with hours that end before they begin', { ...sound, hours: [{ weekdays: [1], fromMinute: 600, untilMinute: 540 }] }, 'shape hours.0'],
  ])('%s', (_name, survey, faults) => {
    const errors = check(survey).filter(({ severity }) => severity === 'error')
    expect(errors.map(({ rule, path }) => `${rule} ${path}`).join(', ')).toBe(faults)
  })
  it('without a place where it is asked', () => expect(told(sound, { touchpoints: [] })[0]).toBe('touchpoint-missing touchpoints'))
  it('about a single person, where a store judges the team only', () => {
    const personal = opening({ text: words('Wie freundlich war Ihre Kassiererin?', 'How friendly was our team?') })
    expect(told(personal, { teamOnly: true })[0]).toBe('about-person wait')
    expect(isHeldBack(check(personal))).toBe(false)
  })
  it('under a name that is asked on another scale already, elsewhere or before', () => {
    const other: Survey = { ...sound, id: 'other', opening: { ...sound.opening, kind: 'ces7' }, followUps: [] }
    expect(told(sound, { live: [other] })[0]).toBe('id-taken wait')
    expect(told(sound, { live: [{ ...other, id: 'exit' }] })[0]).toBe('kind-changed wait')
  })
})

describe('people are told', () => {
  it.each<readonly [string, Survey, string]>([
    ['of words that suggest an answer', opening({ text: words('Wie toll war das Warten?', 'How was our friendly waiting?') }), 'leading wait.text.de, leading wait.text.en'],
    ['of two questions in one', opening({ text: words('Wie waren Preise und Auswahl?', 'How were prices and range?') }), 'double wait.text.de, double wait.text.en'],
    ['but not of one thing with two words', opening({ text: words('Wie frisch war Obst und Gemüse?', 'How fresh were fruit and vegetables?') }), ''],
    ['of a text that nobody reads', opening({ text: words('Wie war das '.padEnd(130, 'lange '), 'How?') }), 'long wait.text.de'],
    ['of a question without an end', { ...sound, followUps: [], opening: { id: 'wait', kind: 'csat5', text: words('Wie war es?'), purpose } }, 'never-retires wait.retireAt'],
    ['of words that never are known well enough', followUp(1, { kind: 'text', text: words('Warum?'), retireAt: asked.retireAt }), 'cannot-retire recommend.retireAt'],
    ['of a place without anything otherwise', followUp(1, { kind: 'text', text: words('Zu {answer:why}: warum?', 'Why {answer:why|that}?') }), 'pipe-otherwise recommend.text.de'],
  ])('%s', (_name, survey, faults) => {
    const warnings = check(survey).filter(({ rule }) => rule !== 'holds-others')
    expect(warnings.map(({ rule, path }) => `${rule} ${path}`).join(', ')).toBe(faults)
    expect(isHeldBack(warnings)).toBe(false)
  })
  it('of other words under the same name', () => {
    const other: Survey = { ...sound, id: 'other', opening: { ...sound.opening, text: words('Wie lange haben Sie gewartet?') }, followUps: [] }
    expect(told(sound, { live: [other] })).toContain('id-other-words wait')
  })
  it('each in a whole sentence of both languages, with nothing left to fill in', () => {
    const all = [...check(followUp(0, { onlyIf: { question: 'x', from: 1, to: 2 } }), { touchpoints: [] }), ...check({ ...sound, budget: { questions: 1, tapsPerMinute: 1 } })]
    for (const { sentence } of all) for (const text of [sentence.de, sentence.en]) expect(text.replace(/\{answer:[^}]*\}/g, '')).toMatch(/^[^{}]+[.”“]$/)
    expect(new Set([...SURVEY_ERRORS, ...SURVEY_WARNINGS]).size).toBe(SURVEY_ERRORS.length + SURVEY_WARNINGS.length)
  })
})

describe('documents of before', () => {
  it('stay what they were', () => {
    const old = { id: 'visit', opening: { id: 'q', kind: 'csat5', text: words('Wie?') }, followUps: [{ id: 'r', kind: 'choice', text: words('Was?'), options: [option('a'), option('b')], onlyIf: { from: 1, to: 3 } }], contact: true }
    expect(v.parse(surveySchema, old)).toEqual(old)
  })
})

describe('the surveys of the demo shop', () => {
  it('might go live as they are', () => {
    const world = { live: DEMO_SURVEYS, touchpoints: DEMO_TOUCHPOINTS, teamOnly: true }
    expect(DEMO_SURVEYS.flatMap((survey) => checkSurvey(survey, world).filter(({ severity }) => severity === 'error'))).toEqual([])
  })
})
