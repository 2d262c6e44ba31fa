/** Answers and comments one by one, newest first and a page at a time, so that reading many holds nobody up. */
import type { ScoredKind } from '#shared/feedback/scales.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** Rows of a page: a few milliseconds. */
export const READ_PAGE = 2_000

/** Both ends included; `at`: one touchpoint. */
export type ReadFilter = { readonly from?: number; readonly until?: number; readonly at?: string }

export type ScoredAnswer = { readonly n: number; readonly dev: string; readonly response: string; readonly touchpoint: string; readonly at: Millis | null; readonly question: string; readonly kind: ScoredKind; /** 1: a rating beside the survey's own judgement. */ readonly detail: 0 | 1; readonly value: number }
export type MaskedWords = { readonly n: number; readonly response: string; readonly touchpoint: string; readonly at: Millis | null; readonly text: string }

export interface AnswerReader {
  /** Scored answers before a row. Shape  `n` of the last one leads to the next page; fewer than READ_PAGE: there are no more. */
  scored(filter: ReadFilter, before: number): readonly ScoredAnswer[]
  /** Words that are not folded away, likewise. */
  words(filter: ReadFilter, before: number): readonly MaskedWords[]
}
