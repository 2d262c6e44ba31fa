/** The latest feedback by the moment it was given: a table of old answers, read in today, does not push today's out of sight. */
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'

/** What one answer to a manager's screen holds at most. */
export const LIST_LIMIT = 500

export const listFeedback = (deps: { readonly feedback: FeedbackStore }, request: { readonly limit: number }): readonly FeedbackItem[] =>
  deps.feedback.newest(Math.min(LIST_LIMIT, Math.max(1, Math.floor(request.limit)))).map(rowToItem)

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
  ...(row.flags.length > 0 && { flags: row.flags }),
})
