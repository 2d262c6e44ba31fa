/** What the hub answers to managers about surveys. */
import { ok } from '#shared/kernel/result.ts'
import type { SurveysCalls } from '#shared/protocol/surveys.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { Caller } from './ports/caller.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { checkDraft, putBack, readSurvey, saveDraft, type Editing } from './use-cases/surveys/edit-surveys.ts'
import { privacyInForce } from './use-cases/privacy/keep-retention.ts'
import { listSurveys } from './use-cases/surveys/list-surveys.ts'
import { endQuestion, publishSurvey, restSurvey, setPlace } from './use-cases/surveys/publish-survey.ts'
import type { PublishReviewed } from './use-cases/releases/publish-reviewed.ts'
import { keepRetiring, type RetireParts } from './use-cases/surveys/retire-questions.ts'

export type Surveys = { readonly calls: Pick<CallHandlers, keyof SurveysCalls>; stop(): void }

/** `publish` already takes surveys along. */
export const openSurveys = ({ data, clock, log, timer }: AnswerParts, publish: PublishReviewed, nameOf: (person: string) => string | null): Surveys => {
  const parts: RetireParts = { ...data, clock, log, publish, nameOf, teamOnly: () => privacyInForce(data).teamOnly }
  const list = listSurveys(parts)
  return {
    calls: {
      'surveys.list': () => ok(list()),
      'surveys.read': readSurvey(parts),
      'surveys.check': ({ survey }) => ok({ faults: checkDraft(parts)(survey) }),
      'surveys.save': (request, caller) => ok(saveDraft(parts)(request, by(caller))),
      'surveys.back': (request, caller) => putBack(parts)(request, by(caller)),
      'surveys.publish': (request, caller) => publishSurvey(parts)(request, by(caller)),
      'surveys.rest': (request, caller) => restSurvey(parts)(request, by(caller)),
      'surveys.question': (request, caller) => endQuestion(parts)(request, by(caller)),
      'surveys.place': (request, caller) => setPlace(parts)(request, by(caller)),
    },
    stop: keepRetiring(parts, timer),
  }
}

const by = (caller: Caller): Editing => ({ who: caller.person?.id ?? 'unknown', device: caller.dev })
