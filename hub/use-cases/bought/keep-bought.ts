/** Keeps recommendations and what they are counted from up to date while the hub runs: once a day, or when somebody asks. */
import type { BasketBook } from '#hub/ports/basket-book.ts'
import type { BoughtRules, BoughtStore } from '#hub/ports/bought-store.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import type { SpendSource } from '#hub/ports/spend-source.ts'
import type { Timer } from '#hub/ports/timer.ts'
import { addDays, localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { bookOwnBaskets, SETTLED_AFTER_MS, type BookOwnParts } from './book-own-baskets.ts'
import { bookedBaskets, countingSteps, countPatiently, givenBaskets, type Baskets } from './count-baskets.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { publishAgain } from '../parity/leave-offer.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'
import { shelfOf, type Shelf } from './shelf-of.ts'

export type KeepBoughtParts = BookOwnParts & {
  readonly baskets: BasketBook
  readonly bought: BoughtStore
  readonly spend: SpendSource
  readonly documents: DocumentStore
  /** Made by `publishBought`. */
  readonly publish: PublishReviewed
  readonly audit: AuditBook
  /** Baskets made up for a demonstration, as long as there are no others; null: this is none. */
  readonly demo: (() => readonly (readonly string[])[]) | null
  readonly log: Log
  /** Lets others be answered between two steps. */
  pause(): Promise<unknown>
}

/** Who has it counted: the hub by itself, or a person at a device. */
export type CountedBy = { readonly who: string; readonly device: string | null }

export type KeptBought = {
  /** Counts everything now and puts it in force; who asks meanwhile gets the same answer. False: it was ended before, or no release could be made of it. */
  count(by?: CountedBy): Promise<boolean>
  isCounting(): boolean
  stop(): Promise<void>
}

const TICK_MS = 3_600_000
const EVERY_MS = 24 * TICK_MS
/** Baskets are counted for so long; a season comes round once a year. */
export const BASKETS_KEPT_MS = 400 * EVERY_MS
/** Rows let go in one step. */
const STEP = 2_000
const HUB: CountedBy = { who: 'hub', device: null }

export const keepBought = (parts: KeepBoughtParts, timer: Timer): KeptBought => {
  let running: Promise<boolean> | null = null
  let isOver = false
  const count = (by: CountedBy = HUB): Promise<boolean> => (running ??= countOnce(parts, by, () => isOver).finally(() => (running = null)))
  const inBackground = (): void => void count().catch((error: unknown) => parts.log.error('baskets could not be counted', { why: error instanceof Error ? error.message : String(error) }))
  const end = timer.every(TICK_MS, () => {
    if (!running && isDue(parts)) inBackground()
  })
  return {
    count,
    isCounting: () => running !== null,
    stop: async () => {
      end()
      isOver = true
      await running?.then(() => undefined, () => undefined)
    },
  }
}

const isDue = ({ bought, clock }: KeepBoughtParts): boolean => clock.now() - (bought.rules()?.at ?? -Infinity) >= EVERY_MS

const countOnce = async (parts: KeepBoughtParts, by: CountedBy, isOver: () => boolean): Promise<boolean> => {
  const { log, clock, documents, transactions, bought, audit } = parts
  await tidy(parts, isOver)
  const read = documentsToAssortment({ hash: '', items: documents.current()?.items ?? {} })
  const counted = read.ok ? await countBook(parts, shelfOf(read.value), isOver) : null
  if (counted === null) return false
  const at = clock.now()
  transactions.run(() => {
    bought.keepRules(counted, at)
    audit.record({ who: by.who, what: 'bought.computed', device: by.device, object: null, count: counted.baskets })
  })
  const published = publishAgain(parts, (items) => items, { by: 'bought', reason: 'what is bought together was counted' })
  log.info('baskets counted', { baskets: counted.baskets, articles: Object.keys(counted.items).length, beside: Object.keys(counted.beside).length, tookMs: clock.now() - at, published: published.ok })
  return published.ok
}

/** Null: nothing can be counted, or it was ended. */
const countBook = ({ baskets, bought, demo, pause }: KeepBoughtParts, shelf: Shelf, isOver: () => boolean): Promise<BoughtRules | null> => {
  const isEmpty = baskets.sources().length === 0
  const from: Baskets = isEmpty && demo ? givenBaskets(demo()) : bookedBaskets(baskets)
  return countPatiently(countingSteps(from, shelf, { demo: isEmpty && demo !== null, before: bought.rules()?.rules ?? null }), { pause, isOver })
}

/** What was handed over comes into the book, answers meet the worth of their visits, and what has had its time goes. */
const tidy = async (parts: KeepBoughtParts, isOver: () => boolean): Promise<void> => {
  const { baskets, spend, audit, documents, transactions, clock, log, pause } = parts
  const taken = bookOwnBaskets(parts)
  if (taken > 0) log.info('handed-over baskets taken into the book', { n: taken })
  const { timeZone } = feedbackContext(documents)
  const until = millis(clock.now() - SETTLED_AFTER_MS)
  while (!isOver() && !transactions.run(() => spend.settle(until, (at) => mondayOf(at, timeZone)))) await pause()
  for (let gone = STEP; gone === STEP && !isOver(); await pause()) {
    gone = transactions.run(() => {
      const n = baskets.forgetBefore(millis(Math.max(0, clock.now() - BASKETS_KEPT_MS)), STEP)
      if (n > 0) audit.record({ who: 'hub', what: 'retention.ran', device: null, object: 'counted-baskets', count: n })
      return n
    })
  }
}

/** The Monday of the store's week. */
export const mondayOf = (at: Millis, timeZone: string): Day => {
  const { day, weekday } = localTime(at, timeZone)
  return addDays(day, 1 - weekday)
}
