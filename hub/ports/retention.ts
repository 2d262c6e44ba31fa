/** What lets go of data that has had its time. Everything here is of one database; each step is a transaction of its own. */
import type { Millis } from '#shared/kernel/time.ts'
import type { PrivacyChoices } from '#shared/privacy/privacy-settings.ts'
import type { Kept } from '#shared/privacy/retention.ts'
import type { RetentionRun } from '#shared/protocol/privacy.ts'

/** Most rows of one step: some hundredths of a second. */
export const RETENTION_STEP = 2_000

/** The beginning of the store's day that a moment lies in. */
export type DayOf = (at: Millis) => Millis

/** What a step let go of; `done`: there is no more of it. */
export type Step = { readonly gone: number; readonly done: boolean }

export interface Retention {
  /**
   * Turns taps that arrived before `before` into sums: how often each value was given, by place, question, device and stretch of `stepMs`.
   * Shape   no figure changes by it; what becomes impossible is telling one answer from another.
   */
  sumTaps(before: Millis, stepMs: number): Step
  /** Words that arrived before `before`, and that somebody left a contact. */
  dropWords(before: Millis): Step
  /** What was written about cases that ended before `before`: title, notes, outcome, whose they were and the answer they came from. That there was a case stays, with its times. */
  dropCaseWords(before: Millis): Step
  /** Contacts whose time is over by `now`. */
  dropContacts(now: Millis): Step
  /** Codes shown before `before`, who opened them, their links, and which visit each belonged to. The counts of visits stay, and a code of which nobody has told when it was shown. */
  dropBaskets(before: Millis): Step
  /**
   * Turns visits that began before `before` and of which no code is held into counts by device and day: how many, how far they came, how many left an answer. Their numbers go.
   * Shape   no count of whole days of the store changes by it.
   */
  foldVisits(before: Millis, dayOf: DayOf): Step
  /** Cases whose answer has gone for good, and its receipt, forget whose it was: nobody could ask any more that they do. */
  untieCases(): Step
  /** Which events a receipt came with, once neither the receipt nor the event's content is held. */
  dropReceiptTies(): Step
  /** When answers were given that were erased before `before`. */
  dropErasedTimes(before: Millis): Step
  /** Names and addresses of orders placed before `before`; the orders stay. */
  dropOrderPersons(before: Millis): Step
  /**
   * Empties events that arrived before `tapsBefore`, those with words or contacts before `wordsBefore`. Their numbers stay, so that one that is sent again is known.
   */
  emptyEvents(tapsBefore: Millis, wordsBefore: Millis): Step
  kept(): readonly Kept[]
  /** Before this moment answers are kept as sums alone; null: there are none yet. */
  sumsBefore(): Millis | null
  choices(): PrivacyChoices
  choose(choices: PrivacyChoices): void
  lastRun(): RetentionRun | null
  keepRun(run: RetentionRun): void
  /** Overwrites what was deleted: empties the journal. False if somebody is reading it; the next run tries again. */
  settle(): boolean
}
