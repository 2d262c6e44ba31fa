/** How near an answer is to being known well enough. */
import type { Question } from '#shared/feedback/survey.ts'
import type { QuestionView } from '#shared/protocol/surveys.ts'

/** A quarter more than it may be: at the pace of the last weeks that is reached soon. */
const NEAR = 1.25

/** Still asked, and within a quarter of what ends it, in answers and in exactness. */
export const isAlmostKnown = (view: Pick<QuestionView, 'state' | 'halfWidth' | 'nInWindow'>, question: Pick<Question, 'retireAt'> | undefined): boolean => {
  const end = question?.retireAt
  return view.state === 'counting' && !!end && view.halfWidth !== null && view.halfWidth <= end.halfWidth * NEAR && view.nInWindow * NEAR >= end.minN
}
