/** Documents `survey/<id>` and `touchpoint/<id>`. */
import * as v from 'valibot'
import { conditionFault } from '../feedback/condition.ts'
import { PURPOSE_KINDS, QUESTION_KINDS, recordedQuestions, type Question, type Survey, type Touchpoint } from '../feedback/survey.ts'
import { LANGUAGES } from '../kernel/language.ts'
import { key, localised, text, whole } from './document-fields.ts'

export const MAX_OPTIONS = 12
export const MAX_ROWS = 8
export const MAX_FOLLOW_UPS = 8
/** Name of an answer: of a question, or of a matrix and its row. */
const MAX_RECORDED = 80
/** Longest stretch an answer is counted over, in days. */
export const MAX_RETIRE_DAYS = 365
const DAY_MINUTES = 1440

const option = v.strictObject({ id: key, text: localised })
const condition = v.union([
  v.strictObject({ question: v.exactOptional(key), from: whole(0, 10), to: whole(0, 10) }),
  v.strictObject({ question: key, options: v.pipe(v.array(key), v.minLength(1), v.maxLength(MAX_OPTIONS)) }),
])
const purpose = v.strictObject({ owner: text(80), decision: text(300), kind: v.picklist(PURPOSE_KINDS) })
const retireAt = v.strictObject({ halfWidth: v.pipe(v.number(), v.minValue(1), v.maxValue(50)), minN: whole(5, 100_000), days: whole(1, MAX_RETIRE_DAYS) })

const question: v.GenericSchema<unknown, Question> = v.pipe(
  v.strictObject({
    id: key,
    kind: v.picklist(QUESTION_KINDS),
    text: localised,
    options: v.exactOptional(v.pipe(v.array(option), v.minLength(2), v.maxLength(MAX_OPTIONS))),
    most: v.exactOptional(whole(1, MAX_OPTIONS)),
    rows: v.exactOptional(v.pipe(v.array(option), v.minLength(2), v.maxLength(MAX_ROWS))),
    onlyIf: v.exactOptional(condition),
    purpose: v.exactOptional(purpose),
    retireAt: v.exactOptional(v.nullable(retireAt)),
    retired: v.exactOptional(v.literal(true)),
    segment: v.exactOptional(v.literal(true)),
  }),
  v.check((q) => (q.kind === 'choice' || q.kind === 'ranking') === (q.options !== undefined), 'a choice or a ranking needs options, and only they have them'),
  v.check((q) => (q.kind === 'matrix') === (q.rows !== undefined), 'a matrix needs rows, and only a matrix has them'),
  v.check((q) => q.most === undefined || q.kind === 'choice', 'only a choice has a most'),
  v.check((q) => !q.segment || (q.kind === 'choice' && q.most === 1), 'a segment is a choice of one'),
)

const hours = v.pipe(
  v.strictObject({ weekdays: v.pipe(v.array(whole(1, 7)), v.minLength(1), v.maxLength(7)), fromMinute: whole(0, DAY_MINUTES - 1), untilMinute: whole(1, DAY_MINUTES) }),
  v.check((h) => h.fromMinute < h.untilMinute, 'ends before it begins'),
)

/** A survey. Errors: two questions of one id, an opening question that cannot be answered by one tap, a condition on what is not asked before. */
export const surveySchema: v.GenericSchema<unknown, Survey> = v.pipe(
  v.strictObject({
    id: key,
    opening: question,
    followUps: v.pipe(v.array(question), v.maxLength(MAX_FOLLOW_UPS)),
    contact: v.boolean(),
    name: v.exactOptional(localised),
    languages: v.exactOptional(v.pipe(v.array(v.picklist(LANGUAGES)), v.minLength(1), v.maxLength(LANGUAGES.length))),
    quota: v.exactOptional(v.strictObject({ most: whole(1, 1_000_000), per: v.picklist(['day', 'week', 'ever']), share: v.picklist(['device', 'allotted']) })),
    cooldown: v.exactOptional(v.variant('per', [v.strictObject({ per: v.literal('visit') }), v.strictObject({ per: v.literal('device'), minutes: whole(1, 10_080) })])),
    hours: v.exactOptional(v.pipe(v.array(hours), v.minLength(1), v.maxLength(14))),
    budget: v.exactOptional(v.strictObject({ questions: whole(1, MAX_FOLLOW_UPS + 1), tapsPerMinute: whole(1, 60) })),
    rest: v.exactOptional(v.picklist(['paused', 'retired'])),
  }),
  v.check((s) => isDistinct([...recordedQuestions(s).map(({ id }) => id), ...[s.opening, ...s.followUps].flatMap(({ id, kind }) => (kind === 'matrix' ? [id] : []))]), 'two questions of one id'),
  v.check((s) => recordedQuestions(s).every(({ id }) => id.length <= MAX_RECORDED), 'the id of a matrix and its row are too long together'),
  v.check((s) => [s.opening, ...s.followUps].every(({ rows = [] }) => isDistinct(rows.map(({ id }) => id))), 'two rows of one id'),
  v.check((s) => !['text', 'ranking', 'matrix'].includes(s.opening.kind) && s.opening.onlyIf === undefined, 'the opening question is one unconditional tap'),
  v.check((s) => s.followUps.every((_, i) => conditionFault(s, i) === null), 'a condition on what is not asked before'),
  v.check((s) => [s.opening, ...s.followUps].filter(({ segment }) => segment).length <= 1, 'two questions that say which kind of customer this is'),
)

export const touchpointSchema: v.GenericSchema<unknown, Touchpoint> = v.strictObject({
  id: key,
  name: localised,
  phase: v.picklist(['before', 'during', 'after']),
  survey: key,
})

const isDistinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
