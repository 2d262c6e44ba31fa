/** What shoppers are asked, where, and what for. */
import type { Language, Localised } from '../kernel/language.ts'

/**
 * csat5: five smileys, 1 … 5 · smiley4: four, none in the middle, 1 … 4 · nps: 0 … 10 · ces7: "leicht gemacht", 1 … 7 · choice: one or more of the options ·
 * ranking: options in order · matrix: five smileys for each of its rows · text: free words, masked on the device.
 */
export const QUESTION_KINDS = ['csat5', 'smiley4', 'nps', 'ces7', 'choice', 'ranking', 'matrix', 'text'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

/** As what answers are recorded: a matrix is recorded as its rows, each one a `csat5` of its own. */
export type AnswerKind = Exclude<QuestionKind, 'matrix'>

/** An option of a choice or a ranking, a row of a matrix. */
export type Option = { readonly id: string; readonly text: Localised }

/** On an earlier question, both ends included. Without `question`: on the survey's opening one. */
export type AnswerRange = { readonly question?: string; readonly from: number; readonly to: number }
/** At least one of these was chosen, or ranked first. */
export type AnswerOptions = { readonly question: string; readonly options: readonly string[] }
/** `question`: as its answer is recorded, so a row of a matrix by `rowQuestion`. */
export type Condition = AnswerRange | AnswerOptions

/** Jobs to be done: what somebody came for · how they want to feel · how they want to be seen and treated. */
export const PURPOSE_KINDS = ['functional', 'emotional', 'social'] as const
export type PurposeKind = (typeof PURPOSE_KINDS)[number]

/** `owner`: the department that acts on it. `decision`: what it decides by the answers. */
export type Purpose = { readonly owner: string; readonly decision: string; readonly kind: PurposeKind }

/**
 * Known well enough: at least `minN` answers of the last `days` days, and an interval of at most ± `halfWidth`.
 * Units  points of a hundred, as figures have them.
 */
export type RetireAt = { readonly halfWidth: number; readonly minN: number; readonly days: number }

export type Question = {
  readonly id: string
  readonly kind: QuestionKind
  /** May hold `{answer:QUESTION}` or `{answer:QUESTION|otherwise}`, see `pipe-answers.ts`. */
  readonly text: Localised
  /** For `choice` and `ranking`. */
  readonly options?: readonly Option[]
  /** For `choice`: at most so many of the options; absent: as many as anybody likes. */
  readonly most?: number
  /** For `matrix`. */
  readonly rows?: readonly Option[]
  /** Asked only if an earlier answer is so. */
  readonly onlyIf?: Condition
  /** Absent: from before questions had to say. */
  readonly purpose?: Purpose
  /** Null or absent: asked until somebody takes it out. */
  readonly retireAt?: RetireAt | null
  /** Its answer is known well enough: it is not asked any more, and stays here for its figures. */
  readonly retired?: true
  /** The answer says which kind of customer this is: one choice question of a survey, with one answer. */
  readonly segment?: true
}

/**
 * At most so many responses a day, a week from Monday, or at all.
 * `share`  `device`: each device may take so many. `allotted`: so many in all, divided among the devices that ask, so that they keep to it without the hub.
 */
export type Quota = { readonly most: number; readonly per: 'day' | 'week' | 'ever'; readonly share: 'device' | 'allotted' }

/** `visit`: one visit is asked once. `device`: a device asks again only so many minutes after the last response. */
export type Cooldown = { readonly per: 'visit' } | { readonly per: 'device'; readonly minutes: number }

/** In the store's time zone. Weekdays 1 Monday … 7 Sunday; from its minute of the day, until before the other. */
export type AskingHours = { readonly weekdays: readonly number[]; readonly fromMinute: number; readonly untilMinute: number }

/** At most so many questions a response, and taps a minute of the visit. */
export type QuestionBudget = { readonly questions: number; readonly tapsPerMinute: number }

/** One opening question whose tap counts at once; what follows is an invitation. */
export type Survey = {
  readonly id: string
  readonly opening: Question
  readonly followUps: readonly Question[]
  /** Offer a separate, optional contact field at the end. */
  readonly contact: boolean
  /** What managers call it. */
  readonly name?: Localised
  /** Those it is asked in, the one to fall back to first; absent: all. */
  readonly languages?: readonly Language[]
  readonly quota?: Quota
  readonly cooldown?: Cooldown
  /** Asked only then; absent: whenever somebody stands there. */
  readonly hours?: readonly AskingHours[]
  /** Absent: from before there were budgets; all of it is asked. */
  readonly budget?: QuestionBudget
  /** Not asked for a while, or never again; it stays for its figures and its places. */
  readonly rest?: 'paused' | 'retired'
}

/** A place of contact between a customer and the store. */
export type Touchpoint = {
  readonly id: string
  readonly name: Localised
  readonly phase: 'before' | 'during' | 'after'
  readonly survey: string
}

/** All questions of a survey in the order in which they are put; those that are not asked any more too. */
export const questionsOf = ({ opening, followUps }: Pick<Survey, 'opening' | 'followUps'>): readonly Question[] => [opening, ...followUps]

/** The name under which a row of a matrix is answered. */
export const rowQuestion = (question: string, row: string): string => `${question}.${row}`

/** An answer as it is recorded: its name, what it is answered with, and the words that were read. */
export type RecordedQuestion = { readonly id: string; readonly kind: AnswerKind; readonly question: Question; readonly row: Option | null }

/** Every name under which answers to these questions are recorded. Order  as asked. */
export const recordedQuestions = (survey: Pick<Survey, 'opening' | 'followUps'>): readonly RecordedQuestion[] =>
  questionsOf(survey).flatMap((question): readonly RecordedQuestion[] =>
    question.kind === 'matrix' ? (question.rows ?? []).map((row) => ({ id: rowQuestion(question.id, row.id), kind: 'csat5', question, row })) : [{ id: question.id, kind: question.kind, question, row: null }],
  )

/** What was asked, in words that stand alone: with the row of a matrix, and "…" where an earlier answer stood. */
export const recordedText = ({ question, row }: Pick<RecordedQuestion, 'question' | 'row'>): Localised => {
  const words = (language: Language): string => [question.text[language], ...(row ? [row.text[language]] : [])].join(' ').replace(PIPED, '…')
  return { de: words('de'), en: words('en') }
}

const PIPED = /\{answer:[^{}]*\}/g

/** Whether an answer is a rating beside the survey's own score: on its scale, or of a row of a matrix. It stays out of the overall figure. */
export const isDetail = ({ opening, followUps }: Pick<Survey, 'opening' | 'followUps'>, question: string, kind: string): boolean =>
  question !== opening.id && (opening.kind === kind || (kind === 'csat5' && followUps.some((one) => one.kind === 'matrix' && question.startsWith(`${one.id}.`))))
