/** A store that is judged as a team only publishes no survey that asks about single persons. */
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import { err } from '#shared/kernel/result.ts'
import { aboutPersons, type AboutPerson } from '#shared/privacy/about-persons.ts'
import { documentsToSurveys } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'

export type PersonalSurveyParts = { readonly documents: Pick<DocumentStore, 'current'>; readonly teamOnly: () => boolean; readonly log: Log }

/** As `publish`. Errors  SurveysRefused; no override lifts it. What is in force already does not hold back a change of something else. */
export const refusePersonalSurveys =
  ({ documents, teamOnly, log }: PersonalSurveyParts, publish: PublishReviewed): PublishReviewed =>
  (items, override, terms) => {
    const found = teamOnly() ? newlyPersonal(items, documents.current()?.items ?? {}) : []
    if (found.length === 0) return publish(items, override, terms)
    for (const { survey, question, word } of found) log.warn('survey refused: it asks about single persons', { survey, question, word })
    return err({ type: 'SurveysRefused', aboutPersons: found })
  }

const newlyPersonal = (items: Documents, current: Documents): readonly AboutPerson[] => {
  const keyOf = ({ survey, question, word }: AboutPerson): string => `${survey} ${question} ${word}`
  const known = new Set(documentsToSurveys(current).flatMap(aboutPersons).map(keyOf))
  return documentsToSurveys(items).flatMap(aboutPersons).filter((one) => !known.has(keyOf(one)))
}
