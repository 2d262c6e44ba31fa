/** What becomes of an answer, as its receipt tells it: where it stands, and what store and shopper said since. */
import type { Millis } from '../kernel/time.ts'

/** received: the hub has it · looking: somebody looks into it · answered: the store has replied · improved: something was changed for it. */
export const RECEIPT_STATES = ['received', 'looking', 'answered', 'improved'] as const
export type ReceiptState = (typeof RECEIPT_STATES)[number]

export type ReceiptStep = { readonly state: ReceiptState; readonly at: Millis }

/** In the order they were said. */
export type ReceiptWord = { readonly who: 'store' | 'shopper'; readonly text: string; readonly at: Millis }

/** How an answer stands, for a list of many. `waiting`: the shopper had the last word. */
export type ReceiptStanding = { readonly state: ReceiptState; readonly waiting: boolean }

/** A reply, and a shopper's further answer: a letter, not a book. */
export const WORD_LIMIT_CHARS = 1_000
/** Everything that is said over one answer; beyond that people meet. */
export const MAX_WORDS = 40
/** A shopper says so much without a word of the store in between. */
export const MAX_SHOPPER_WORDS = 5

/**
 * The way an answer has come after somebody says where it stands.
 * Shape   in the order of RECEIPT_STATES, each at most once. Going back takes back what came later; the state it is in already changes nothing.
 */
export const moveReceipt = (steps: readonly ReceiptStep[], state: ReceiptState, at: Millis): readonly ReceiptStep[] => {
  if (receiptState(steps) === state) return steps
  const rank = RECEIPT_STATES.indexOf(state)
  const before = steps.filter((step) => RECEIPT_STATES.indexOf(step.state) < rank)
  const same = steps.find((step) => step.state === state)
  return [...before, same ?? { state, at }]
}

/** Where it stands now. */
export const receiptState = (steps: readonly ReceiptStep[]): ReceiptState => steps.at(-1)?.state ?? 'received'

/** A reply answers; what was already improved stays so. */
export const stateAfterReply = (state: ReceiptState): ReceiptState => (state === 'improved' ? 'improved' : 'answered')

/** Whether one side may say another word. */
export const mayWrite = (who: ReceiptWord['who'], words: readonly Pick<ReceiptWord, 'who'>[]): boolean => {
  if (words.length >= MAX_WORDS) return false
  const sinceStore = words.length - 1 - words.findLastIndex((word) => word.who === 'store')
  return who === 'store' || sinceStore < MAX_SHOPPER_WORDS
}

/** `last`: who had the last word; null if nothing was said yet. */
export const receiptStanding = (state: ReceiptState, last: ReceiptWord['who'] | null): ReceiptStanding => ({ state, waiting: last === 'shopper' })
