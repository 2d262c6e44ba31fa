/** Feedback and figures as the manager sees them. */
import type { Channel } from '../feedback/channel.ts'
import type { Hidden } from '../feedback/hidden.ts'
import type { MisuseFlag } from '../feedback/misuse.ts'
import type { ReceiptStanding } from '../feedback/receipt.ts'
import type { RecordedKind } from '../feedback/recorded-kind.ts'
import type { MissingDevice } from '../sync/completeness.ts'
import type { Figure, Metric } from '../insights/figure.ts'
import type { Language } from '../kernel/language.ts'

export type { Figure } from '../insights/figure.ts'

export type FeedbackItem = {
  readonly id: string
  /** Answers of one shopper's stay at the survey share it. */
  readonly response: string
  readonly touchpoint: string
  readonly question: string
  readonly kind: RecordedKind | 'contact'
  /** Number on the question's scale, option ids (of a ranking: best first), or masked text. */
  readonly value: number | readonly string[] | string
  /** When it was given, by the hub's clock; and when it arrived. */
  readonly at: number
  readonly receivedAt: number
  /** Device, or the sign or web shop that it came by; null: a table. */
  readonly dev: string | null
  readonly channel: Channel
  /** Language of the screen it was given on; absent where nobody said. */
  readonly lang?: Language
  /** Why words are not read at first sight, or that somebody put them back; absent: they always were. */
  readonly hidden?: Hidden
  /** Questions of its response that nobody has answered, though its answers led to them; absent: none, or nobody can say. */
  readonly open?: number
  /** Signs of play; absent when there are none. */
  readonly flags?: readonly MisuseFlag[]
  /** How the response stands; absent if it has no receipt. */
  readonly receipt?: ReceiptStanding
}

/** How somebody wants to be answered; left for that alone, and forgotten when `contactEndsAt` says so. */
export type FeedbackContact = { readonly response: string; readonly touchpoint: string; readonly at: number; readonly contact: string }

export type InsightsRequest = {
  readonly metric: Metric
  /** Inclusive range in hub time; absent: everything. */
  readonly from?: number
  readonly until?: number
  readonly by?: 'touchpoint' | 'hour' | 'day' | 'question'
}

export type InsightsReply = {
  readonly metric: Metric
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
