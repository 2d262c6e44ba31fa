/** Single answers gathered to voices: one person's stay at a survey, in the order of the moment it was given. */
import { isFolded, type Hidden } from '#shared/feedback/hidden.ts'
import type { MisuseFlag } from '#shared/feedback/misuse.ts'
import type { ReceiptStanding } from '#shared/feedback/receipt.ts'
import type { Question, Survey } from '#shared/feedback/survey.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'

export type Voice = {
  readonly response: string
  readonly touchpoint: string
  /** When the person last answered. */
  readonly at: number
  /** When the last of it reached the hub. */
  readonly receivedAt: number
  readonly channel: FeedbackItem['channel']
  /** Imported without a time: `at` is then only when it was read in. */
  readonly undated: boolean
  /** Signs of play or of a helping hand. */
  readonly signs: readonly MisuseFlag[]
  /** Questions that the answers led to and nobody answered. */
  readonly open: number
  /** Scored answers first, in the order given. */
  readonly scores: readonly (FeedbackItem & { readonly value: number })[]
  readonly choices: readonly { readonly question: string; readonly ids: readonly string[] }[]
  readonly texts: readonly { readonly id: string; readonly question: string; readonly text: string; readonly hidden: Hidden | undefined }[]
  readonly wantsAnswer: boolean
  /** How it stands on the shopper's receipt; null if there is none. */
  readonly receipt: ReceiptStanding | null
}

/** An offline day of one kiosk may arrive at once; more than this nobody reads. */
export const MAX_ITEMS = 400
/** Answers that reach the hub this long after they were given came from a device that was offline. */
export const LATE_MS = 5 * 60_000

/** Adds items to those known: each id once, a corrected answer in the place of the old one. Order  newest first. */
export const mergeItems = (known: readonly FeedbackItem[], more: readonly FeedbackItem[]): readonly FeedbackItem[] => {
  const byAnswer = new Map<string, FeedbackItem>()
  for (const item of [...known, ...more]) {
    const key = `${item.dev} ${item.response} ${item.question}`
    const old = byAnswer.get(key)
    if (!old || item.at >= old.at) byAnswer.set(key, item)
  }
  return [...byAnswer.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, MAX_ITEMS)
}

/** Newest voice first, by the time it was given: a late arrival takes its own place, not the top. */
export const voicesOf = (items: readonly FeedbackItem[]): readonly Voice[] => {
  const byResponse = Map.groupBy(items, (item) => `${item.dev} ${item.response}`)
  return [...byResponse.values()].map(toVoice).sort((a, b) => b.at - a.at || (a.response < b.response ? 1 : -1))
}

const toVoice = (items: readonly FeedbackItem[]): Voice => {
  const inOrder = [...items].sort((a, b) => a.at - b.at)
  const last = inOrder.at(-1)!
  return {
    response: last.response,
    touchpoint: last.touchpoint,
    at: last.at,
    receivedAt: Math.max(...items.map((item) => item.receivedAt)),
    channel: last.channel,
    undated: last.channel === 'import' && last.at === last.receivedAt,
    signs: [...new Set(items.flatMap(({ flags = [] }) => flags))],
    open: openIn(items),
    scores: inOrder.filter((item): item is FeedbackItem & { readonly value: number } => typeof item.value === 'number'),
    choices: inOrder.flatMap(({ question, value }) => (typeof value === 'object' ? [{ question, ids: value }] : [])),
    texts: inOrder.flatMap(({ id, question, kind, value, hidden }) => (kind === 'text' && typeof value === 'string' ? [{ id, question, text: value, hidden }] : [])),
    wantsAnswer: items.some(({ kind }) => kind === 'contact'),
    receipt: last.receipt ?? null,
  }
}

/** The hub tells it with each answer, as it then was: the newest word counts. */
const openIn = (items: readonly FeedbackItem[]): number => {
  const newest = Math.max(...items.map(({ receivedAt }) => receivedAt))
  return Math.min(...items.filter(({ receivedAt }) => receivedAt === newest).map(({ open = 0 }) => open))
}

/** Comments that are folded away until somebody wants to see them. */
export const foldedIn = (voices: readonly Voice[]): number => voices.reduce((sum, { texts }) => sum + texts.filter(({ hidden }) => isFolded(hidden)).length, 0)

/** As the stream is told that a comment is folded away, or put back. */
export const withFold = (items: readonly FeedbackItem[], id: string, hidden: Hidden): readonly FeedbackItem[] => items.map((item) => (item.id === id ? { ...item, hidden } : item))

/** Questions by id over all surveys; ids are unique within a survey, and the first one found names it. */
export const questionsById = (surveys: readonly Survey[]): ReadonlyMap<string, Question> =>
  new Map(surveys.toReversed().flatMap((survey) => [survey.opening, ...survey.followUps].map((question) => [question.id, question])))
