/** Feedback and figures as the manager sees them. */
import type { MisuseFlag } from '../feedback/misuse.ts'
import type { ReceiptStanding } from '../feedback/receipt.ts'
import type { QuestionKind } from '../feedback/survey.ts'
import type { MissingDevice } from '../sync/completeness.ts'
import type { Figure } from '../insights/figure.ts'

export type { Figure } from '../insights/figure.ts'

export type FeedbackItem = {
  readonly id: string
  /** Answers of one shopper's stay at the survey share it. */
  readonly response: string
  readonly touchpoint: string
  readonly question: string
  readonly kind: QuestionKind | 'contact'
  /** Number on the question's scale, option ids, or masked text. */
  readonly value: number | readonly string[] | string
  /** When it was given, by the hub's clock; and when it arrived. */
  readonly at: number
  readonly receivedAt: number
  readonly dev: string | null
  readonly channel: 'kiosk' | 'import' | 'phone'
  /** Signs of play; absent when there are none. */
  readonly flags?: readonly MisuseFlag[]
  /** How the response stands; absent if it has no receipt. */
  readonly receipt?: ReceiptStanding
}

/** How somebody wants to be answered; left for that alone, and forgotten when `contactEndsAt` says so. */
export type FeedbackContact = { readonly response: string; readonly touchpoint: string; readonly at: number; readonly contact: string }

export type InsightsRequest = {
  readonly metric: 'nps' | 'csat' | 'ces'
  /** Inclusive range in hub time; absent: everything. */
  readonly from?: number
  readonly until?: number
  readonly by?: 'touchpoint' | 'hour' | 'day' | 'question'
}

export type InsightsReply = {
  readonly metric: 'nps' | 'csat' | 'ces'
  readonly overall: Figure
  readonly groups: readonly { readonly key: string; readonly figure: Figure }[]
  /** Groups of which nothing is told: too few answers, or to protect one that has; absent when there are none. */
  readonly withheld?: readonly string[]
  /** Devices whose answers may be missing from these figures, with how many and since when. */
  readonly missing: readonly MissingDevice[]
  /** Answers in these figures that bear a sign of play: counted, never deleted. */
  readonly flagged: number
  readonly asOf: number
}
