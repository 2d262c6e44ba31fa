/** Flags of answers as they arrive, batch by batch: what a device said shortly before is read once, and the batch is added as it goes. */
import type { AnswerPlace, FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import { BURST_WINDOW_MS, misuseFlags, type MisuseFlag } from '#shared/feedback/misuse.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

/** Where an answer stands among the others, before anybody knows its flags. */
export type Unflagged = Pick<FeedbackRow, 'response' | 'question'> & { readonly at: Millis }

/** `isNew`: nothing was said to this question of this response before. */
export type Flagged = { readonly flags: readonly MisuseFlag[]; readonly isNew: boolean }

/** The flags of the answers of one device, in their order. Order  the first answer of a response decides; the others follow it. */
export const flagAnswers = (feedback: Pick<FeedbackStore, 'near'>, dev: string, answers: readonly Unflagged[]): readonly Flagged[] => {
  if (answers.length === 0) return []
  const times = answers.map(({ at }) => at)
  const from = millis(Math.min(...times) - BURST_WINDOW_MS)
  const near = nearby(feedback.near(dev, from, millis(Math.max(...times)), [...new Set(answers.map(({ response }) => response))]))
  return answers.map((answer) => {
    const flags = near.flagsOf(answer.response) ?? misuseFlags(answer.at, near.startsBefore(answer))
    return { flags, isNew: near.put({ response: answer.response, question: answer.question, at: answer.at, flags }) }
  })
}

type Place = { readonly response: string; readonly question: string; at: number }

const NONE: readonly Millis[] = []

/** What the table would say after each answer. */
const nearby = (known: readonly AnswerPlace[]) => {
  const places: Place[] = []
  const flags = new Map<string, readonly MisuseFlag[]>()
  const byQuestion = new Map<string, Place>()
  /** False if it corrects an earlier one. */
  const put = ({ response, question, at, flags: own }: AnswerPlace): boolean => {
    if (!flags.has(response)) flags.set(response, own)
    const key = `${response}\0${question}`
    const before = byQuestion.get(key)
    if (before) before.at = Math.max(before.at, at ?? 0)
    if (before) return false
    const place = { response, question, at: at ?? 0 }
    places.push(place)
    byQuestion.set(key, place)
    return true
  }
  for (const one of known) put(one)
  return {
    put,
    flagsOf: (response: string) => flags.get(response) ?? null,
    /** When the other responses began within the last minute. */
    startsBefore: ({ response, at }: Unflagged): readonly Millis[] => {
      let starts: Map<string, Millis> | null = null
      for (const place of places) {
        if (place.at > at || place.at < at - BURST_WINDOW_MS || place.response === response) continue
        starts ??= new Map()
        starts.set(place.response, millis(Math.min(starts.get(place.response) ?? Infinity, place.at)))
      }
      return starts ? [...starts.values()] : NONE
    },
  }
}
