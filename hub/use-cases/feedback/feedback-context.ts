/** What the published documents say about feedback: the store's time zone, its surveys. Read once per release. */
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { documentsToStore, documentsToSurveys } from '#shared/protocol/documents.ts'

export type FeedbackContext = { readonly timeZone: string; readonly surveys: ReadonlyMap<string, Survey> }

/** A hub without documents counts its days where most of its stores are. */
const DEFAULT_TIME_ZONE = 'Europe/Berlin'

const known = new WeakMap<DocumentStore, { readonly hash: string | null; readonly context: FeedbackContext }>()

export const feedbackContext = (documents: DocumentStore): FeedbackContext => {
  const hash = documents.head()?.hash ?? null
  const kept = known.get(documents)
  if (kept && kept.hash === hash) return kept.context
  const context = readContext(documents)
  known.set(documents, { hash, context })
  return context
}

const readContext = (documents: DocumentStore): FeedbackContext => {
  const items = documents.current()?.items ?? {}
  const store = documentsToStore(items)
  return {
    timeZone: store.ok ? store.value.timeZone : DEFAULT_TIME_ZONE,
    surveys: new Map(documentsToSurveys(items).map((survey) => [survey.id, survey])),
  }
}
