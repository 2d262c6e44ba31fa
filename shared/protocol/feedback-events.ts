/** Feedback as events: what a device says when somebody has answered. Version 1 of each. */
import * as v from 'valibot'
import { COMMENT_LIMIT_CHARS } from '../feedback/mask-text.ts'
import { isReceiptHash, type ReceiptHash } from '../feedback/receipt-code.ts'

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(80))

/**
 * Answers of one shopper's stay at the survey share `response`, and `receipt`, the hash of the code on the shopper's receipt.
 * Devices of before protocol 4 give none.
 */
const place = { response: Id, touchpoint: Id, receipt: v.exactOptional(v.custom<ReceiptHash>(isReceiptHash)) }

/** `feedback.answered`: one tap. A second answer to the same question of the same response replaces the first. */
export const FeedbackAnswered = v.variant('kind', [
  v.object({ ...place, survey: Id, question: Id, kind: v.literal('csat5'), value: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)) }),
  v.object({ ...place, survey: Id, question: Id, kind: v.literal('nps'), value: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)) }),
  v.object({ ...place, survey: Id, question: Id, kind: v.literal('ces7'), value: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)) }),
  v.object({ ...place, survey: Id, question: Id, kind: v.literal('choice'), value: v.pipe(v.array(Id), v.minLength(1), v.maxLength(30)) }),
])
export type FeedbackAnswered = v.InferOutput<typeof FeedbackAnswered>

/** `feedback.commented`: free words; the words themselves are masked and then sealed, see CommentSecret. */
export const FeedbackCommented = v.object({ ...place, survey: Id, question: Id })
export type FeedbackCommented = v.InferOutput<typeof FeedbackCommented>

/** The sealed part of `feedback.commented`. */
export const CommentSecret = v.object({ text: v.pipe(v.string(), v.minLength(1), v.maxLength(COMMENT_LIMIT_CHARS)) })
export type CommentSecret = v.InferOutput<typeof CommentSecret>

/** `feedback.contact-left`: somebody wants an answer; how to reach them is sealed, see ContactSecret. */
export const FeedbackContactLeft = v.object(place)
export type FeedbackContactLeft = v.InferOutput<typeof FeedbackContactLeft>

/** The sealed part of `feedback.contact-left`: a mail address or telephone number, given for an answer and nothing else. */
export const ContactSecret = v.object({ contact: v.pipe(v.string(), v.minLength(3), v.maxLength(200)) })
export type ContactSecret = v.InferOutput<typeof ContactSecret>
