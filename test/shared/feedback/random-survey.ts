/** Surveys with logic of every kind, and answers to them. */
import * as fc from 'fast-check'
import type { AnswerValue } from '#shared/feedback/given.ts'
import { isScored, SCALES } from '#shared/feedback/scales.ts'
import { QUESTION_KINDS, type Condition, type Option, type Question, type QuestionKind, type Survey } from '#shared/feedback/survey.ts'

const words = { de: 'Wie war es?', en: 'How was it?' }
const options = (count: number): readonly Option[] => Array.from({ length: count }, (_, i) => ({ id: `o${i}`, text: words }))
const ONE_TAP: readonly QuestionKind[] = ['csat5', 'smiley4', 'nps', 'ces7', 'choice']

const range = fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 })).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))

/** A condition on one of the questions before, of its own sort; those on free words look at the opening one. */
const conditionOn = (question: Question): fc.Arbitrary<Condition> => {
  if (question.kind === 'matrix') return fc.tuple(fc.constantFrom(...question.rows!), range).map(([row, between]) => Object.assign({ question: `${question.id}.${row.id}` }, between))
  if (question.options) return fc.subarray(question.options.map(({ id }) => id), { minLength: 1 }).map((chosen) => ({ question: question.id, options: chosen }))
  return question.kind === 'text' ? range : range.map((between) => Object.assign({ question: question.id }, between))
}

const bare = (id: string, kind: QuestionKind, most: number | undefined): Question => ({
  id,
  kind,
  text: words,
  ...((kind === 'choice' || kind === 'ranking') && { options: options(3) }),
  ...(kind === 'choice' && most !== undefined && { most }),
  ...(kind === 'matrix' && { rows: options(2) }),
})

type Terms = { readonly kinds?: readonly QuestionKind[]; readonly most?: number; readonly retired?: boolean }

export const randomSurvey = ({ kinds = QUESTION_KINDS, most = 8, retired = true }: Terms = {}): fc.Arbitrary<Survey> =>
  fc.tuple(fc.constantFrom(...ONE_TAP.filter((kind) => kinds.includes(kind))), fc.array(fc.tuple(fc.constantFrom(...kinds), fc.option(fc.constantFrom(1, 2), { nil: undefined }), fc.nat(), fc.boolean(), fc.integer({ min: 0, max: 9 })), { maxLength: most }), fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }))
    .chain(([first, rest, budget]) => {
      const questions = [bare('q0', first, undefined), ...rest.map(([kind, chosen], i) => bare(`q${i + 1}`, kind, chosen))]
      const conditions = rest.map(([, , parent, has], i) => (has ? fc.option(conditionOn(questions[parent % (i + 1)]!), { nil: undefined }) : fc.constant(undefined)))
      return fc.tuple(...conditions).map((made): Survey => {
        const followUps = questions.slice(1).map((question, i) => Object.assign({}, question, made[i] && { onlyIf: made[i] }, retired && rest[i]![4] === 0 && { retired: true as const }))
        return Object.assign({ id: 's', opening: questions[0]!, followUps, contact: false }, budget !== undefined && { budget: { questions: budget, tapsPerMinute: 60 } })
      })
    })

/** What somebody does with a question, from a stream of whole numbers. */
export const answerBy = (question: Question, draw: (below: number) => number): AnswerValue | 'skipped' => {
  if (draw(5) === 0) return 'skipped'
  if (isScored(question.kind)) return SCALES[question.kind].min + draw(SCALES[question.kind].max - SCALES[question.kind].min + 1)
  if (question.kind === 'text') return 'gut'
  if (question.kind === 'matrix') return Object.fromEntries(question.rows!.filter((_, i) => i === 0 || draw(2) === 0).map(({ id }) => [id, 1 + draw(5)]))
  const turned = [...question.options!.slice(draw(3)), ...question.options!].map(({ id }) => id)
  return [...new Set(turned)].slice(0, 1 + draw(question.most ?? 3))
}

/** Every answer that makes a difference to what comes next. */
export const allAnswers = (question: Question): readonly AnswerValue[] => {
  if (isScored(question.kind)) return Array.from({ length: SCALES[question.kind].max - SCALES[question.kind].min + 1 }, (_, i) => SCALES[question.kind as 'csat5'].min + i)
  if (question.kind === 'text') return ['gut']
  if (question.kind === 'matrix') return [1, 2, 3, 4, 5].flatMap((a) => [1, 2, 3, 4, 5].map((b) => ({ o0: a, o1: b })))
  const ids = question.options!.map(({ id }) => id)
  if (question.kind === 'ranking') return ids.map((id) => [id, ...ids.filter((other) => other !== id)])
  const sets = Array.from({ length: 2 ** ids.length }, (_, mask) => ids.filter((_id, i) => (mask >> i) % 2 === 1))
  return sets.filter((set) => set.length > 0 && set.length <= (question.most ?? ids.length))
}
