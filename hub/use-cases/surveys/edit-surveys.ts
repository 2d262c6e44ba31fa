/** Writing surveys: every saved version is kept, whoever saved later hears of it, and nothing that is asked changes before it is published. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { LiveSurvey, SurveyStore } from '#hub/ports/survey-store.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { SurveyFault } from '#shared/feedback/check/survey-fault.ts'
import type { Survey, Touchpoint } from '#shared/feedback/survey.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { checkSurvey, type SurveySurroundings } from '#shared/protocol/check-survey.ts'
import { documentsToSurveys, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { SaveReply, SurveyReply, SurveyState } from '#shared/protocol/surveys.ts'

export type SurveyParts = {
  readonly surveys: SurveyStore
  readonly documents: Pick<DocumentStore, 'current' | 'head' | 'upcoming' | 'itemsAt'>
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly clock: Clock
  readonly teamOnly: () => boolean
  /** Null: they are not here any more. */
  readonly nameOf: (person: string) => string | null
}

/** Who did it, and where. */
export type Editing = { readonly who: string; readonly device: DeviceId | null }

type NotFound = { readonly code: 'not_found' }

/** All surveys of the release, and all that are to be in the next one. */
export const liveSurveys = ({ surveys, documents }: Pick<SurveyParts, 'surveys' | 'documents'>): ReadonlyMap<string, Survey> =>
  new Map([...documentsToSurveys(documents.current()?.items ?? {}).map((survey) => [survey.id, survey] as const), ...surveys.live().map(({ survey, body }) => [survey, body] as const)])

/** All touchpoints as they are to be, also those whose survey is not live yet. */
export const wishedPlaces = ({ surveys, documents }: Pick<SurveyParts, 'surveys' | 'documents'>): readonly Touchpoint[] =>
  [...new Map([...documentsToTouchpoints(documents.current()?.items ?? {}), ...surveys.places()].map((place) => [place.id, place])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** What a draft is judged beside. */
export const surroundingsOf = (parts: Pick<SurveyParts, 'surveys' | 'documents' | 'teamOnly'>): SurveySurroundings => ({ live: [...liveSurveys(parts).values()], touchpoints: wishedPlaces(parts), teamOnly: parts.teamOnly() })

export const checkDraft =
  (parts: SurveyParts) =>
  (survey: Survey): readonly SurveyFault[] =>
    checkSurvey(survey, surroundingsOf(parts))

/** Keeps a version; `stale` if somebody else saved one since `base`. */
export const saveDraft =
  (parts: SurveyParts) =>
  ({ survey: body, base }: { readonly survey: Survey; readonly base: number | null }, by: Editing): SaveReply =>
    parts.transactions.run(() => {
      const newest = parts.surveys.draft(body.id)?.version ?? null
      if (newest !== base) return { type: 'stale', version: newest ?? 0 }
      return { type: 'saved', version: addVersion(parts, body, by), faults: checkDraft(parts)(body) }
    })

/** An earlier version becomes the newest. Errors  not_found: that version is not kept. */
export const putBack =
  (parts: SurveyParts) =>
  ({ survey, version }: { readonly survey: string; readonly version: number }, by: Editing): Result<SaveReply, NotFound> => {
    const kept = parts.surveys.version(survey, version)
    return kept ? ok(saveDraft(parts)({ survey: kept.body, base: parts.surveys.draft(survey)?.version ?? null }, by)) : err({ code: 'not_found' })
  }

/** The number of the new version. Inside a transaction. */
export const addVersion = ({ surveys, audit, clock }: Pick<SurveyParts, 'surveys' | 'audit' | 'clock'>, body: Survey, by: Editing): number => {
  const version = (surveys.draft(body.id)?.version ?? 0) + 1
  surveys.keepDraft({ survey: body.id, version, at: clock.now(), by: by.who, body })
  audit.record({ who: by.who, what: 'survey.saved', device: by.device, object: body.id, count: version })
  return version
}

/** Errors  not_found: neither in the release nor a draft. */
export const readSurvey =
  (parts: SurveyParts) =>
  ({ survey: id }: { readonly survey: string }): Result<SurveyReply, NotFound> => {
    const { surveys } = parts
    const live = liveSurveys(parts).get(id) ?? null
    const draft = surveys.draft(id)?.body ?? null
    const shown = draft ?? live
    if (!shown) return err({ code: 'not_found' })
    const liveVersion = surveys.live().find(({ survey }) => survey === id)?.version
    const versions = surveys.versions(id).map(({ version, at, by }) => ({ version, at, by, isLive: version === liveVersion }))
    return ok({ id, state: stateOf(live), live, draft, versions, names: namesOf(parts, versions.map(({ by }) => by)), faults: checkDraft(parts)(shown) })
  }

export const stateOf = (live: Survey | LiveSurvey['body'] | null): SurveyState => (live ? (live.rest ?? 'live') : 'draft')

/** Names of those who are still here. */
export const namesOf = ({ nameOf }: Pick<SurveyParts, 'nameOf'>, ids: readonly string[]): { readonly [id: string]: string } =>
  Object.fromEntries([...new Set(ids)].flatMap((id) => {
    const name = nameOf(id)
    return name === null ? [] : [[id, name]]
  }))
