/** All surveys with how well each answer is known, and the questions that nobody looks at. */
import { dependentsOf } from '#shared/feedback/check/survey-logic.ts'
import { recordedQuestions, type RecordedQuestion, type Survey } from '#shared/feedback/survey.ts'
import { widestHalfWidth } from '#shared/insights/known-well.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { KnownState, QuestionView, SurveysReply, SurveyView } from '#shared/protocol/surveys.ts'
import { liveSurveys, namesOf, stateOf, wishedPlaces, type SurveyParts } from './edit-surveys.ts'
import { countedAnswers, isQuestionKnown, type Counted, type CountParts } from '../feedback/known-answers.ts'

export type ListSurveyParts = SurveyParts & CountParts

/** After so long without a look, a question is asked for nobody. */
export const UNSEEN_DAYS = 60
const DAY_MS = 86_400_000

export const listSurveys = (parts: ListSurveyParts) => (): SurveysReply => {
  const { surveys, clock } = parts
  const live = liveSurveys(parts)
  const counted = countedAnswers(parts)
  const looks = surveys.looks()
  const drafts = new Map(surveys.drafts().map((draft) => [draft.survey, draft]))
  const kept = new Map(surveys.live().map((one) => [one.survey, one]))
  const places = wishedPlaces(parts)
  const views = [...new Set([...live.keys(), ...drafts.keys()])].sort().map((id): SurveyView => {
    const [draft, own] = [drafts.get(id), kept.get(id)]
    const shown = live.get(id) ?? draft!.body
    return {
      id,
      name: draft?.body.name ?? shown.name ?? shown.opening.text,
      state: stateOf(live.get(id) ?? null),
      draft: draft?.version ?? null,
      live: own?.version ?? null,
      changedAt: draft?.at ?? own?.at ?? null,
      changedBy: draft?.by ?? own?.by ?? null,
      touchpoints: places.filter(({ survey }) => survey === id).map((place) => place.id),
      questions: recordedQuestions(shown).map((recorded) => questionView(shown, recorded, counted, looks)),
    }
  })
  const names = namesOf(parts, views.flatMap(({ changedBy }) => changedBy ?? []))
  return { asOf: clock.now(), surveys: views, touchpoints: places, unseen: { days: UNSEEN_DAYS, questions: unseenQuestions(parts, looks) }, names }
}

const questionView = (survey: Survey, recorded: RecordedQuestion, counted: Counted, looks: ReadonlyMap<string, Millis>): QuestionView => {
  const { id, question, row, kind } = recorded
  const nInWindow = counted(recorded, question.retireAt?.days ?? null)?.n ?? 0
  return {
    id,
    question: question.id,
    kind: row ? kind : question.kind,
    text: question.text,
    row: row?.text ?? null,
    owner: question.purpose?.owner ?? null,
    decision: question.purpose?.decision ?? null,
    n: counted(recorded, null)?.n ?? 0,
    nInWindow,
    // By their number alone: what the answers were is told by the figures, and only as much as may be told.
    halfWidth: nInWindow < MIN_SHOWN ? null : widestHalfWidth(kind, nInWindow),
    state: knownState(survey, recorded, counted),
    lookedAt: looks.get(id) ?? null,
  }
}

const knownState = (survey: Survey, { question }: RecordedQuestion, counted: Counted): KnownState => {
  if (question.retired || survey.rest === 'retired') return 'retired'
  if (!question.retireAt) return 'never'
  return dependentsOf(survey, question.id).length > 0 && isQuestionKnown(survey, question, counted) ? 'held' : 'counting'
}

/** Live questions whose figure nobody has opened for UNSEEN_DAYS; a younger one has its time still. Order  longest first. */
const unseenQuestions = (parts: ListSurveyParts, looks: ReadonlyMap<string, Millis>): SurveysReply['unseen']['questions'] => {
  const before = parts.clock.now() - UNSEEN_DAYS * DAY_MS
  const asked = parts.surveys.askedSince()
  return [...liveSurveys(parts).values()]
    .filter(({ rest }) => !rest)
    .flatMap((survey) => recordedQuestions(survey).flatMap(({ id, question }) => (question.retired ? [] : [{ survey: survey.id, question: id, since: Math.max(looks.get(id) ?? 0, asked.get(id) ?? parts.clock.now()) }])))
    .filter(({ since }) => since < before)
    .toSorted((a, b) => a.since - b.since)
}
