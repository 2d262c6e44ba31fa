/** What a shopper's own phone says at a sign, over plain HTTP: the sign is the only key. Bodies are never logged. */
import * as v from 'valibot'
import { COMMENT_LIMIT_CHARS } from '../feedback/mask-text.ts'
import { isReceiptHash, type ReceiptHash } from '../feedback/receipt-code.ts'
import { MAX_PHONE_ANSWERS, parseSign, type SignName } from '../feedback/sign-code.ts'
import type { Survey } from '../feedback/survey.ts'
import { LANGUAGES, type Localised } from '../kernel/language.ts'
import type { ReceiptShop } from './receipts.ts'

export const SignField = v.pipe(
  v.string(),
  v.maxLength(100),
  v.rawTransform(({ dataset, addIssue, NEVER }): SignName => {
    const sign = parseSign(dataset.value)
    if (sign.ok) return sign.value
    addIssue({ message: 'not a sign' })
    return NEVER
  }),
)

export const OpenSignRequest = v.strictObject({ sign: SignField })
export type OpenSignRequest = v.InferOutput<typeof OpenSignRequest>

/** none: nobody answers by this sign (any more), or nothing is asked there now. */
export type OpenSignReply = { readonly type: 'survey'; readonly survey: Survey; readonly touchpoint: Localised; readonly store: ReceiptShop | null } | { readonly type: 'none'; readonly store: ReceiptShop | null }

const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(80))
const option = v.pipe(v.string(), v.minLength(1), v.maxLength(80))

/**
 * One answer. `id`: made on the phone, the same each time it is sent. `ago`: milliseconds since the tap, so that no phone's clock is believed. `value` of free words: masked on the phone; an empty list takes back what was chosen.
 */
const answer = v.strictObject({
  id: hex32,
  question: name,
  value: v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), v.pipe(v.array(option), v.maxLength(30)), v.pipe(v.string(), v.minLength(1), v.maxLength(COMMENT_LIMIT_CHARS))]),
  ago: v.pipe(v.number(), v.integer(), v.minValue(0)),
})

export const AnswerSignRequest = v.strictObject({
  sign: SignField,
  response: hex32,
  receipt: v.custom<ReceiptHash>(isReceiptHash),
  language: v.picklist(LANGUAGES),
  answers: v.pipe(v.array(answer), v.minLength(1), v.maxLength(MAX_PHONE_ANSWERS)),
})
export type AnswerSignRequest = v.InferOutput<typeof AnswerSignRequest>
export type PhoneAnswer = AnswerSignRequest['answers'][number]

/** kept: these are on the hub's disk. `refused`: no answers to what is asked there; sending them again changes nothing. none: nobody answers by this sign any more. */
export type AnswerSignReply = { readonly type: 'kept'; readonly ids: readonly string[]; readonly refused: readonly string[] } | { readonly type: 'none' }
