/** Lets go of what has had its time, on the hub's clock, and proves it: counts in the audit log, and the oldest that is left. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { AuditBook, AuditLog } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import type { ReceiptStore } from '#hub/ports/receipts.ts'
import type { DayOf, Retention, Step } from '#hub/ports/retention.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { QUARTER_MS } from '#shared/insights/group-tallies.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'
import { settingsOf, type KeptClass, type PrivacySettings } from '#shared/privacy/privacy-settings.ts'
import { endOfTime } from '#shared/privacy/retention.ts'
import { documentsToStore } from '#shared/protocol/documents.ts'
import { countAll } from '../figures/count-answers.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'

export type RetentionParts = {
  readonly cells: Pick<AnswerCells, 'count'>
  readonly retention: Retention
  readonly receipts: Pick<ReceiptStore, 'forgetBefore'>
  readonly audit: AuditBook & Pick<AuditLog, 'age'>
  readonly documents: DocumentStore
  readonly transactions: Transactions
  readonly clock: Clock
  readonly log: Log
  /** Lets others be answered between two steps. */
  pause(): Promise<unknown>
}

/** Once a day is the promise; a hub that was off catches up within the hour. */
export const RETENTION_EVERY_MS = 3_600_000
const HOUR_MS = 3_600_000
/** Longer than the longest day of a store. */
const ERASED_MS = 48 * HOUR_MS

export type RetentionDone = { readonly [K in KeptClass]: number }

/** Country of a hub without documents. */
const USUAL_COUNTRY = 'DE'

/** The store's country. */
export const countryOf = (documents: DocumentStore): string => {
  const store = documentsToStore(documents.current()?.items ?? {})
  return store.ok ? store.value.country : USUAL_COUNTRY
}

/** The settings in force. */
export const privacyInForce = ({ retention, documents }: Pick<RetentionParts, 'retention' | 'documents'>): PrivacySettings => settingsOf(retention.choices(), countryOf(documents))

/**
 * One run. Each class in steps, each step with its count in the audit log, in its own transaction; nothing is written where nothing went.
 * Order   the sum of a tap and its end are one step: no figure is ever without it, or has it twice.
 */
export const runRetention = async (parts: RetentionParts): Promise<RetentionDone> => {
  const { retention, receipts, audit, clock, transactions } = parts
  const now = clock.now()
  const { days } = privacyInForce(parts)
  const until = { taps: endOfTime('taps', days, now), words: endOfTime('words', days, now), receipts: endOfTime('receipts', days, now), baskets: endOfTime('baskets', days, now), orders: endOfTime('orders', days, now), audit: endOfTime('audit', days, now) }
  const { timeZone } = feedbackContext(parts.documents)
  // Only what is counted becomes a sum.
  await countAll(parts, timeZone)
  const stepMs = sumStretch(now, timeZone)
  const dayOf = daysOf(timeZone)
  const all = (name: KeptClass | 'events' | 'visits' | 'cases' | 'receipt-ties', step: () => Step): Promise<number> => inSteps(parts, name, step)
  const taps = await all('taps', () => retention.sumTaps(until.taps, stepMs))
  const words = (await all('words', () => retention.dropWords(until.words))) + (await all('words', () => retention.dropCaseWords(until.words)))
  const contacts = await all('contacts', () => retention.dropContacts(now))
  const gone = {
    taps,
    words,
    contacts,
    baskets: await all('baskets', () => retention.dropBaskets(until.baskets)),
    orders: await all('orders', () => retention.dropOrderPersons(until.orders)),
    receipts: await all('receipts', () => ({ gone: receipts.forgetBefore(until.receipts), done: true })),
    audit: audit.age(until.audit),
  }
  const visits = await all('visits', () => retention.foldVisits(until.baskets, dayOf))
  const events = await all('events', () => retention.emptyEvents(until.taps, until.words))
  const ties = (await all('cases', () => retention.untieCases())) + (await all('receipt-ties', () => retention.dropReceiptTies()))
  transactions.run(() => retention.dropErasedTimes(millis(Math.max(0, now - ERASED_MS))))
  transactions.run(() => retention.keepRun({ at: now, gone }))
  if (Object.values(gone).some((n) => n > 0) || events + visits + ties > 0) {
    const settled = retention.settle()
    parts.log.info('let go of what had had its time', { ...gone, events, visits, ties, settled })
  }
  return gone
}

const inSteps = async ({ audit, transactions, pause }: RetentionParts, name: string, step: () => Step): Promise<number> => {
  for (let sum = 0; ; await pause()) {
    const { gone, done } = transactions.run(() => {
      const taken = step()
      if (taken.gone > 0) audit.record({ who: 'hub', what: 'retention.ran', device: null, object: name, count: taken.gone })
      return taken
    })
    sum += gone
    if (done) return sum
  }
}

/** Beginnings of days, each sought once. */
const daysOf = (timeZone: string): DayOf => {
  const known = new Map<Day, Millis>()
  return (at) => {
    const { day } = localTime(at, timeZone)
    const start = known.get(day) ?? startOfDay(at, timeZone)
    known.set(day, start)
    return start
  }
}

/** Sums are kept by the hour; where the zone's hours do not begin with the world's, by the quarter. */
const sumStretch = (now: Millis, timeZone: string): number => (localTime(now, timeZone).minute === new Date(now).getUTCMinutes() ? HOUR_MS : QUARTER_MS)

/** Runs when the hub has begun and every hour from then on; a run that fails is tried again. `first` resolves after the first. */
export const keepRetention = (parts: RetentionParts, timer: Timer): { run(): Promise<unknown>; stop(): Promise<void> } => {
  let running: Promise<unknown> | null = null
  const run = (): Promise<unknown> =>
    (running ??= runRetention(parts)
      .catch((error: unknown) => parts.log.error('what has had its time could not be let go of', { why: error instanceof Error ? error.message : String(error) }))
      .finally(() => (running = null)))
  const end = timer.every(RETENTION_EVERY_MS, () => void run())
  return {
    run,
    stop: async () => {
      end()
      await running
    },
  }
}
