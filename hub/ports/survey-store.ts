/** Surveys as managers write them: every version of a draft, what is live, where it is asked, and when somebody last looked at the answers. */
import type { Survey, Touchpoint } from '#shared/feedback/survey.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** One version; `by`: a person's id, or `hub`. */
export type DraftVersion = { readonly survey: string; readonly version: number; readonly at: Millis; readonly by: string }
export type KeptDraft = DraftVersion & { readonly body: Survey }

/** What every release holds, whoever publishes it; also one that rests. `version`: of the draft it was made from. */
export type LiveSurvey = { readonly survey: string; readonly version: number; readonly at: Millis; readonly by: string; readonly body: Survey }

/** Versions of one draft that are kept: the newest, and the one that is live. */
export const MAX_VERSIONS = 50

export interface SurveyStore {
  /** The newest version of each draft. Order  by id. */
  drafts(): readonly KeptDraft[]
  draft(survey: string): KeptDraft | null
  /** Newest first. */
  versions(survey: string): readonly DraftVersion[]
  version(survey: string, version: number): KeptDraft | null
  /** Keeps a version; those beyond MAX_VERSIONS go, oldest first, the live one never. Errors  throws if there is that version already. */
  keepDraft(draft: KeptDraft): void
  /** Order  by id. */
  live(): readonly LiveSurvey[]
  /** Takes the place of what was live under this id. */
  keepLive(live: LiveSurvey): void
  /** Touchpoints as managers set them, also those whose survey is not live yet. Order  by id. */
  places(): readonly Touchpoint[]
  keepPlace(place: Touchpoint, at: Millis, by: string): void
  /** Somebody opened the figure of a question, by the name its answers are recorded under. Only the newest look is kept, and not whose. */
  noteLook(question: string, at: Millis): void
  looks(): ReadonlyMap<string, Millis>
  /** These are asked from now on; those that are known to be asked already keep their time. */
  noteAsked(questions: readonly string[], at: Millis): void
  askedSince(): ReadonlyMap<string, Millis>
}
