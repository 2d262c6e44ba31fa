/** Documents `survey/<id>` and `touchpoint/<id>`. */
import * as v from 'valibot'
import type { Question, Survey, Touchpoint } from '../feedback/survey.ts'
import { key, localised, whole } from './document-fields.ts'

export const MAX_OPTIONS = 12
export const MAX_FOLLOW_UPS = 8

const option = v.strictObject({ id: key, text: localised })
const question: v.GenericSchema<unknown, Question> = v.pipe(
  v.strictObject({
    id: key,
    kind: v.picklist(['csat5', 'nps', 'ces7', 'choice', 'text']),
    text: localised,
    options: v.exactOptional(v.pipe(v.array(option), v.minLength(2), v.maxLength(MAX_OPTIONS))),
    onlyIf: v.exactOptional(v.strictObject({ from: whole(0, 10), to: whole(0, 10) })),
  }),
  v.check((q) => (q.kind === 'choice') === (q.options !== undefined), 'a choice needs options, and only a choice has them'),
)

/** A survey. Errors: two questions of one id, an opening question that cannot be answered by one tap. */
export const surveySchema: v.GenericSchema<unknown, Survey> = v.pipe(
  v.strictObject({ id: key, opening: question, followUps: v.pipe(v.array(question), v.maxLength(MAX_FOLLOW_UPS)), contact: v.boolean() }),
  v.check((s) => new Set([s.opening, ...s.followUps].map((q) => q.id)).size === s.followUps.length + 1, 'two questions of one id'),
  v.check((s) => s.opening.kind !== 'text' && s.opening.onlyIf === undefined, 'the opening question is one unconditional tap'),
)

export const touchpointSchema: v.GenericSchema<unknown, Touchpoint> = v.strictObject({
  id: key,
  name: localised,
  phase: v.picklist(['before', 'during', 'after']),
  survey: key,
})
