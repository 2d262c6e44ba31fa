/** The latest feedback by the moment it was given: a table of old answers, read in today, does not push today's out of sight. */
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { ReceiptStore } from '#hub/ports/receipts.ts'
import type { ReceiptStanding } from '#shared/feedback/receipt.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'
import { withOpenQuestions, type OpenQuestionParts } from '../surveys/open-questions.ts'

/** What one answer to a manager's screen holds at most. */
export const LIST_LIMIT = 500

export type ListFeedbackParts = OpenQuestionParts & { readonly feedback: Pick<FeedbackStore, 'newest' | 'ofResponse'>; readonly receipts: Pick<ReceiptStore, 'standings'> }

export const listFeedback = (parts: ListFeedbackParts, request: { readonly limit: number }): readonly FeedbackItem[] =>
  asListed(parts, parts.feedback.newest(Math.min(LIST_LIMIT, Math.max(1, Math.floor(request.limit)))))

/** As screens show rows: with how each answer stands, and what its response left open. */
export const asListed = (parts: OpenQuestionParts & Pick<ListFeedbackParts, 'receipts'>, rows: readonly FeedbackRow[]): readonly FeedbackItem[] =>
  withOpenQuestions(parts, withStandings(parts.receipts, rows.map(rowToItem)))

/** With how each answer stands, where it has a receipt. */
export const withStandings = (receipts: Pick<ReceiptStore, 'standings'>, items: readonly FeedbackItem[]): readonly FeedbackItem[] => {
  const standings = receipts.standings([...new Set(items.map(({ response }) => response))])
  return standings.size === 0 ? items : items.map((item) => withStanding(item, standings.get(item.response)))
}

const withStanding = (item: FeedbackItem, receipt: ReceiptStanding | undefined): FeedbackItem => (receipt ? { ...item, receipt } : item)

export const rowToItem = (row: FeedbackRow): FeedbackItem => ({
  id: row.id,
  response: row.response,
  touchpoint: row.touchpoint,
  question: row.question,
  kind: row.kind,
  value: row.value,
  at: row.at ?? row.receivedAt,
  receivedAt: row.receivedAt,
  dev: row.dev,
  channel: row.channel,
  ...(row.lang !== undefined && { lang: row.lang }),
  ...(row.hidden !== undefined && { hidden: row.hidden }),
  ...(row.flags.length > 0 && { flags: row.flags }),
})
