/** Where the logic of a survey leads: to which questions at all, how many at most, and whether it turns in a circle. */
import { conditionFault, conditionOn } from '../condition.ts'
import { isScored, SCALES } from '../scales.ts'
import { questionsOf, recordedQuestions, rowQuestion, type Condition, type Question, type Survey } from '../survey.ts'
import { surveyFault, type SurveyFault } from './survey-fault.ts'

type Logic = Pick<Survey, 'opening' | 'followUps'>

/** The active questions of a survey that hang on an answer. */
export const dependentsOf = (survey: Logic, id: string): readonly Question[] => {
  const own = new Set(recordedQuestions(survey).flatMap((recorded) => (recorded.question.id === id ? [recorded.id] : [])))
  return questionsOf(survey).filter((question) => !question.retired && question.onlyIf && own.has(conditionOn(survey, question.onlyIf)))
}

/** Every fault of the logic: conditions on nothing, on later questions, in a circle, and questions that no answer leads to. */
export const logicFaults = (survey: Logic): readonly SurveyFault[] => {
  const circle = circleIn(survey)
  const conditions = survey.followUps.flatMap((question, index): readonly SurveyFault[] => {
    const fault = conditionFault(survey, index)
    if (fault === null || !question.onlyIf) return []
    const facts = { question: question.id, on: conditionOn(survey, question.onlyIf) }
    if (fault === 'unknown') return [surveyFault('unknown-question', `${question.id}.onlyIf`, facts)]
    return fault === 'later' && !circle.includes(question.id) ? [surveyFault('later-question', `${question.id}.onlyIf`, facts)] : []
  })
  if (circle.length > 0) return [...conditions, surveyFault('cycle', `${circle[0]}.onlyIf`, { questions: circle.map((id) => `„${id}“`).join(', ') })]
  const named = new Set(conditions.map(({ path }) => path))
  const reached = reachable(survey)
  const lost = survey.followUps.filter(({ id, retired }) => !retired && !reached.has(id) && !named.has(`${id}.onlyIf`))
  return [...conditions, ...lost.map(({ id }) => surveyFault('unreachable', `${id}.onlyIf`, { question: id }))]
}

/** The most questions that one person can be asked, whatever they answer; the budget left aside. */
export const longestPath = (survey: Logic): number => {
  const roots = questionsOf(survey).filter((question) => !question.retired && !question.onlyIf)
  return roots.reduce((sum, question) => sum + longestFrom(survey, question, new Set()), 0)
}

/** This question and the most that its answer can lead to. `above`: a circle is counted once. */
const longestFrom = (survey: Logic, question: Question, above: ReadonlySet<string>): number => {
  const seen = new Set([...above, question.id])
  const below = dependentsOf(survey, question.id).filter(({ id }) => !seen.has(id))
  const weighed = below.map((child) => ({ condition: child.onlyIf!, weight: longestFrom(survey, child, seen) }))
  if (question.kind !== 'matrix') return 1 + heaviestAnswer(question, weighed)
  const ofRow = (row: string): readonly Weighed[] => weighed.filter(({ condition }) => conditionOn(survey, condition) === rowQuestion(question.id, row))
  return 1 + (question.rows ?? []).reduce((sum, { id }) => sum + heaviestAnswer({ ...question, kind: 'csat5' }, ofRow(id)), 0)
}

type Weighed = { readonly condition: Condition; readonly weight: number }

const heaviestAnswer = (question: Question, weighed: readonly Weighed[]): number => {
  if (weighed.length === 0) return 0
  if (isScored(question.kind)) {
    const { min, max } = SCALES[question.kind]
    const values = Array.from({ length: max - min + 1 }, (_, i) => min + i)
    return Math.max(...values.map((value) => weighOf(weighed, (condition) => !('options' in condition) && value >= condition.from && value <= condition.to)))
  }
  const options = (question.options ?? []).map(({ id }) => id)
  const most = question.kind === 'ranking' ? 1 : Math.min(question.most ?? options.length, options.length)
  return Math.max(0, ...sets(options, most).map((chosen) => weighOf(weighed, (condition) => 'options' in condition && condition.options.some((id) => chosen.includes(id)))))
}

const weighOf = (weighed: readonly Weighed[], holds: (condition: Condition) => boolean): number => weighed.reduce((sum, { condition, weight }) => sum + (holds(condition) ? weight : 0), 0)

/** Every set of `size` of some options; more options never lead to fewer questions. At most 924 of twelve. */
const sets = (options: readonly string[], size: number): readonly (readonly string[])[] => {
  if (size === 0) return [[]]
  return options.flatMap((option, i) => sets(options.slice(i + 1), size - 1).map((rest) => [option].concat(rest)))
}

/** Questions that some answers lead to. */
const reachable = (survey: Logic): ReadonlySet<string> => {
  const reached = new Set<string>()
  for (const question of questionsOf(survey)) {
    if (question.retired) continue
    if (!question.onlyIf || (reached.has(parentOf(survey, question.onlyIf) ?? '') && canBe(survey, question.onlyIf))) reached.add(question.id)
  }
  return reached
}

const parentOf = (survey: Logic, condition: Condition): string | null => recordedQuestions(survey).find(({ id }) => id === conditionOn(survey, condition))?.question.id ?? null

/** Whether the question that a condition looks at has such an answer. */
const canBe = (survey: Logic, condition: Condition): boolean => {
  const on = recordedQuestions(survey).find(({ id }) => id === conditionOn(survey, condition))
  if (!on) return false
  if ('options' in condition) return (on.question.options ?? []).some(({ id }) => condition.options.includes(id))
  if (!isScored(on.kind)) return false
  const { min, max } = SCALES[on.kind]
  return condition.from <= condition.to && condition.to >= min && condition.from <= max
}

/** The questions of the first circle, in order; none if there is none. */
const circleIn = (survey: Logic): readonly string[] => {
  for (const { id } of survey.followUps) {
    const path: string[] = []
    for (let at: string | null = id; at !== null; ) {
      if (path.includes(at)) return path.slice(path.indexOf(at))
      path.push(at)
      const condition: Condition | undefined = questionsOf(survey).find((question) => question.id === at)?.onlyIf
      at = condition ? parentOf(survey, condition) : null
    }
  }
  return []
}
