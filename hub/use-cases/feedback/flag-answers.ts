/** Flags of answers as they arrive, batch by batch: what a device said shortly before is read once, and the batch is added as it goes. */
import type { AnswerPlace, FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import { BURST_WINDOW_MS, misuseFlags, type MisuseFlag, type ResponseStart } from '#shared/feedback/misuse.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

/** Where an answer stands among the others, before anybody knows its flags. */
export type Unflagged = Pick<FeedbackRow, 'response' | 'question' | 'value'> & { readonly at: Millis }

/** `isNew`: nothing was said to this question of this response before. */
export type Flagged = { readonly flags: readonly MisuseFlag[]; readonly isNew: boolean }

/** The flags of the answers of one device, in their order. Order  the first answer of a response decides; the others follow it. */
export const flagAnswers = (feedback: Pick<FeedbackStore, 'near'>, dev: string, answers: readonly Unflagged[]): readonly Flagged[] => {
  if (answers.length === 0) return []
  const times = answers.map(({ at }) => at)
  const from = millis(Math.min(...times) - BURST_WINDOW_MS)
  const near = nearby(feedback.near(dev, from, millis(Math.max(...times)), [...new Set(answers.map(({ response }) => response))]))
  return answers.map((answer) => {
    const flags = near.flagsOf(answer.response) ?? misuseFlags({ at: answer.at, value: scoreOf(answer.value) }, near.startsBefore(answer))
    return { flags, isNew: near.put({ response: answer.response, question: answer.question, at: answer.at, score: scoreOf(answer.value), flags }) }
  })
}

const scoreOf = (value: FeedbackRow['value']): number | null => (typeof value === 'number' ? value : null)

type Place = { readonly response: string; readonly question: string; score: number | null; at: number }

const NONE: readonly ResponseStart[] = []

/** What the table would say after each answer. */
const nearby = (known: readonly AnswerPlace[]) => {
  const places: Place[] = []
  const flags = new Map<string, readonly MisuseFlag[]>()
  const byQuestion = new Map<string, Place>()
  /** False if it corrects an earlier one. */
  const put = ({ response, question, at, score, flags: own }: AnswerPlace): boolean => {
    if (!flags.has(response)) flags.set(response, own)
    const key = `${response}\0${question}`
    const before = byQuestion.get(key)
    if (before && (at ?? 0) >= before.at) Object.assign(before, { at: at ?? 0, score })
    if (before) return false
    const place = { response, question, score, at: at ?? 0 }
    places.push(place)
    byQuestion.set(key, place)
    return true
  }
  for (const one of known) put(one)
  return {
    put,
    flagsOf: (response: string) => flags.get(response) ?? null,
    /** How the other responses began within the last minute. */
    startsBefore: ({ response, at }: Unflagged): readonly ResponseStart[] => {
      let starts: Map<string, ResponseStart> | null = null
      for (const place of places) {
        if (place.at > at || place.at < at - BURST_WINDOW_MS || place.response === response) continue
        starts ??= new Map()
        const known = starts.get(place.response)
        if (!known || place.at < known.at || (place.at === known.at && (place.score ?? -1) > (known.value ?? -1))) starts.set(place.response, { at: millis(place.at), value: place.score })
      }
      return starts ? [...starts.values()] : NONE
    },
  }
}
