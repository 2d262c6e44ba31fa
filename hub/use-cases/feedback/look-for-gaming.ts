/** Looks back for helping hands: runs of the best answer where nobody shops, days far above a device's own. What is found is flagged, never deleted; no person is in it. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { BegunResponse, ListeningStore } from '#hub/ports/listening-store.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { OpeningHours } from '#shared/cx/opening-hours.ts'
import { BASELINE_DAYS, bestRuns, GOOD_FROM, isFarAbove, SHIFT_MINUTES, type IsQuiet } from '#shared/feedback/gaming.ts'
import type { MisuseFlag } from '#shared/feedback/misuse.ts'
import { SCALES, type ScoredKind } from '#shared/feedback/scales.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { localTime, millis, type Millis } from '#shared/kernel/time.ts'
import { feedbackContext } from './feedback-context.ts'

export type GamingParts = {
  readonly listening: Pick<ListeningStore, 'sources' | 'begun' | 'goodBetween'>
  readonly feedback: Pick<FeedbackStore, 'flag'>
  readonly devices: Pick<DeviceStore, 'list'>
  readonly documents: DocumentStore
  readonly transactions: Transactions
  /** When the store is open. */
  readonly hours: () => OpeningHours
  readonly clock: Clock
  readonly log: Log
  /** Between two devices: others may be heard. */
  readonly pause: () => Promise<unknown>
}

const EVERY_MS = 3_600_000
/** A run at closing time may lie across an hour and reach the hub with a device that was offline for a while. */
const BACK_MS = 2 * 86_400_000

/** Once an hour; whatever was looked at before is looked at again, and flagged once. */
export const watchGaming = (parts: GamingParts, timer: Timer): { stop(): Promise<void> } => {
  let running: Promise<unknown> = Promise.resolve()
  const end = timer.every(EVERY_MS, () => {
    running = running.then(() => lookForGaming(parts)).catch((error: unknown) => parts.log.warn('could not look for helping hands', { error: String(error) }))
  })
  return {
    stop: async () => {
      end()
      await running
    },
  }
}

/** Answers that were flagged anew. */
export const lookForGaming = async (parts: GamingParts): Promise<number> => {
  const { listening, devices, clock, documents } = parts
  const now = clock.now()
  const { timeZone } = feedbackContext(documents)
  const from = millis(now - BACK_MS)
  // What the team notes is theirs to note, and what a shop sends has hours of its own.
  const kiosks = new Set(devices.list().flatMap(({ dev, role }) => (role === 'kiosk' ? [String(dev)] : [])))
  const quiet = quietMinutes(parts.hours(), timeZone)
  let flagged = 0
  for (const dev of listening.sources(from, now).filter((source) => kiosks.has(source))) {
    const begun = listening.begun(dev, from, now)
    flagged += flag(parts, dev, bestRuns(begun.map(judged), quiet), 'best-run')
    const yesterday = { from: startOfDay(now, timeZone, 1), until: startOfDay(now, timeZone) }
    if (isDayFarAbove(parts, dev, now, timeZone)) flagged += flag(parts, dev, begun.filter(({ at }) => at >= yesterday.from && at < yesterday.until).map(({ response }) => response), 'off-baseline')
    await parts.pause()
  }
  return flagged
}

const isDayFarAbove = ({ listening }: GamingParts, dev: string, now: Millis, timeZone: string): boolean => {
  const dayAgo = (ago: number) => listening.goodBetween(dev, startOfDay(now, timeZone, ago), startOfDay(now, timeZone, ago - 1))
  const yesterday = dayAgo(1)
  return yesterday.n > 0 && isFarAbove(yesterday, Array.from({ length: BASELINE_DAYS }, (_, i) => dayAgo(BASELINE_DAYS + 1 - i)))
}

const flag = ({ feedback, transactions, log }: GamingParts, dev: string, responses: readonly string[], what: MisuseFlag): number => {
  if (responses.length === 0) return 0
  const answers = transactions.run(() => feedback.flag(dev, responses, what))
  if (answers > 0) log.info('answers flagged', { dev, what, answers })
  return answers
}

const judged = ({ response, at, kind, score }: BegunResponse) => {
  const scored = kind in SCALES && score !== null ? (kind as ScoredKind) : null
  return { response, at, best: scored !== null && score === SCALES[scored].max, good: scored !== null && score! >= GOOD_FROM[scored] }
}

/** Closed, or within the minutes after opening and before closing. */
export const quietMinutes = (hours: OpeningHours, timeZone: string): IsQuiet => (at) => {
  const { weekday, hour, minute } = localTime(at, timeZone)
  const now = 60 * hour + minute
  const open = hours[weekday - 1]
  return !open || now < open.from + SHIFT_MINUTES || now >= open.until - SHIFT_MINUTES
}
