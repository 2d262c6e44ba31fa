/** Surveys go live, rest, and end: each in one step with its version, its release and its line in the audit log. */
import type { Log } from '#hub/ports/log.ts'
import type { AuditAct } from '#shared/privacy/audit-act.ts'
import { isHeldBack } from '#shared/feedback/check/survey-fault.ts'
import { openingOf } from '#shared/feedback/answer.ts'
import { questionsOf, recordedQuestions, type Question, type Survey, type Touchpoint } from '#shared/feedback/survey.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { filledSurvey } from '#shared/protocol/check-survey.ts'
import type { PublishReply, RestReply } from '#shared/protocol/surveys.ts'
import { addVersion, checkDraft, liveSurveys, type Editing, type SurveyParts } from './edit-surveys.ts'
import { publishAgain } from '../parity/leave-offer.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'

export type PublishSurveyParts = SurveyParts & {
  /** Made by `publishSurveys`. */
  readonly publish: PublishReviewed
  readonly log: Log
}

type NotFound = { readonly code: 'not_found' }
type Done = { readonly type: 'done'; readonly rev: number }

/** The newest draft goes live. Errors  not_found: there is no draft. */
export const publishSurvey =
  (parts: PublishSurveyParts) =>
  ({ survey, version }: { readonly survey: string; readonly version: number }, by: Editing): Result<PublishReply, NotFound> => {
    const { surveys } = parts
    const draft = surveys.draft(survey)
    if (!draft) return err({ code: 'not_found' })
    if (draft.version !== version) return ok({ type: 'stale', version: draft.version })
    const faults = checkDraft(parts)(draft.body)
    if (isHeldBack(faults)) return ok({ type: 'faulty', faults })
    const body = awake(filledSurvey(draft.body))
    const done = inForce(parts, () => {
      goLive(parts, body, version, by)
      record(parts, by, 'survey.published', survey, version)
    })
    return ok(done.type === 'done' ? { type: 'live', rev: done.rev } : done)
  }

/** Errors  not_found: it was never live. */
export const restSurvey =
  (parts: PublishSurveyParts) =>
  ({ survey, rest }: { readonly survey: string; readonly rest: 'paused' | 'retired' | null }, by: Editing): Result<RestReply, NotFound> => {
    if (!liveSurveys(parts).has(survey)) return err({ code: 'not_found' })
    const change = (body: Survey): Survey => (rest === null ? awake(body) : { ...body, rest })
    return ok(
      inForce(parts, () => {
        changeLive(parts, survey, change, by)
        record(parts, by, rest === null ? 'survey.resumed' : 'survey.rested', survey)
      }),
    )
  }

/** One question of a live survey is ended, or asked again. Errors  not_found. */
export const endQuestion =
  (parts: PublishSurveyParts) =>
  ({ survey, question, retired }: { readonly survey: string; readonly question: string; readonly retired: boolean }, by: Editing): Result<RestReply, NotFound> => {
    const live = liveSurveys(parts).get(survey)
    if (!live || !questionsOf(live).some(({ id }) => id === question)) return err({ code: 'not_found' })
    return ok(retired ? retireQuestions(parts, [{ survey, questions: [question] }], by) : askAgain(parts, survey, question, by))
  }

/** Ends questions in one release. A survey of which nothing is left to ask ends with them. */
export const retireQuestions = (parts: PublishSurveyParts, ended: readonly { readonly survey: string; readonly questions: readonly string[] }[], by: Editing): RestReply =>
  inForce(parts, () => {
    for (const { survey, questions } of ended) {
      changeLive(parts, survey, (body) => restingIfEmpty(mapQuestions(body, (question) => (questions.includes(question.id) ? { ...question, retired: true } : question))), by)
      for (const question of questions) record(parts, by, 'survey.retired', nameOfQuestion(survey, question))
    }
  })

const askAgain = (parts: PublishSurveyParts, survey: string, question: string, by: Editing): RestReply =>
  inForce(parts, () => {
    changeLive(parts, survey, (body) => mapQuestions(awake(body), (one) => (one.id === question ? asked(one) : one)), by)
    record(parts, by, 'survey.resumed', nameOfQuestion(survey, question))
  })

const awake = (survey: Survey): Survey => {
  const { rest: _, ...body } = survey
  return body
}

const asked = (question: Question): Question => {
  const { retired: _, ...again } = question
  return again
}

/** Adds or changes a touchpoint. Errors  not_found: there is no such survey, live or draft. */
export const setPlace =
  (parts: PublishSurveyParts) =>
  (place: Touchpoint, by: Editing): Result<RestReply, NotFound> => {
    if (!liveSurveys(parts).has(place.survey) && !parts.surveys.draft(place.survey)) return err({ code: 'not_found' })
    return ok(
      inForce(parts, () => {
        parts.surveys.keepPlace(place, parts.clock.now(), by.who)
        record(parts, by, 'touchpoint.saved', place.id)
      }),
    )
  }

/** What was changed, and the release that it makes, in one step; nothing has happened if no release can be made. */
const inForce = (parts: PublishSurveyParts, change: () => void): RestReply => {
  try {
    return parts.transactions.run((): Done => {
      change()
      const published = publishAgain(parts, (items) => items, { by: 'survey', reason: 'surveys have changed' })
      if (!published.ok) throw new NoRelease()
      return { type: 'done', rev: published.value.rev }
    })
  } catch (error) {
    if (!(error instanceof NoRelease)) throw error
    parts.log.warn('surveys stay as they are: no release could be made', {})
    return { type: 'refused' }
  }
}

class NoRelease extends Error {}

/** The live survey and its draft change alike: what was written since is not lost, and the next publishing does not undo the change. */
const changeLive = (parts: PublishSurveyParts, survey: string, change: (body: Survey) => Survey, by: Editing): void => {
  const { surveys } = parts
  const live = liveSurveys(parts).get(survey)!
  const draft = surveys.draft(survey)
  const isInStep = !draft || draft.version === surveys.live().find((one) => one.survey === survey)?.version
  const body = change(live)
  goLive(parts, body, addVersion(parts, body, by), by)
  if (!isInStep) addVersion(parts, change(draft.body), by)
}

const goLive = ({ surveys, clock }: PublishSurveyParts, body: Survey, version: number, by: Editing): void => {
  surveys.keepLive({ survey: body.id, version, at: clock.now(), by: by.who, body })
  surveys.noteAsked(recordedQuestions(body).flatMap(({ id, question }) => (question.retired ? [] : [id])), clock.now())
}

const mapQuestions = (survey: Survey, change: (question: Question) => Question): Survey => ({ ...survey, opening: change(survey.opening), followUps: survey.followUps.map(change) })

const restingIfEmpty = (survey: Survey): Survey => (survey.rest || openingOf(survey) ? survey : { ...survey, rest: 'retired' })

const record = ({ audit }: PublishSurveyParts, { who, device }: Editing, what: AuditAct, object: string, count?: number): void =>
  audit.record({ who, what, device, object, ...(count !== undefined && { count }) })

/** Ids in the log are at most 80 characters long. */
const nameOfQuestion = (survey: string, question: string): string => (survey.length + question.length < 80 ? `${survey}/${question}` : question)
