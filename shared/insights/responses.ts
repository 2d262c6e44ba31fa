/** Answers put together again by who gave them, so that one question can be read beside another. */
import type { RecordedValue } from '../feedback/answer.ts'
import type { Millis } from '../kernel/time.ts'
import { addCounts, type Counts } from './figure.ts'
import type { DriverAnswers } from './drivers/key-drivers.ts'

/** One answer as it stands in the record. */
export type RecordedAnswer = { readonly response: string; readonly touchpoint: string; readonly at: Millis | null; readonly question: string; readonly value: RecordedValue }

/** What one person said. */
export type Response = { readonly id: string; readonly touchpoint: string; readonly at: Millis | null; readonly answers: ReadonlyMap<string, RecordedValue> }

/** Order  by the first answer of each; of two answers to one question the later one counts. */
export const responsesOf = (answers: Iterable<RecordedAnswer>): readonly Response[] => {
  const responses = new Map<string, Response & { readonly answers: Map<string, RecordedValue> }>()
  for (const { response: id, touchpoint, at, question, value } of answers) {
    const response = responses.get(id) ?? { id, touchpoint, at, answers: new Map<string, RecordedValue>() }
    response.answers.set(question, value)
    responses.set(id, response)
  }
  return [...responses.values()]
}

/** The scored answer to a question, or null. */
export const scoreIn = (response: Response, question: string): number | null => {
  const value = response.answers.get(question)
  return typeof value === 'number' ? value : null
}

/** Outcome and ratings of all who gave every one of them. Shape  lists in the order of the responses; `ids` names them. */
export const completeAnswers = (responses: readonly Response[], outcome: string, ratings: readonly string[]): DriverAnswers & { readonly ids: readonly string[] } => {
  const complete = responses.filter((response) => [outcome, ...ratings].every((question) => scoreIn(response, question) !== null))
  const column = (question: string): readonly number[] => complete.map((response) => scoreIn(response, question)!)
  return { outcome: column(outcome), ratings: ratings.map((key) => ({ key, values: column(key) })), ids: complete.map(({ id }) => id) }
}

/** Answers of some people to one question. Shape  `ids` names the responses behind the counts. */
export type AnswerGroup = { readonly key: string; readonly counts: Counts; readonly ids: readonly string[] }

/** Scored answers by what else those people said. `keysOf` names the groups a response is in, none if in no group. Order  groups as they first appear. */
export const groupAnswers = (responses: readonly Response[], question: string, keysOf: (response: Response) => readonly string[]): readonly AnswerGroup[] => {
  const groups = new Map<string, { counts: Counts; readonly ids: string[] }>()
  for (const response of responses) {
    const score = scoreIn(response, question)
    if (score === null) continue
    for (const key of keysOf(response)) {
      const group = groups.get(key) ?? { counts: {}, ids: [] }
      group.counts = addCounts(group.counts, { [score]: 1 })
      group.ids.push(response.id)
      groups.set(key, group)
    }
  }
  return [...groups].map(([key, { counts, ids }]) => ({ key, counts, ids }))
}

/** What was chosen or said, as texts: options, or a number as it is written. Comments are no options. */
export const optionsIn = (response: Response, question: string): readonly string[] => {
  const value = response.answers.get(question)
  if (value === undefined || typeof value === 'string') return []
  return typeof value === 'number' ? [String(value)] : value
}

/** Whole stretches of numbers, `18-29`, from their lower ends; the last is open, `60+`. Shape  null below the first end and for what is no number. */
export const bandOf = (written: string, from: readonly number[]): string | null => {
  const value = /^-?\d+(\.\d+)?$/.test(written) ? Number(written) : Number.NaN
  const band = from.findLastIndex((low) => value >= low)
  if (band < 0) return null
  const next = from[band + 1]
  return next === undefined ? `${from[band]}+` : `${from[band]}-${next - 1}`
}
