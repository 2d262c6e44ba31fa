/** Answers in the order of their numbers, for programs that read on where they left off. A number is never given twice. */
import type { Millis } from '#shared/kernel/time.ts'
import type { FeedbackRow } from './feedback-store.ts'

/** Contacts and what is folded away as spam are not among them. */
export type NumberedAnswer = Pick<FeedbackRow, 'id' | 'response' | 'touchpoint' | 'question' | 'kind' | 'value' | 'at' | 'receivedAt' | 'channel'> & { readonly n: number }

export interface FeedbackPages {
  /** The next ones behind number `after`, up to the first that arrived at `before` or later. Order  by number. */
  after(after: number, limit: number, before: Millis): readonly NumberedAnswer[]
  /** The same without those that came in a table of old ones. */
  received(after: number, limit: number, before: Millis): readonly NumberedAnswer[]
  /** Number of the newest answer; 0: there is none. */
  last(): number
  /** Whether at least `least` people answered at a place, from `from` to before `until`. */
  isMany(touchpoint: string, from: Millis, until: Millis, least: number): boolean
  /** Comments of a stretch that may be shown, newest first. */
  comments(from: Millis, until: Millis, limit: number): readonly NumberedAnswer[]
  /** Those of these ids that are held and may be shown. */
  ofIds(ids: readonly string[]): readonly NumberedAnswer[]
}
