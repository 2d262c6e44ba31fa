/** What managers say to the hub about surveys: drafts, going live, resting, touchpoints, and how well each answer is known. What can be expected is a value; `CallError` is left to the unexpected. */
import * as v from 'valibot'
import { SURVEY_ERRORS, SURVEY_WARNINGS, type SurveyFault } from '../feedback/check/survey-fault.ts'
import { PURPOSE_KINDS, QUESTION_KINDS, type QuestionKind, type Survey, type Touchpoint } from '../feedback/survey.ts'
import { LANGUAGES, type Localised } from '../kernel/language.ts'
import { key, MAX_NAME } from './document-fields.ts'
import { MAX_FOLLOW_UPS, MAX_OPTIONS, surveySchema, touchpointSchema } from './feedback-document.ts'

/** draft: never live · live: asked · paused, retired: not asked, kept for its figures. */
export const SURVEY_STATES = ['draft', 'live', 'paused', 'retired'] as const
export type SurveyState = (typeof SURVEY_STATES)[number]

/** How a question stands on its way to being known well enough: never: until somebody ends it · counting: not yet · held: it would be, others depend on it · retired. */
export const KNOWN_STATES = ['never', 'counting', 'held', 'retired'] as const
export type KnownState = (typeof KNOWN_STATES)[number]

/** One recorded question: a row of a matrix is one. */
export type QuestionView = {
  /** As its answers are recorded. */
  readonly id: string
  /** The question of the survey; another one than `id` for a row of a matrix. */
  readonly question: string
  readonly kind: QuestionKind
  /** Of the question, and of the row. */
  readonly text: Localised
  readonly row: Localised | null
  readonly owner: string | null
  readonly decision: string | null
  /** Answers so far, and those of the window that it retires by (of all there are, where it has none). */
  readonly n: number
  readonly nInWindow: number
  /** Half of the 95 % interval over the window, in points; null: too few to be told, or free words. Of choices: at most so much. */
  readonly halfWidth: number | null
  readonly state: KnownState
  /** When somebody last opened its figure; null: nobody since the hub notes it. */
  readonly lookedAt: number | null
}

export type SurveyView = {
  readonly id: string
  readonly name: Localised
  readonly state: SurveyState
  /** Newest version of the draft; null: nobody has changed it here. */
  readonly draft: number | null
  /** Version that is live; null: it is not from here, or not live. */
  readonly live: number | null
  readonly changedAt: number | null
  readonly changedBy: string | null
  readonly touchpoints: readonly string[]
  readonly questions: readonly QuestionView[]
}

export type SurveysReply = {
  readonly asOf: number
  readonly surveys: readonly SurveyView[]
  readonly touchpoints: readonly Touchpoint[]
  /** Live questions whose figures nobody has opened for `days` days, or ever since they went live so long ago. */
  readonly unseen: { readonly days: number; readonly questions: readonly { readonly survey: string; readonly question: string; readonly since: number }[] }
  /** Names that stand for the ids of people here. */
  readonly names: { readonly [id: string]: string }
}

export type SurveyVersion = { readonly version: number; readonly at: number; readonly by: string; readonly isLive: boolean }

export type SurveyReply = {
  readonly id: string
  readonly state: SurveyState
  /** As it is in the release; null: it is not. */
  readonly live: Survey | null
  /** The newest version that is kept here. */
  readonly draft: Survey | null
  /** Newest first. */
  readonly versions: readonly SurveyVersion[]
  readonly names: { readonly [id: string]: string }
  readonly faults: readonly SurveyFault[]
}

/** `stale`: somebody else saved meanwhile, as that version. */
export type SaveReply = { readonly type: 'saved'; readonly version: number; readonly faults: readonly SurveyFault[] } | { readonly type: 'stale'; readonly version: number }
/** `refused`: no release could be made of it, or it asks about single persons. */
export type PublishReply = { readonly type: 'live'; readonly rev: number } | { readonly type: 'faulty'; readonly faults: readonly SurveyFault[] } | { readonly type: 'stale'; readonly version: number } | { readonly type: 'refused' }
export type RestReply = { readonly type: 'done'; readonly rev: number } | { readonly type: 'refused' }

export type SurveysCalls = {
  'surveys.list': { request: Record<string, never>; reply: SurveysReply }
  /** Errors  not_found. */
  'surveys.read': { request: { readonly survey: string }; reply: SurveyReply }
  /** What would hold it back, without keeping it. */
  'surveys.check': { request: { readonly survey: Survey }; reply: { readonly faults: readonly SurveyFault[] } }
  /** Keeps a version of the draft. `base`: the version it was made from; null: a new one. */
  'surveys.save': { request: { readonly survey: Survey; readonly base: number | null }; reply: SaveReply }
  /** Makes an earlier version the newest draft. Errors  not_found. */
  'surveys.back': { request: { readonly survey: string; readonly version: number }; reply: SaveReply }
  /** The newest draft goes live on every device. Errors  not_found. */
  'surveys.publish': { request: { readonly survey: string; readonly version: number }; reply: PublishReply }
  /** Not asked for a while, never again, or again (null). Errors  not_found. */
  'surveys.rest': { request: { readonly survey: string; readonly rest: 'paused' | 'retired' | null }; reply: RestReply }
  /** One question of a live survey is ended, or asked again. Errors  not_found. */
  'surveys.question': { request: { readonly survey: string; readonly question: string; readonly retired: boolean }; reply: RestReply }
  /** Adds a touchpoint, or changes one: name, phase, which survey it asks; one that is a draft still it asks from the release on that brings the survey. Errors  not_found: there is no such survey. */
  'surveys.place': { request: Touchpoint; reply: RestReply }
}

/** Longest text of a draft: what is too long is told, not cut. */
const MAX_DRAFT_TEXT = 2 * MAX_NAME
const draftText = v.pipe(v.string(), v.maxLength(MAX_DRAFT_TEXT))
const draftWords = v.strictObject({ de: draftText, en: draftText })
const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const draftOption = v.strictObject({ id: key, text: draftWords })
const draftOptions = v.exactOptional(v.pipe(v.array(draftOption), v.maxLength(MAX_OPTIONS)))
const draftQuestion = v.strictObject({
  id: key,
  kind: v.picklist(QUESTION_KINDS),
  text: draftWords,
  options: draftOptions,
  most: v.exactOptional(whole),
  rows: draftOptions,
  onlyIf: v.exactOptional(v.union([v.strictObject({ question: v.exactOptional(key), from: whole, to: whole }), v.strictObject({ question: key, options: v.pipe(v.array(key), v.maxLength(MAX_OPTIONS)) })])),
  purpose: v.exactOptional(v.strictObject({ owner: draftText, decision: draftText, kind: v.picklist(PURPOSE_KINDS) })),
  retireAt: v.exactOptional(v.nullable(v.strictObject({ halfWidth: v.pipe(v.number(), v.finite()), minN: whole, days: whole }))),
  retired: v.exactOptional(v.literal(true)),
  segment: v.exactOptional(v.literal(true)),
})

/** A survey that is still being written: of its shape, but not yet fit to be asked. */
export const surveyDraftSchema: v.GenericSchema<unknown, Survey> = v.strictObject({
  id: key,
  opening: draftQuestion,
  followUps: v.pipe(v.array(draftQuestion), v.maxLength(MAX_FOLLOW_UPS)),
  contact: v.boolean(),
  name: v.exactOptional(draftWords),
  languages: v.exactOptional(v.pipe(v.array(v.picklist(LANGUAGES)), v.minLength(1), v.maxLength(LANGUAGES.length))),
  quota: v.exactOptional(v.strictObject({ most: whole, per: v.picklist(['day', 'week', 'ever']), share: v.picklist(['device', 'allotted']) })),
  cooldown: v.exactOptional(v.variant('per', [v.strictObject({ per: v.literal('visit') }), v.strictObject({ per: v.literal('device'), minutes: whole })])),
  hours: v.exactOptional(v.pipe(v.array(v.strictObject({ weekdays: v.pipe(v.array(whole), v.maxLength(7)), fromMinute: whole, untilMinute: whole })), v.maxLength(14))),
  budget: v.exactOptional(v.strictObject({ questions: whole, tapsPerMinute: whole })),
  rest: v.exactOptional(v.picklist(['paused', 'retired'])),
})

const version = v.pipe(whole, v.minValue(1))

export const SURVEYS_CALL_SCHEMAS: { readonly [K in keyof SurveysCalls]: v.GenericSchema<unknown, SurveysCalls[K]['request']> } = {
  'surveys.list': v.strictObject({}),
  'surveys.read': v.strictObject({ survey: key }),
  'surveys.check': v.strictObject({ survey: surveyDraftSchema }),
  'surveys.save': v.strictObject({ survey: surveyDraftSchema, base: v.nullable(version) }),
  'surveys.back': v.strictObject({ survey: key, version }),
  'surveys.publish': v.strictObject({ survey: key, version }),
  'surveys.rest': v.strictObject({ survey: key, rest: v.nullable(v.picklist(['paused', 'retired'])) }),
  'surveys.question': v.strictObject({ survey: key, question: key, retired: v.boolean() }),
  'surveys.place': touchpointSchema,
}

/** Tokens that each takes from the connection's bucket. What makes a release is dear. */
export const SURVEYS_CALL_COST: { readonly [K in keyof SurveysCalls]: number } = {
  'surveys.list': 5,
  'surveys.read': 2,
  'surveys.check': 1,
  'surveys.save': 2,
  'surveys.back': 2,
  'surveys.publish': 10,
  'surveys.rest': 10,
  'surveys.question': 10,
  'surveys.place': 10,
}

const words = v.strictObject({ de: v.string(), en: v.string() })
const fault = v.strictObject({ rule: v.picklist([...SURVEY_ERRORS, ...SURVEY_WARNINGS]), severity: v.picklist(['error', 'warning']), path: v.string(), sentence: words })
const faults = v.array(fault)
const names = v.record(v.string(), v.string())
const state = v.picklist(SURVEY_STATES)
const stale = v.strictObject({ type: v.literal('stale'), version: count })
const saved = v.variant('type', [v.strictObject({ type: v.literal('saved'), version: count, faults }), stale])
const refused = v.strictObject({ type: v.literal('refused') })
const rested = v.variant('type', [v.strictObject({ type: v.literal('done'), rev: count }), refused])
const questionView = v.strictObject({
  id: v.string(),
  question: v.string(),
  kind: v.picklist(QUESTION_KINDS),
  text: words,
  row: v.nullable(words),
  owner: v.nullable(v.string()),
  decision: v.nullable(v.string()),
  n: count,
  nInWindow: count,
  halfWidth: v.nullable(v.number()),
  state: v.picklist(KNOWN_STATES),
  lookedAt: v.nullable(whole),
})

export const SURVEYS_REPLY_SCHEMAS = {
  'surveys.list': v.strictObject({
    asOf: whole,
    surveys: v.array(
      v.strictObject({
        id: v.string(),
        name: words,
        state,
        draft: v.nullable(count),
        live: v.nullable(count),
        changedAt: v.nullable(whole),
        changedBy: v.nullable(v.string()),
        touchpoints: v.array(v.string()),
        questions: v.array(questionView),
      }),
    ),
    touchpoints: v.array(touchpointSchema),
    unseen: v.strictObject({ days: count, questions: v.array(v.strictObject({ survey: v.string(), question: v.string(), since: whole })) }),
    names,
  }),
  'surveys.read': v.strictObject({
    id: v.string(),
    state,
    live: v.nullable(surveySchema),
    draft: v.nullable(surveyDraftSchema),
    versions: v.array(v.strictObject({ version: count, at: whole, by: v.string(), isLive: v.boolean() })),
    names,
    faults,
  }),
  'surveys.check': v.strictObject({ faults }),
  'surveys.save': saved,
  'surveys.back': saved,
  'surveys.publish': v.variant('type', [v.strictObject({ type: v.literal('live'), rev: count }), v.strictObject({ type: v.literal('faulty'), faults }), stale, refused]),
  'surveys.rest': rested,
  'surveys.question': rested,
  'surveys.place': rested,
} as const satisfies { readonly [K in keyof SurveysCalls]: v.GenericSchema }
