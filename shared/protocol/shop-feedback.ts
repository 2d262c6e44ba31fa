/** What a web shop tells of answers that were given there: by the hundred, each named by the shop, so that sending again adds nothing. */
import * as v from 'valibot'
import { COMMENT_LIMIT_CHARS } from '../feedback/mask-text.ts'
import { isOnScale, SCALES, type ScoredKind } from '../feedback/scales.ts'
import { LANGUAGES } from '../kernel/language.ts'

/** Most answers of one call. */
export const MAX_SHOP_ANSWERS = 100

const named = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most))
const about = {
  id: v.pipe(named(200), v.description('The shop’s own name for this answer; a hash of it is kept')),
  response: v.exactOptional(v.pipe(named(200), v.description('Answers of one person in one go share it; left out: each stands alone. Kept as a hash.'))),
  touchpoint: v.pipe(v.string(), v.regex(/^[\w.:/-]{1,60}$/)),
  survey: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w.:/-]{1,80}$/))),
  question: v.pipe(v.string(), v.regex(/^[\w.:/-]{1,80}$/)),
  at: v.exactOptional(v.pipe(v.string(), v.isoTimestamp(), v.description('When it was given, with its zone; left out: now'))),
  lang: v.exactOptional(v.picklist(LANGUAGES)),
}
const scored = (kind: ScoredKind) =>
  v.strictObject({ ...about, kind: v.literal(kind), value: v.pipe(v.number(), v.check((value) => isOnScale(kind, value), `not a whole number from ${SCALES[kind].min} to ${SCALES[kind].max}`), v.metadata({ shape: { type: 'integer', minimum: SCALES[kind].min, maximum: SCALES[kind].max } })) })
const options = v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w.:/-]{1,80}$/))), v.minLength(1), v.maxLength(30))

/** One answer. Whatever else stands in it is refused: nothing about a person is to be sent along. */
export const ShopAnswer = v.variant('kind', [
  scored('csat5'),
  scored('smiley4'),
  scored('nps'),
  scored('ces7'),
  v.strictObject({ ...about, kind: v.picklist(['choice', 'ranking']), value: options }),
  v.strictObject({ ...about, kind: v.literal('text'), value: v.pipe(v.string(), v.minLength(1), v.maxLength(COMMENT_LIMIT_CHARS)) }),
])
export type ShopAnswer = v.InferOutput<typeof ShopAnswer>

/** Each answer is judged alone: one that cannot be taken does not hold back the others. */
export const ShopFeedbackBody = v.strictObject({ answers: v.pipe(v.array(v.pipe(v.unknown(), v.metadata({ like: ShopAnswer }))), v.minLength(1), v.maxLength(MAX_SHOP_ANSWERS)) })
export type ShopFeedbackBody = v.InferOutput<typeof ShopFeedbackBody>

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** `known`: were there already. `bad`: where it stood in the list, its own name if it had one, and why; sending it again changes nothing. */
export const ShopFeedbackReply = v.strictObject({ kept: count, known: count, bad: v.array(v.strictObject({ index: count, id: v.nullable(v.string()), reason: v.string() })) })
export type ShopFeedbackReply = v.InferOutput<typeof ShopFeedbackReply>
