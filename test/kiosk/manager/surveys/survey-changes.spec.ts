import { describe, expect, it } from 'vitest'
import type { Question, Survey } from '#shared/feedback/survey.ts'
import { surveyChanges } from '../../../../kiosk/manager/surveys/survey-changes.ts'
import { answerWords, changeSentence, conditionSentence, inPlainWords, recordedName, surveyName } from '../../../../kiosk/manager/surveys/survey-words.ts'
import { surveysText } from '../../../../kiosk/manager/surveys/surveys-text.ts'
import { isAlmostKnown } from '../../../../kiosk/manager/surveys/survey-known.ts'

const t = surveysText.de.usual
const words = (de: string) => ({ de, en: `${de} (en)` })
const option = (id: string) => ({ id, text: words(id) })
const how: Question = { id: 'how', kind: 'csat5', text: words('Wie war es?') }
const why: Question = { id: 'why', kind: 'choice', text: words('Warum?'), options: [option('queue'), option('price')], onlyIf: { question: 'how', from: 1, to: 2 } }
const parts: Question = { id: 'parts', kind: 'matrix', text: words('Wie fanden Sie'), rows: [option('wait'), option('staff')], onlyIf: { question: 'why', options: ['queue', 'price'] } }
const LIVE: Survey = { id: 'visit', opening: how, followUps: [why, parts], contact: false }
const said = (draft: Survey, live: Survey | null = LIVE): readonly string[] => surveyChanges(live, draft).map((change) => changeSentence(change, 'de', t))

describe('what changes for customers', () => {
  it('is said question by question', () => {
    expect(said({ ...LIVE, followUps: [{ ...why, text: words('Woran lag es?') }, { id: 'more', kind: 'text', text: words('Noch etwas?') }] })).toEqual(['Anders formuliert: „Woran lag es?“', 'Neu gefragt: „Noch etwas?“', 'Nicht mehr gefragt: „Wie fanden Sie“'])
  })
  it('tells another way to answer from other words, and another occasion from both', () => {
    const { onlyIf: _, ...always } = parts
    expect(said({ ...LIVE, followUps: [{ ...why, most: 1 }, always] })).toEqual(['Anders zu beantworten: „Warum?“', 'Zu anderer Gelegenheit gefragt: „Wie fanden Sie“'])
  })
  it('says another order, another beginning and other rules', () => {
    expect(said({ ...LIVE, followUps: [parts, why] })).toEqual(['Die Reihenfolge ist anders.'])
    expect(said({ ...LIVE, opening: why, followUps: [how, parts] })).toEqual(['Zuerst gefragt: „Warum?“', 'Die Reihenfolge ist anders.'])
    expect(said({ ...LIVE, contact: true, cooldown: { per: 'visit' }, hours: [{ weekdays: [1], fromMinute: 0, untilMinute: 60 }] })).toEqual(['Die Zeiten sind andere.', 'Die Pause ist anders.', 'Am Ende kann man eine Kontaktmöglichkeit hinterlassen.'])
  })
  it('is a beginning where nothing was asked, and nothing where all is the same', () => {
    expect(said(LIVE, null)).toEqual(['Eine neue Befragung mit 3 Fragen beginnt.'])
    expect(said(LIVE, { ...LIVE, rest: 'paused' })).toEqual(['Eine neue Befragung mit 3 Fragen beginnt.'])
    const reordered = JSON.parse(JSON.stringify({ contact: false, followUps: LIVE.followUps, opening: LIVE.opening, id: 'visit' })) as Survey
    expect(said(reordered)).toEqual(['Für Kunden ändert sich nichts.'])
  })
  it('counts a question that has ended as one that is not asked', () => {
    expect(said({ ...LIVE, followUps: [{ ...why, retired: true }, parts] })).toEqual(['Nicht mehr gefragt: „Warum?“'])
  })
})

describe('logic in sentences', () => {
  it('names the question and what must have been answered', () => {
    expect([how, why, parts].map((question) => conditionSentence(LIVE, question, 'de', t))).toEqual([
      'Wird allen gestellt.',
      'Wird nur gestellt, wenn die Antwort auf „Wie war es?“ 1 bis 2 ist.',
      'Wird nur gestellt, wenn die Antwort auf „Warum?“ „queue“ oder „price“ ist.',
    ])
    expect(conditionSentence(LIVE, { ...why, onlyIf: { from: 1, to: 1 } }, 'de', t)).toBe('Wird nur gestellt, wenn die Antwort auf „Wie war es?“ 1 ist.')
  })
  it('names a row with its question, and a survey by its first question if it has no name', () => {
    expect([recordedName(LIVE, 'parts.wait', 'de', '-'), surveyName(LIVE, 'de', '-'), surveyName({ ...LIVE, name: words('Kasse') }, 'en', '-')]).toEqual(['Wie fanden Sie wait', 'Wie war es?', 'Kasse (en)'])
  })
  it('reads answers as they were given, an order with its places', () => {
    const ranked: Survey = { ...LIVE, followUps: [{ ...why, kind: 'ranking' }] }
    expect([answerWords(LIVE, 'how', '4', 'de', '-'), answerWords(LIVE, 'why', '["price","queue"]', 'de', '-'), answerWords(ranked, 'why', '["price","queue"]', 'en', '-'), answerWords(LIVE, 'why', '[]', 'de', '-'), answerWords(LIVE, 'words', '"Gut"', 'de', '-')]).toEqual(['4', 'price, queue', '1. price (en), 2. queue (en)', '-', 'Gut'])
  })
  it('says the check with the words of the questions instead of their ids', () => {
    const fault = { rule: 'owner-missing' as const, severity: 'error' as const, path: 'why.purpose.owner', sentence: { de: 'Für die Frage „why“ ist noch niemand zuständig.', en: 'Nobody is responsible for the question “why” yet.' } }
    expect(inPlainWords(fault, LIVE, t).sentence).toEqual({ de: 'Für die Frage „Warum?“ ist noch niemand zuständig.', en: 'Nobody is responsible for the question “Warum? (en)” yet.' })
  })
})

describe('an answer that is soon known well enough', () => {
  it('lies within a quarter of its goal, in exactness and in answers', () => {
    const retireAt = { halfWidth: 4, minN: 100, days: 28 }
    const near = (halfWidth: number | null, nInWindow: number) => isAlmostKnown({ state: 'counting', halfWidth, nInWindow }, { retireAt })
    expect([near(5, 80), near(5.1, 80), near(5, 79), near(null, 200)]).toEqual([true, false, false, false])
    expect([isAlmostKnown({ state: 'retired', halfWidth: 1, nInWindow: 500 }, { retireAt }), isAlmostKnown({ state: 'counting', halfWidth: 1, nInWindow: 500 }, { retireAt: null })]).toEqual([false, false])
  })
})
