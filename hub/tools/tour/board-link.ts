/** A link for a board on the wall, and what may stand there, put straight into a hub's data: what a manager does by the screens is shown by the manager's own tour. */
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteAccessTokens } from '#hub/stores/sqlite/sharing/access-tokens.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { sqliteFeedbackPages } from '#hub/stores/sqlite/feedback/feedback-pages.ts'
import { tokenHash } from '#hub/use-cases/sharing/keep-tokens.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

const DAY_MS = 86_400_000

/** What stands behind the # of its address. */
export const boardLink = (dataDir: string): string => {
  const now = millis(Date.now())
  const opened = openDatabase(dataDir, now)
  if (!opened.ok) throw new Error(`no database: ${opened.error.type}`)
  const tokens = sqliteAccessTokens(opened.value)
  const token = `board_${'tour'.padEnd(43, 'A')}`
  if (!tokens.findByHash(tokenHash(token))) {
    tokens.add({ id: 'b0a7d'.padEnd(16, '0'), kind: 'board', name: 'Eingang', hash: tokenHash(token), scopes: [], madeAt: now, expiresAt: millis(now + DAY_MS), revokedAt: null, lastDay: null })
    const [comment] = sqliteFeedbackPages(opened.value).comments(millis(now - 60 * DAY_MS), now, 1)
    if (comment) tokens.showVoice(comment.id, now)
    answerToday(sqliteFeedbackStore(opened.value), now)
  }
  opened.value.close()
  return token
}

const PLACES = ['kiosk', 'checkout', 'produce', 'entrance'] as const
const ANSWERS = 160

/** A day so far, from its first minute to this one: what those before a board would see. */
const answerToday = (feedback: FeedbackStore, now: Millis): void => {
  const start = startOfDay(now, 'Europe/Berlin')
  for (let i = 0; i < ANSWERS; i++) {
    const at = millis(Math.floor(start + ((now - start) * (i + 0.5)) / ANSWERS))
    feedback.add({ id: `board-${i}`, dev: null, response: `board-${i}`, touchpoint: PLACES[i % PLACES.length]!, survey: 'store-visit', question: 'visit', kind: 'csat5', value: 1 + ((i * 7) % 23 < 17 ? 3 + (i % 2) : i % 3), detail: false, at, receivedAt: at, channel: 'kiosk', flags: [] })
  }
}
