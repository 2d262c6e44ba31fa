/** Answers as rows: what the manager's stream and every figure are read from. */
import type { Hidden } from '#shared/feedback/hidden.ts'
import type { MisuseFlag } from '#shared/feedback/misuse.ts'
import type { ScoredKind } from '#shared/feedback/scales.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'
import type { Tally } from '#shared/insights/group-tallies.ts'

/** One answer, one comment, or the fact that somebody left a contact. */
export type FeedbackRow = Omit<FeedbackItem, 'at' | 'flags' | 'receipt'> & {
  readonly survey: string
  /** Null: nobody noted when (imported without a time). */
  readonly at: Millis | null
  /** A rating beside the survey's own score on the same scale; it stays out of the overall figure. */
  readonly detail: boolean
  readonly flags: readonly MisuseFlag[]
}

/** Nobody gives so many answers on one device in the minutes of a batch; who does plays anyway, whatever else was said. */
export const NEAR_LIMIT = 200

/** One answer of a device among its others. */
export type AnswerPlace = Pick<FeedbackRow, 'response' | 'question' | 'at' | 'flags'> & { /** Null: not on a scale. */ readonly score: number | null }

/** Which answers a figure is made of; both ends of the range included. */
export type TallyFilter = {
  readonly kind: ScoredKind
  readonly question?: string
  readonly from?: number
  readonly until?: number
  /** Leaves out answers with a sign of play. */
  readonly flagged?: 'without'
}

export interface FeedbackStore {
  /** Takes the first answer to a question of a response, or that there is none, as the persona segment of all its rows. */
  markSegment(dev: string | null, response: string, question: string): void
  /** Keeps a row. A later answer to the same question of the same response replaces the earlier one, an earlier one changes nothing. */
  put(row: FeedbackRow): void
  /** Keeps rows of which nobody has kept an answer to the same question of the same response; throws if somebody has. */
  putNew(rows: readonly FeedbackRow[]): void
  /** Lets the answer to this question of this response go, unless a later one was given. */
  takeBack(row: Pick<FeedbackRow, 'dev' | 'response' | 'question' | 'at'>): void
  /** Keeps a row unless its id is known. False if it was. */
  add(row: FeedbackRow): boolean
  /** Answers of a device said between two moments, both included, the newest NEAR_LIMIT of them, and all of some responses, whenever they were said; any order. */
  near(dev: string, from: Millis, to: Millis, responses: readonly string[]): readonly AnswerPlace[]
  tallies(filter: TallyFilter): readonly Tally[]
  /** Another text whenever anything may have changed since, by whomever. */
  version(): string
  /** Answers of one device, from `from` to before `until`. */
  countBetween(dev: string, from: number, until: number): number
  /** Latest said first; last what nobody noted the time of. Order  equal times: latest arrival first. */
  newest(limit: number): readonly FeedbackRow[]
  /** All rows in the order they arrived. */
  all(): Iterable<FeedbackRow>
  /** Ids of the questions that have scored answers, with their scale. */
  scoredQuestions(): readonly { readonly question: string; readonly kind: ScoredKind; readonly n: number }[]
  /** All of one response, in the order they were given. */
  ofResponse(dev: string, response: string): readonly FeedbackRow[]
  /** Those of these ids of which no row is held: replaced, erased, or too old. */
  gone(ids: readonly string[]): readonly string[]
  /** Of scored answers that were erased at `since` or later: the quarter of an hour in which each was given, and when it went. */
  erasedSince(kind: ScoredKind, since: Millis): readonly ErasedAnswer[]
  /** Adds a flag to all answers of these responses of a source. How many answers did not bear it yet. */
  flag(dev: string, responses: readonly string[], flag: MisuseFlag): number
  /** Folds one comment away, or puts it back. False: no comment of this id is held. */
  fold(id: string, hidden: Hidden): boolean
  /** How somebody wants to be answered; apart from everything else, with its own end. */
  keepContact(contact: Omit<KeptContact, 'answeredAt'>): void
  /** Oldest first. */
  contacts(): readonly KeptContact[]
  /** Somebody was answered; only the first time counts. */
  noteContactAnswered(response: string, at: Millis): void
  forgetContactsBefore(at: Millis): number
}

/** `quarter` null: nobody noted when it was given. */
export type ErasedAnswer = { readonly quarter: Millis | null; readonly goneAt: Millis }

/** A contact as it is kept; `contactEndsAt` says for how long. */
export type KeptContact = {
  readonly id: string
  readonly response: string
  readonly touchpoint: string
  /** When it was given. */
  readonly at: Millis
  /** When the response was first answered; null: not yet. */
  readonly answeredAt: Millis | null
  /** As the device sealed it to the hub's key; in clear where `sealed` is false, from before contacts stayed sealed. */
  readonly contact: string
  readonly sealed: boolean
}
