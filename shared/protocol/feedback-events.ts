/** Feedback as events: what a device says when somebody has answered. Version 1 of each. */
import * as v from 'valibot'
import { COMMENT_LIMIT_CHARS } from '../feedback/mask-text.ts'
import { isReceiptHash, type ReceiptHash } from '../feedback/receipt-code.ts'
import { LANGUAGES } from '../kernel/language.ts'

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(80))

/**
 * Answers of one shopper's stay at the survey share `response`, and `receipt`, the hash of the code on the shopper's receipt.
 * Devices of before protocol 4 give none.
 */
const place = { response: Id, touchpoint: Id, receipt: v.exactOptional(v.custom<ReceiptHash>(isReceiptHash)) }

/** A question of a survey. `lang`: the language that the screen spoke; devices of before protocol 5 give none. */
const asked = { ...place, survey: Id, question: Id, lang: v.exactOptional(v.picklist(LANGUAGES)) }

/** Options, of a ranking best first; none: taken back, before protocol 5 never. */
const chosen = v.pipe(v.array(Id), v.maxLength(30))

/** `feedback.answered`: one tap, or one row of a matrix. A second answer to the same question of the same response replaces the first. */
export const FeedbackAnswered = v.variant('kind', [
  v.object({ ...asked, kind: v.literal('csat5'), value: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)) }),
  v.object({ ...asked, kind: v.literal('smiley4'), value: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)) }),
  v.object({ ...asked, kind: v.literal('nps'), value: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)) }),
  v.object({ ...asked, kind: v.literal('ces7'), value: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)) }),
  v.object({ ...asked, kind: v.literal('choice'), value: chosen }),
  v.object({ ...asked, kind: v.literal('ranking'), value: chosen }),
])
export type FeedbackAnswered = v.InferOutput<typeof FeedbackAnswered>

/** `feedback.commented`: free words; the words themselves are masked and then sealed, see CommentSecret. */
export const FeedbackCommented = v.object(asked)
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
